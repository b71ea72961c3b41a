package proof

import (
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// What an editor may want to write otherwise. None of it is looked for in what is
// quoted: blockquotes, “…”, code, shortcodes, addresses, a plan's own text.
var (
	ruleDecomposed = diag.NewRule("decomposed", diag.Suggestion,
		diag.Text{VI: "Có %[1]d chữ viết ở dạng dấu rời (chữ và dấu là hai ký tự), chữ đầu tiên là “%[2]s”: máy tìm chữ có thể bỏ sót.", EN: "%[1]d words are written with combining marks (not NFC), the first being “%[2]s”: search may miss them."},
		diag.Text{VI: "Chạy `lienhiep check --fix` để gộp dấu vào chữ; chữ hiện ra không đổi.", EN: "Run `lienhiep check --fix` to compose them; they look the same."})
	ruleLookalike = diag.NewRule("lookalike-letter", diag.Suggestion,
		diag.Text{VI: "Từ “%[1]s” có chữ cái của bảng chữ khác, chỉ trông giống chữ Việt (%[2]s).", EN: "The word “%[1]s” has a letter of another alphabet that only looks right (%[2]s)."},
		diag.Text{VI: "Gõ lại từ này bằng bàn phím, hoặc chạy `lienhiep check --fix`.", EN: "Type the word again, or run `lienhiep check --fix`."})
	ruleStyled = diag.NewRule("styled-letter", diag.Suggestion,
		diag.Text{VI: "“%[1]s” viết bằng chữ kiểu trang trí chép từ mạng xã hội: máy tìm chữ không thấy, trình đọc màn hình đọc rời từng chữ.", EN: "“%[1]s” is written in decorative letters, as in posts: searching does not find them, and screen readers spell them out."},
		diag.Text{VI: "Gõ lại bằng chữ thường; muốn đậm thì viết **chữ đậm**. `lienhiep check --fix` đổi được thành chữ thường.", EN: "Type it in plain letters, **bold** if need be, or run `lienhiep check --fix`."})
	ruleDoubleSpace = diag.NewRule("double-space", diag.Suggestion,
		diag.Text{VI: "Có nhiều dấu cách liền nhau giữa câu (%[1]d chỗ trong trang này).", EN: "There are multiple spaces in a row (%[1]d places on this page)."},
		diag.Text{VI: "Để lại một dấu cách, hoặc chạy `lienhiep check --fix`.", EN: "Leave one, or run `lienhiep check --fix`."})
	ruleSpaceBefore = diag.NewRule("space-before-punctuation", diag.Suggestion,
		diag.Text{VI: "Có dấu cách thừa trước dấu “%[2]s” (%[1]d chỗ trong trang này).", EN: "There is a space before “%[2]s” (%[1]d places on this page)."},
		diag.Text{VI: "Bỏ dấu cách ấy, hoặc chạy `lienhiep check --fix`.", EN: "Remove it, or run `lienhiep check --fix`."})
	rulePlacement = diag.NewRule("tone-placement", diag.Suggestion,
		diag.Text{VI: "“%[1]s” đặt dấu theo lối mới, còn “%[2]s” trong cùng trang đặt dấu theo lối cũ.", EN: "“%[1]s” places the tone mark by the newer rule, “%[2]s” on the same page by the older."},
		diag.Text{VI: "Trang này đặt dấu theo lối cũ (hóa, khỏe, ủy). `lienhiep check --fix` sửa được chữ thường và tên chính thức; tên người thì giữ như người ấy viết.",
			EN: "The site follows the older rule (hóa, khỏe, ủy). `lienhiep check --fix` corrects lower-case words and official names; people's names are left as they are."})
	ruleNameCapitals = diag.NewRule("name-capitals", diag.Suggestion,
		diag.Text{VI: "Tên “%[1]s” viết hoa khác với tên chính thức.", EN: "“%[1]s” is capitalised differently from the official name."},
		diag.Text{VI: "Viết hoa như trong " + catalog.NamesFile + ", nếu đúng là nói về cơ quan, tổ chức ấy.", EN: "Write it as " + catalog.NamesFile + " does, if that body is meant."})
	ruleNameMarks = diag.NewRule("name-marks", diag.Suggestion,
		diag.Text{VI: "Tên “%[1]s” thiếu dấu hoặc sai dấu so với tên chính thức.", EN: "“%[1]s” has missing or different diacritics from the official name."},
		diag.Text{VI: "Viết như trong " + catalog.NamesFile + ", nếu đúng là nói về cơ quan, tổ chức ấy.", EN: "Write it as " + catalog.NamesFile + " does, if that body is meant."})
	ruleDocumentNumber = diag.NewRule("document-number", diag.Suggestion,
		diag.Text{VI: "Chưa biết văn bản nào có số “%[1]s”.", EN: "No document with the number “%[1]s” is known."},
		diag.Text{VI: "Đối chiếu với văn bản gốc. Nếu số đã đúng, thêm văn bản vào content/van-ban, hoặc thêm số vào mục documents trong " + catalog.NamesFile + ".",
			EN: "Compare it with the document. If it is right, add the document to content/van-ban, or its number to documents in " + catalog.NamesFile + "."})
)
