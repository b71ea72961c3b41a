package roster

import (
	"cmp"
	"strings"
	"time"

	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// The looks of the consent form.
var (
	formMotto   = &office.Style{Name: "Tiêu ngữ", Align: office.Center, Size: 13, Bold: true}
	formFirst   = &office.Style{Name: "Quốc hiệu", Align: office.Center, Size: 13, Bold: true, Before: 14}
	formTitle   = &office.Style{Name: "Tên phiếu", Align: office.Center, Size: 15, Bold: true, Before: 14}
	formSub     = &office.Style{Name: "Nội dung phiếu", Align: office.Center, Size: 13, Bold: true, After: 6}
	formAside   = &office.Style{Name: "Ghi chú của mẫu", Align: office.Left, Size: 11, Italic: true, Before: 2, After: 2}
	formHead    = &office.Style{Name: "Mục", Align: office.Left, Size: 13, Bold: true, Before: 8, After: 2, KeepNext: true, Outline: 1}
	formText    = &office.Style{Name: "Lời văn", Align: office.Left, Size: 13, Before: 2, After: 2}
	formCell    = &office.Style{Name: "Ô chữ", Align: office.Left, Size: 12, Before: 2, After: 2}
	formColumn  = &office.Style{Name: "Đầu bảng", Align: office.Center, Size: 12, Bold: true, Before: 2, After: 2, KeepNext: true}
	formMark    = &office.Style{Name: "Ô đánh dấu", Align: office.Center, Size: 12, Before: 2, After: 2}
	formSigning = &office.Style{Name: "Người ký", Align: office.Center, Size: 13, Bold: true, Before: 10, KeepNext: true}
	formHint    = &office.Style{Name: "Lời nhắc ký", Align: office.Center, Size: 12, Italic: true, After: 60}
)

// What somebody fills in where the site's own facts do not say it.
const (
	toFillPublisher = "[tên đầy đủ, địa chỉ của cơ quan đăng]"
	toFillContact   = "[nơi nhận: địa chỉ, điện thoại, thư điện tử của cơ quan]"
)

// form is the [Form] as a file of Word.
func (p *planner) form(w *Waiting) []byte {
	data, err := p.letter(w).Bytes()
	if err != nil {
		panic(err) // a buffer in memory takes everything
	}
	return data
}

// Form is the form by which somebody consents to being published: for what, what, where,
// and how to withdraw (law 91/2025/QH15, articles on consent; Civil Code, article 32, on
// pictures). It is a template, which the office has its lawyer read.
func Form(w *Waiting) *office.Docx { return (&planner{}).letter(w) }

// letter is the form, for [Form].
func (p *planner) letter(w *Waiting) *office.Docx {
	row := office.Row{Cells: map[string]office.Cell{}}
	for key, text := range w.Cells {
		row.Cells[key] = office.Cell{Text: text}
	}
	site := "trang thông tin điện tử " + w.Site.Address
	publisher, contact := cmp.Or(w.Site.Publisher, toFillPublisher), cmp.Or(w.Site.Contact, toFillContact)
	d := &office.Docx{Title: "Phiếu đồng ý – " + w.Name, Creator: w.Site.Publisher, Date: w.Since, Language: "vi-VN",
		Description: "Mẫu; cơ quan nhờ luật sư đọc trước khi dùng", Foot: "Phiếu đồng ý đăng thông tin cá nhân – " + w.Name}
	say := func(style *office.Style, lines ...string) {
		for _, line := range lines {
			d.Body = append(d.Body, office.Paragraph{Style: style, Text: line})
		}
	}
	d.Body = append(d.Body, office.Table{Columns: []int{1}, Borders: true, Rows: [][]office.TableCell{{{
		{Style: formAside, Text: "MẪU. Máy soạn phiếu này từ danh sách của cơ quan. Trước khi dùng, cơ quan nhờ luật sư hoặc người phụ trách pháp chế đọc và sửa, điền những chỗ trong ngoặc vuông, rồi bỏ khung này."}}}}})
	say(formFirst, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	say(formMotto, "Độc lập – Tự do – Hạnh phúc")
	say(formTitle, "PHIẾU ĐỒNG Ý")
	say(formSub, "Cho đăng thông tin cá nhân trên trang thông tin điện tử")

	say(formHead, "1. Người được hỏi ý kiến")
	say(formText, honorific(row)+w.Name+bornOn(row)+".")
	say(formHead, "2. Bên xin phép đăng")
	say(formText, publisher+", đơn vị quản lý "+site+".")
	say(formHead, "3. Mục đích")
	say(formText, "Giới thiệu và tôn vinh trí thức trên "+site+". Thông tin không được dùng vào mục đích khác; muốn dùng vào việc khác thì phải hỏi lại.")
	say(formHead, "4. Thông tin sẽ đăng")
	say(formText, "Những điều dưới đây lấy từ danh sách của cơ quan. Điều nào sai, xin gạch đi và ghi lại cho đúng; với từng điều, xin đánh dấu vào một ô.")
	d.Body = append(d.Body, p.published(w.Name, row))
	unpublished := "Số điện thoại, địa chỉ nhà, thư điện tử, số giấy tờ tùy thân không được đăng."
	if row.Cells[colSex].Text != "" {
		unpublished += " Giới tính chỉ dùng để thống kê, không được đăng."
	}
	say(formText, unpublished)
	say(formHead, "5. Đăng ở đâu, ai đọc được, trong bao lâu")
	say(formText, "Đăng công khai trên "+site+", mạng Internet: ai cũng đọc được, máy tìm kiếm và nơi khác có thể chép lại. Đăng cho đến khi người có tên ở mục 1 rút lại sự đồng ý, hoặc cơ quan gỡ trang.")
	say(formHead, "6. Quyền của người được hỏi ý kiến; cách rút lại sự đồng ý")
	say(formText,
		"Được xem, yêu cầu sửa, yêu cầu xóa thông tin về mình; được đồng ý một phần, không đồng ý, hoặc rút lại sự đồng ý bất cứ lúc nào mà không phải nêu lý do. Không đồng ý hay rút lại không làm thiệt quyền lợi nào. Im lặng không phải là đồng ý.",
		"Muốn rút lại, gửi lời yêu cầu có họ tên đến "+contact+", bằng thư hoặc trực tiếp. Cơ quan gỡ thông tin trong [số] ngày làm việc kể từ khi nhận được, và báo lại. Bản mà máy tìm kiếm hoặc nơi khác đã chép thì cơ quan yêu cầu gỡ, nhưng không bảo đảm gỡ được hết. Việc rút lại không làm cho việc đã đăng trước đó thành trái phép.")
	say(formHead, "7. Ý kiến")
	say(formText, "☐  Tôi đã đọc, đã hiểu và tự nguyện đồng ý cho đăng những điều được đánh dấu “Đồng ý” ở mục 4, vào mục đích nêu ở mục 3.", "☐  Tôi không đồng ý.")
	say(formAside, "Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15; Điều 32 Bộ luật Dân sự (hình ảnh của cá nhân).")
	d.Body = append(d.Body, office.Table{Columns: []int{50, 50}, Rows: [][]office.TableCell{{
		{{Style: formSigning, Text: "Đại diện cơ quan nhận phiếu"}, {Style: formHint, Text: "(Ký, ghi rõ họ tên, ngày nhận)"}},
		{{Style: formSigning, Text: "Người đồng ý"}, {Style: formHint, Text: "(Ký, ghi rõ họ tên, ngày ký)"}},
	}}})
	say(formAside, "Phần của cơ quan – Phiếu số: [số]. Nơi lưu: [hồ sơ]. Ghi vào bảng: “Căn cứ để đăng”: đồng ý; “Ngày đồng ý”; “Văn bản đồng ý”; “Phạm vi đồng ý”.")
	return d
}

// published lists what is to be published, with a box to mark for each.
func (p *planner) published(name string, row office.Row) office.Table {
	mark := office.TableCell{{Style: formMark, Text: "☐"}}
	line := func(what string, texts ...string) []office.TableCell {
		var cell office.TableCell
		for _, text := range texts {
			cell = append(cell, office.Paragraph{Style: formCell, Text: text})
		}
		return []office.TableCell{{{Style: formCell, Text: what}}, cell, mark, mark}
	}
	head := func(text string) office.TableCell { return office.TableCell{{Style: formColumn, Text: text}} }
	t := office.Table{Columns: []int{26, 48, 13, 13}, Borders: true, Head: true, Rows: [][]office.TableCell{{head("Mục"), head("Nội dung"), head("Đồng ý"), head("Không")}}}
	values := p.values(row, name)
	t.Rows = append(t.Rows, line("Họ và tên", name))
	for _, key := range []string{"other_names", "degree", "born", "birthplace", "fields", "affiliation", "awards", colDeeds, "description"} {
		v := values[key]
		if v == nil || key == "description" && row.Cells[key].Text == "" {
			continue
		}
		t.Rows = append(t.Rows, line(heading(key), shown(v, key)...))
	}
	t.Rows = append(t.Rows, line("Ảnh chân dung", "Ảnh do người có tên ở mục 1 đưa hoặc đồng ý"), line("Lời giới thiệu, tiểu sử", "Được gửi để đọc và đồng ý trước khi đăng"))
	return t
}

// shown are the lines of a value.
func shown(v *matter.Value, key string) []string {
	if v.Kind != matter.List {
		return []string{day(v.Text)}
	}
	var lines []string
	for _, item := range v.Items {
		text := item.Text
		if key == "awards" {
			text = ""
			for _, k := range item.Keys {
				text = strings.TrimSpace(text + " " + map[bool]string{true: "(" + k.Value.Text + ")", false: k.Value.Text}[k.Name == "year"])
			}
		}
		lines = append(lines, text)
	}
	return lines
}

// day writes an ISO date as people do; other texts stay.
func day(text string) string {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t.Format("02/01/2006")
	}
	return text
}

func honorific(row office.Row) string {
	switch sexes[viet.Slug(row.Cells[colSex].Text)] {
	case "male":
		return "Ông "
	case "female":
		return "Bà "
	}
	return "Ông/Bà "
}

func bornOn(row office.Row) string {
	born := row.Cells["born"].Text
	switch {
	case born == "":
		return ""
	case len(born) == len("2006"):
		return ", sinh năm " + born
	}
	return ", sinh ngày " + day(born)
}
