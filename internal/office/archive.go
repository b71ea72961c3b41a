package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// Limits on a file: far above what people write, small enough to hold in memory.
const (
	MaxBytes    = 64 << 20  // of the file itself
	maxParts    = 4096      // files in the archive
	maxTotal    = 256 << 20 // bytes of all of them
	maxXML      = 32 << 20  // bytes of one that holds text
	maxRatio    = 200       // how much a part may grow on unpacking …
	ratioCounts = 4 << 20   // … once it has this many bytes
)

// archive is an Office file (a ZIP file) whose list of parts has been validated.
type archive struct {
	file   string // its name, for findings
	parts  map[string]*zip.File
	left   int64    // bytes that may still be unpacked
	linked []string // addresses of pictures that lie elsewhere
}

// refusal is an error that is a finding about the file.
type refusal struct{ diag.Finding }

func (r refusal) Error() string { return r.Message(diag.English) }

func refuse(rule *diag.Rule, file string, args ...any) error {
	return refusal{rule.At(diag.Pos{File: file}, args...)}
}

// findingsOf turns the error of a reading into findings.
func findingsOf(file string, err error) []diag.Finding {
	var r refusal
	if errors.As(err, &r) {
		return []diag.Finding{r.Finding}
	}
	return []diag.Finding{ruleDamaged.At(diag.Pos{File: file}, err.Error())}
}

// application is Word or Excel.
type application struct {
	ending  string // ".docx"
	content string // what the content type of its main part begins with
	old     string // ".doc"
}

var (
	word  = application{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.", ".doc"}
	excel = application{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.", ".xls"}
)

// openArchive looks the whole file over, without unpacking more than its lists,
// and returns it with the name of its main part.
func openArchive(file string, data []byte, app application) (*archive, string, error) {
	if err := recognise(file, data, app); err != nil {
		return nil, "", err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, "", refuse(ruleDamaged, file, path.Base(file))
	}
	a := &archive{file: file, parts: map[string]*zip.File{}, left: maxTotal}
	if err := a.list(z, app); err != nil {
		return nil, "", err
	}
	main, err := a.main(app)
	if err != nil {
		return nil, "", err
	}
	return a, main, a.external()
}

// recognise detects the file's format by its first bytes.
func recognise(file string, data []byte, app application) error {
	utf16 := func(s string) []byte { return []byte(strings.Join(strings.Split(s, ""), "\x00")) }
	switch {
	case len(data) > MaxBytes:
		return refuse(ruleBomb, file, fmt.Sprintf("quá %d MB", MaxBytes>>20), fmt.Sprintf("over %d MB", MaxBytes>>20))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if bytes.Contains(data, utf16("EncryptedPackage")) {
			return refuse(ruleEncrypted, file)
		}
		return refuse(ruleOldFormat, file, app.old, app.ending)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return refuse(ruleOldFormat, file, ".rtf", app.ending)
	}
	return refuse(ruleNotOffice, file, app.ending)
}

// list validates the names and sizes of the parts.
func (a *archive) list(z *zip.Reader, app application) error {
	if len(z.File) > maxParts {
		return refuse(ruleBomb, a.file, fmt.Sprintf("%d tệp bên trong", len(z.File)), fmt.Sprintf("%d files inside", len(z.File)))
	}
	var total uint64
	seen := map[string]bool{}
	for _, f := range z.File {
		name := f.Name
		switch low := strings.ToLower(name); {
		case f.Flags&1 != 0:
			return refuse(ruleEncrypted, a.file)
		case badName(name), seen[low]:
			return refuse(ruleBadName, a.file, name)
		case strings.HasSuffix(low, "vbaproject.bin"):
			return refuse(ruleMacros, a.file, app.ending)
		default:
			seen[low] = true
		}
		total += f.UncompressedSize64
		if total > maxTotal || f.UncompressedSize64 > maxTotal {
			return refuse(ruleBomb, a.file, fmt.Sprintf("quá %d MB", maxTotal>>20), fmt.Sprintf("over %d MB", maxTotal>>20))
		}
		if f.UncompressedSize64 > ratioCounts && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return refuse(ruleBomb, a.file, fmt.Sprintf("“%s” nở ra hơn %d lần", name, maxRatio), fmt.Sprintf("“%s” grows more than %d times", name, maxRatio))
		}
		a.parts[name] = f
	}
	return nil
}

// badName reports whether a part's name is none that the format allows: one that
// leads out of the archive, is absolute, or speaks of a drive.
func badName(name string) bool {
	if name == "" || strings.ContainsAny(name, "\\:\x00") || strings.HasPrefix(name, "/") || len(name) > 512 {
		return true
	}
	return slices.Contains(strings.Split(strings.TrimSuffix(name, "/"), "/"), "..")
}

// read unpacks a part, of at most limit bytes.
func (a *archive) read(name string, limit int64) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, refuse(ruleDamaged, a.file, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(ruleDamaged, a.file, name)
	}
	defer r.Close()
	limit = min(limit, a.left)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	a.left -= int64(len(data))
	switch {
	case int64(len(data)) > limit:
		return nil, refuse(ruleBomb, a.file, fmt.Sprintf("“%s” quá %d MB", name, limit>>20), fmt.Sprintf("“%s” over %d MB", name, limit>>20))
	case err != nil:
		return nil, refuse(ruleDamaged, a.file, name)
	}
	return data, nil
}

// xml reads a part that holds XML.
func (a *archive) xml(name string) (*node, error) {
	data, err := a.read(name, maxXML)
	if err != nil {
		return nil, err
	}
	root, err := parseXML(data)
	switch {
	case errors.Is(err, errDTD):
		return nil, refuse(ruleDTD, a.file, name)
	case errors.Is(err, errDeep):
		return nil, refuse(ruleBomb, a.file, fmt.Sprintf("“%s” lồng quá nhiều lớp", name), fmt.Sprintf("“%s” is nested too deeply", name))
	case err != nil:
		return nil, refuse(ruleDamaged, a.file, name)
	}
	return root, nil
}

// main finds the main part, and sees that it is the application's.
func (a *archive) main(app application) (string, error) {
	if a.parts["[Content_Types].xml"] == nil {
		return "", refuse(ruleNotOffice, a.file, app.ending)
	}
	types, err := a.xml("[Content_Types].xml")
	if err != nil {
		return "", err
	}
	rels, err := a.relations("")
	if err != nil {
		return "", err
	}
	for _, t := range types.kids {
		if content := strings.ToLower(t.attr("ContentType")); t.name == "Override" && (strings.Contains(content, "macroenabled") || strings.Contains(content, "vbaproject")) {
			return "", refuse(ruleMacros, a.file, app.ending)
		}
	}
	for _, r := range rels {
		if r.kind != "officeDocument" {
			continue
		}
		for _, t := range types.kids {
			if strings.TrimPrefix(t.attr("PartName"), "/") == r.target && strings.HasPrefix(t.attr("ContentType"), app.content) {
				return r.target, nil
			}
		}
	}
	return "", refuse(ruleNotOffice, a.file, app.ending)
}

// relation is what a part refers to by an ID.
type relation struct {
	kind     string // the last word of its type: "hyperlink"
	target   string // a part's name, or an address if external
	external bool
}

// relations reads the relations of a part, by their IDs; "" is the file itself.
func (a *archive) relations(part string) (map[string]relation, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	rels := map[string]relation{}
	if a.parts[name] == nil {
		return rels, nil
	}
	root, err := a.xml(name)
	if err != nil {
		return nil, err
	}
	for _, n := range root.kids {
		r := relation{kind: path.Base(n.attr("Type")), target: n.attr("Target"), external: n.attr("TargetMode") == "External"}
		if !r.external {
			if strings.HasPrefix(r.target, "/") {
				r.target = strings.TrimPrefix(path.Clean(r.target), "/")
			} else {
				r.target = path.Join(path.Dir(part), r.target)
			}
		}
		rels[n.attr("Id")] = r
	}
	return rels, nil
}

// byID returns relations in the order of their IDs.
func byID(rels map[string]relation) []relation {
	var all []relation
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		all = append(all, rels[id])
	}
	return all
}

// external refuses a file that takes content from elsewhere. A link that a reader
// clicks on is none of that; neither is the name of the template, on the author's
// own disk, that a document was begun from: it is never opened. Pictures are noted: who
// wants the text alone does without them.
func (a *archive) external() error {
	names := make([]string, 0, len(a.parts))
	for name := range a.parts {
		if path.Ext(name) == ".rels" && path.Base(path.Dir(name)) == "_rels" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		root, err := a.xml(name)
		if err != nil {
			return err
		}
		for _, n := range root.kids {
			target := n.attr("Target")
			switch kind := path.Base(n.attr("Type")); {
			case n.attr("TargetMode") != "External", kind == "hyperlink":
			case kind == "attachedTemplate" && onDisk(target):
			case kind == "image":
				a.linked = append(a.linked, target)
			default:
				return refuse(ruleExternal, a.file, target)
			}
		}
	}
	return nil
}

// refuseLinked refuses a file whose pictures lie elsewhere.
func (a *archive) refuseLinked() error {
	if len(a.linked) > 0 {
		return refuse(ruleExternal, a.file, a.linked[0])
	}
	return nil
}

// onDisk reports whether the target is a file of a drive ("file:///C:\…",
// "Normal.dotm"), not of another computer.
func onDisk(target string) bool {
	target = strings.ToLower(target)
	if rest, ok := strings.CutPrefix(target, "file:///"); ok {
		target = rest
	}
	if len(target) > 2 && target[1] == ':' {
		return true
	}
	return !strings.ContainsAny(target, `/\:`)
}
