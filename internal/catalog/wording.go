package catalog

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

var (
	ruleNoText = diag.NewRule("plan-text-missing", diag.Error,
		diag.Text{VI: "Kế hoạch chưa có tệp văn bản %[1]s đặt bên cạnh.", EN: "The plan has no text file %[1]s beside it."},
		diag.Text{VI: "Chép toàn văn kế hoạch vào tệp đó, dạng văn bản thuần (.txt), lưu ở dạng UTF-8.", EN: "Put the plan's full text there, as plain text in UTF-8."})
	ruleVersionFile = diag.NewRule("version-file", diag.Error,
		diag.Text{VI: "“%[1]s” không phải tên tệp dùng được cho một bản sửa đổi.", EN: "“%[1]s” cannot be the text file of a later version."},
		diag.Text{VI: "Đặt tệp .txt trong cùng thư mục, mỗi bản một tệp, khác van-ban.txt, ví dụ van-ban-2026.txt.", EN: "Use a .txt file in the same folder, one for each version, other than van-ban.txt."})
	ruleVersionOrder = diag.NewRule("version-order", diag.Error,
		diag.Text{VI: "Bản sửa đổi ngày %[1]s không đứng sau bản trước nó (%[2]s).", EN: "The version of %[1]s is not later than the one before it (%[2]s)."},
		diag.Text{VI: "Xếp các bản theo ngày, từ cũ đến mới; mỗi ngày chỉ một bản.", EN: "List the versions by date, oldest first, at most one a day."})
)

// textFile holds a plan's text as it was issued, beside its page.
const textFile = "van-ban.txt"

// Version is a later text of a plan, as amended or replaced.
type Version struct {
	Date     Date     `key:"date" is:"required" vi:"Ngày có hiệu lực" en:"In force from" vihelp:"Từ ngày này, trang đăng bản này thay cho bản trước." enhelp:"From this day on the site shows this version."`
	File     string   `key:"file" is:"required" vi:"Tệp văn bản" en:"Text file" vihelp:"Toàn văn sau khi sửa đổi, dạng .txt, trong cùng thư mục." desk:"Toàn văn sau khi sửa đổi, tệp .txt." enhelp:"The whole text as amended, a .txt file in the same folder." eg:"van-ban-2026.txt"`
	Decision string   `key:"decision" is:"required" vi:"Văn bản sửa đổi" en:"Decision" vihelp:"Số, ngày và cơ quan ban hành của văn bản sửa đổi hoặc thay thế." enhelp:"What amended or replaced the text: number, date and issuer."`
	Text     string   `key:"text" vi:"Nội dung sửa đổi" en:"What changed" vihelp:"Một hoặc hai câu." enhelp:"One or two sentences."`
	Sources  []Source `key:"sources" vi:"Nguồn" en:"Sources" vihelp:"Nơi có thể kiểm chứng." enhelp:"Where it can be verified."`
	pos      diag.Pos
}

// Wording is the text of a plan that is in force from a day on.
type Wording struct {
	Since    string // ISO date
	URL      string // of the page that shows it: the plan's own for the one in force
	File     string // "content/ke-hoach/15-kh-tu/van-ban.txt"
	Source   []byte // the text as it stands there
	Document *plan.Document
	Version  *Version // how it came about; nil for the text as issued
}

// Current is the wording in force, nil where the text could not be read.
func (p *Plan) Current() *Wording {
	if len(p.Wordings) == 0 {
		return nil
	}
	return p.Wordings[len(p.Wordings)-1]
}

// loadWordings reads the documents that a plan's page publishes. A version whose
// day has not come is read too, so that its faults are found, and left out.
func loadWordings(fsys fs.FS, p *Plan, o Options) []diag.Finding {
	dir := path.Dir(p.File)
	first, findings := loadWording(fsys, dir+"/"+textFile, ruleNoText.At(diag.Pos{File: p.File}, textFile), p.Draft)
	if first == nil || first.Document == nil {
		return findings
	}
	first.Since = first.Document.Date
	p.Wordings = []*Wording{first}
	last := first.Since
	files := map[string]bool{textFile: true}
	for i := range p.Versions {
		v := &p.Versions[i]
		if !v.Date.Known() || v.File == "" {
			continue // reported as missing
		}
		if path.Base(v.File) != v.File || path.Ext(v.File) != ".txt" || strings.HasPrefix(v.File, ".") || files[v.File] {
			findings = append(findings, ruleVersionFile.At(v.pos, v.File))
			continue
		}
		files[v.File] = true
		w, found := loadWording(fsys, dir+"/"+v.File, ruleNoText.At(v.pos, v.File), p.Draft)
		findings = append(findings, found...)
		since := v.Date.Format(time.DateOnly)
		if since <= last {
			findings = append(findings, ruleVersionOrder.At(v.pos, since, last))
			continue
		}
		last = since
		if w != nil && w.Document != nil && (o.Preview || !v.Date.After(o.Now)) {
			w.Since, w.Version = since, v
			p.Wordings = append(p.Wordings, w)
		}
	}
	if p.Numbering == asSigned {
		findings = slices.DeleteFunc(findings, plan.IsNumbering)
	}
	for _, w := range p.Wordings {
		w.URL = p.URL + "ban-" + w.Since + "/"
	}
	current := p.Current()
	current.URL = p.URL
	p.Document = current.Document
	return findings
}

// asSigned is what an editor writes of numbers that were compared with the signed document.
const asSigned = "as-signed"

func loadWording(fsys fs.FS, file string, missing diag.Finding, draft bool) (*Wording, []diag.Finding) {
	src, err := readBounded(fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if draft {
			missing = missing.Lower()
		}
		return nil, []diag.Finding{missing}
	case errors.Is(err, errTooLarge):
		return nil, []diag.Finding{ruleTooLarge.At(diag.Pos{File: file})}
	case err != nil:
		return nil, []diag.Finding{unreadable(diag.Pos{File: file}, err)}
	}
	doc, findings := plan.Parse(file, src)
	return &Wording{File: file, Source: src, Document: doc}, findings
}

// FormURL is the address of a wording in another file format, such as "pdf".
func FormURL(p *Plan, w *Wording, ext string) string { return w.URL + p.ID + "." + ext }

// ComparisonURL is the address of the comparison of a wording with the one before it.
func ComparisonURL(p *Plan, w *Wording) string { return p.URL + "so-sanh-" + w.Since + "/" }

// Provisions returns the provisions of all wordings, those in force first. Each ID
// occurs once, from the latest wording that has it.
func (p *Plan) Provisions() []Provision {
	var all []Provision
	seen := map[string]bool{}
	for i := len(p.Wordings) - 1; i >= 0; i-- {
		w := p.Wordings[i]
		w.Document.Walk(func(node, _ *plan.Provision) {
			if !seen[node.ID] {
				seen[node.ID] = true
				all = append(all, Provision{node, w})
			}
		})
	}
	return all
}

// Provision is a provision together with its wording.
type Provision struct {
	*plan.Provision
	Wording *Wording
}
