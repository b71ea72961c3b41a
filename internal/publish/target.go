package publish

import (
	"context"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"lienhiep/internal/diag"
)

// Target is where a site is deployed to, as config.toml has it.
type Target struct {
	Name string
	// URL is s3://bucket, with bucketOptions; sftp://user@host/path; ftps://user@host/path;
	// or a folder, as a path or file:///path.
	URL string
	// Dir is what a relative folder is relative to, and Public the folder that
	// the site is built in.
	Dir, Public string
	// Sums is the file that remembers what the files in Public hold; "" for none.
	Sums string
	// Ask asks a person for the password of an account ("user@host"); nil if there is nobody to ask.
	Ask func(account string) (string, error) `json:"-"`

	// For tests.
	wrap func(storage) storage // stands between us and the target
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// open connects to the target.
func (t Target) open(ctx context.Context) (storage, error) {
	s, err := t.connect(ctx)
	if err == nil && t.wrap != nil {
		s = t.wrap(s)
	}
	return s, err
}

func (t Target) connect(ctx context.Context) (storage, error) {
	scheme, _, isURL := strings.Cut(t.URL, "://")
	if !isURL {
		return t.openFolder(t.URL)
	}
	address, err := url.Parse(t.URL)
	if err != nil {
		return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, "URL"))
	}
	if t.holdsSecret(address) {
		return nil, faultOf(ruleTargetSecret.At(diag.Pos{}, t.Name))
	}
	switch scheme {
	case "s3":
		return openBucket(ctx, t, address)
	case "gs":
		return nil, faultOf(ruleNotS3.At(diag.Pos{}, t.Name, scheme, "Google Cloud Storage", "gcloud storage rsync"))
	case "azblob":
		return nil, faultOf(ruleNotS3.At(diag.Pos{}, t.Name, scheme, "Azure Blob Storage", "azcopy sync"))
	case "sftp":
		a, err := readAccount(address)
		if err != nil {
			return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, err.Error()))
		}
		dir := address.Path
		if rest, ok := strings.CutPrefix(dir, "/~/"); ok {
			dir = rest
		}
		if dir == "" || dir == "/" {
			return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, "sftp://user@host/path"))
		}
		return openServer(ctx, a, dir)
	case "ftps":
		c, dir, err := readWebspace(address)
		if err != nil {
			return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, err.Error()))
		}
		c.Dial = t.dial
		if c.Password, err = t.password(c.User + "@" + c.Host); err != nil {
			return nil, err
		}
		return openWebspace(ctx, c, dir)
	case "ftp":
		return nil, faultOf(rulePlainFTP.At(diag.Pos{}, t.Name))
	case "file":
		return t.openFolder(filepath.FromSlash(address.Path))
	}
	return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, scheme+"://"))
}

// password is what the environment has, or a person says.
func (t Target) password(account string) (string, error) {
	if p := os.Getenv(PasswordVariable); p != "" {
		return p, nil
	}
	if t.Ask == nil {
		return "", faultOf(ruleNoPassword.At(diag.Pos{}, account))
	}
	return t.Ask(account)
}

func (t Target) openFolder(dir string) (storage, error) {
	if dir == "" {
		return nil, faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, `url = ""`))
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(t.Dir, dir)
	}
	return openFolder(t.Name, dir, t.Public)
}

// holdsSecret reports whether the address gives away what belongs into the
// environment.
func (t Target) holdsSecret(address *url.URL) bool {
	if _, has := address.User.Password(); has {
		return true
	}
	for option := range address.Query() {
		option = strings.ToLower(option)
		if strings.Contains(option, "secret") || strings.Contains(option, "password") || strings.Contains(option, "token") {
			return true
		}
	}
	return false
}
