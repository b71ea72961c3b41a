// Package host defines what a web server must do for the site, and writes it as
// configuration for common hosts: headers, caching, redirects, and the responses
// for pages that do not exist or are gone.
//
// All of it is in one table (policy), which templates turn into each host's
// files. Some hosts read their file from the site itself (Netlify, Cloudflare
// Pages, Apache, IIS); [Prepare] adds those to every site, and they contain
// nothing that is not public. Files for servers that are configured elsewhere
// (nginx, Caddy), and workflows for GitHub and GitLab, come from [Beside] and
// are never part of the site.
//
// An address that is gone for good is marked by the file .gone in its folder,
// which no server serves. A list of such addresses would name those who asked
// not to be named.
//
// In: a folder with a built and checked site, and in [Site] what only its
// builder knows. Out: the same folder, ready for any of the hosts, with a
// compressed copy of every text that is long enough. The package knows neither Hugo nor the
// catalogue, just as internal/publish, which uploads the folder, does not know
// what is in it.
package host

import (
	"cmp"
	"embed"
	"encoding/xml"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	"lienhiep/internal/disk"
	"lienhiep/internal/kept"
)

// Site is what only the program that built the site knows of it. Addresses are paths
// relative to the site's root, without the path of BaseURL: "/tin-tuc/a/".
type Site struct {
	BaseURL   string   // where the site stands, "https://example.vn/" or with a path
	Langs     []string // the first stands at /, each other at /<lang>/
	Redirects []Redirect
	Gone      []string  // pages that were there and will not be again
	Contact   string    // where to report a weakness ("mailto:…"), or ""
	Expires   time.Time // until when the contact holds
}

// Redirect leads from an old address to its replacement.
type Redirect struct{ From, To string }

// Tombstone is the name of the file that marks a page removed for good.
const Tombstone = ".gone"

// tombstone is what it holds: nothing, in a form that no transport loses.
const tombstone = "410\n"

// PagesKept is how long a page may be cached without revalidation. For as long, the
// files that it named must stay available.
const PagesKept = 300 * time.Second

// How long a file may be kept without asking for it again.
var (
	short     = fmt.Sprintf("public, max-age=%d", PagesKept/time.Second)
	immutable = "public, max-age=31536000, immutable"
)

// fingerprint matches the ends of addresses of files that are named by their
// content. It is read alike by Go, PCRE and RE2.
const fingerprint = `(\.[0-9a-f]{64}\.(css|js)|_hu_[0-9a-f]{16}\.webp)`

var fingerprinted = regexp.MustCompile(fingerprint + "$")

// Fingerprinted reports whether a file is named by its content.
func Fingerprinted(file string) bool { return fingerprinted.MatchString("/" + file) }

// card matches the pictures that other sites show with a link: named by their
// words, though not by their bytes.
var card = regexp.MustCompile(`(^|/)the-[0-9a-f]{16}\.png$`)

// NamedByContent reports whether a file's name changes with its content, so that old and
// new can coexist: fingerprinted files, cards, and their compressed copies.
func NamedByContent(file string) bool {
	plain := Plain(file)
	return Fingerprinted(plain) || card.MatchString(plain)
}

// Wordless reports whether a file is a fingerprinted style sheet or script, or a
// compressed copy of one: it holds no editorial content.
func Wordless(file string) bool {
	plain := Plain(file)
	return Fingerprinted(plain) && (path.Ext(plain) == ".css" || path.Ext(plain) == ".js")
}

// CacheControl is the Cache-Control rule for one file of the site.
func CacheControl(file string) string {
	if Fingerprinted(file) {
		return immutable
	}
	return short
}

// frame is the page that other sites may show in a frame.
const frame = "nhung/"

// shared matches the ends of addresses of what programs of other sites may read
// (CORS): the API, feeds and the calendar. It is read as fingerprint is.
const shared = `(/api/v[0-9]+/[a-z]+\.json|/(index|atom)\.xml|/feed\.json|/lich\.ics)`

// sharedNames are the names of those files that lie outside the API's folder.
var sharedNames = []string{"index.xml", "atom.xml", "feed.json", "lich.ics"}

// sharing is the header that lets them.
var sharing = Header{"Access-Control-Allow-Origin", "*"}

const contentPolicy = "Content-Security-Policy"

// content is the policy of every page. Pages have no inline script or style (which
// the check of the site holds), so that it needs neither 'unsafe-inline' nor a
// hash; nothing comes from another host, and only those may put a page into a
// frame that are given.
func content(framedBy string) Header {
	return Header{contentPolicy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors " + framedBy}
}

// headers go with every answer, but that the frame has a policy of its own.
var headers = []Header{
	content("'none'"),
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), usb=(), xr-spatial-tracking=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
}

// Headers returns the headers of every response. framedBy is the one origin that may
// embed the site's pages, "" for none.
func Headers(framedBy string) []Header {
	return append([]Header{content(cmp.Or(framedBy, "'none'"))}, headers[1:]...)
}

// strict keeps readers of a site with a certificate from ever coming without.
var strict = Header{"Strict-Transport-Security", "max-age=31536000"}

// Header is a response header.
type Header struct{ Name, Value string }

// HeadersOf returns the headers with which a fully configured host serves a file; secure
// is true for HTTPS.
func HeadersOf(file string, secure bool) []Header {
	all := Headers("")
	if file == frame || file == frame+"index.html" {
		all = Headers("*")
	}
	if secure {
		all = append(all, strict)
	}
	if regexp.MustCompile(shared + "$").MatchString("/" + file) {
		all = append(all, sharing)
	}
	return append(all, Header{"Content-Type", ContentType(file)}, Header{"Cache-Control", CacheControl(file)})
}

// policy is what every host must do, as the templates read it.
type policy struct {
	Base        string // the address, for people
	Host        string
	Root        string // the base's path; begins and ends with a slash
	Langs       []language
	Headers     []Header
	Frame       string // its page's address below the root
	Framed      Header // takes the place of the header of that name there
	Shared      string
	SharedNames []string // the same, beside the API: for hosts that know no regular expressions
	Sharing     Header
	Types       []fileType
	UnknownType string
	Short       string
	Immutable   string
	Fingerprint string
	Hidden      []string // files that servers read and nobody else
	Tombstone   string
	Redirects   []Redirect // with the root in front
	Gone        []gone
	// Of the files of the site at hand: endings and folders all of whose files are
	// named by their content, for hosts that know no regular expressions.
	NamedEndings, NamedFolders []string
	// All top folders but that of the frame.
	Folders []string
}

// language is where the pages of a language stand, with its error pages.
type language struct {
	Root           string // "/", "/en/", with the base's path in front
	NotFound, Gone string // "/en/404.html"
	Folder         string // below the site's root: "", "en"
}

// gone is a folder below which pages have gone, and what is answered there.
type gone struct{ Below, Page string }

// inSite are the files that hosts read from the site, by their templates.
var inSite = []string{"_headers", "_redirects", ".htaccess", "web.config"}

// noJekyll keeps GitHub Pages from leaving out files that begin with "_".
const noJekyll = ".nojekyll"

// IsConfig reports whether a file of the site configures its server, which does not
// serve it.
func IsConfig(file string) bool {
	return slices.Contains(inSite, file) || file == noJekyll || path.Base(file) == Tombstone
}

// beside are the hosts that read nothing from the site: the name that people
// call each by, and the file that is written for it.
var beside = []struct{ name, file string }{
	{"nginx", "nginx.conf"},
	{"caddy", "Caddyfile"},
	{"github", ".github/workflows/site.yml"},
	{"gitlab", ".gitlab-ci.yml"},
}

// Names returns the names of the hosts that [Beside] supports.
func Names() []string {
	var names []string
	for _, b := range beside {
		names = append(names, b.name)
	}
	return names
}

// Beside returns the configuration file for one of the hosts of [Names], and its file
// name.
func Beside(name string, s Site) (file, text string, err error) {
	i := slices.Index(Names(), name)
	if i < 0 {
		return "", "", fmt.Errorf("no such host: %s", name)
	}
	p, err := s.policy()
	if err != nil {
		return "", "", err
	}
	file = beside[i].file
	text, err = p.render(path.Base(file))
	return file, text, err
}

// Prepare adds to the built site in dir the configuration files that hosts read from it,
// and compressed copies of texts; before knows those that were made before.
func Prepare(dir string, s Site, before *kept.Store) error {
	p, err := s.policy()
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the site: %w", err)
	}
	defer root.Close()
	files, err := list(root.FS())
	if err != nil {
		return fmt.Errorf("listing the site: %w", err)
	}
	if err := compress(files, before); err != nil {
		return fmt.Errorf("compressing the site: %w", err)
	}
	p.NamedEndings, p.NamedFolders = named(files)
	p.Folders = folders(files)
	for _, name := range inSite {
		text, err := p.render(name)
		if err != nil {
			return err
		}
		if err := root.WriteFile(name, []byte(text), 0o666); err != nil {
			return fmt.Errorf("writing for the host: %w", err)
		}
	}
	if err := root.WriteFile(noJekyll, nil, 0o666); err != nil {
		return fmt.Errorf("writing for the host: %w", err)
	}
	if err := s.security(root, p); err != nil {
		return fmt.Errorf("writing %s: %w", securityFile, err)
	}
	for _, address := range s.Gone {
		if err := bury(root, strings.Trim(address, "/")); err != nil {
			return fmt.Errorf("marking %s as gone: %w", address, err)
		}
	}
	return nil
}

// securityFile says where to report a weakness (RFC 9116).
const securityFile = ".well-known/security.txt"

// security writes it, if there is a contact. It is of a whole host, and means
// nothing below the host's root.
func (s Site) security(root *os.Root, p *policy) error {
	if s.Contact == "" || p.Root != "/" {
		return nil
	}
	if err := root.MkdirAll(path.Dir(securityFile), 0o777); err != nil {
		return err
	}
	text := fmt.Sprintf("Contact: %s\nExpires: %s\nPreferred-Languages: %s\nCanonical: %s/%s\n",
		s.Contact, s.Expires.UTC().Format(time.RFC3339), strings.Join(s.Langs, ", "), strings.TrimSuffix(s.BaseURL, "/"), securityFile)
	return root.WriteFile(securityFile, []byte(text), 0o666)
}

// bury puts a tombstone into the folder of a page that is gone.
func bury(root *os.Root, folder string) error {
	if err := root.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return root.WriteFile(path.Join(folder, Tombstone), []byte(tombstone), 0o666)
}

func list(fsys fs.FS) ([]string, error) {
	var files []string
	err := disk.Walk(fsys, func(name string, d fs.DirEntry) error {
		if !d.IsDir() {
			files = append(files, name)
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// named returns the endings and the top folders all of whose files are named by
// their content.
func named(files []string) (endings, folders []string) {
	count := map[string]int{} // those that are not: a single one is too many
	for _, f := range files {
		other := 1
		if CacheControl(f) == immutable {
			other = 0
		}
		count[path.Ext(f)] += other
		if top, _, below := strings.Cut(f, "/"); below {
			count[top+"/"] += other
		}
	}
	for key, others := range count {
		switch {
		case others > 0:
		case strings.HasSuffix(key, "/"):
			folders = append(folders, strings.TrimSuffix(key, "/"))
		default:
			endings = append(endings, key)
		}
	}
	slices.Sort(endings)
	slices.Sort(folders)
	return endings, folders
}

// folders returns the top folders of the site, but that of the frame.
func folders(files []string) []string {
	var all []string
	for _, f := range files {
		if top, _, below := strings.Cut(f, "/"); below && top+"/" != frame && !slices.Contains(all, top) {
			all = append(all, top)
		}
	}
	slices.Sort(all)
	return all
}

// policy works the table out for a site.
func (s Site) policy() (*policy, error) {
	base, err := url.Parse(s.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("the site's address: %w", err)
	}
	root := "/" + strings.Trim(base.Path, "/") + "/"
	if root == "//" {
		root = "/"
	}
	p := &policy{
		Base: s.BaseURL, Host: base.Host, Root: root, Headers: headers, Frame: frame, Framed: content("*"), Shared: shared, SharedNames: sharedNames, Sharing: sharing, Types: types, UnknownType: unknownType, Short: short, Immutable: immutable,
		Fingerprint: fingerprint, Hidden: append(slices.Clip(inSite), noJekyll), Tombstone: Tombstone,
	}
	if base.Scheme == "https" {
		p.Headers = append(slices.Clip(headers), strict)
	}
	for i, lang := range s.Langs {
		folder := ""
		if i > 0 {
			folder = lang
		}
		at := path.Join(root, folder)
		p.Langs = append(p.Langs, language{Root: closed(at), NotFound: path.Join(at, "404.html"), Gone: path.Join(at, "410.html"), Folder: folder})
	}
	for _, r := range s.Redirects {
		p.Redirects = append(p.Redirects, Redirect{root + strings.TrimPrefix(r.From, "/"), root + strings.TrimPrefix(r.To, "/")})
	}
	p.Gone = p.sections(s.Gone)
	return p, nil
}

// sections returns the top folders that addresses which are gone lie in: as much
// of an address as names nobody.
func (p *policy) sections(addresses []string) []gone {
	var all []gone
	for _, a := range addresses {
		a = p.Root + strings.Trim(a, "/")
		in := p.Langs[0]
		for _, l := range p.Langs[1:] {
			if strings.HasPrefix(a, l.Root) {
				in = l
			}
		}
		top, _, below := strings.Cut(strings.TrimPrefix(a, in.Root), "/")
		if section := (gone{Below: in.Root + top + "/", Page: in.Gone}); below && !slices.Contains(all, section) {
			all = append(all, section)
		}
	}
	return all
}

// Texts are the content types that are compressed.
func (p *policy) Texts() []fileType {
	return slices.DeleteFunc(slices.Clone(p.Types), func(t fileType) bool { return !t.Text })
}

// Charsets are the content types, without duplicates, that nginx must be told are UTF-8;
// it knows text/html.
func (p *policy) Charsets() []string {
	var names []string
	for _, t := range p.Types {
		if t.UTF8 && t.Ending != ".html" && !slices.Contains(names, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

func closed(address string) string { return strings.TrimSuffix(address, "/") + "/" }

//go:embed templates
var templateFiles embed.FS

// templates have brackets of their own: workflows use braces for themselves.
var templates = template.Must(template.New("").Delims("[[", "]]").Funcs(template.FuncMap{
	"xml":    escapeXML,
	"regexp": regexp.QuoteMeta,
	"below":  func(root, address string) string { return strings.TrimSuffix(strings.TrimPrefix(address, root), "/") },
	"others": func(langs []language) []language { return langs[min(1, len(langs)):] },
	"first":  func(langs []language) language { return langs[0] },
}).ParseFS(templateFiles, "templates/*"))

func (p *policy) render(name string) (string, error) {
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, strings.TrimLeft(name, "._"), p); err != nil {
		return "", fmt.Errorf("writing %s: %w", name, err)
	}
	return b.String(), nil
}

func escapeXML(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}
