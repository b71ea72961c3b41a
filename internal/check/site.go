package check

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/secret"
)

// textKinds are the files that are read, with the most bytes of one that are
// (more is a fault of its own): far more than comes of anything that people write.
var textKinds = map[string]int64{
	".html":        64 << 20,
	".css":         64 << 20,
	".xml":         64 << 20,
	".json":        64 << 20,
	".webmanifest": 1 << 20,
	".txt":         64 << 20,
	".ics":         64 << 20,
	".js":          64 << 20,
	".svg":         64 << 20,
	".csv":         64 << 20,
	".vtt":         64 << 20,
}

var (
	noHome = diag.NewRule("site-no-home", diag.Error,
		diag.Text{VI: "Không có trang chủ (index.html).", EN: "The site has no home page (index.html)."},
		diag.Text{VI: "Chạy lại lệnh build; nếu vẫn vậy, xem trong content/_index.md có dòng “draft: true” không.",
			EN: "Build the site again; if that does not help, check whether content/_index.md says “draft: true”."})
	strangeFile = diag.NewRule("site-strange-file", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” không nên đưa lên mạng: đó là tệp nguồn, tệp ẩn hoặc tệp thừa của máy tính.",
			EN: "The file “%[1]s” should not be on the site: it is a source, hidden or leftover file."},
		diag.Text{VI: "Xóa tệp khỏi thư mục static/ hoặc content/ rồi dựng lại.", EN: "Remove it from static/ or content/ and build again."})
	emptyFile = diag.NewRule("site-empty-file", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” không có gì bên trong.", EN: "The file “%[1]s” is empty."},
		diag.Text{VI: "Thay bằng tệp có nội dung hoặc xóa tệp đi.", EN: "Replace it with one that has content, or remove it."})
	tooLarge = diag.NewRule("site-large-file", diag.Error,
		diag.Text{VI: "Tệp lớn hơn %[1]d MiB nên không được kiểm tra.", EN: "The file is larger than %[1]d MiB and was not checked."},
		diag.Text{VI: "Chia tệp thành nhiều phần nhỏ hơn.", EN: "Split it into smaller parts."})
	symlink = diag.NewRule("site-symlink", diag.Error,
		diag.Text{VI: "“%[1]s” không phải là tệp thường (mà là lối tắt hoặc tệp đặc biệt), máy chủ có thể không đưa ra được.",
			EN: "“%[1]s” is not a regular file (but a symbolic link or special file); a server may refuse it."},
		diag.Text{VI: "Chép chính tệp ấy vào thay cho lối tắt.", EN: "Replace the link with the file itself."})
	badAddress = diag.NewRule("page-address", diag.Error,
		diag.Text{VI: "Địa chỉ trang “%[1]s” có dấu, chữ hoa, dấu cách hoặc ký tự lạ.",
			EN: "The page's address “%[1]s” has diacritics, upper-case letters, spaces or unusual characters."},
		diag.Text{VI: "Đặt tên thư mục bằng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ “le-ton-vinh-2022”.",
			EN: "Name the folder in lower-case ASCII letters, digits and hyphens, such as “le-ton-vinh-2022”."})
)

// site is what all workers read and, once listed, none writes, except for the
// slots of fidelity, of which each has one writer.
type site struct {
	fsys     fs.FS
	base     url.URL // scheme, host and path, which begins and ends with a slash
	root     string  // base as it is written in front of addresses
	langs    []string
	order    []string // all files, sorted
	files    map[string]bool
	folders  map[string]bool
	hidden   map[string]*concealed // by path without slashes at the ends
	names    map[string]*concealed // the same by parts of addresses
	gone     bool                  // some of them are gone for good
	laid     map[string]bool
	siteMaps map[string]bool // files that list all pages
	prepared bool
	sheets   map[string]*sheet
	plansAt  map[string][]int // indexes into planned, by file
	planned  []Plan
	forms    map[string]bool // files that are a plan's text
	fidelity []Fidelity
	sum      func(name string) (sum, error) // nil where nothing is known of an earlier check
	before   map[string]verdict             // what is
}

func newSite(fsys fs.FS, o Options) (*site, error) {
	base, err := url.Parse(o.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("the site's address: %w", err)
	}
	s := &site{
		fsys:     fsys,
		base:     url.URL{Scheme: base.Scheme, Host: strings.ToLower(base.Host), Path: "/" + strings.Trim(base.Path, "/") + "/"},
		langs:    o.Langs,
		files:    map[string]bool{},
		folders:  map[string]bool{},
		hidden:   map[string]*concealed{},
		names:    map[string]*concealed{},
		laid:     map[string]bool{},
		siteMaps: map[string]bool{},
		prepared: o.Prepared,
		sum:      o.Sum,
		sheets:   map[string]*sheet{},
		plansAt:  map[string][]int{},
		planned:  o.Plans,
		forms:    map[string]bool{},
		fidelity: make([]Fidelity, len(o.Plans)),
	}
	if s.base.Path == "//" {
		s.base.Path = "/"
	}
	s.root = s.base.String()
	for _, h := range o.Hidden {
		s.conceal(h)
	}
	for _, address := range o.SiteMaps {
		s.siteMaps[fileOf(strings.TrimPrefix(address, "/"))] = true
	}
	for _, name := range o.Laid {
		s.laid[name] = true
	}
	for i, p := range o.Plans {
		s.fidelity[i].URL = p.URL
		file := fileOf(strings.TrimPrefix(p.URL, "/"))
		s.plansAt[file] = append(s.plansAt[file], i)
		for _, form := range p.Forms {
			s.forms[strings.TrimPrefix(form.URL, "/")] = true
		}
	}
	return s, nil
}

// fileOf returns the file that answers for an address, both relative to the root.
func fileOf(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}

// addressOf is the reverse of fileOf.
func addressOf(file string) string {
	if path.Base(file) == "index.html" {
		return strings.TrimSuffix(file, "index.html")
	}
	return file
}

// list walks the site once, keeps the names of its files and applies the rules
// that need all of those.
func (s *site) list(out faults) error {
	err := disk.Walk(s.fsys, func(name string, d fs.DirEntry) error {
		switch {
		case d.IsDir():
			s.folders[name] = true
		case !d.Type().IsRegular():
			out.add(fault{Finding: symlink.At(diag.Pos{File: name}, name)})
		default:
			s.files[name] = true
			s.order = append(s.order, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(s.order)
	if !s.files["index.html"] {
		out.add(fault{Finding: noHome.At(diag.Pos{File: "index.html"})})
	}
	if len(s.hidden)+len(s.names) > 0 {
		for _, name := range s.order {
			s.published(name, out)
		}
	}
	return nil
}

// name applies the rules for a file's name and size.
func (s *site) name(name string, out faults) error {
	pos := diag.Pos{File: name}
	switch {
	case s.isHostFile(name):
		out.add(fault{Finding: hostFile.At(pos, name)})
	case strange(name) && !s.forms[name] && !s.tombstone(name):
		out.add(fault{Finding: strangeFile.At(pos, name)})
	case secret.IsName(name):
		out.add(fault{Finding: secretKey.At(pos, path.Base(name))})
	case s.mayRun(name):
		out.add(fault{Finding: activeFile.At(pos, name)})
	}
	if path.Ext(name) == ".html" && strings.ContainsFunc(name, oddInAddress) {
		out.add(fault{Finding: badAddress.At(pos, "/"+addressOf(name))})
	}
	info, err := fs.Stat(s.fsys, name)
	if err != nil {
		return err
	}
	if info.Size() == 0 && name != ".nojekyll" {
		out.add(fault{Finding: emptyFile.At(pos, name)})
	}
	return nil
}

// sourceKinds are files that belong to the site's source, to an author's
// computer or to a server that this site does without.
var sourceKinds = map[string]bool{
	".md": true, ".markdown": true, ".go": true, ".mod": true, ".sum": true, ".toml": true, ".yaml": true, ".yml": true,
	".scss": true, ".sass": true, ".less": true, ".ts": true, ".tsx": true, ".jsx": true, ".tmpl": true,
	".swp": true, ".bak": true, ".orig": true, ".rej": true, ".tmp": true, ".log": true,
	".php": true, ".py": true, ".sh": true,
}

func strange(name string) bool {
	switch base := strings.ToLower(path.Base(name)); {
	case name == ".nojekyll", name == ".htaccess", strings.HasPrefix(name, ".well-known/"):
		return false // read by hosts
	case base == "thumbs.db", base == "desktop.ini", strings.HasSuffix(base, "~"), sourceKinds[path.Ext(base)]:
		return true
	}
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

func oddInAddress(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._/", r)
}
