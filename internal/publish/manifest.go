package publish

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/sync/errgroup"

	allowed "lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/host"
)

// ManifestName is the file of a built site that names all the others. A build
// writes it last, when the site has been checked; without it there is nothing to
// deploy.
const ManifestName = "manifest.txt"

// manifestHead is a manifest's first line.
const manifestHead = "lienhiep manifest v1"

// maxManifest bounds a manifest that is read from elsewhere: some 500,000 files.
const maxManifest = 64 << 20

// File is one file of a site.
type File struct {
	Path string // from the site's root, with slashes
	Size int64
	Sum  [sha256.Size]byte
}

// Manifest lists every file of a site but the manifest itself, sorted by path.
//
// Its text is published, so it leaves out the files that are for the host alone (see
// [served]), which may name people who have withdrawn.
//
// Its text has a line for each file, "SHA-256  size  path", under a line that
// names the format; the same site gives the same text anywhere. Signed, it is a
// note as golang.org/x/mod/sumdb/note has them: the text, an empty line, and a
// line with the Ed25519 signature of the text.
type Manifest struct {
	Files    []File
	Unserved []File // for the host alone; of a site on this machine or a release
	Text     []byte // as it is published, with its signature if it has one
}

// served reports whether readers are given a file: none that tells the host what
// to do, and no hidden one but in the folder that the web has for them.
func served(name string) bool {
	return !hostsOwn(strings.TrimPrefix(name, ".well-known/")) && !host.IsConfig(name)
}

// file is the manifest as a file of the site.
func (m Manifest) file() File {
	return File{Path: ManifestName, Size: int64(len(m.Text)), Sum: sha256.Sum256(m.Text)}
}

// all are the site's files, the manifest among them.
func (m Manifest) all() []File { return append(slices.Concat(m.Files, m.Unserved), m.file()) }

// digest names the site's content, whoever signed it.
func (m Manifest) digest() string {
	sum := sha256.Sum256(appendLines(m.format(), m.Unserved))
	return hex.EncodeToString(sum[:6])
}

// paths are the site's files by path, the manifest aside.
func (m Manifest) paths() map[string]File {
	all := make(map[string]File, len(m.Files))
	for _, f := range slices.Concat(m.Files, m.Unserved) {
		all[f.Path] = f
	}
	return all
}

// buried are the pages of people who have withdrawn, which the site no longer has.
func (m Manifest) buried() []string {
	var pages []string
	for _, f := range m.Unserved {
		if dir, name := path.Split(f.Path); name == host.Tombstone {
			pages = append(pages, dir+"index.html")
		}
	}
	return pages
}

func (m Manifest) format() []byte { return appendLines([]byte(manifestHead+"\n"), m.Files) }

func appendLines(dst []byte, files []File) []byte {
	for _, f := range files {
		dst = fmt.Appendf(dst, "%x  %d  %s\n", f.Sum, f.Size, f.Path)
	}
	return dst
}

// record is what a target keeps of a release: what its host alone is given, an
// empty line, and the manifest as it is published.
func (m Manifest) record() []byte {
	return slices.Concat(appendLines(nil, m.Unserved), []byte("\n"), m.Text)
}

// parseRecord reads a record.
func parseRecord(text []byte) (Manifest, error) {
	var unserved []File
	for !bytes.HasPrefix(text, []byte("\n")) {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		f, ok := parseLine(string(line))
		if !whole || !ok {
			return Manifest{}, fmt.Errorf("%w: line %q", errManifest, line)
		}
		unserved, text = append(unserved, f), rest
	}
	m, err := ParseManifest(text[1:])
	m.Unserved = unserved
	return m, err
}

// parseLine reads the line of a file.
func parseLine(line string) (File, bool) {
	sum, rest, _ := strings.Cut(line, "  ")
	size, name, _ := strings.Cut(rest, "  ")
	f := File{Path: name}
	raw, err1 := hex.DecodeString(sum)
	n, err2 := strconv.ParseInt(size, 10, 64)
	if err1 != nil || err2 != nil || n < 0 || len(raw) != len(f.Sum) || !validPath(name) || name == ManifestName || name == DeployedName {
		return f, false
	}
	f.Size, f.Sum = n, [sha256.Size]byte(raw)
	return f, true
}

var errManifest = errors.New("not a manifest")

// ParseManifest reads a manifest's text; of its signature see [Manifest.SignedBy].
// Names that could lead out of a site's folder are refused.
func ParseManifest(text []byte) (Manifest, error) {
	m := Manifest{Text: text}
	body, _, _ := bytes.Cut(text, []byte("\n\n"))
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() || lines.Text() != manifestHead {
		return m, errManifest
	}
	for lines.Scan() {
		f, ok := parseLine(lines.Text())
		if !ok {
			return m, fmt.Errorf("%w: line %q", errManifest, lines.Text())
		}
		if len(m.Files) > 0 && m.Files[len(m.Files)-1].Path >= f.Path {
			return m, fmt.Errorf("%w: %q is out of order", errManifest, f.Path)
		}
		m.Files = append(m.Files, f)
	}
	return m, lines.Err()
}

// SignedBy reports whether the manifest carries a good signature of the public
// key, as [GenerateKey] gives it.
func (m Manifest) SignedBy(public string) (bool, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return false, fmt.Errorf("the public key: %w", err)
	}
	n, err := note.Open(m.Text, note.VerifierList(v))
	return err == nil && n.Text == string(m.format()), nil
}

// GenerateKey generates an Ed25519 key pair for manifests, in the encoding of
// golang.org/x/mod/sumdb/note. name, which signatures show, says whose key it is.
func GenerateKey(random io.Reader, name string) (private, public string, err error) {
	return note.GenerateKey(random, name)
}

// Known tells what a file of a site holds, if that is known of it as it is now, so that it
// need not be read again.
type Known func(name string, info fs.FileInfo) (sum [sha256.Size]byte, ok bool)

// summing is what goes on while the files of a site are summed up; all of it may be nil.
type summing struct {
	known   Known
	learned func(name string, info fs.FileInfo, sum [sha256.Size]byte) // is told of those that are read
	seen    func(name string, info fs.FileInfo) error                  // is shown every file and folder below
}

// WriteManifest writes the manifest of the site in the folder dir, signed unless the
// private key is "", and lets everyone read all of the site, for web servers. If there are
// findings it writes no manifest. known may be nil.
func WriteManifest(dir, private string, known Known) ([]diag.Finding, error) {
	var signer note.Signer
	if private = strings.TrimSpace(private); private != "" {
		var err error
		if signer, err = note.NewSigner(private); err != nil {
			return []diag.Finding{ruleSigningKey.At(diag.Pos{})}, nil
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	publish := func(name string, info fs.FileInfo) error {
		if err := disk.Publish(filepath.Join(dir, filepath.FromSlash(name)), info); err != nil {
			return fmt.Errorf("letting everyone read the site: %w", err)
		}
		return nil
	}
	info, err := root.Stat(".")
	if err == nil {
		err = publish(".", info)
	}
	if err != nil {
		return nil, err
	}
	m, findings, err := sum(root, summing{known: known, seen: publish})
	if err != nil || findings != nil {
		return findings, err
	}
	text := m.format()
	if signer != nil {
		if text, err = note.Sign(&note.Note{Text: string(text)}, signer); err != nil {
			return nil, fmt.Errorf("signing the manifest: %w", err)
		}
	}
	return nil, disk.Folder{Root: root, Aside: ".", Public: true}.Replace(ManifestName, text)
}

// sum sums up every file below root, except for a manifest. What is not fit to be
// published is a finding.
func sum(root *os.Root, with summing) (Manifest, []diag.Finding, error) {
	var m Manifest
	var findings []diag.Finding
	var found []fs.DirEntry // of the files
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	see := func(name string, d fs.DirEntry) (fs.FileInfo, error) {
		info, err := d.Info()
		if err == nil && with.seen != nil {
			err = with.seen(name, info)
		}
		return info, err
	}
	err := disk.Walk(root.FS(), func(name string, d fs.DirEntry) error {
		switch {
		case name == ManifestName:
		case !validPath(name), name == DeployedName, !allowed.FitsWindows(d.Name()):
			findings = append(findings, ruleBadName.At(diag.Pos{File: name}, name))
		case d.IsDir():
			g.Go(func() error {
				_, err := see(name, d)
				return err
			})
		case !d.Type().IsRegular():
			findings = append(findings, ruleNotRegular.At(diag.Pos{File: name}))
		default:
			m.Files = append(m.Files, File{Path: name})
			found = append(found, d)
		}
		return nil
	})
	if err != nil {
		return m, nil, fmt.Errorf("reading the site: %w", err)
	}
	for i := range m.Files {
		g.Go(func() error {
			listed, err := see(m.Files[i].Path, found[i])
			if err != nil {
				return err
			}
			if with.known != nil {
				if sum, ok := with.known(m.Files[i].Path, listed); ok {
					m.Files[i].Sum, m.Files[i].Size = sum, listed.Size()
					return nil
				}
			}
			f, err := root.Open(m.Files[i].Path)
			if err != nil {
				return err
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				return err
			}
			m.Files[i], err = sumOf(m.Files[i].Path, f)
			if err == nil && with.learned != nil {
				with.learned(m.Files[i].Path, info, m.Files[i].Sum)
			}
			return err
		})
	}
	err = g.Wait()
	diag.Sort(findings)
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range m.Files {
		if !served(f.Path) {
			m.Unserved = append(m.Unserved, f)
		}
	}
	m.Files = slices.DeleteFunc(m.Files, func(f File) bool { return !served(f.Path) })
	return m, findings, err
}

// sumOf reads a file to its end, for all that is known of it.
func sumOf(name string, r io.Reader) (File, error) {
	sha := sha256.New()
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	n, err := io.CopyBuffer(sha, struct{ io.Reader }{r}, buffer[:]) // a file would bring a buffer of its own
	if err != nil {
		return File{}, fmt.Errorf("reading %s: %w", name, err)
	}
	return File{Path: name, Size: n, Sum: [sha256.Size]byte(sha.Sum(nil))}, nil
}

var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// validPath reports whether name can be published and written anywhere without
// leading out of the folder: not on Windows, not through a browser's reading of
// it, not into the version control or our own records.
func validPath(name string) bool {
	if !fs.ValidPath(name) || name == "." || len(name) > 1024 {
		return false
	}
	if strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`\:*?"<>|`, r)
	}) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		lower := strings.ToLower(part)
		if lower == ".git" || lower == path.Clean(home) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return false
		}
	}
	return true
}
