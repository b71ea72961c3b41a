package catalog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/attach"
	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
	"lienhiep/internal/secret"
	"lienhiep/internal/viet"
)

var (
	ruleAttachmentMissing = diag.NewRule("attachment-missing", diag.Error,
		diag.Text{VI: "Không có tệp “%[1]s” trong thư mục của bài.", EN: "There is no file “%[1]s” in the entry's folder."},
		diag.Text{VI: "Chép tệp vào cùng thư mục với bài, hoặc sửa lại tên trong liên kết.", EN: "Copy it into the entry's folder, or correct the name in the link."})
	ruleAttachmentRefused = diag.NewRule("attachment-refused", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” không đăng được: %[2]s.", EN: "The file “%[1]s” cannot be published: %[3]s."},
		diag.Text{VI: "%[4]s", EN: "%[5]s"})
	ruleAttachmentKind = diag.NewRule("attachment-misnamed", diag.Notice,
		diag.Text{VI: "Tệp “%[1]s” thật ra là tệp %[2]s; trang đăng nó với tên “%[3]s”.", EN: "The file “%[1]s” is in fact a %[2]s file; it is published as “%[3]s”."},
		diag.Text{VI: "Không phải làm gì. Muốn khỏi lẫn thì đổi đuôi tên tệp.", EN: "No action is needed. To avoid confusion, correct its extension."})
	ruleAttachmentRenamed = diag.NewRule("attachment-renumbered", diag.Notice,
		diag.Text{VI: "Hai tệp của bài có cùng tên trên mạng; “%[1]s” được đăng với tên “%[2]s”.", EN: "Two files of this entry would have the same name on the web; “%[1]s” is published as “%[2]s”."},
		diag.Text{VI: "Muốn địa chỉ dễ nhớ hơn thì đổi tên tệp, chỉ dùng chữ không dấu, số và gạch nối.", EN: "For a better address rename it, using only ASCII letters, digits and hyphens."})
	ruleAttachmentCleaned = diag.NewRule("attachment-cleaned", diag.Notice,
		diag.Text{VI: "Tệp “%[1]s” được đăng không kèm %[2]s.", EN: "The file “%[1]s” is published without %[3]s."},
		diag.Text{VI: "Không phải làm gì: tệp của bạn trong content/ vẫn nguyên.", EN: "No action is needed: your own file in content/ is not changed."})
	ruleAttachmentCarries = diag.NewRule("attachment-carries", diag.Warning,
		diag.Text{VI: "Ai tải tệp “%[1]s” về cũng thấy được %[2]s.", EN: "Anyone who downloads the file “%[1]s” can also see %[3]s."},
		diag.Text{VI: "Nếu không muốn đăng những thứ ấy: mở tệp bằng chương trình đã soạn, bỏ chúng đi (thay đổi đang theo dõi thì chấp nhận hoặc từ chối hết), rồi lưu lại.", EN: "If that should not be published, open the file, remove it (accept or reject all tracked changes), and save."})
	ruleAttachmentUnread = diag.NewRule("attachment-unread", diag.Warning,
		diag.Text{VI: "Máy không đọc được hết bên trong tệp “%[1]s” nên chưa gỡ được tên người soạn, chưa xem được có gì riêng tư, và ô tìm kiếm không thấy chữ trong tệp.", EN: "The file “%[1]s” cannot be read in full: the author's name is not removed, private data is not detected, and its text cannot be searched."},
		diag.Text{VI: "Mở tệp bằng chương trình đã soạn và lưu lại (với PDF: xuất lại), rồi đính kèm tệp mới.", EN: "Open it, save it again (for a PDF: export it again), and attach the new file."})
	ruleAttachmentIdentity = diag.NewRule("attachment-identity", diag.Error,
		diag.Text{VI: "Trong tệp “%[1]s” có %[2]d số giấy tờ tùy thân (căn cước, CMND), ví dụ %[3]s.", EN: "The file “%[1]s” contains %[2]d identity card numbers, for example %[3]s."},
		diag.Text{VI: "Xóa các số ấy khỏi tệp rồi lưu lại. Nếu được phép đăng, hoặc đó không phải số giấy tờ, khai tệp dưới files: và ghi acknowledged: %[2]d (số lượng đã xem).", EN: "Delete the numbers from the file. If they may be published, or are not identity numbers, list the file under files: with acknowledged: %[2]d (the number reviewed)."})
	ruleAttachmentTelephone = diag.NewRule("attachment-telephone", diag.Warning,
		diag.Text{VI: "Trong tệp “%[1]s” có số điện thoại: %[2]s.", EN: "The file “%[1]s” contains telephone numbers: %[2]s."},
		diag.Text{VI: "Số của cơ quan thì để nguyên; số riêng của một người thì chỉ đăng khi người ấy đồng ý.", EN: "An office number may stay; a private number needs its owner's consent."})
	ruleAttachmentSecret = diag.NewRule("attachment-secret", diag.Error,
		diag.Text{VI: "Trong tệp “%[1]s” có khóa bí mật (%[2]s): ai tải tệp về thì dùng được khóa.", EN: "The file “%[1]s” contains a secret key (%[2]s): anyone who downloads it can use the key."},
		diag.Text{VI: "Bỏ khóa khỏi tệp. Nếu tệp đã từng lên mạng hay vào kho chung thì coi như khóa đã lộ: tạo khóa mới, thay khóa cũ ở mọi nơi dùng nó.", EN: "Remove the key from the file. If the file was ever published or shared, treat the key as compromised: create a new one and replace the old one everywhere."})
	ruleUnlinked = diag.NewRule("unlinked-file", diag.Warning,
		diag.Text{VI: "Tệp này không được đăng: chưa bài nào dẫn tới nó.", EN: "This file is not published: no entry links to it."},
		diag.Text{VI: "Muốn đăng thì đặt liên kết trong bài, ví dụ [Quyết định khen thưởng](%[1]s), hoặc khai tệp dưới files:. Nếu không đăng thì chuyển tệp ra khỏi thư mục content.", EN: "To publish it, link to it, as in [Decision](%[1]s), or list it under files:. Otherwise move it out of content/."})
)

// Download is a file that an entry offers, as its front matter has it.
type Download struct {
	File         string `key:"file" is:"required download" vi:"Tệp" en:"File" vihelp:"Tên tệp trong cùng thư mục: PDF, Word, Excel, PowerPoint, .odt, .ods, .csv, .txt, .mp3, .mp4." desk:"PDF, Word, Excel, PowerPoint, .odt, .ods, .csv, .txt, .mp3, .mp4." enhelp:"A file in the same folder: PDF, Word, Excel, PowerPoint, .odt, .ods, .csv, .txt, .mp3, .mp4." eg:"\"quyet-dinh.pdf\""`
	Title        string `key:"title" is:"required" longest:"500" vi:"Tên hiện trên trang" en:"Title" vihelp:"Ví dụ: Quyết định 812-QĐ/TU." enhelp:"For example: Quyết định 812-QĐ/TU."`
	Number       string `key:"number" longest:"100" vi:"Số, ký hiệu" en:"Number" vihelp:"Chỉ khi tệp là một văn bản: đúng như trên văn bản." enhelp:"Of a document only, as it stands there."`
	Date         Date   `key:"date" vi:"Ngày ban hành" en:"Date" vihelp:"Chỉ khi tệp là một văn bản." enhelp:"Of a document only."`
	Acknowledged int    `key:"acknowledged" vi:"Số giấy tờ tùy thân đã xem" en:"Identity numbers looked at" vihelp:"Có bao nhiêu số căn cước, CMND trong tệp mà bạn đã xem và được phép đăng." enhelp:"How many identity numbers in the file have been looked at and may be published."`
	pos          diag.Pos
}

// Attachment is a file that readers download from an entry's page.
type Attachment struct {
	File   string // "content/tin-tuc/gap-mat/Quyết định 812.PDF"
	URL    string // "/tin-tuc/gap-mat/quyet-dinh-812.pdf"
	Facts  *attach.File
	Listed *Download // as the front matter has it; nil where the text alone links to it

	pos diag.Pos
}

// Name is the file's as it is published: "quyet-dinh-812.pdf".
func (a *Attachment) Name() string { return path.Base(a.URL) }

// isFile reports whether a name is that of a file for download, by its ending.
func isFile(name string) bool {
	kind := content.KindOf(path.Base(name))
	return kind == content.Attachment || kind == content.Kept
}

// pathOf returns the path in a link as an editor means it, "" where it leads to another
// site. A name may have signs in it that mean something in addresses (50%.pdf): where
// it cannot be read as an address it is a name.
func pathOf(link string) (name, fragment string) {
	name, fragment, _ = strings.Cut(link, "#")
	if !isFile(name) && isFile(link) { // a # of the name: "Phụ lục #2.pdf"
		name, fragment = link, ""
	}
	if scheme, _, has := strings.Cut(name, ":"); has && !strings.ContainsAny(scheme, "/.") {
		return "", ""
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return name, fragment
}

// attachments gathers the files that an entry offers: those of its front matter and
// those that its text links to.
type attachments struct {
	fsys     fs.FS
	entry    *Entry
	findings []diag.Finding
}

// loadAttachments reads the files that an entry offers. links that lead elsewhere, such
// as to the file of another entry at its address, are left for later.
func loadAttachments(fsys fs.FS, e *Entry) []diag.Finding {
	a := &attachments{fsys: fsys, entry: e}
	for i := range e.Files {
		if one := &e.Files[i]; one.File != "" {
			if found := a.add(one.File, one.pos); found != nil && found.Listed == nil {
				found.Listed = one
			}
		}
	}
	e.linked = map[string]string{}
	for _, l := range e.links {
		name, fragment := pathOf(l.address)
		if !isFile(name) || strings.HasPrefix(name, "/") {
			continue
		}
		if found := a.add(name, l.pos); found != nil {
			e.linked[l.destination] = found.File + "#" + fragment
		}
	}
	a.films()
	a.name()
	for _, one := range e.Attachments {
		a.check(one)
	}
	if e.Draft {
		for i := range a.findings {
			a.findings[i] = a.findings[i].Lower()
		}
	}
	return a.findings
}

func (a *attachments) report(f diag.Finding) { a.findings = append(a.findings, f) }

// add reads a file, once; it is nil where it cannot be published, of which the findings
// tell.
func (a *attachments) add(name string, pos diag.Pos) *Attachment {
	file, beside := a.find(name)
	if f, found := lint.WindowsPath(pos, name); found {
		a.report(f)
		return nil
	}
	if file == "" {
		a.report(ruleAttachmentMissing.At(pos, name).Suggest(viet.Nearest(name, beside)))
		return nil
	}
	for _, known := range a.entry.Attachments {
		if known.File == file {
			return known
		}
	}
	a.entry.offered = append(a.entry.offered, file)
	data, err := readAttachment(a.fsys, file)
	var facts *attach.File
	if err == nil {
		facts, _, err = attach.Read(path.Base(file), data)
	}
	var refusal *attach.Refusal
	switch {
	case errors.As(err, &refusal):
		a.report(ruleAttachmentRefused.At(pos, name, refusal.Why.VI, refusal.Why.EN, refusal.Help.VI, refusal.Help.EN))
		return nil
	case err != nil:
		a.report(unreadable(pos, err))
		return nil
	}
	one := &Attachment{File: file, Facts: facts, pos: pos}
	a.entry.Attachments = append(a.entry.Attachments, one)
	return one
}

// readAttachment reads a file for download, of a bounded size.
func readAttachment(fsys fs.FS, file string) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.Size() > attach.MaxBytes {
		return nil, attach.TooLarge
	}
	return io.ReadAll(f)
}

// find returns the file of content/ that a name in an entry means, "" without one; in
// whichever Unicode form (a Mac's names are decomposed) and case. beside are the names of
// the files there.
func (a *attachments) find(name string) (file string, beside []string) {
	full := path.Join(path.Dir(a.entry.File), name)
	if !strings.HasPrefix(full, "content/") {
		return "", nil
	}
	dir := path.Dir(full)
	like := ""
	for _, other := range filesBeside(a.fsys, full) {
		if !isFile(other) {
			continue
		}
		beside = append(beside, other)
		switch {
		case other == path.Base(full):
			return full, nil
		case strings.EqualFold(norm.NFC.String(other), norm.NFC.String(path.Base(full))):
			like = path.Join(dir, other)
		}
	}
	return like, beside
}

// name gives each file its address, below the page's own: in ASCII letters, digits and
// hyphens, with the ending of what it is. Two files of one name are numbered.
func (a *attachments) name() {
	all := a.entry.Attachments
	byFile := slices.Clone(all)
	slices.SortFunc(byFile, func(x, y *Attachment) int { return strings.Compare(x.File, y.File) })
	taken := map[string]bool{}
	for _, one := range byFile {
		base := path.Base(one.File)
		ending := path.Ext(base)
		stem := viet.Slug(strings.TrimSuffix(base, ending))
		if stem == "" || !content.FitsWindows(stem) {
			stem = strings.Trim("tep-"+stem, "-")
		}
		published := one.Facts.Kind.Ending()
		name := stem + published
		for n := 2; taken[name] || a.isReserved(name); n++ {
			name = fmt.Sprintf("%s-%d%s", stem, n, published)
		}
		taken[name] = true
		one.URL = a.entry.URL + name
		switch {
		case strings.ToLower(ending) != published && one.Facts.Kind != attach.Subtitles: // which are made anew
			a.report(ruleAttachmentKind.At(one.pos, base, string(one.Facts.Kind), name))
		case name != stem+published:
			a.report(ruleAttachmentRenamed.At(one.pos, base, name))
		}
	}
}

// isReserved reports whether the site itself puts a file of that name beside the page: a
// plan's text in its forms, what search engines ask for at the root.
func (a *attachments) isReserved(name string) bool {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if a.entry.Kind == KindPlan {
		return stem == a.entry.ID || strings.HasPrefix(stem, strings.TrimSuffix(textFile, path.Ext(textFile)))
	}
	return a.entry.URL == "/" && slices.Contains([]string{"robots.txt", "llms.txt", "security.txt", "manifest.txt"}, name)
}

// check tells of what stands in a file besides the words that it is published for.
func (a *attachments) check(one *Attachment) {
	name := path.Base(one.File)
	facts := one.Facts
	if vi, en := told(facts.Removed); vi != "" {
		a.report(ruleAttachmentCleaned.At(one.pos, name, vi, en))
	}
	if vi, en := told(facts.Carried); vi != "" {
		a.report(ruleAttachmentCarries.At(one.pos, name, vi, en))
	}
	if facts.Unread {
		a.report(ruleAttachmentUnread.At(one.pos, name))
	}
	words := facts.Words + "\n" + facts.Unseen
	if form, _ := secret.Find([]byte(words)); form != "" {
		a.report(ruleAttachmentSecret.At(one.pos, name, form))
	}
	known := 0
	if one.Listed != nil {
		known = one.Listed.Acknowledged
	}
	if cards := attach.IdentityNumbers(words); len(cards) > known {
		a.report(ruleAttachmentIdentity.At(one.pos, name, len(cards), masked(cards[0])))
	}
	if phones := attach.Telephones(words); len(phones) > 0 {
		a.report(ruleAttachmentTelephone.At(one.pos, name, strings.Join(phones[:min(len(phones), 3)], ", ")))
	}
}

// masked shows the ends of a number alone: messages are copied and sent about.
func masked(number string) string {
	return number[:3] + strings.Repeat("•", 3) + number[len(number)-2:]
}

func told(traces []attach.Trace) (vi, en string) {
	var v, e []string
	for _, t := range traces {
		v, e = append(v, t.VI), append(e, t.EN)
	}
	return strings.Join(v, "; "), strings.Join(e, "; ")
}

// FileOf returns the address of the file that a link of the entry's text leads to, ""
// where it leads to none.
func (c *Catalog) FileOf(e *Entry, link string) (*Attachment, string) {
	if file, ok := e.linked[link]; ok {
		file, fragment, _ := cutLast(file, "#")
		for _, a := range e.Attachments {
			if a.File == file {
				return a, withFragment(a.URL, fragment)
			}
		}
		return nil, ""
	}
	name, fragment := pathOf(c.OnSite(link))
	if a := c.files[name]; a != nil {
		return a, withFragment(a.URL, fragment)
	}
	return nil, ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func withFragment(address, fragment string) string {
	if fragment == "" {
		return address
	}
	return address + "#" + fragment
}

// FileLinks are the links of an entry's text that lead, or may lead, to files for
// download, as they are written.
func (e *Entry) FileLinks() []string {
	var all []string
	for _, l := range e.links {
		if name, _ := pathOf(l.address); isFile(name) {
			all = append(all, l.destination)
		}
	}
	return all
}

// indexFiles notes the files on the site by their addresses and by where they lie in
// content/, so that other entries may link to them.
func (c *Catalog) indexFiles() {
	c.files = map[string]*Attachment{}
	for _, it := range c.entries {
		for _, a := range it.base().Attachments {
			if it.base().Published() {
				c.files[a.URL] = a
				if at := strings.TrimPrefix(a.File, "content"); c.files[at] == nil || path.Dir(a.File) == path.Dir(it.base().File) {
					c.files[at] = a
				}
			}
		}
	}
}

// unlinked finds the files for download that no entry offers.
func (c *Catalog) unlinked(lying []string) []diag.Finding {
	offered := map[string]bool{}
	for _, it := range c.entries {
		for _, file := range it.base().offered {
			offered[file] = true
		}
		if p, ok := it.(*Plan); ok {
			for _, v := range p.Versions {
				offered[path.Join(path.Dir(p.File), v.File)] = true
			}
		}
	}
	var findings []diag.Finding
	for _, file := range lying {
		if !offered[file] && path.Base(file) != textFile {
			findings = append(findings, ruleUnlinked.At(diag.Pos{File: file}, destinationOf(path.Base(file))))
		}
	}
	return findings
}

// destinationOf is a name as it stands in a link of Markdown.
func destinationOf(name string) string {
	if strings.ContainsAny(name, " ()") {
		return "<" + name + ">"
	}
	return name
}
