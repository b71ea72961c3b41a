package site

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"
	_ "time/tzdata" // Windows has no zone database of its own

	"github.com/pelletier/go-toml/v2"
)

// Config is what other packages need to know of Hugo's configuration.
type Config struct {
	BaseURL string
	Zone    *time.Location
	// Permalinks are the address patterns of pages per language and section, SectionLinks
	// those of the sections themselves.
	Permalinks, SectionLinks map[string]map[string]string
	// Targets are the addresses that the site can be deployed to, by name.
	Targets map[string]string
	// PublicKey is the key that the site's manifest is signed by, or "".
	PublicKey string
	// Contact is where to report a weakness of the site ("mailto:…", "https://…"),
	// or ""; what is said of it holds until Expires.
	Contact string
	Expires time.Time
}

// ErrNoSite means that a folder does not contain a site.
var ErrNoSite = errors.New("no config.toml in this folder")

// ConfigError is a fault of config.toml.
type ConfigError struct {
	Line int // 0 where it is not of a line
	Err  error
}

func (e *ConfigError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("config.toml:%d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("config.toml: %v", e.Err)
}

func (e *ConfigError) Unwrap() error { return e.Err }

// configFault is the fault of a configuration that cannot be read.
func configFault(err error) error {
	fault := &ConfigError{Err: err}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		fault.Line, _ = at.Position()
	}
	return fault
}

// ReadConfig reads config.toml in the folder root; a fault of it is a [ConfigError].
func ReadConfig(root string) (Config, error) {
	src, err := os.ReadFile(filepath.Join(root, "config.toml"))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return Config{}, ErrNoSite
	}
	if err != nil {
		return Config{}, fmt.Errorf("reading the configuration: %w", err)
	}
	return parseConfig(src)
}

func parseConfig(src []byte) (Config, error) {
	var raw struct {
		BaseURL   string `toml:"baseURL"`
		TimeZone  string `toml:"timeZone"`
		Languages map[string]struct {
			Permalinks struct {
				Page    map[string]string `toml:"page"`
				Section map[string]string `toml:"section"`
			} `toml:"permalinks"`
		} `toml:"languages"`
		Params struct {
			Deploy map[string]struct {
				URL string `toml:"url"`
			} `toml:"deploy"`
			Manifest struct {
				PublicKey string `toml:"publicKey"`
			} `toml:"manifest"`
			Security struct {
				Contact string    `toml:"contact"`
				Expires time.Time `toml:"expires"`
			} `toml:"security"`
		} `toml:"params"`
	}
	if err := toml.Unmarshal(src, &raw); err != nil {
		return Config{}, configFault(err)
	}
	if u, err := url.Parse(raw.BaseURL); err == nil && (u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		return Config{}, configFault(errors.New("baseURL: it stands in every page, and may have no user name, password, ? or #"))
	}
	zone, err := time.LoadLocation(raw.TimeZone)
	if err != nil {
		return Config{}, configFault(fmt.Errorf("timeZone: %w", err))
	}
	c := Config{BaseURL: raw.BaseURL, Zone: zone, Permalinks: map[string]map[string]string{}, SectionLinks: map[string]map[string]string{}, Targets: map[string]string{}, PublicKey: raw.Params.Manifest.PublicKey,
		Contact: raw.Params.Security.Contact, Expires: raw.Params.Security.Expires}
	if u, err := url.Parse(c.Contact); c.Contact != "" && (err != nil || u.Scheme != "mailto" && u.Scheme != "https" && u.Scheme != "tel" || c.Expires.IsZero()) {
		return Config{}, configFault(errors.New("params.security: contact is an address that begins with mailto:, https: or tel:, and expires a moment such as 2027-06-30T00:00:00Z"))
	}
	for name, t := range raw.Params.Deploy {
		c.Targets[name] = t.URL
	}
	for lang, l := range raw.Languages {
		c.Permalinks[lang], c.SectionLinks[lang] = l.Permalinks.Page, l.Permalinks.Section
	}
	return c, nil
}
