package lint

import (
	"lienhiep/internal/diag"
	"lienhiep/internal/mistyped"
)

// typedHint ends the hints of slips of which some are mended unasked.
const (
	typedHint   = " `lienhiep check --fix` sửa giúp những chỗ chắc chắn."
	typedHintEN = " `lienhiep check --fix` mends what is sure."
)

// typed are the rules for what was typed as markup and is not read as such, or the other
// way round.
var typed = map[mistyped.Kind]*diag.Rule{
	mistyped.Picture: diag.NewRule("typed-picture", diag.Error,
		diag.Text{VI: "Ảnh không hiện ra: người đọc chỉ thấy các dấu đã gõ (“%[1]s”).", EN: "The picture is not shown: readers see the signs that were typed (“%[1]s”)."},
		diag.Text{VI: "Viết ![lời mô tả](ten-anh.jpg): dấu ! liền trước [, dấu ] liền trước (, và có dấu ) ở cuối." + typedHint, EN: "Write ![what it shows](picture.jpg), with no space between !, [ and ](, and ) at the end." + typedHintEN}),
	mistyped.Link: diag.NewRule("typed-link", diag.Warning,
		diag.Text{VI: "Liên kết không thành: người đọc thấy nguyên các dấu đã gõ (“%[1]s”).", EN: "This is not read as a link: readers see the signs that were typed (“%[1]s”)."},
		diag.Text{VI: "Viết [chữ](địa chỉ): dấu ] liền trước (, trong địa chỉ không có dấu cách, và có dấu ) ở cuối." + typedHint, EN: "Write [words](address): ] right before (, no spaces in the address, and ) at the end." + typedHintEN}),
	mistyped.Heading: diag.NewRule("typed-heading", diag.Warning,
		diag.Text{VI: "Đề mục gõ chưa đúng nên hiện ra khác ý người viết (“%[1]s”).", EN: "This heading is not read as it was meant (“%[1]s”)."},
		diag.Text{VI: "Đề mục là một dòng riêng, sau các dấu # có một dấu cách: ## Tên đề mục. Đường kẻ --- phải cách đoạn văn phía trên một dòng trống." + typedHint, EN: "A heading is a line of its own, with a space after its #: ## Heading. A rule (---) has a blank line above it." + typedHintEN}),
	mistyped.Emphasis: diag.NewRule("typed-emphasis", diag.Warning,
		diag.Text{VI: "Chữ đậm hoặc chữ nghiêng không thành: người đọc thấy nguyên các dấu * hoặc _ (“%[1]s”).", EN: "Signs of bold or slanted words are shown as they were typed (“%[1]s”)."},
		diag.Text{VI: "Viết **chữ đậm**, *chữ nghiêng*: dấu sát vào chữ ở cả hai đầu, phía ngoài có dấu cách hoặc dấu câu. Muốn hiện nguyên dấu * thì viết \\*." + typedHint, EN: "Write **bold**, *slanted*, with no spaces inside the asterisks and one outside. For a literal * write \\*." + typedHintEN}),
	mistyped.Asterisk: diag.NewRule("typed-asterisk", diag.Suggestion,
		diag.Text{VI: "Dòng bắt đầu bằng dấu * liền với chữ mà không có dấu * đóng lại (“%[1]s”).", EN: "The line begins with a * right before a word, and no other closes it (“%[1]s”)."},
		diag.Text{VI: "Nếu là chữ nghiêng, thêm dấu * ở cuối; nếu là một mục, thêm dấu cách sau *; nếu là dấu chú thích thì để nguyên, hoặc viết \\*.", EN: "For slanted words, close it; for an item, put a space after it; for a remark leave it, or write \\*."}),
	mistyped.Unmeant: diag.NewRule("typed-sum", diag.Warning,
		diag.Text{VI: "Dấu * hoặc ~ giữa các chữ, số bị hiểu là định dạng nên không hiện ra (“%[1]s”).", EN: "A * or ~ between letters or digits is read as formatting, and not shown (“%[1]s”)."},
		diag.Text{VI: "Viết \\* hoặc \\~ để hiện nguyên dấu; phép nhân viết ×, khoảng số viết 10–12." + typedHint, EN: "Write \\* or \\~ for the sign itself; × for a product, 10–12 for a range." + typedHintEN}),
	mistyped.List: diag.NewRule("typed-list", diag.Warning,
		diag.Text{VI: "Danh sách không thành: các mục dính vào nhau hoặc hiện nguyên dấu đầu dòng (“%[1]s”).", EN: "This is not read as a list: its items run together, or show their signs (“%[1]s”)."},
		diag.Text{VI: "Mỗi mục một dòng, bắt đầu bằng “- ” hoặc “1. ”, có dấu cách sau dấu đầu dòng." + typedHint, EN: "Begin each item's line with “- ” or “1. ”, with the space." + typedHintEN}),
	mistyped.Lines: diag.NewRule("typed-lines", diag.Suggestion,
		diag.Text{VI: "Các dòng này sẽ nối liền nhau thành một dòng (“%[1]s” và dòng sau).", EN: "These lines will be run together into one (“%[1]s” and the next)."},
		diag.Text{VI: "Muốn xuống dòng thì thêm dấu \\ (hoặc hai dấu cách) ở cuối dòng, hay để một dòng trống; muốn thành danh sách thì thêm “- ” đầu dòng." + typedHint, EN: "To keep the lines, end each in \\ or two spaces, or leave a blank line; for a list, begin each with “- ”." + typedHintEN}),
	mistyped.Table: diag.NewRule("typed-table", diag.Warning,
		diag.Text{VI: "Bảng không thành: người đọc thấy nguyên các dấu | hoặc các cột dính vào nhau (“%[1]s”).", EN: "This is not read as a table: readers see its strokes, or its columns run together (“%[1]s”)."},
		diag.Text{VI: "Dưới dòng tên cột cần dòng | --- | --- | có đủ số cột, các dòng liền nhau. Bảng không có tên cột thì để trống các ô của dòng đầu." + typedHint, EN: "Below the headings there must be a line | --- | --- | with as many columns, and no blank lines between the rows. Without headings leave the first row's cells empty." + typedHintEN}),
	mistyped.Code: diag.NewRule("typed-code", diag.Warning,
		diag.Text{VI: "Đoạn văn bị hiểu là mã chương trình vì thụt đầu dòng hoặc vì dấu ``` không đóng (“%[1]s”).", EN: "These words are read as code, since they are indented or a ``` is not closed (“%[1]s”)."},
		diag.Text{VI: "Bỏ dấu cách hoặc Tab ở đầu dòng; bỏ dấu ``` nếu không trích mã chương trình." + typedHint, EN: "Remove the spaces or the tab before them, or the ```." + typedHintEN}),
	mistyped.Signs: diag.NewRule("typed-sign", diag.Warning,
		diag.Text{VI: "Có dấu của chương trình khác, như \\n hay &nbsp, hiện nguyên ra (“%[1]s”).", EN: "Another program's sign, such as \\n or &nbsp, is shown (“%[1]s”)."},
		diag.Text{VI: "Thay bằng chữ thật: xuống dòng, dấu cách, dấu &." + typedHint, EN: "Write what it stands for: the end of a line, a space, &." + typedHintEN}),
	mistyped.Note: diag.NewRule("typed-note", diag.Warning,
		diag.Text{VI: "Không có lời của chú thích này nên người đọc thấy nguyên dấu (“%[1]s”).", EN: "There is no such footnote, and readers see the mark (“%[1]s”)."},
		diag.Text{VI: "Thêm một dòng riêng ở cuối bài: [^1]: lời chú thích (mã sau dấu ^ giống nhau ở hai chỗ); không cần nữa thì xóa dấu này.", EN: "Add a line at the end: [^1]: the note, with the same mark behind ^; or remove it here."}),
	mistyped.Lost: diag.NewRule("typed-lost", diag.Error,
		diag.Text{VI: "Chữ ở dòng này không hiện ra cho người đọc (“%[1]s”).", EN: "Words of this line are not shown to readers (“%[1]s”)."},
		diag.Text{VI: "Trong bảng, bỏ bớt ô thừa hoặc thêm cột ở dòng tên cột (dấu | trong chữ viết là \\|). Lời chú thích thì đặt dấu [^1] ở chỗ cần chú thích. Dòng bắt đầu bằng [chữ]: thì viết \\[chữ]:." + typedHint, EN: "In a table, remove the cells beyond its columns or add a column (a | in words is \\|). A footnote needs its mark [^1] in the text. A line that begins with [words]: is written \\[words]:." + typedHintEN}),
}

// typed finds the slips of a text, with the lines as they should be.
func (t Text) typed() []diag.Finding {
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	for _, s := range mistyped.Find(t.Body) {
		pos := t.pos(places, s.Start)
		f := typed[s.Kind].At(pos, diag.FirstLine(s.Wrong)).Suggest(s.Right)
		if s.Sure {
			var edits []diag.Edit
			for _, e := range s.Edits {
				edits = append(edits, diag.Edit{Start: t.Start + e.Start, Old: e.Old, New: e.New})
			}
			f = f.MendedBy(edits...)
		}
		if t.Draft {
			f = f.Lower()
		}
		findings = append(findings, f)
	}
	return findings
}
