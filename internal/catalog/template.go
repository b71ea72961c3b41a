package catalog

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// ToFill marks a place in a generated entry that a person still has to write. An entry
// that contains it cannot be published.
const ToFill = "CẦN ĐIỀN"

// ToFillDescription is [ToFill] for a description.
const ToFillDescription = ToFill + ": một hoặc hai câu tóm tắt"

// Template returns a new entry to be filled in: its file name, relative to the site's
// folder, and its text, with comments from the schema. The findings say why no address
// can be made from the title.
func Template(k Kind, title string, now time.Time) (file, text string, _ []diag.Finding) {
	const body = "Viết lời bài ở đây.\n"
	given := map[string]*matter.Value{"date": matter.Bare(now.Format(time.DateOnly))}
	switch k {
	case KindDirective:
		given = map[string]*matter.Value{"number": matter.String(title)} // the date is the document's own, not today's
	case KindPerson:
		return newPerson(title, given, body)
	}
	return Compose(k, title, given, body)
}

// newPerson makes a person's entry of a name with what stands beside it: a degree, and
// years or what tells the person apart in brackets, which the folder's name has too.
func newPerson(text string, given map[string]*matter.Value, body string) (file, page string, _ []diag.Finding) {
	name := viet.ParseName(text)
	if strings.ContainsAny(name.Bare, `"“”:;\/!?`) { // no name that anybody bears
		return Compose(KindPerson, text, given, body)
	}
	title, folder := name.Bare, name.Bare
	if name.Distinction() != "" {
		title += " (" + name.Remark + ")"
		folder += " " + name.Distinction()
	}
	if degree := name.Degree(); degree != "" {
		given["degree"] = matter.String(degree)
	}
	born, died := name.Years()
	for key, year := range map[string]int{"born": born, "died": died} {
		if year != 0 {
			given[key] = matter.Bare(strconv.Itoa(year))
		}
	}
	if born != 0 {
		folder += " " + strconv.Itoa(born)
	}
	given["title"] = matter.String(title)
	return Compose(KindPerson, folder, given, body)
}

// Compose is [Template] with known values of front matter, by key, and a body.
func Compose(k Kind, title string, known map[string]*matter.Value, body string) (file, text string, _ []diag.Finding) {
	slug := folderName(title)
	if slug == "" {
		return "", "", []diag.Finding{ruleNoWords.At(diag.Pos{}, title)}
	}
	if !content.FitsWindows(slug) {
		return "", "", []diag.Finding{ruleWindowsName.At(diag.Pos{}, slug)}
	}
	name := "index.md"
	if k == KindPlan {
		name = "_index.md"
	}
	given := map[string]*matter.Value{"title": matter.String(title)}
	maps.Copy(given, known)
	if given["description"].YAML() == "" {
		given["description"] = matter.String("")
	}
	given["draft"] = matter.Bare("true")
	var fields []matter.Field
	for _, f := range Schema(k) {
		if f.Key != "draft" && (given[f.Key] != nil || !isShared(f.Key)) {
			fields = append(fields, f)
		}
	}
	return path.Join("content", k.Folder(), slug, name), matter.Compose(append(fields, draft), given) + "\n" + body, nil
}

// maxFolder is how long the name of a folder may be that is made of a title: Windows
// bounds whole paths, and people read addresses.
const maxFolder = 100

// folderName makes the name of an entry's folder of its title, of as many words as fit.
func folderName(title string) string {
	slug := viet.Slug(title)
	if len(slug) <= maxFolder {
		return slug
	}
	if end := strings.LastIndexByte(slug[:maxFolder+1], '-'); end > 0 {
		return slug[:end]
	}
	return slug[:maxFolder]
}

// draft is the last field of a new entry, with help of its own.
var draft = matter.Field{Key: "draft", Type: matter.TypeBool, Label: diag.Text{VI: "Bản nháp"}, Help: diag.Text{VI: "viết xong thì bỏ dòng dưới đây để trang được đăng."}}

// isShared reports whether the field is one that entries of every kind have, and few
// give.
func isShared(key string) bool {
	return slices.ContainsFunc(Schema(KindPage), func(f matter.Field) bool { return f.Key == key }) && key != "sources" && key != "files"
}
