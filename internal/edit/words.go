package edit

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// keyInText matches what may be a key or a value of front matter in a sentence for people:
// a word in Latin letters, quoted or with a colon behind it, or alone.
var keyInText = regexp.MustCompile(`“[A-Za-z_-]+”|(?:dòng|mục|ghi|Ghi) [A-Za-z_-]+:?|\b[A-Za-z_-]+:( …)?`)

// inFormWords returns a sentence about the value at a path of some fields with
// the keys as the form calls them.
func inFormWords(all []matter.Field, at, text string) string {
	labels := map[string]string{}
	fields := all
	for _, key := range strings.Split(at, ".") {
		if i := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == key }); i >= 0 && fields[i].Fields != nil {
			fields = fields[i].Fields
		}
	}
	collect(labels, fields) // those beside it come first
	collect(labels, all)
	chosen := map[string]string{}
	collectWords(chosen, all)
	text = chosenInText(all, text)
	text = explained.ReplaceAllStringFunc(text, func(found string) string {
		if m := explained.FindStringSubmatch(found); labels[m[1]] != "" || chosen[m[1]] != "" {
			return m[2]
		}
		return found
	})
	text = lineInText.ReplaceAllString(text, "đã có ở trên")
	text = dayInText.ReplaceAllStringFunc(text, func(found string) string {
		m := dayInText.FindStringSubmatch(found)
		day, err := time.Parse(time.DateOnly, m[2])
		if err != nil {
			return found // it is told that there is no such day
		}
		return m[1] + day.Format("2/1/2006")
	})
	return ofFront.Replace(inWordsOfForm(labels, chosen, unrepeated(keyInText.ReplaceAllStringFunc(text, func(found string) string {
		verb, word, hasVerb := strings.Cut(found, " ")
		if !hasVerb || strings.HasSuffix(found, " …") && !strings.Contains(verb, "ò") {
			verb, word = "", found
		}
		key := strings.Trim(strings.TrimSuffix(word, " …"), "“”:")
		label, ok := labels[key]
		if !ok {
			return found
		}
		if verb != "" {
			verb += " "
		}
		return strings.Replace(verb, "dòng", "mục", 1) + "“" + label + "”"
	}))))
}

// wordInText matches a word, a path or an address in a sentence, with the quotation marks
// around it; or a command.
var wordInText = regexp.MustCompile("`[^`]*`|" + `“?[\p{L}\p{M}\d/_:.-]*[\p{L}\d]”?`)

// inWordsOfForm writes keys and values that stand in a sentence as words of their own as the
// form shows them: "born", “national”.
func inWordsOfForm(labels, chosen map[string]string, text string) string {
	return wordInText.ReplaceAllStringFunc(text, func(found string) string {
		word := strings.Trim(found, "“”")
		said := chosen[word]
		if len(word) > 3 && labels[word] != "" && labels[word] != word {
			said = labels[word]
		}
		if said == "" || viet.IsSyllable(word) {
			return found
		}
		return "“" + said + "”"
	})
}

// dayInText matches a day as front matter has it, where it is not part of an address.
var dayInText = regexp.MustCompile(`(^|[\s“(])(\d{4}-\d{2}-\d{2})\b`)

// lineInText matches where in the file something stands before.
var lineInText = regexp.MustCompile(`đã có ở dòng \d+`)

// explained matches a key with what it is called in the sentence: "title (tên)".
var explained = regexp.MustCompile(`\b([a-z_-]+) \(([^()“”]+)\)`)

// valueInText matches a key with its value in a sentence.
var valueInText = regexp.MustCompile(`\b([A-Za-z_-]+): ([a-z-]+)\b`)

// chosenInText writes keys with a value that is one of a choice as the form shows them.
func chosenInText(fields []matter.Field, text string) string {
	return valueInText.ReplaceAllStringFunc(text, func(found string) string {
		m := valueInText.FindStringSubmatch(found)
		for _, f := range fields {
			if f.Key == m[1] && slices.Contains(f.Values, m[2]) {
				return "“" + f.Label.VI + "” là “" + cmp.Or(f.Words[m[2]], m[2]) + "”"
			}
		}
		return found
	})
}

// unrepeated leaves out the label that explains a key where the key is written as the label.
func unrepeated(text string) string {
	return twice.ReplaceAllStringFunc(text, func(found string) string {
		if m := twice.FindStringSubmatch(found); m[1] == m[2] {
			return "“" + m[1] + "”"
		}
		return found
	})
}

var twice = regexp.MustCompile(`“([^“”]+)” \(([^()]+)\)`)

// ofFront are phrases about front matter, which a form has nothing of.
var ofFront = strings.NewReplacer("” = … trong phần khai báo", "”", " Tệp đính kèm khai dưới files: cũng là nguồn.", "", "nhưng không có thư mục nào tên như vậy trong content/ke-hoach", "nhưng trang không có kế hoạch ấy", "nhưng không có thư mục nào tên như vậy trong content/tri-thuc", "nhưng trang không có người ấy",
	"nhưng không có thư mục nào tên như vậy trong content/tin-tuc", "nhưng trang không có bài ấy", "Ghi đúng tên thư mục, hoặc bỏ tên này", "Chọn lại trong danh sách, hoặc bỏ",
	"Thêm hoặc điền mục", "Điền mục", " … trong phần khai báo", "", ": trong phần khai báo là “Mô tả ảnh”, trong bài là ![lời mô tả](tên-ảnh)", "", " trong phần khai báo", "", "bỏ mục “Bản nháp” true", "bỏ dấu ở “Bản nháp”", ", hoặc chạy `lienhiep check --fix`", "",
	"Thêm mục “Truy tặng” true dưới giải thưởng, danh hiệu ấy", "Đánh dấu “Truy tặng” ở giải thưởng, danh hiệu ấy",
	" với “Căn cứ” là ", ": ", "không rõ thì bỏ dòng này", "không rõ thì để trống", "Ghi dòng ngày mất", "Ghi ngày mất",
	"Viết năm-tháng-ngày, ví dụ 2026-11-20", "Viết ngày/tháng/năm, ví dụ 20/11/2026", "rồi viết năm-tháng-ngày, ví dụ 2026-11-20", "rồi viết ngày/tháng/năm, ví dụ 20/11/2026",
	"năm (2018), năm-tháng (2018-05), ngày (2018-05-12), từ ngày đến ngày (2018-05-12/2018-05-14), hoặc ngày giờ (2026-12-24T08:00)", "năm (2018), tháng (tháng 5/2018), ngày (12/5/2018), từ ngày đến ngày (12/5/2018 – 14/5/2018), hoặc ngày giờ (8:00 24/12/2026)", "năm-tháng-ngày", "ngày/tháng/năm")

// collect notes what fields are called, and their values; the outermost of a name first.
func collect(labels map[string]string, fields []matter.Field) {
	for _, f := range fields {
		if labels[f.Key] == "" {
			labels[f.Key] = f.Label.VI
		}
	}
	for _, f := range fields {
		collect(labels, f.Fields)
	}
}

// collectWords notes what the values of choices are called.
func collectWords(chosen map[string]string, fields []matter.Field) {
	for _, f := range fields {
		for value, words := range f.Words {
			chosen[value] = words
		}
		collectWords(chosen, f.Fields)
	}
}

// keyNamed matches a key that a sentence names.
var keyNamed = regexp.MustCompile(`“([A-Za-z_-]+)”|\b([A-Za-z_-]+):`)

// missing is the key that a sentence about an entry as a whole speaks of, "" for none.
func missing(fields []matter.Field, text string) string {
	for _, named := range keyNamed.FindAllStringSubmatch(text, -1) {
		for _, f := range fields {
			if f.Key == named[1]+named[2] {
				return f.Key
			}
		}
	}
	return ""
}

// namedIn is the path of the value that a sentence about a group of values names: where it is
// about "notes.0.date", and says that “author” is missing there, it is "notes.0.author".
func namedIn(all []matter.Field, at, text string) string {
	steps := strings.Split(at, ".")
	fields, group := all, 0
	for i := 0; i < len(steps); i++ {
		f := slices.IndexFunc(fields, func(f matter.Field) bool { return f.Key == steps[i] })
		if f < 0 || fields[f].Fields == nil {
			break
		}
		if fields = fields[f].Fields; i+1 < len(steps) && strings.Trim(steps[i+1], "0123456789") == "" {
			i++
		}
		group = i + 1
	}
	key := missing(fields, text)
	if group == 0 || key == "" || group < len(steps) && missing([]matter.Field{{Key: steps[group]}}, text) != "" {
		return at
	}
	return strings.Join(append(slices.Clone(steps[:group]), key), ".")
}

// ofFile are phrases about the file in which a form would say something else.
var ofFile = strings.NewReplacer(
	"Mã (tên thư mục trong tri-thuc).", "", "Mã (tên thư mục trong tin-tuc).", "", "Mã (tên thư mục trong ke-hoach).", "", "Tệp ảnh đặt ngay trong thư mục content, hiện ở đầu mọi trang", "Ảnh hiện ở đầu mọi trang, cạnh tên",
	"chỉ ghi khi máy đoán sai: vi, en, fr, de, ja, ru, zh.", "chỉ ghi khi máy đoán sai: vi (Việt), en (Anh), fr (Pháp), de (Đức), ja (Nhật), ru (Nga), zh (Trung).",
	"thì bỏ dòng này", "thì để trống", "Ghi true khi", "Bật khi", "Ghi true thì", "Bật thì",
	"Mã (tên thư mục trong tri-thuc) của những người", "Những người", "Mã (tên thư mục trong van-ban) của văn bản được thực hiện", "Văn bản được thực hiện", "khi không có event", "khi không có ngày diễn ra",
	"Tên tệp trong cùng thư mục: ", "", ", trong cùng thư mục", "", " một dòng.", " một mục.", " một dòng;", " một mục;", " một dòng:", " một mục:", " một dòng,", " một mục,",
	"Mã các điều khoản", "Các điều khoản", "Mã điều khoản, ví dụ ii-1-2.", "Điều khoản nào.",
	"Tên tệp trong cùng thư mục.", "", ", đặt trong cùng thư mục với bài", "", ", đặt trong cùng thư mục", "",
	": đường dẫn của trang ấy dưới content/", "", "Địa chỉ (url) của một nguồn dưới sources; văn bản không có trên mạng thì ghi số (number).", "Địa chỉ hoặc số của một nguồn ở mục “Nguồn”.",
	"khi có event hoặc event-of", "khi có ngày diễn ra", "Ghi own khi", "Chọn khi", "(phải có event)", "(phải có ngày diễn ra)", "Ghi as-signed khi", "Chọn khi",
)

// inWords is a field's help as a form says it: what the values mean stands in the choice
// itself.
func inWords(help string, f matter.Field) string {
	for _, v := range f.Values {
		help = regexp.MustCompile(regexp.QuoteMeta(v)+`: [^;.]*[;.] ?`).ReplaceAllString(help, "")
	}
	return strings.TrimSpace(ofFile.Replace(help))
}
