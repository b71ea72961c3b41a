package edit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/roster"
)

// writing is the page on which an entry is written.
type writing struct {
	form
	File, Place  string // "content/tin-tuc/a/index.md", and its address at the desk
	Opened       string // the version that the form was made from
	Kind         string // what people call it
	Section      string // its list's address
	Draft        bool
	State        string
	Seen         bool // readers may know its address
	Text         string
	Address      string // below the live page's root
	Preview      string // the live page's root, "" before the first build
	Drafts       []draftShown
	Theirs       []draftShown // of other people, on a folder that is shared
	Restored     *draftShown  // what the form shows in place of the file
	Was          string       // what that was made from, as JSON; "" where it is what the form shows
	Translation  string       // the same entry in English, or in Vietnamese
	IsEnglish    bool
	Original     *original // of an English version
	CanBeRemoved bool
	CanTakeDown  bool    // it is on the site
	CanMove      bool    // to another address
	Proofs       *proofs // of a person's consent
}

// proofs are the scans of a form that a person has signed.
type proofs struct {
	Who     string
	Scans   []string
	Lacking bool // no basis is given yet for publishing the person
}

// placeAtDesk is where an entry is written.
func placeAtDesk(file string) string { return "/soan/" + strings.TrimPrefix(file, "content/") }

// entry shows an entry for writing, or a picture beside it.
func (d *Desk) entry(w http.ResponseWriter, r *http.Request) {
	file := "content/" + r.PathValue("file")
	data, err := d.folder.read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if drafts, err := d.draftsOf(file); err == nil && len(drafts) > 0 && isEntry(file) && !d.isWithdrawn(file) {
			d.showDraft(w, asked(r, drafts), unsavedWords{Gone: true})
			return
		}
		absent(w, r)
	case err != nil:
		d.broken(w, err)
	case !isEntry(file):
		d.write(w, file, data)
	default:
		d.showForWriting(w, r, file, data)
	}
}

// showForWriting shows an entry's form, or what is wrong where it cannot be read.
func (d *Desk) showForWriting(w http.ResponseWriter, r *http.Request, file string, data []byte) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	kind := catalog.KindOf(file)
	drafts, err := d.draftsOf(file)
	if err != nil {
		d.broken(w, err)
		return
	}
	mine, theirs := d.splitDrafts(drafts)
	chosen := r.URL.Query().Get("ban")
	parts, err := matter.ReadYAML(unixLines(data))
	switch named := slices.IndexFunc(drafts, func(s draftShown) bool { return s.Tab == chosen }); {
	case named >= 0 && (err != nil || !d.isMine(drafts[named])):
		d.showDraft(w, drafts[named], unsavedWords{Broken: err != nil})
		return
	case err != nil:
		d.unopened(w, file, data, findings)
		return
	}
	f := d.formerOf(c).forEntry(file)
	values, text, opened := parts.Table, string(parts.Body), hash(data)
	own := writing{File: file, Place: placeAtDesk(file), Opened: opened, Kind: kindName(kind), Section: "/bai/" + sectionOf(file) + "/", Preview: d.Preview.URL(), IsEnglish: strings.HasSuffix(file, ".en.md")}
	own.CanBeRemoved = canBeRemoved(file)
	own.Drafts, own.Theirs = mine, theirs
	if own.Restored, own.Drafts = chosenDraft(own.Drafts, chosen); own.Restored != nil {
		values, text, own.Opened = f.values(catalog.Schema(kind), values, own.Restored.Fields), own.Restored.Text, own.Restored.Opened
		was, err := json.Marshal(map[string]any{"was": own.Restored.Was, "wasText": own.Restored.WasText})
		if err != nil {
			d.broken(w, err)
			return
		}
		own.Was = string(was)
	}
	own.form, own.Text = f.of(kind, values), strings.TrimLeft(text, "\n")
	if !own.IsEnglish {
		own.form.withoutBlank("url") // which pages in English alone may have
	}
	own.Draft = values.Get("draft") != nil && values.Get("draft").Text == "true"
	for _, e := range c.Entries() {
		if e.File == file {
			own.Address, own.State = strings.TrimPrefix(e.URL, "/"), stateNames[c.State(e)]
			own.Seen = c.State(e) != catalog.Draft
			own.CanMove = e.Address == "" && strings.HasPrefix(path.Base(file), "index.") && path.Dir(file) != "content"
			own.CanTakeDown = canBeTakenDown(e) && (d.seen(c, e)[e.File] || e.TakenDown(time.Now()))
		}
	}
	own.Translation = d.translation(file)
	if own.IsEnglish {
		own.Original = d.original(file)
	}
	if kind == catalog.KindPerson && path.Base(path.Dir(file)) != kind.Folder() {
		own.Proofs = &proofs{Who: path.Base(path.Dir(file)), Lacking: values.Get("consent").Blank() && !own.IsEnglish}
		if own.Proofs.Scans, err = d.scansIn(path.Join(roster.AdmittedFolder, own.Proofs.Who)); err != nil {
			d.Log(err)
		}
	}
	title := own.form.Title.Value
	d.show(w, "soan", view{Title: title, Here: own.Section, Help: helpOf(kind), Wide: true, Own: own})
}

// unopened says what is wrong with an entry or a table that cannot be shown as a form, and
// how to have a version of it that can.
func (d *Desk) unopened(w http.ResponseWriter, file string, data []byte, findings []diag.Finding) {
	own := map[string]any{"File": file, "Opened": hash(data), "OldLetters": !utf8.Valid(data)}
	var faults []diag.Record
	for _, f := range findings {
		if f.Pos.File == file {
			faults = append(faults, f.Record(vietnamese))
		}
	}
	own["Faults"] = faults
	if isEntry(file) {
		drafts, err := d.draftsOf(file)
		if err != nil {
			d.Log(err)
		}
		own["Drafts"], own["Place"] = drafts, placeAtDesk(file)
	}
	all, err := d.history.Versions(file)
	if err != nil {
		d.Log(err)
	}
	if len(all) > 0 {
		own["History"] = "/lich-su/" + strings.TrimPrefix(file, "content/")
	}
	shown, err := d.lastShown(file)
	if err != nil {
		d.Log(err)
	}
	own["Shown"] = shown != nil
	v := view{Title: d.called(file, data), Help: "lay-lai", Own: own}
	if catalog.TableOf(file) != nil {
		v.Here = "/trang-web/"
	} else {
		v.Here = "/bai/" + sectionOf(file) + "/"
	}
	d.show(w, "khong-mo-duoc", v)
}

func unixLines(data []byte) []byte {
	return bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
}

// written is what a page sends of an entry: the fields of its form, and its text; or of a
// sheet: the fields, and what they were.
type written struct {
	File   string         `json:"file"`   // of a sheet its address
	Opened string         `json:"opened"` // the version of the file that the form was made from
	Was    map[string]any `json:"was"`    // what the form showed
	Tab    string         `json:"tab"`    // that it is written in
	Fields map[string]any `json:"fields"`
	// Restored is the tab of the draft that the form showed, whose place this takes.
	Restored string `json:"restored"`
	// Of an entry:
	Text    string `json:"text"`
	WasText string `json:"wasText"`
}

// title is what the entry is called as it is written.
func (s written) title(d *Desk) string {
	title, _ := s.Fields["title"].(string)
	return cmp.Or(strings.TrimSpace(title), d.folder.named(s.File))
}

// save saves an entry over the version that was opened, or together with what somebody
// else has saved since: where both have changed the same, the editor chooses.
func (d *Desk) save(w http.ResponseWriter, r *http.Request) {
	var asked sheetSent
	if !read(w, r, &asked) {
		return
	}
	old, err := d.folder.read(asked.File)
	if err == nil && !isEntry(asked.File) {
		err = refuse(http.StatusForbidden, textBadName, d.folder.named(asked.File))
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusConflict, textGone, asked.title(d))
	}
	if d.isWithdrawn(asked.File) {
		err = refuse(http.StatusGone, textWithdrawn)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	edited, err := d.edited(asked.written, old)
	if err != nil {
		d.broken(w, err)
		return
	}
	others := hash(old) != asked.Opened
	if others {
		now, err := matter.ReadYAML(unixLines(old))
		if err != nil {
			d.broken(w, refuse(http.StatusUnprocessableEntity, textNotKept, asked.File))
			return
		}
		both := former{zone: d.Zone}.together(asked.File, now, asked)
		if len(both.apart) > 0 {
			d.naming().showSides(asked.File, both.apart)
			d.disputed(w, titleIn(old), both.apart)
			return
		}
		mine, err := matter.Revise(catalog.Schema(catalog.KindOf(asked.File)), old, edited, d.Zone)
		if err == nil {
			err = d.keepMine(asked, old, mine)
		}
		if err != nil {
			d.broken(w, err)
			return
		}
		asked.Opened, edited = hash(old), both.source
	}
	changes := []change{{Operation: update, Path: asked.File, Hash: asked.Opened, Content: edited}}
	if err := d.folder.save(changes); err != nil {
		d.broken(w, err)
		return
	}
	for _, tab := range []string{asked.Tab, asked.Restored} {
		if err := d.removeDraft(asked.File, tab); err != nil {
			d.Log(err) // it is offered once more
		}
	}
	say, undo := "Sửa “"+titleIn(changes[0].after)+"”", ""
	d.committed(say, asked.File)
	if !bytes.Equal(changes[0].before, changes[0].after) {
		undo = d.undoable(act{say: say, changes: kept(changes)})
	}
	d.answer(w, map[string]any{"opened": hash(changes[0].after), "undo": undo, "others": others})
}

// kept are changes that were made, as the history has them.
func kept(changes []change) []history.Change {
	var all []history.Change
	for _, c := range changes {
		all = append(all, history.Change{File: c.Path, Before: c.before, After: c.after})
	}
	return all
}

// edited is an entry with what was written, in no particular layout: [matter.Revise]
// takes from it what is another than in old.
func (d *Desk) edited(s written, old []byte) ([]byte, error) {
	was, err := matter.ReadYAML(unixLines(old))
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(s.File))
	}
	fields := catalog.Schema(catalog.KindOf(s.File))
	body := string(was.Body)
	if text := strings.ReplaceAll(s.Text, "\r\n", "\n"); text != strings.TrimLeft(body, "\n") {
		body = "\n" + strings.TrimRight(text, "\n") + "\n"
	}
	return []byte(source(former{zone: d.Zone}.values(fields, was.Table, s.Fields)) + body), nil
}

// source writes front matter, fences included.
func source(values *matter.Value) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, k := range values.Keys {
		text := k.Value.YAML()
		if !strings.HasPrefix(text, "\n") {
			text = " " + text
		}
		b.WriteString(k.Name + ":" + text + "\n")
	}
	b.WriteString("---\n")
	return b.String()
}

// titleIn is the title of an entry's source, also where the rest cannot be read.
func titleIn(data []byte) string {
	parts, err := matter.ReadYAML(unixLines(data))
	switch {
	case err != nil:
		if m := ofTitle.FindSubmatch(data); m != nil { // as far as a line says it
			return strings.ToValidUTF8(string(m[1]), "")
		}
	case parts.Table.Get("title") != nil:
		return parts.Table.Get("title").Text
	}
	return ""
}

var ofTitle = regexp.MustCompile(`(?m)^title:[ \t]*["']?(.*?)["']?[ \t\r]*$`)

// committed hands what was saved to git, where the desk does that.
func (d *Desk) committed(message string, names ...string) {
	if d.Commit != nil && len(names) > 0 {
		d.committing.Lock()
		defer d.committing.Unlock()
		d.Commit(message, names)
	}
}

// ---- new entries

// started is a page on which an entry is begun.
type started struct{ Section, Kind, Label, Hint string }

// newPage asks for a new entry's title.
func (d *Desk) newPage(w http.ResponseWriter, r *http.Request) {
	kind, ok := kindOfSection(r.PathValue("section"))
	if !ok {
		absent(w, r)
		return
	}
	own := started{Section: r.PathValue("section"), Kind: kindName(kind)}
	for _, f := range catalog.Schema(kind) {
		if f.Key == "title" {
			own.Label, own.Hint = f.Label.VI, f.Help.VI
		}
	}
	if kind == catalog.KindPerson {
		own.Label, own.Hint = "Họ và tên", "Viết được cả học hàm, học vị và năm sinh: GS Nguyễn Văn Mẫu (1950)."
	}
	d.show(w, "moi", view{Title: adding(own.Section, own.Kind).Label, Here: "/bai/" + own.Section + "/", Help: helpOf(kind), Own: own})
}

// create makes a draft of which the title alone is known.
func (d *Desk) create(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Section string `json:"section"`
		Title   string `json:"title"`
		Another bool   `json:"another"` // the person is not who has a page by that name
	}
	if !read(w, r, &asked) {
		return
	}
	kind, ok := kindOfSection(asked.Section)
	if !ok {
		d.broken(w, refuse(http.StatusNotFound, textNoSection, asked.Section))
		return
	}
	asked.Title = strings.TrimSpace(asked.Title)
	if kind == catalog.KindPerson {
		known, err := d.namesakes(asked.Title)
		if err != nil {
			d.broken(w, err)
			return
		}
		if len(known) > 0 && !asked.Another {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusConflict)
			d.encode(w, map[string]any{"message": fmt.Sprintf(textNamesake.VI, known[0].Label), "known": known})
			return
		}
	}
	changes, err := d.begin(kind, asked.Title)
	if err != nil {
		d.broken(w, err)
		return
	}
	say := "Thêm “" + asked.Title + "”"
	d.committed(say, changes[0].File)
	d.answer(w, map[string]string{"place": placeAtDesk(changes[0].File), "undo": d.undoable(act{say: say, changes: changes, place: "/bai/" + asked.Section + "/"})})
}

// bracketed matches what stands in brackets behind a name: a year of birth.
var bracketed = regexp.MustCompile(`\([^()]*\)\s*$`)

// namesakes are the pages of people who may be the one of a name; it refuses the name of
// somebody who has withdrawn.
func (d *Desk) namesakes(name string) (known []candidate, err error) {
	c, _, err := d.Site.Load()
	if err != nil {
		return nil, err
	}
	file, _, _ := catalog.Template(catalog.KindPerson, name, time.Now().In(d.Zone))
	findings, withdrew := c.Newcomer(path.Base(path.Dir(file)), name)
	for _, f := range findings {
		if withdrew {
			return nil, refuse(http.StatusConflict, textNewcomerWithdrawn, name, strings.TrimSpace(bracketed.ReplaceAllString(name, "")))
		}
		for _, p := range c.People {
			if f.Arg(2) == p.File {
				known = append(known, candidate{Value: placeAtDesk(p.File), Label: p.Title, Detail: p.Description})
			}
		}
	}
	return known, nil
}

// begin makes a draft of a kind of which the title alone is known.
func (d *Desk) begin(kind catalog.Kind, title string) ([]history.Change, error) {
	file, text, findings := catalog.Template(kind, title, time.Now().In(d.Zone))
	if len(findings) > 0 {
		return nil, refuse(http.StatusBadRequest, diag.Text{VI: findings[0].Message(vietnamese) + " " + findings[0].Hint(vietnamese), EN: findings[0].Message(diag.English)})
	}
	if kind == catalog.KindPage && catalog.MeansSection(path.Base(path.Dir(file))) {
		return nil, refuse(http.StatusConflict, textSectionName, title)
	}
	file, err := d.folder.unused(file)
	if err != nil {
		return nil, err
	}
	parts, err := matter.ReadYAML([]byte(text))
	if err != nil {
		return nil, err
	}
	known := &matter.Value{Kind: matter.Table}
	for _, k := range parts.Table.Keys {
		if v := k.Value; v.Kind != matter.List && v.Kind != matter.Table && !v.Blank() && !strings.Contains(v.Text, catalog.ToFill) {
			known.Set(k.Name, v)
		}
	}
	changes := []change{{Operation: create, Path: file, Content: []byte(source(known))}}
	if err := d.folder.save(changes); err != nil {
		return nil, err
	}
	return kept(changes), nil
}

// unused is the file's name with a number where another entry has it.
func (f *folder) unused(file string) (string, error) {
	dir, base := path.Split(file)
	for n := 1; n < 100; n++ {
		name := file
		if n > 1 {
			name = path.Join(fmt.Sprintf("%s-%d", strings.TrimSuffix(dir, "/"), n), base)
		}
		err := f.absent(path.Dir(name))
		if no := (*refusal)(nil); err != nil && !errors.As(err, &no) {
			return "", err
		}
		if err == nil {
			return name, nil
		}
	}
	return "", refuse(http.StatusConflict, textExists, f.named(file))
}
