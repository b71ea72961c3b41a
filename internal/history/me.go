package history

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"lienhiep/internal/disk"
)

// nameFile is where this user's name is remembered, below the folder of their settings: the
// same for every site that they work on at this machine.
const nameFile = "lienhiep/name.txt"

// Me is the user of this machine, as versions, deploys and letters name who did something: by
// the name that they have given, or else by that of their account.
func Me() string {
	if name := Named(); name != "" {
		return name
	}
	name := Account()
	if host, err := os.Hostname(); err == nil {
		name += " (" + host + ")"
	}
	return strings.TrimSpace(name)
}

// Seat is the user's account and the machine, which tell two people on one folder apart
// whatever they want to be called.
func Seat() string {
	host, err := os.Hostname()
	if err != nil {
		host = ""
	}
	return Account() + " @ " + host
}

// Account is what the system calls the user.
func Account() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(u.Name, u.Username)
}

// Named is the name that this user has given, "" before they have.
func Named() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(nameFile)))
	if err != nil {
		return ""
	}
	return oneLine(string(text))
}

// ErrNoName is the error for a name of no letters.
var ErrNoName = errors.New("a name has letters")

// Name remembers what this user wants to be called.
func Name(name string) (err error) {
	if name = oneLine(name); name == "" {
		return ErrNoName
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return disk.Folder{Root: root, Aside: "lienhiep/aside", Perm: fs.FileMode(0o600)}.Replace(nameFile, []byte(name+"\n"))
}

// longestName bounds a name, in letters.
const longestName = 100

// oneLine is a name without what no name has.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfffd {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	letters := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(letters[:min(len(letters), longestName)]))
}
