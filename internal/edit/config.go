package edit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/plan"
)

// The types of Sveltia's configuration, as far as the desk uses it.
type (
	config struct {
		LoadFile    bool         `json:"load_config_file"`
		Backend     backend      `json:"backend"`
		Title       string       `json:"app_title"`
		SiteURL     string       `json:"site_url,omitempty"`
		MediaFolder string       `json:"media_folder"`
		Media       any          `json:"media_libraries"`
		ShowPreview bool         `json:"show_preview_links"`
		Editor      any          `json:"editor"`
		Slug        any          `json:"slug"`
		Output      any          `json:"output"`
		I18n        any          `json:"i18n"`
		Collections []collection `json:"collections"`
	}
	backend struct {
		Name    string `json:"name"`
		Repo    string `json:"repo"`
		Branch  string `json:"branch"`
		APIRoot string `json:"api_root,omitempty"`
		BaseURL string `json:"base_url,omitempty"`
		AppID   string `json:"app_id,omitempty"`
		Commits any    `json:"commit_messages"`
	}
	collection struct {
		Name     string      `json:"name"`
		Label    string      `json:"label"`
		Singular string      `json:"label_singular,omitempty"`
		Icon     string      `json:"icon,omitempty"`
		Folder   string      `json:"folder,omitempty"`
		Path     string      `json:"path,omitempty"`
		Media    *string     `json:"media_folder,omitempty"`
		Public   *string     `json:"public_folder,omitempty"`
		Create   *bool       `json:"create,omitempty"`
		Delete   *bool       `json:"delete,omitempty"`
		Aliases  *bool       `json:"aliases_field,omitempty"`
		I18n     any         `json:"i18n,omitempty"`
		Slug     any         `json:"slug,omitempty"`
		Sortable any         `json:"sortable_fields,omitempty"`
		Files    []entryFile `json:"files,omitempty"`
		Fields   []field     `json:"fields,omitempty"`
	}
	entryFile struct {
		Name   string  `json:"name"`
		Label  string  `json:"label"`
		File   string  `json:"file"`
		Media  *string `json:"media_folder,omitempty"`
		Public *string `json:"public_folder,omitempty"`
		I18n   any     `json:"i18n,omitempty"`
		Fields []field `json:"fields"`
	}
	field struct {
		Name     string   `json:"name"`
		Label    string   `json:"label"`
		Widget   string   `json:"widget"`
		Required any      `json:"required"`
		I18n     any      `json:"i18n,omitempty"`
		Hint     string   `json:"hint,omitempty"`
		Default  any      `json:"default,omitempty"`
		Pattern  []string `json:"pattern,omitempty"`

		Type       string   `json:"type,omitempty"`           // of a date
		Zone       string   `json:"input_timezone,omitempty"` // of a date
		ValueType  string   `json:"value_type,omitempty"`     // of a number
		Options    []option `json:"options,omitempty"`
		Multiple   bool     `json:"multiple,omitempty"`
		Collection string   `json:"collection,omitempty"` // of a relation
		ValueField string   `json:"value_field,omitempty"`
		Display    []string `json:"display_fields,omitempty"`
		Singular   string   `json:"label_singular,omitempty"`
		Summary    string   `json:"summary,omitempty"`
		Collapsed  any      `json:"collapsed,omitempty"`
		Field      *field   `json:"field,omitempty"`
		Fields     []field  `json:"fields,omitempty"`
		Accept     string   `json:"accept,omitempty"`
		ChooseURL  *bool    `json:"choose_url,omitempty"`

		Components *[]string `json:"editor_components,omitempty"` // of a text
		Buttons    []string  `json:"buttons,omitempty"`
		Linked     *bool     `json:"linked_images,omitempty"`
	}
	option struct {
		Label string `json:"label"`
		Value string `json:"value"`
	}
)

var (
	no  = new(bool)
	yes = func() *bool { b := true; return &b }()
	// beside puts an entry's pictures into its own folder.
	beside = new(string)
)

// translated says how an entry's English lies beside its Vietnamese.
func translated(kind string) map[string]any {
	return map[string]any{"structure": kind, "locales": []string{"vi", "en"}, "default_locale": "vi",
		"initial_locales": "default", "omit_default_locale_from_file_path": true}
}

// configuration answers with what Sveltia's page starts from.
func (d *Desk) configuration(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]any{
		"config": configOf(c, d.Zone.String(), backend{Name: "gitea", Repo: owner + "/" + d.repo, Branch: branch, APIRoot: d.Guard.Origin + "/api/v1", BaseURL: d.Guard.Origin}),
		// Sveltia wants a token to send; who may enter, the cookie says.
		"user": map[string]string{"backendName": "gitea", "token": "none"},
	})
}

// Hosts are the repository hosts that [Config] supports.
var Hosts = []string{"gitea", "github", "gitlab"}

// Config returns a config.yml for Sveltia CMS with which teams edit the same entries in
// a hosted repository.
func Config(c *catalog.Catalog, zone, host string) (string, error) {
	b := backend{Name: host, Repo: "TỔ-CHỨC/KHO", Branch: "main"}
	if host == "gitea" {
		b.BaseURL, b.APIRoot, b.AppID = "https://MÁY-CHỦ", "https://MÁY-CHỦ/api/v1", "MÃ-ỨNG-DỤNG"
	}
	if host == "gitlab" {
		b.AppID = "MÃ-ỨNG-DỤNG"
	}
	data, err := json.Marshal(configOf(c, zone, b))
	if err != nil {
		return "", err
	}
	text, err := yaml.JSONToYAML(data)
	return string(text), err
}

// commitMessages are what commits are called, on a host or with a commit per save.
var commitMessages = map[string]string{
	"create": "Thêm “{{slug}}” ({{collection}})", "update": "Sửa “{{slug}}” ({{collection}})", "delete": "Xóa “{{slug}}” ({{collection}})",
	"uploadMedia": "Thêm ảnh “{{path}}”", "deleteMedia": "Xóa ảnh “{{path}}”",
}

// configOf derives Sveltia's configuration from the catalogue's schema and from the
// pages that there are.
func configOf(c *catalog.Catalog, zone string, b backend) config {
	form := former{catalog: c, zone: zone}
	b.Commits = commitMessages
	conf := config{
		Backend:     b,
		Title:       "Bàn biên tập Liên hiệp",
		MediaFolder: "content",
		Media: map[string]any{"default": map[string]any{"config": map[string]any{
			"max_file_size": maxPicture, "slugify_filename": true,
			// Drawn anew, a picture carries nothing that the camera wrote into it.
			"transformations": map[string]any{"raster_image": map[string]any{"format": "webp", "quality": 85, "width": 2560, "height": 2560}},
		}}, "stock_assets": map[string]any{"providers": []string{}}},
		Editor: map[string]bool{"preview": false},
		Slug:   map[string]any{"encoding": "ascii", "clean_accents": true, "maxlength": 80, "timezone": "local"},
		Output: map[string]bool{"omit_empty_optional_fields": true},
		I18n:   translated("multiple_files"),
	}
	for _, k := range catalog.Kinds() {
		if k.Folder() != "" {
			conf.Collections = append(conf.Collections, form.kind(k))
		}
	}
	conf.Collections = append(conf.Collections, form.sections()...)
	conf.Collections = append(conf.Collections, form.pages())
	return conf
}

// former makes forms.
type former struct {
	catalog *catalog.Catalog
	zone    string
}

// kind is the collection of a kind's entries.
func (f former) kind(k catalog.Kind) collection {
	c := f.bundles(k.Folder(), f.titleOf(k.Folder(), k.Name(diag.Vietnamese)), k)
	c.Singular = k.Name(diag.Vietnamese)
	if k == catalog.KindPlan { // its text comes from a document, not from a form
		c.Path, c.Create, c.Delete = "{{slug}}/_index", no, no
	}
	return c
}

// bundles is the collection of the entries in a section's folders.
func (f former) bundles(section, label string, k catalog.Kind) collection {
	return collection{
		Name: section, Label: label, Icon: k.Icon(), Folder: "content/" + section, Path: "{{slug}}/index",
		Media: beside, Public: beside, Create: yes, Delete: yes, Aliases: no,
		I18n: translated("multiple_files"), Slug: map[string]any{"template": "{{title}}", "editable": []string{"create"}},
		Sortable: map[string]any{"fields": []string{"date", "title"}, "default": map[string]string{"field": "date", "direction": "descending"}},
		Fields:   f.fields(k),
	}
}

// titleOf is the title of a section's own page.
func (f former) titleOf(section, otherwise string) string {
	for _, e := range f.catalog.Entries() {
		if e.File == "content/"+section+"/_index.md" && e.Title != "" {
			return e.Title
		}
	}
	return otherwise
}

// sections are the collections of pages that lie together in a folder.
func (f former) sections() []collection {
	var all []collection
	for _, e := range f.catalog.Entries() {
		if route := routeOf(e); e.Kind == catalog.KindPage && route.entry != "" && route.collection != pagesName &&
			!slices.ContainsFunc(all, func(c collection) bool { return c.Name == route.collection }) {
			c := f.bundles(route.collection, f.titleOf(route.collection, route.collection), catalog.KindPage)
			c.Singular = "trang"
			all = append(all, c)
		}
	}
	return all
}

// pagesName is the collection of the pages that stand alone.
const pagesName = "trang"

func (f former) pages() collection {
	c := collection{Name: pagesName, Label: "Các trang khác", Icon: "web", I18n: translated("multiple_files")}
	for _, e := range f.catalog.Entries() {
		route := routeOf(e)
		if route.collection != pagesName || e.Lang != "vi" {
			continue
		}
		c.Files = append(c.Files, entryFile{
			Name: route.entry, Label: e.Title, File: strings.TrimSuffix(e.File, ".md") + ".{{locale}}.md",
			Media: beside, Public: beside, I18n: true, Fields: f.fields(catalog.KindPage),
		})
	}
	return c
}

// route is where Sveltia shows an entry.
type route struct{ collection, entry string }

// routeOf tells that of an entry; the entry is "" where it shows it nowhere.
func routeOf(e *catalog.Entry) route {
	dir := strings.TrimPrefix(path.Dir(e.File), "content")
	parts := strings.Split(strings.TrimPrefix(dir, "/"), "/")
	name := strings.TrimSuffix(strings.TrimSuffix(path.Base(e.File), ".md"), ".en")
	switch {
	case e.Kind == catalog.KindPlan && len(parts) == 2:
		return route{parts[0], parts[1] + "/_index"}
	case len(parts) == 2 && name == "index" && !(e.Kind == catalog.KindPage && isFolderOfKind(parts[0])):
		return route{parts[0], parts[1] + "/index"}
	case name == "_index" || name == "index":
		return route{pagesName, strings.Trim(strings.ReplaceAll(dir, "/", "-")+"-"+name, "-_")}
	}
	return route{}
}

// isFolderOfKind reports whether a section's entries are of a kind of their own, so that
// a page among them stands alone.
func isFolderOfKind(section string) bool {
	return slices.ContainsFunc(catalog.Kinds(), func(k catalog.Kind) bool { return k.Folder() == section })
}

// first are the fields that a form begins with, before the text; those of the kind
// itself follow it, and what entries of all kinds share comes last.
var first = []string{"title", "description", "date", "draft"}

func (f former) fields(k catalog.Kind) []field {
	shared := func(key string) bool {
		return key != "sources" && key != "files" && slices.ContainsFunc(catalog.Schema(catalog.KindPage), func(s matter.Field) bool { return s.Key == key })
	}
	var top, own, rest []field
	for _, s := range catalog.Schema(k) {
		switch {
		case slices.Contains(first, s.Key):
			top = append(top, f.field(s, true))
		case shared(s.Key):
			rest = append(rest, f.field(s, true))
		default:
			own = append(own, f.field(s, true))
		}
	}
	body := field{Name: "body", Label: "Lời bài", Widget: "richtext", Required: false, I18n: true, Linked: no,
		Components: &[]string{"image"},
		Buttons:    []string{"bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list", "numbered-list"},
		Hint:       "Kéo ảnh thả vào đây để chèn. Nút bên phải thanh công cụ đổi sang dạng văn bản thuần (Markdown)."}
	return slices.Concat(top, []field{body}, own, rest)
}

// field makes a form's field of a schema's. What a draft may still lack is not
// demanded by the form: the check asks for it.
func (f former) field(s matter.Field, topLevel bool) field {
	out := field{Name: s.Key, Label: s.Label.VI, Hint: s.Help.VI, Widget: "string", Required: s.Required && (!topLevel || s.Key == "title")}
	if topLevel {
		out.I18n = true
		if out.Required == true {
			out.Required = []string{"vi"}
		} else if s.Required {
			out.Label += " (bắt buộc)"
		}
	}
	switch s.Type {
	case matter.TypeText:
		f.text(&out, s)
	case matter.TypeNumber:
		out.Widget, out.ValueType = "number", "int"
	case matter.TypeBool:
		out.Widget, out.Hint = "boolean", strings.Replace(s.Help.VI, "Ghi true", "Bật", 1)
		if s.Key == "draft" {
			out.Default = true
		}
	case matter.TypeDate:
		f.date(&out, s, topLevel)
	case matter.TypeWhen:
		out.Pattern = []string{`^\d{4}(-\d{2}(-\d{2}([T ][0-9:+Z-]+)?)?)?(/\d{4}(-\d{2}(-\d{2}([T ][0-9:+Z-]+)?)?)?)?$`, "Viết năm (2018), năm-tháng (2018-05), năm-tháng-ngày (2018-05-12), hoặc hai ngày cách nhau bằng dấu /."}
	case matter.TypeRef:
		f.event(&out)
	case matter.TypeList:
		out.Widget, out.Field = "list", &field{Name: "item", Label: s.Label.VI, Widget: "string", Required: true}
	case matter.TypeRefs:
		f.refs(&out, s)
	case matter.TypeTexts:
		out.Widget = "keyvalue"
	case matter.TypeTable, matter.TypeTables:
		out.Widget = "object"
		if s.Type == matter.TypeTables {
			out.Widget, out.Singular = "list", strings.ToLower(s.Label.VI)
			out.Summary = "{{fields." + s.Fields[0].Key + "}}"
		}
		out.Collapsed = "auto"
		for _, inner := range s.Fields {
			out.Fields = append(out.Fields, f.field(inner, false))
		}
	}
	return out
}

// text is a line, a choice, a picture of the entry's folder or, for what takes
// sentences, a box.
func (f former) text(out *field, s matter.Field) {
	switch {
	case s.Values != nil:
		out.Widget = "select"
		for _, v := range s.Values {
			out.Options = append(out.Options, option{v, v})
		}
	case s.Download:
		out.Widget, out.Accept, out.ChooseURL = "file", ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4, .vtt, .srt", no
	case s.Key == "file":
		out.Widget, out.Accept, out.ChooseURL = "image", ".jpg, .jpeg, .png, .webp, .heic, .heif", no
	case s.Key == "description" || s.Key == "text" || s.Key == "alt":
		out.Widget = "text"
	case s.URL:
		out.Pattern = []string{`^https?://\S+$`, "Chép địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://."}
	case s.Slug:
		out.Pattern = []string{`^[a-z0-9]+(-[a-z0-9]+)*$`, "Chỉ dùng chữ thường không dấu (a–z), số và gạch nối."}
	}
}

func (f former) date(out *field, s matter.Field, topLevel bool) {
	switch {
	case s.YearAlone:
		out.Pattern = []string{`^\d{4}(-\d{2}-\d{2})?$`, "Viết năm-tháng-ngày (2026-11-20), hoặc chỉ ghi năm (2026)."}
	case topLevel:
		out.Widget, out.Type, out.Zone = "datetime", "datetime-local", f.zone
		out.Hint = strings.Replace(s.Help.VI, "Viết theo dạng năm-tháng-ngày.", "", 1)
		if s.Key == "date" {
			out.Default = "{{now}}"
		}
	default:
		out.Widget, out.Type = "datetime", "date"
	}
}

// refs is a choice among what can be referred to.
func (f former) refs(out *field, s matter.Field) {
	out.Multiple = true
	if s.To != "" {
		section := catalog.Kind(s.To).Folder()
		out.Widget, out.Collection, out.ValueField, out.Display = "relation", section, "{{slug}}", []string{"title"}
		return
	}
	out.Widget = "select"
	for _, p := range f.catalog.Plans {
		if p.Document == nil {
			continue
		}
		p.Document.Walk(func(one, _ *plan.Provision) {
			out.Options = append(out.Options, option{fmt.Sprintf("%s %s (%s/%s)", one.Label, shorten(one.Text), p.ID, one.ID), p.ID + "/" + one.ID})
		})
	}
}

// event is a choice among the entries that tell of events.
func (f former) event(out *field) {
	out.Widget = "select"
	for _, e := range f.catalog.Events() {
		out.Options = append(out.Options, option{e.Title, e.Place()})
	}
}

// shorten cuts a provision's words to what a list can show.
func shorten(s string) string {
	if r := []rune(s); len(r) > 70 {
		return strings.TrimSpace(string(r[:70])) + " …"
	}
	return s
}
