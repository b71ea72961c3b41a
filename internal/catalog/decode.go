package catalog

import (
	"bytes"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

var (
	ruleUnknownKey = diag.NewRule("unknown-key", diag.Error,
		diag.Text{VI: "Mục “%[1]s” không có trong phần khai báo của %[2]s.", EN: "“%[1]s” is not a key of this kind of entry (%[3]s)."},
		diag.Text{VI: "Sửa tên mục hoặc bỏ dòng này.", EN: "Correct the key or remove the line."})
	ruleWrongType = diag.NewRule("wrong-type", diag.Error,
		diag.Text{VI: "Mục “%[1]s” phải là %[2]s.", EN: "“%[1]s” must be %[3]s."},
		diag.Text{VI: "Viết theo mẫu: %[4]s", EN: "Write it like this: %[4]s"})
	ruleBadDate = diag.NewRule("bad-date", diag.Error,
		diag.Text{VI: "Ngày “%[2]s” ở mục “%[1]s” không đúng dạng.", EN: "“%[2]s” in “%[1]s” is not a date."},
		diag.Text{VI: "Viết năm-tháng-ngày, ví dụ 2026-11-20.", EN: "Write year-month-day, such as 2026-11-20."})
	ruleNoSuchDay = diag.NewRule("no-such-day", diag.Error,
		diag.Text{VI: "Không có ngày “%[2]s” trong lịch (mục “%[1]s”).", EN: "The calendar has no day “%[2]s” (“%[1]s”)."},
		diag.Text{VI: "Xem lại ngày và tháng, rồi viết năm-tháng-ngày, ví dụ 2026-11-20.", EN: "Check the day and the month, and write year-month-day, such as 2026-11-20."})
	ruleNoSeconds = diag.NewRule("date-without-seconds", diag.Error,
		diag.Text{VI: "Giờ ở mục “%[1]s” (%[2]s) thiếu giây.", EN: "The time in “%[1]s” (%[2]s) has no seconds."},
		diag.Text{VI: "Thêm :00 sau phút, hoặc chạy `lienhiep check --fix`; cũng có thể chỉ ghi ngày.", EN: "Add :00 after the minutes, or run `lienhiep check --fix`; a day without a time is fine, too."})
	ruleBadValue = diag.NewRule("bad-value", diag.Error,
		diag.Text{VI: "Giá trị “%[2]s” ở mục “%[1]s” không phải giá trị được phép.", EN: "“%[2]s” is not an allowed value of “%[1]s”."},
		diag.Text{VI: "Chọn một trong các giá trị: %[3]s.", EN: "Choose one of: %[3]s."})
	ruleBadURL = diag.NewRule("bad-url", diag.Error,
		diag.Text{VI: "Địa chỉ “%[2]s” ở mục “%[1]s” không đúng.", EN: "“%[2]s” in “%[1]s” is not a web address."},
		diag.Text{VI: "Chép địa chỉ đầy đủ từ trình duyệt, bắt đầu bằng https:// hoặc http://.", EN: "Copy the full address from the browser, starting with https:// or http://."})
	ruleBadSlug = diag.NewRule("bad-slug", diag.Error,
		diag.Text{VI: "“%[2]s” ở mục “%[1]s” có ký tự không dùng được trong địa chỉ.", EN: "“%[2]s” in “%[1]s” contains characters that an address cannot have."},
		diag.Text{VI: "Chỉ dùng chữ thường không dấu (a–z), số và gạch nối.", EN: "Use a–z, digits and hyphens only."})
	ruleTooLong = diag.NewRule("text-too-long", diag.Error,
		diag.Text{VI: "Mục “%[1]s” quá dài: %[2]d ký tự, nhiều nhất là %[3]d.", EN: "“%[1]s” is too long: %[2]d characters, %[3]d at most."},
		diag.Text{VI: "Viết ngắn lại; phần còn lại để vào lời bài, dưới dòng --- thứ hai.", EN: "Shorten it; put the rest in the text, below the second ---."})
	ruleMissing = diag.NewRule("missing-field", diag.Error,
		diag.Text{VI: "Thiếu mục “%[1]s” (%[2]s).", EN: "“%[1]s” (%[3]s) is missing."},
		diag.Text{VI: "Thêm hoặc điền dòng %[4]s … trong phần khai báo.", EN: "Add a line %[4]s … to the front matter."})
	ruleMissingSource = diag.NewRule("missing-source", diag.Error,
		diag.Text{VI: "Chưa có nguồn để kiểm chứng.", EN: "No source is given."},
		diag.Text{VI: "Dưới dòng sources:, thêm ít nhất một nguồn có title (tên) và url (địa chỉ); văn bản không có trên mạng thì ghi title (tên), number (số) và date (ngày). Tệp đính kèm khai dưới files: cũng là nguồn.", EN: "Add at least one item under sources: with title and url, or, of a document that is not on the web, with title, number and date. A file under files: is a source, too."})
	ruleMissingConsent = diag.NewRule("missing-consent", diag.Error,
		diag.Text{VI: "Chưa ghi căn cứ để đăng thông tin về nhân vật này.", EN: "No basis is given for publishing this person."},
		diag.Text{VI: "Thêm mục consent: với basis là consent (có văn bản đồng ý), public-activity (hoạt động công khai) hoặc deceased (đã qua đời).",
			EN: "Add consent: with basis set to consent, public-activity or deceased."})
	ruleToFill = diag.NewRule("to-fill", diag.Error,
		diag.Text{VI: "Ở %[1]s còn chỗ phải điền (“%[3]s”).", EN: "Still to be filled in: %[2]s (“%[3]s”)."},
		diag.Text{VI: "Viết nội dung thay cho chỗ ấy; nếu không cần thì xóa đi.", EN: "Replace it with the content, or remove it."})
	ruleBareNumber = diag.NewRule("bare-number", diag.Error,
		diag.Text{VI: "Số %[2]s ở mục “%[1]s” không nằm trong dấu nháy nên trang sẽ hiện thành %[3]s.", EN: "The number %[2]s in “%[1]s” is not quoted and would be shown as %[3]s."},
		diag.Text{VI: "Đặt số trong dấu nháy kép thẳng.", EN: "Put it in straight double quotes."})
	ruleImageAlt = diag.NewRule("entry-image-alt", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” chưa có lời mô tả.", EN: "The picture “%[1]s” has no alternative text."},
		diag.Text{VI: "Viết một câu tả ảnh cho người không nhìn thấy: trong phần khai báo là alt: …, trong bài là ![lời mô tả](tên-ảnh).",
			EN: "Describe the picture in a sentence: alt: … in the front matter, ![description](file) in the text."})
)

// keyPos is where a top-level key of an entry stands.
type keyPos struct {
	name         string
	line, column int
	value        diag.Pos
}

// decoder fills an entry from its front matter and notes every fault.
type decoder struct {
	file        string
	src         []byte
	kind        kindInfo
	translation bool
	draft       bool
	zone        *time.Location
	findings    []diag.Finding
}

func (d *decoder) at(line, column int) diag.Pos {
	return diag.Pos{File: d.file, Line: line, Column: column}
}

func (d *decoder) report(f diag.Finding) { d.findings = append(d.findings, f) }

// table fills the struct out from the table v. parent names the key that holds
// the table, "" at the top.
func (d *decoder) table(v *matter.Value, out reflect.Value, parent string) {
	fields := fieldsOf(out.Type())
	known := make([]bool, len(fields)) // given, or already reported
	for _, k := range v.Keys {
		i := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == k.Name })
		if i < 0 || isSingular(k, fields) {
			d.unknown(k, parent, fields)
			continue
		}
		if k.Value.Kind == matter.Null {
			continue // "born:" with nothing behind it is a form not yet filled in
		}
		before := len(d.findings)
		field := out.FieldByIndex(fields[i].Index)
		d.value(k, fields[i], field)
		known[i] = !empty(field) || len(d.findings) > before
	}
	for i, f := range fields {
		if f.Required && !known[i] && !(f.Key == "sources" && isVouchedFor(out)) {
			d.missing(v, f, out, parent)
		}
	}
}

// isSingular reports whether a key holds a list where its plural was meant: "source" with
// the items of "sources".
func isSingular(k matter.Key, fields []matter.Field) bool {
	return k.Value.Kind == matter.List && slices.ContainsFunc(fields, func(f matter.Field) bool { return f.Key == k.Name+"s" && f.Type == matter.TypeTables })
}

func (d *decoder) unknown(k matter.Key, parent string, fields []matter.Field) {
	var known []string
	for _, f := range fields {
		if f.Key != k.Name {
			known = append(known, f.Key)
		}
	}
	where := diag.Text{VI: "loại " + d.kind.Name.VI, EN: d.kind.Name.EN}
	if parent != "" {
		where = diag.Text{VI: "mục " + parent, EN: parent}
	}
	d.report(ruleUnknownKey.At(d.at(k.Line, k.Column), k.Name, where.VI, where.EN).Suggest(viet.Nearest(k.Name, known)))
}

func (d *decoder) missing(v *matter.Value, f matter.Field, out reflect.Value, parent string) {
	pos := d.at(v.Line, v.Column)
	if parent == "" {
		pos = d.at(1, 0)
		for _, k := range v.Keys {
			if k.Name == f.Key {
				pos = d.at(k.Line, k.Column)
			}
		}
		// A translation leaves what is not words to the page that it translates.
		if d.translation && f.Key != "title" && f.Key != "description" {
			return
		}
	}
	finding := ruleMissing.At(pos, f.Key, f.Label.VI, f.Label.EN, strings.TrimSpace(d.asWritten(f.Key+": ")))
	switch f.Key {
	case "sources":
		finding = ruleMissingSource.At(pos)
	case "consent":
		finding = ruleMissingConsent.At(pos)
	case "alt":
		finding = ruleImageAlt.At(pos, out.Interface().(Image).File)
	}
	// A draft is allowed to be unfinished: it stays off the site.
	if d.draft {
		finding = finding.Lower()
	}
	d.report(finding)
}

// empty reports whether a value that was given says nothing.
func empty(v reflect.Value) bool {
	if v.Kind() == reflect.String {
		return strings.TrimSpace(v.String()) == ""
	}
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// value fills one field.
func (d *decoder) value(k matter.Key, f matter.Field, out reflect.Value) {
	v := k.Value
	switch f.Type {
	case matter.TypeText:
		if v.Kind == matter.Text || v.Kind == matter.Number || v.Kind == matter.Date {
			d.text(k.Name, v, f, out)
			return
		}
	case matter.TypeNumber:
		if v.Kind == matter.Number {
			if n, err := strconv.Atoi(v.Text); err == nil {
				out.SetInt(int64(n))
				return
			}
		}
	case matter.TypeBool:
		if v.Kind == matter.Bool {
			out.SetBool(v.Text == "true")
			return
		}
	case matter.TypeDate:
		if v.Kind == matter.Text || v.Kind == matter.Number || v.Kind == matter.Date {
			d.date(k.Name, v, f, out)
			return
		}
	case matter.TypeWhen:
		if v.Kind == matter.Text || v.Kind == matter.Number || v.Kind == matter.Date {
			d.when(k.Name, v, out)
			return
		}
	case matter.TypeRef:
		if v.Kind == matter.Text || v.Kind == matter.Number {
			d.characters(v)
			if !d.tooLong(k.Name, v, f) {
				out.Set(reflect.ValueOf(Ref{v.Text, d.at(v.Line, v.Column)}))
			}
			return
		}
	case matter.TypeList, matter.TypeRefs:
		if v.Kind == matter.List {
			d.list(k, f, out)
			return
		}
	case matter.TypeTable:
		if v.Kind == matter.Table {
			out.Set(reflect.New(out.Type().Elem()))
			d.table(v, out.Elem(), k.Name)
			return
		}
	case matter.TypeTexts:
		if v.Kind == matter.Table {
			d.labels(v, f, out)
			return
		}
	case matter.TypeTables:
		if v.Kind == matter.List {
			d.tables(k, f, out)
			return
		}
	}
	d.wrongType(k.Name, v, f)
}

func (d *decoder) wrongType(name string, v *matter.Value, f matter.Field) {
	what := f.Type.Name()
	d.report(ruleWrongType.At(d.at(v.Line, v.Column), name, what.VI, what.EN, d.asWritten(name+": "+f.Sample())).Suggest(d.asWritten(matter.GuessValue(name, v, f))))
}

// keySign is the sign behind a key of YAML, also within brackets.
var keySign = regexp.MustCompile(`((?:^|[{,][ ]?)[A-Za-z_-]+): `)

// asWritten returns a line of YAML as the file has it, which may be TOML.
func (d *decoder) asWritten(line string) string {
	if path.Ext(d.file) != ".toml" && !bytes.HasPrefix(d.src, []byte("+++")) {
		return line
	}
	return keySign.ReplaceAllString(line, "$1 = ")
}

func (d *decoder) text(name string, v *matter.Value, f matter.Field, out reflect.Value) {
	text := v.Text
	pos := d.at(v.Line, v.Column)
	d.characters(v)
	d.bareNumber(name, v)
	if f, found := lint.LocalPath(pos, text); found && name != "document" { // which says where a paper is filed, and is not published
		d.report(f)
	}
	if name == "title" || name == "description" {
		if f, plain, found := lint.PlainValue(pos, name, text); found {
			d.report(f.MendedBy(d.edits(v, plain)...))
		}
	}
	switch {
	case text == "":
	case d.tooLong(name, v, f):
		return
	case strings.Contains(text, ToFill):
		d.report(toFill(pos, "mục “"+name+"”", "“"+name+"”", d.draft))
	case f.Values != nil && !slices.Contains(f.Values, text):
		d.report(ruleBadValue.At(pos, name, text, strings.Join(f.Values, ", ")).Suggest(viet.Nearest(text, f.Values)))
		return
	case f.URL && !weblink.IsWeb(text):
		d.report(ruleBadURL.At(pos, name, text).Suggest(weblink.Guess(text)))
		return
	case f.URL:
		if f, found := lint.Preview(pos, text); found {
			d.report(f)
			return
		}
		if f, found := weblink.Check(pos, text); found {
			d.report(f)
		}
	case f.Slug && viet.Slug(text) != text:
		d.report(ruleBadSlug.At(pos, name, text).Suggest(viet.Slug(text)))
	}
	out.SetString(text)
}

// tooLong reports a text with more characters than its place on the site holds.
func (d *decoder) tooLong(name string, v *matter.Value, f matter.Field) bool {
	n := utf8.RuneCountInString(v.Text)
	if n > f.Longest {
		d.report(ruleTooLong.At(d.at(v.Line, v.Column), name, n, f.Longest))
	}
	return n > f.Longest
}

// toFill is what is found where something is still to be written; a draft may have
// such places.
func toFill(pos diag.Pos, vi, en string, draft bool) diag.Finding {
	finding := ruleToFill.At(pos, vi, en, ToFill)
	if draft {
		finding = finding.Lower()
	}
	return finding
}

// characters finds one in a value that nobody can see, also where it was written
// as an escape.
func (d *decoder) characters(v *matter.Value) {
	if f, found := lint.Invisible(d.at(v.Line, v.Column), v.Text); found {
		d.report(f)
	}
}

// bareNumber finds a number that stands where words do and that Hugo shows otherwise
// than it is written: 12.700 as 12.7, 0x10 as 16.
func (d *decoder) bareNumber(name string, v *matter.Value) {
	if shown := v.Shown; v.Kind == matter.Number && shown != v.Text {
		d.report(ruleBareNumber.At(d.at(v.Line, v.Column), name, v.Text, shown).Suggest(matter.Quote(v.Text)))
	}
}

func (d *decoder) date(name string, v *matter.Value, f matter.Field, out reflect.Value) {
	if t, yearOnly, ok := matter.ParseDate(v.Text, f.YearAlone, d.zone); ok {
		if m := minutesLast.FindStringSubmatch(v.Text); m != nil && f.Seconds {
			whole := m[1] + ":00" + m[2]
			d.report(ruleNoSeconds.At(d.at(v.Line, v.Column), name, v.Text).Suggest(whole).MendedBy(d.edits(v, whole)...))
		}
		precision := ToDay
		if yearOnly {
			precision = ToYear
		}
		out.Set(reflect.ValueOf(Date{t, precision}))
		return
	}
	if matter.IsNoDay(v.Text) {
		d.report(ruleNoSuchDay.At(d.at(v.Line, v.Column), name, v.Text))
		return
	}
	d.report(ruleBadDate.At(d.at(v.Line, v.Column), name, v.Text).Suggest(matter.GuessDate(v.Text)))
}

func (d *decoder) when(name string, v *matter.Value, out reflect.Value) {
	pos := d.at(v.Line, v.Column)
	when, ok := ParseWhen(v.Text, d.zone)
	switch {
	case v.Text == "":
	case ok && when.Last.end().Before(when.First.Time):
		from, to, _ := strings.Cut(v.Text, "/")
		d.report(ruleWhenBackwards.At(pos, name, v.Text).Suggest(strings.TrimSpace(to) + "/" + strings.TrimSpace(from)))
	case ok:
		out.Set(reflect.ValueOf(when))
	case matter.IsNoDay(v.Text):
		d.report(ruleNoSuchDay.At(pos, name, v.Text))
	default:
		d.report(ruleBadWhen.At(pos, name, v.Text).Suggest(matter.GuessWhen(v.Text)))
	}
}

func (d *decoder) list(k matter.Key, f matter.Field, out reflect.Value) {
	for _, item := range k.Value.Items {
		if item.Kind != matter.Text && item.Kind != matter.Number {
			d.wrongType(k.Name, item, f)
			continue
		}
		d.characters(item)
		if d.tooLong(k.Name, item, f) {
			continue
		}
		d.bareNumber(k.Name, item)
		if f.Type == matter.TypeRefs {
			out.Set(reflect.Append(out, reflect.ValueOf(Ref{item.Text, d.at(item.Line, item.Column)})))
			continue
		}
		out.Set(reflect.Append(out, reflect.ValueOf(item.Text)))
	}
}

// labels fills a list of labels from texts by ID. One that is not yet written is none.
func (d *decoder) labels(v *matter.Value, f matter.Field, out reflect.Value) {
	for _, k := range v.Keys {
		if k.Value.Kind == matter.Null {
			continue
		}
		var text string
		d.value(k, matter.Field{Key: k.Name, Type: matter.TypeText, Longest: f.Longest}, reflect.ValueOf(&text).Elem())
		if strings.TrimSpace(text) != "" {
			out.Set(reflect.Append(out, reflect.ValueOf(Label{k.Name, text, d.at(k.Line, k.Column), d.at(k.Value.Line, k.Value.Column)})))
		}
	}
}

func (d *decoder) tables(k matter.Key, f matter.Field, out reflect.Value) {
	for _, item := range k.Value.Items {
		if item.Kind != matter.Table {
			d.wrongType(k.Name, item, f)
			continue
		}
		one := reflect.New(out.Type().Elem()).Elem()
		d.table(item, one, k.Name)
		switch one := one.Addr().Interface().(type) {
		case *Source:
			d.deceivingSource(item, one)
			d.source(item, one)
		case *QuizItem:
			d.quizItem(item, one)
		case *Award:
			one.pos = d.at(item.Line, item.Column)
		case *Fact:
			one.pos = d.at(item.Line, item.Column)
		case *Milestone:
			one.pos = d.at(item.Line, item.Column)
		case *Download:
			one.pos = d.at(item.Line, item.Column)
		case *MenuItem:
			one.pos = d.at(item.Line, item.Column)
		case *Term:
			one.pos = d.at(item.Line, item.Column)
		case *Note:
			one.pos = d.at(item.Line, item.Column)
		case *Version:
			one.pos = d.at(item.Line, item.Column)
		case *Progress:
			one.pos = d.at(item.Line, item.Column)
		case *ProgressNote:
			one.pos = d.at(item.Line, item.Column)
		}
		out.Set(reflect.Append(out, one))
	}
}

// deceivingSource finds a source whose title names another host than it leads to.
func (d *decoder) deceivingSource(v *matter.Value, s *Source) {
	pos := d.at(v.Line, v.Column)
	for _, k := range v.Keys {
		if k.Name == "title" {
			pos = d.at(k.Value.Line, k.Value.Column)
		}
	}
	if _, reported := weblink.Check(pos, s.URL); reported {
		return
	}
	if f, found := weblink.Check(pos, s.URL, s.Title); found {
		d.report(f)
	}
}

// edits puts a text in place of a value's, where the file has that as it is read.
func (d *decoder) edits(v *matter.Value, text string) []diag.Edit {
	start := 0
	for range v.Line - 1 {
		start += 1 + bytes.IndexByte(d.src[start:], '\n')
	}
	line, _, _ := bytes.Cut(d.src[start:], []byte("\n"))
	from := 0
	for range v.Column - 1 {
		_, size := utf8.DecodeRune(line[from:])
		from += size
	}
	at := bytes.Index(line[from:], []byte(v.Text))
	if at < 0 {
		return nil
	}
	return []diag.Edit{{Start: start + from + at, Old: v.Text, New: text}}
}

// minutesLast matches a time without seconds, and what stands behind it; so does
// layouts/_partials/local.html.
var minutesLast = regexp.MustCompile(`^(\S+(?:T| +)\d{1,2}:\d\d)( *(?:Z|[-+]\d\d:\d\d))?$`)

// ParseDay parses a day as people write it, year or day first, as midnight in the zone.
func ParseDay(s string, zone *time.Location) (time.Time, bool) {
	for _, form := range []string{"2/1/2006", "2-1-2006", "2.1.2006", "2006-1-2", "2006/1/2", "2006.1.2"} {
		if t, err := time.ParseInLocation(form, strings.TrimSpace(s), zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
