package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lienhiep/internal/disk"
)

// seen is what is remembered of a live site: what it can no longer be without, and
// which of its deploys is the newest.
type seen struct {
	Number  int64     `json:"number,omitempty"` // of the newest record
	Time    time.Time `json:"time,omitzero"`    // of that deploy
	Headers bool      `json:"headers,omitempty"`
}

// memory is a file with what is remembered, by address.
type memory struct {
	file    string
	site    string
	sites   map[string]seen
	old     seen
	damaged bool // the file cannot be understood
}

// siteName is an address as it is remembered and compared: with www or without,
// with http or https it is the same site.
func siteName(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host + "/" + strings.Trim(u.Path, "/")
}

// remember reads what is known of the site at base. A file that is not there, or
// cannot be understood, knows nothing.
func remember(file string, base *url.URL) (*memory, error) {
	m := &memory{file: file, site: siteName(base), sites: map[string]seen{}}
	if file == "" {
		return m, nil
	}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was seen of live sites: %w", err)
	}
	if err := json.Unmarshal(data, &m.sites); err != nil || m.sites == nil {
		m.sites, m.damaged = map[string]seen{}, true
	}
	m.old = m.sites[m.site]
	return m, nil
}

// aside is where a file goes that cannot be understood: it may tell a person what was
// seen of other sites.
func (m *memory) aside() string { return m.file + damagedEnding }

func (m *memory) now() seen { return m.sites[m.site] }

func (m *memory) set(s seen) { m.sites[m.site] = s }

// save writes the file, if there is something new.
func (m *memory) save() error {
	if m.damaged {
		if err := disk.Rename(m.file, m.aside()); err != nil {
			return fmt.Errorf("setting aside what was seen of live sites: %w", err)
		}
	}
	if m.file == "" || m.now() == m.old {
		return nil
	}
	data, err := json.MarshalIndent(m.sites, "", "\t")
	if err != nil {
		return err
	}
	if err := replaceFile(m.file, append(data, '\n')); err != nil {
		return fmt.Errorf("keeping what was seen of live sites: %w", err)
	}
	return nil
}

// replaceFile writes a file of our own on this machine, and makes its folder.
func replaceFile(file string, data []byte) error {
	dir, name := filepath.Split(file)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return disk.Folder{Root: root, Aside: "."}.Replace(name, data)
}
