package edit

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
)

// siteName is what people call [catalog.WebsiteFile].
const siteName = "Thông tin chung của trang"

// tableTitles are what people call the tables that all entries share.
var tableTitles = map[string]string{catalog.WebsiteFile: siteName, catalog.GlossaryFile: "Bảng thuật ngữ", catalog.NamesFile: "Danh sách tên chính thức", catalog.SearchFile: "Từ của trang tìm kiếm"}

// sheet is a part of a table that is filled in as one form.
type sheet struct {
	Name, Title, About string
	File               string
	Keys               []string // of the fields that it has
}

// sheets are the forms of the site's own facts.
var sheets = []sheet{
	{"chung", "Tên trang, câu giới thiệu", "Hiện ở đầu và cuối mọi trang.", catalog.WebsiteFile, []string{"name", "tagline", "logo", "unclaimed", "show_gaps"}},
	{"co-quan", "Cơ quan chủ quản, liên hệ", "Ai phụ trách trang, địa chỉ, điện thoại, thư điện tử; hiện ở cuối mọi trang và ở trang Liên hệ.", catalog.WebsiteFile, []string{"publisher"}},
	{"danh-muc", "Danh mục", "Các mục ở đầu trang và ở cuối trang, theo thứ tự.", catalog.WebsiteFile, []string{"menu", "footer"}},
	{"trang-chu", "Trang chủ đưa gì lên trước", "Kế hoạch, nhân vật, tin bài mà trang chủ đưa lên trước.", catalog.WebsiteFile, []string{"home"}},
	{"tieng-anh", "Các trang tiếng Anh", "Tên, câu giới thiệu và danh mục của các trang tiếng Anh.", catalog.WebsiteFile, []string{"en"}},
	{"thuat-ngu", "Thuật ngữ", "Những từ trong văn bản mà người đọc có thể chưa quen, với nghĩa của chúng.", catalog.GlossaryFile, []string{"term"}},
	{"ten-chinh-thuc", "Tên chính thức", "Tên đầy đủ của cơ quan, giải thưởng: khi kiểm tra, tên viết gần giống được nhắc.", catalog.NamesFile, []string{"names", "documents", "renamed"}},
	{"tim-kiem", "Từ của trang tìm kiếm", "Người đọc gõ gì thì hiểu là gì: chữ viết tắt, cách gọi khác của cùng một điều.", catalog.SearchFile, []string{"vi", "en"}},
}

func sheetOf(name string) (sheet, bool) {
	at := slices.IndexFunc(sheets, func(s sheet) bool { return s.Name == name })
	if at < 0 {
		return sheet{}, false
	}
	return sheets[at], true
}

// sheetAt is the address of the form that has the field at a path of a table.
func sheetAt(file, field string) string {
	key, _, _ := strings.Cut(field, ".")
	for _, s := range sheets {
		if s.File == file && (key == "" || slices.Contains(s.Keys, key)) {
			return "/trang-web/" + s.Name
		}
	}
	return "/trang-web/"
}

// fields are those of the form.
func (s sheet) fields() []matter.Field {
	return slices.DeleteFunc(slices.Clone(catalog.TableOf(s.File).Fields), func(f matter.Field) bool { return !slices.Contains(s.Keys, f.Key) })
}

func (d *Desk) tableRoutes() {
	d.mux.HandleFunc("GET /trang-web/{$}", d.sheets)
	d.mux.HandleFunc("GET /trang-web/{sheet}", d.sheet)
	d.mux.HandleFunc("POST /trang-web", d.saveSheet)
	d.mux.HandleFunc("GET /moi/trang", d.newStandalone)
	d.mux.HandleFunc("POST /them-trang", d.addStandalone)
}

// sheets lists the forms of the site's own facts.
func (d *Desk) sheets(w http.ResponseWriter, r *http.Request) {
	d.show(w, "trang-web", view{Title: "Thông tin của trang", Here: "/trang-web/", Help: "trang-web", Own: map[string]any{"Sheets": sheets}})
}

// table reads a table, which is empty where it is not there yet.
func (d *Desk) table(file string) (src []byte, values *matter.Value, err error) {
	src, err = d.folder.raw(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &matter.Value{Kind: matter.Table}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	values, _, _, err = matter.ReadTOML(src)
	return src, values, err
}

// sheet shows a form of the site's facts, or a picture that it names.
func (d *Desk) sheet(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("sheet")
	if picture := "content/" + name; isPicture(picture) {
		if data, err := d.folder.read(picture); err == nil {
			d.write(w, picture, data)
			return
		}
	}
	s, ok := sheetOf(name)
	if !ok {
		absent(w, r)
		return
	}
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	src, values, err := d.table(s.File)
	if err != nil {
		d.unopened(w, s.File, src, findings)
		return
	}
	shown, err := d.showSheet(r, d.formerOf(c), findings, s.fields(), values)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.show(w, "trang-web-to", view{Title: s.Title, Here: "/trang-web/", Help: "trang-web", Own: map[string]any{"About": s.About, "Sheet": shown, "Preview": d.Preview.URL(), "History": "/lich-su/" + strings.TrimPrefix(s.File, "content/")}})
}

// saveSheet saves a form of the site's facts.
func (d *Desk) saveSheet(w http.ResponseWriter, r *http.Request) {
	asked, ok := d.readSheet(w, r)
	if !ok {
		return
	}
	s, ok := sheetOf(strings.TrimPrefix(asked.File, "/trang-web/"))
	if !ok {
		d.broken(w, refuse(http.StatusNotFound, textNoSheet))
		return
	}
	var out merging
	changed, err := d.reviseTable(s.File, func(was *matter.Value) *matter.Value {
		out = former{zone: d.Zone}.merged(s.fields(), was, asked)
		if out.apart != nil {
			return was
		}
		return withKeys(was, s.Keys, out.values)
	})
	if err != nil {
		d.broken(w, err)
		return
	}
	if out.apart != nil {
		d.disputed(w, s.Title, out.apart)
		return
	}
	undo := ""
	if changed != nil {
		d.committed("Sửa “"+s.Title+"”", s.File)
		undo = d.undoable(act{say: "Sửa “" + s.Title + "”", changes: []history.Change{*changed}, place: "/trang-web/" + s.Name})
	}
	d.saved(w, asked, undo, out.others)
}

// withKeys is a table with some keys as another has them.
func withKeys(was *matter.Value, keys []string, of *matter.Value) *matter.Value {
	all := &matter.Value{Kind: matter.Table}
	for _, k := range was.Keys {
		if !slices.Contains(keys, k.Name) {
			all.Keys = append(all.Keys, k)
		}
	}
	all.Keys = append(all.Keys, of.Keys...)
	return all
}

// reviseTable writes a table with values that are worked out of those that it has, and
// returns what was changed, nil for nothing.
func (d *Desk) reviseTable(file string, revised func(was *matter.Value) *matter.Value) (*history.Change, error) {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	src, was, err := d.table(file)
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(file))
	}
	text, err := matter.ReviseTOML(catalog.TableOf(file).Fields, src, revised(was), d.Zone)
	if err == nil && len(text) > maxEntry {
		return nil, refuse(http.StatusRequestEntityTooLarge, textLarge)
	}
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(file))
	}
	if string(text) == string(src) {
		return nil, nil
	}
	change := history.Change{File: file, Before: src, After: text}
	return &change, d.folder.change(history.Act{Who: history.Me(), Why: history.Saved, Time: time.Now()}, change)
}

// ---- new pages that stand alone

// newStandalone asks for the title of a new page and its place in the menus.
func (d *Desk) newStandalone(w http.ResponseWriter, r *http.Request) {
	d.show(w, "moi-trang", view{Title: "Thêm trang", Here: "/bai/" + pagesSection + "/", Help: "viet-tin"})
}

// addStandalone begins a page, in both languages if that is asked for, as a draft, and puts
// it into a menu, which shows it once it is on the site.
func (d *Desk) addStandalone(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Title   string `json:"title"`
		Menu    string `json:"menu"` // "menu", "footer", or "" for none
		English bool   `json:"english"`
	}
	if !read(w, r, &asked) {
		return
	}
	if !slices.Contains([]string{"", "menu", "footer"}, asked.Menu) {
		d.broken(w, refuse(http.StatusBadRequest, textNoJSON))
		return
	}
	asked.Title = strings.TrimSpace(asked.Title)
	changes, err := d.begin(catalog.KindPage, asked.Title)
	if err == nil && asked.English {
		var english history.Change
		english, err = d.beginTranslation(changes[0].File, changes[0].After)
		changes = append(changes, english)
	}
	if err == nil && asked.Menu != "" {
		var menu *history.Change
		menu, err = d.intoMenu(asked.Menu, "/"+strings.TrimSuffix(strings.TrimPrefix(changes[0].File, "content/"), "index.md"), asked.Title)
		if menu != nil {
			changes = append(changes, *menu)
		}
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	a := act{say: "Thêm “" + asked.Title + "”", changes: changes, place: placeAtDesk(changes[0].File)}
	back := a
	back.place = "/bai/" + pagesSection + "/"
	var names []string
	for _, c := range changes {
		names = append(names, c.File)
	}
	d.committed(a.say, names...)
	d.answer(w, map[string]string{"undo": d.undoable(back), "place": a.place})
}

// intoMenu puts a page at the end of a menu.
func (d *Desk) intoMenu(menu, address, title string) (*history.Change, error) {
	item := &matter.Value{Kind: matter.Table}
	item.Set("page", matter.String(address))
	item.Set("name", matter.String(shortName(title)))
	return d.reviseTable(catalog.WebsiteFile, func(was *matter.Value) *matter.Value {
		list := &matter.Value{Kind: matter.List}
		if had := was.Get(menu); had != nil {
			list.Items = slices.Clone(had.Items)
		}
		list.Items = append(list.Items, item)
		is := &matter.Value{Kind: matter.Table}
		is.Set(menu, list)
		return withKeys(was, []string{menu}, is)
	})
}

// longestName is how many letters an item of a menu may have.
const longestName = 60

// shortName is a title that fits a menu.
func shortName(title string) string {
	letters := []rune(title)
	if len(letters) <= longestName {
		return title
	}
	short := string(letters[:longestName-1])
	if at := strings.LastIndexByte(short, ' '); at > 0 {
		short = short[:at]
	}
	return cmp.Or(short, title) + "…"
}
