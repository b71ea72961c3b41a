package publish

import (
	"cmp"
	"net"
	"net/url"
	"path"
	"strings"
)

// Place is the address of a target in parts, as a form has them. Secrets are no part of it.
type Place struct {
	Kind string `json:"kind"` // one of PlaceKinds

	Folder string `json:"folder"` // a path; of servers the folder there

	Host     string `json:"host"` // perhaps with a port
	User     string `json:"user"`
	Identity string `json:"identity"` // a key file; "" means ssh's usual ones
	// Fingerprint is the SHA-256, in hex, of a certificate that no authority vouches for; "" means
	// that one does.
	Fingerprint string `json:"fingerprint"`

	Bucket   string `json:"bucket"`
	Endpoint string `json:"endpoint"` // "https://s3.example"
	Region   string `json:"region"`
	Prefix   string `json:"prefix"`
	Profile  string `json:"profile"` // in ~/.aws

	rest url.Values // options that no form knows
}

// PlaceKinds are the kinds of targets.
var PlaceKinds = []string{"folder", "sftp", "ftps", "s3"}

// ReadPlace takes an address apart, as far as a form knows it.
func ReadPlace(address string) Place {
	scheme, _, isURL := strings.Cut(address, "://")
	u, err := url.Parse(address)
	if !isURL || err != nil || scheme == "file" {
		if isURL && err == nil {
			address = u.Path
		}
		return Place{Kind: "folder", Folder: address}
	}
	p := Place{Kind: scheme, rest: u.Query()}
	take := func(option string) string {
		v := p.rest.Get(option)
		p.rest.Del(option)
		return v
	}
	if scheme == "s3" {
		p.Bucket, p.Endpoint, p.Region, p.Prefix, p.Profile = u.Host, take("endpoint"), take("region"), take("prefix"), take("profile")
		return p
	}
	p.Host, p.User, p.Folder, p.Identity, p.Fingerprint = u.Host, u.User.Username(), strings.TrimPrefix(u.Path, "/~/"), take("identity"), take("fingerprint")
	return p
}

// URL is the address; options of the one before that no form knows are kept.
func (p Place) URL(before string) string {
	if p.Kind == "folder" {
		return plain(p.Folder)
	}
	rest := url.Values{}
	if old := ReadPlace(before); old.Kind == p.Kind {
		rest = old.rest
	}
	set := func(option, value string) {
		if value = plain(value); value != "" {
			rest.Set(option, value)
		}
	}
	u := url.URL{Scheme: p.Kind}
	if p.Kind == "s3" {
		u.Host = plain(p.Bucket)
		set("endpoint", webAddress(p.Endpoint))
		set("region", p.Region)
		set("prefix", p.Prefix)
		set("profile", p.Profile)
	} else {
		u.Host, u.User = hostIn(p.Host), url.User(plain(p.User))
		u.Path = plain(p.Folder)
		if !strings.HasPrefix(u.Path, "/") { // below the account's home folder
			u.Path = path.Join("/~", cmp.Or(u.Path, "."))
		}
		set("identity", p.Identity)
		set("fingerprint", p.Fingerprint)
	}
	u.RawQuery = rest.Encode()
	return u.String()
}

// plain is what was meant by something that may have been copied with quotes around it, as
// Windows gives the path of a file.
func plain(s string) string {
	s = strings.TrimSpace(s)
	for _, quotes := range []string{`""`, "''", "“”"} {
		begin, end := string([]rune(quotes)[0]), string([]rune(quotes)[1])
		if len(s) > len(begin) && strings.HasPrefix(s, begin) && strings.HasSuffix(s, end) {
			return strings.TrimSpace(s[len(begin) : len(s)-len(end)])
		}
	}
	return s
}

// webAddress is an address of the web that may have been given without its beginning.
func webAddress(s string) string {
	if s = plain(s); s == "" || strings.Contains(s, "://") {
		return s
	}
	return "https://" + s
}

// hostIn is a host as an address has it, of one that may have been copied with more around,
// such as a password.
func hostIn(s string) string {
	s = plain(s)
	if _, after, found := strings.Cut(s, "://"); found {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	s = s[strings.LastIndex(s, "@")+1:]
	if ip := net.ParseIP(s); ip != nil && strings.Contains(s, ":") {
		s = "[" + s + "]"
	}
	return s
}
