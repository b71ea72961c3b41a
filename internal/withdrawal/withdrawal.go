// Package withdrawal computes how the content must change when a person
// withdraws their consent: what is removed, what is rewritten, and what an
// editor must look at.
//
// In: the site's file system and its [catalog.Catalog], and who the person is: they may
// have no entry yet. Out: a [Withdrawal], as data; nothing is written. Only references to the person by ID and links are
// removed, and a link's text is kept. Whether the person's name may stay in a
// sentence is for an editor to decide: such places are findings.
package withdrawal

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lienhiep/internal/attach"
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

var (
	ruleStillNamed = diag.NewRule("still-named", diag.Warning,
		diag.Text{VI: "Ở đây vẫn nêu “%[1]s”.", EN: "“%[1]s” is still named here."},
		diag.Text{VI: "Đọc lại chỗ này; nếu nhân vật không muốn được nêu tên, hãy viết lại (ví dụ chỉ ghi chức danh). Máy không tự sửa lời bài.",
			EN: "Read the passage; if the person does not want to be named, rewrite it (for example with only their position). Text is never changed automatically."})
	ruleStillTied = diag.NewRule("still-tied", diag.Warning,
		diag.Text{VI: "Chỗ này gắn với người đó.", EN: "This is tied to the person."},
		diag.Text{VI: "Bỏ người đó (mã “%[1]s”) ở mục này.", EN: "Remove the person’s ID (“%[1]s”) here."})
	ruleAddressNames = diag.NewRule("address-names", diag.Warning,
		diag.Text{VI: "Địa chỉ ở đây có tên người đó (“%[1]s”).", EN: "An address here has the name in it (“%[1]s”)."},
		diag.Text{VI: "Địa chỉ của trang khác thì không đổi được. Nếu người đó không muốn, hãy bỏ nguồn hoặc liên kết ấy.", EN: "The address of another site cannot be changed. If the person does not want it, remove that source or link."})
	ruleFileNames = diag.NewRule("file-names", diag.Warning,
		diag.Text{VI: "Tệp “%[1]s” nêu “%[2]s”.", EN: "The file “%[1]s” names “%[2]s”."},
		diag.Text{VI: "Đọc lại tệp; nếu nhân vật không muốn được nêu tên, thay bằng bản không nêu tên, hoặc bỏ liên kết tới tệp.", EN: "Read the file; if the person does not want to be named, replace it with a version that does not name them, or remove the link to it."})
	ruleFileMayName = diag.NewRule("file-may-name", diag.Warning,
		diag.Text{VI: "Máy không đọc được chữ trong tệp “%[1]s” (ảnh chụp, âm thanh hoặc phim); tệp có thể nêu nhân vật này.", EN: "No text can be read in the file “%[1]s” (a scan, recording or video); it may name the person."},
		diag.Text{VI: "Mở tệp xem; nếu có nêu mà nhân vật không muốn, bỏ liên kết tới tệp.", EN: "Check it; if it names the person and they do not want that, remove the link to it."})
	ruleStillLinked = diag.NewRule("still-linked", diag.Error,
		diag.Text{VI: "Ở đây còn dẫn tới trang của nhân vật, viết theo cách mà máy không tự bỏ được.", EN: "This still links to the person's page, in a form that cannot be removed automatically."},
		diag.Text{VI: "Bỏ liên kết hoặc mã này bằng tay, giữ lại chữ.", EN: "Remove the link or the ID by hand, and keep the text."})
)

// Withdrawal is the effect of a person's withdrawal on the content. Names are
// slash-separated paths relative to the site's folder.
type Withdrawal struct {
	Person *catalog.Person
	Remove []string // the person's own folder or files; none of who was never published
	Edits  []Edit   // the record of those who have withdrawn first
	Refs   int      // IDs taken out of other entries
	Links  int      // links taken out of their text
	// Findings are the places that an editor must look at, as they stand after
	// the edits.
	Findings []diag.Finding
}

// Edit is the new content of a file.
type Edit struct {
	File string
	Text []byte
}

// Of computes the withdrawal of a person on a day.
func Of(fsys fs.FS, c *catalog.Catalog, p *catalog.Person, day time.Time) (*Withdrawal, error) {
	w := &Withdrawal{Person: p}
	own := w.own(c)
	record, err := w.record(fsys, c, day)
	if err != nil {
		return nil, err
	}
	if record != nil {
		w.Edits = append(w.Edits, Edit{catalog.WithdrawnFile, record})
	}
	if len(w.Remove) > 0 {
		t := targets{addresses: c.AddressesOf(p), path: p.Path, onSite: c.OnSite}
		refs := map[string][]catalog.Ref{} // by file
		for _, r := range c.RefsTo(p.ID) {
			refs[r.Pos.File] = append(refs[r.Pos.File], r)
		}
		for _, e := range c.Entries() {
			if own(e.File) {
				continue
			}
			if err := w.entry(fsys, e, refs[e.File], t); err != nil {
				return nil, err
			}
		}
	}
	if err := w.named(fsys, c, own); err != nil {
		return nil, err
	}
	if err := w.files(fsys, c, own); err != nil {
		return nil, err
	}
	diag.Sort(w.Findings)
	return w, nil
}

// own notes what is the person's, and returns what tells whether a file is.
func (w *Withdrawal) own(c *catalog.Catalog) func(file string) bool {
	for _, e := range c.Entries() {
		if e.Kind != catalog.KindPerson || e.ID != w.Person.ID {
			continue
		}
		name := e.File
		if strings.HasPrefix(path.Base(name), "index.") {
			name = path.Dir(name)
		}
		if !slices.Contains(w.Remove, name) {
			w.Remove = append(w.Remove, name)
		}
	}
	return func(file string) bool {
		return slices.ContainsFunc(w.Remove, func(r string) bool { return file == r || strings.HasPrefix(file, r+"/") })
	}
}

// record returns the record of those who have withdrawn with the person in it, nil if the
// person is there already.
func (w *Withdrawal) record(fsys fs.FS, c *catalog.Catalog, day time.Time) ([]byte, error) {
	p := w.Person
	if slices.ContainsFunc(c.Withdrawn, func(w catalog.Withdrawn) bool { return w.Person == p.ID }) {
		return nil, nil
	}
	text, err := fs.ReadFile(fsys, catalog.WithdrawnFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = []byte("# Những nhân vật đã rút lại sự đồng ý: không đăng lại, máy chủ trả lời rằng trang đã được gỡ (410).\n# Lệnh `lienhiep withdraw` ghi tệp này; đừng xóa mục nào. Tệp nêu tên họ nên không bao giờ được đăng.\n# Người khác trùng tên: thêm dòng others = [\"mã-của-người-khác\"] vào mục của người đã rút.\n")
	case err != nil: // those who stand in it must stay there
		return nil, fmt.Errorf("reading the record: %w", err)
	}
	one := p.Identity()
	text = fmt.Appendf(text, "\n[[withdrawn]]\nperson = %q\nname = %q\n", p.ID, one.Name.Key())
	if one.Born != 0 {
		text = fmt.Appendf(text, "born = %d\n", one.Born)
	}
	addresses := ""
	if len(w.Remove) > 0 { // an address that never was would tell of somebody who was never published
		addresses = `"` + strings.Join(c.AddressesOf(p), `", "`) + `"`
	}
	return fmt.Appendf(text, "date = %s\naddresses = [%s]\n", day.Format(time.DateOnly), addresses), nil
}

// entry takes what leads to the person out of another entry.
func (w *Withdrawal) entry(fsys fs.FS, e *catalog.Entry, refsHere []catalog.Ref, t targets) error {
	src, err := fs.ReadFile(fsys, e.File)
	if err != nil {
		return fmt.Errorf("reading the content: %w", err)
	}
	if len(refsHere) == 0 && !t.mayBeIn(string(src)) {
		return nil
	}
	lines := slices.Collect(strings.Lines(string(src)))
	first := e.BodyLine() - 1
	body, links := unlink(strings.Join(lines[first:], ""), t, e)
	refs := 0
	for _, r := range refsHere {
		switch {
		case matter.RemoveItem(lines[:first], r.Pos.Line, r.ID):
			refs++
		default:
			w.Findings = append(w.Findings, ruleStillLinked.At(r.Pos))
		}
	}
	head := strings.Join(lines[:first], "")
	for _, line := range linksIn(body, t, e) {
		w.Findings = append(w.Findings, ruleStillLinked.At(diag.Pos{File: e.File, Line: strings.Count(head, "\n") + line}))
	}
	if text := head + body; text != string(src) {
		w.Edits = append(w.Edits, Edit{e.File, []byte(text)})
	}
	w.Refs += refs
	w.Links += links
	return nil
}

// texts are the endings of the files below content/ that are read for names.
var texts = []string{".md", ".txt", ".toml", ".csv"}

// columns writes a table's columns as those of Markdown: a name may stand in two of them.
var columns = strings.NewReplacer(",", "|", ";", "|", "\t", "|")

// named finds the places that still name the person: in every text below content/
// as it will be, and in the names of files. What is another person's, who only has
// the name too, is passed over.
func (w *Withdrawal) named(fsys fs.FS, c *catalog.Catalog, own func(string) bool) error {
	names, others := namesOf(w.Person), namesakes(c, w.Person)
	return fs.WalkDir(fsys, "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || own(name) || name == catalog.WithdrawnFile || slices.ContainsFunc(others, func(folder string) bool { return strings.HasPrefix(name, folder) }) {
			return err
		}
		if len(names.in(name)) > 0 {
			w.Findings = append(w.Findings, ruleStillNamed.At(diag.Pos{File: name}, path.Base(name)))
		}
		if !slices.Contains(texts, strings.ToLower(path.Ext(name))) {
			return nil
		}
		text, err := w.after(fsys, name)
		if err != nil {
			return fmt.Errorf("reading the content: %w", err)
		}
		if strings.EqualFold(path.Ext(name), ".csv") {
			text = columns.Replace(text)
		}
		for _, m := range names.in(text) {
			if m.token != w.Person.ID && slices.ContainsFunc(c.People, func(p *catalog.Person) bool { return p.ID == m.token }) {
				continue // the ID of somebody else, who has the name too
			}
			w.Findings = append(w.Findings, w.ruleOf(m, name, text).At(diag.Pos{File: name, Line: m.line}, m.words))
		}
		return nil
	})
}

// ruleOf tells what a mention in a file is: words, the person's ID in what an entry or a table
// says of itself, or a part of an address.
func (w *Withdrawal) ruleOf(m mention, file, text string) *diag.Rule {
	switch {
	case m.token == w.Person.ID && (path.Ext(file) == ".toml" || matter.KeyAt([]byte(text), m.line) != ""):
		return ruleStillTied
	case m.isAddress():
		return ruleAddressNames
	}
	return ruleStillNamed
}

// Names returns what tells, of a file and what it holds, whether it is the person's or names
// them, whatever it is a copy of: a version, a draft. A file for download is read for its
// words. Another person's, who only has the name too, is passed over.
func Names(c *catalog.Catalog, p *catalog.Person) func(file string, data []byte) bool {
	names, others := namesOf(p), namesakes(c, p)
	own := "content/" + catalog.KindPerson.Folder() + "/" + p.ID
	return func(file string, data []byte) bool {
		if file == own || strings.HasPrefix(file, own+"/") || strings.HasPrefix(file, own+".") {
			return true
		}
		if slices.ContainsFunc(others, func(folder string) bool { return strings.HasPrefix(file, folder) }) {
			return false
		}
		text := file + "\n"
		if utf8.Valid(data) {
			text += string(data)
		} else if a, _, err := attach.Read(path.Base(file), data); err == nil {
			text += a.Words + "\n" + a.Unseen
		}
		return len(names.in(text)) > 0
	}
}

// Naming returns the texts below a folder that name a person, or somebody of the same
// name; none where there is no such folder. Names are as in [Withdrawal].
func Naming(fsys fs.FS, folder string, p *catalog.Person) ([]string, error) {
	names := namesOf(p)
	var found []string
	err := fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == folder {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err == nil && len(names.in(name+"\n"+string(text))) > 0 {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", folder, err)
	}
	return found, nil
}

// files finds the files for download that name the person, and those that may, since
// nothing can be read in them and their entry named the person. Texts are read with the
// others.
func (w *Withdrawal) files(fsys fs.FS, c *catalog.Catalog, own func(string) bool) error {
	names, named := namesOf(w.Person), map[string]bool{}
	for _, r := range c.RefsTo(w.Person.ID) {
		named[r.Pos.File] = true
	}
	told := map[string]bool{}
	for _, e := range c.Entries() {
		for _, a := range e.Attachments {
			if told[a.File] || own(a.File) || slices.Contains(texts, strings.ToLower(path.Ext(a.File))) {
				continue
			}
			told[a.File] = true
			found := names.in(a.Facts.Words + "\n" + a.Facts.Unseen)
			switch {
			case len(found) > 0:
				w.Findings = append(w.Findings, ruleFileNames.At(diag.Pos{File: a.File}, path.Base(a.File), found[0].words))
			case a.Facts.Words == "":
				src, err := fs.ReadFile(fsys, e.File)
				if err != nil {
					return fmt.Errorf("reading the content: %w", err)
				}
				if named[e.File] || len(names.in(string(src))) > 0 {
					w.Findings = append(w.Findings, ruleFileMayName.At(diag.Pos{File: a.File}, path.Base(a.File)))
				}
			}
		}
	}
	return nil
}

// namesakes returns what the files of other people of the same name begin with:
// those that the year of birth, or a remark, tells apart.
func namesakes(c *catalog.Catalog, p *catalog.Person) []string {
	var files []string
	one := p.Identity()
	for _, other := range c.People {
		if their := other.Identity(); other.ID != p.ID && their.Name.Key() == one.Name.Key() && !their.Resembles(one) {
			files = append(files, strings.TrimSuffix(strings.TrimSuffix(other.File, "index.md"), "md"))
		}
	}
	return files
}

// after returns a file as the edits leave it.
func (w *Withdrawal) after(fsys fs.FS, name string) (string, error) {
	for _, e := range w.Edits {
		if e.File == name {
			return string(e.Text), nil
		}
	}
	text, err := fs.ReadFile(fsys, name)
	return string(text), err
}
