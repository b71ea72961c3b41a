package publish

import (
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/ftpserver"
)

// ftpsChanges are the commands that change something.
var ftpsChanges = []string{"STOR", "RNTO", "DELE", "MKD", "RMD", "SITE"}

// ftpsPlace is web space on a server of ours, which can be cut off before each command
// that changes something, and after a file has come but before that is told.
func ftpsPlace(t testing.TB, o ftpserver.Options) *place {
	cut := newCutter()
	o.Before = func(command, _ string) string {
		if cut.broken() || slices.Contains(ftpsChanges, command) && !cut.write() {
			return "421 Cut off."
		}
		return ""
	}
	o.After = func(string) bool { return cut.write() }
	server := ftpserver.New(t, o)
	t.Setenv(PasswordVariable, ftpserver.Password)
	p := ftpsAt(t, server.Dir, ftpsURL(server, "/"))
	p.cut, p.watch = cut.set, func(f func()) { cut.seen.Store(&f) }
	return p
}

// oldFTPSPlace is a server that can do hardly anything.
func oldFTPSPlace(t testing.TB) *place {
	return ftpsPlace(t, ftpserver.Options{OldTLS: true, NoMLSD: true, NoEPSV: true, NoRestart: true, NoOverwrite: true, NoOptions: true, NoSize: true, Umask: 0o077})
}

func ftpsURL(s *ftpserver.Server, path string) string {
	return "ftps://" + ftpserver.User + "@" + s.Address + path + "?" + url.Values{"fingerprint": {hex.EncodeToString(s.Fingerprint())}}.Encode()
}

// ftpsAt is web space that lies in a folder of this machine.
func ftpsAt(t testing.TB, dir, address string) *place {
	return &place{
		Target: Target{Name: "noi-thu", URL: address, Public: filepath.Join(t.TempDir(), "public")},
		files:  func(t testing.TB) map[string]string { return withoutHome(readTree(t, dir)) },
		all: func(t testing.TB) []string {
			all := keysOf(readTree(t, dir))
			for i, name := range all {
				all[i] = strings.TrimSuffix(name, lockFile)
			}
			return all
		},
		shift: func(d time.Duration) { shiftTimes(t, dir, d) },
		age: func(t testing.TB) {
			old := time.Now().Add(-2 * lockExpiry)
			for _, name := range []string{lockFile, lockBefore} {
				if err := os.Chtimes(filepath.Join(dir, keyLock+name), old, old); ignoreMissing(err) != nil {
					t.Fatal(err)
				}
			}
		},
	}
}
