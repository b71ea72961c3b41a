// Package office reads what people write in Word and Excel, and writes Word
// documents.
//
// Reading. In: the bytes of a .docx or .xlsx file, from anybody, made by any
// program. Out: a [Document], which gives itself as an article in Markdown with
// its pictures ([Document.Article]) or as the plain text of an official document
// ([Document.Text]), or a [Sheet], the rows of tables with the columns that were
// asked for; and findings on what was refused, and on what was left out.
//
// Nothing is lost silently: every cell, row, column, sheet, paragraph, picture and
// other element with text is imported, refused, or named in a finding as left out.
// Reading keeps an account (ledger.go for documents, cellGrid for sheets), and what
// the account does not know at the end is named, too.
//
// Articles are written by people who use no styles: short lines in bold type are
// headings, typed lists are lists, the head and the signature of an official document
// are known by their form (structure.go, letterhead.go). An official document's own
// text ([Document.Text]) is not interpreted in this way.
//
// Writing. In: a [Docx], paragraphs and tables with their looks. Out: the bytes of
// a .docx file, the same on any day and any machine.
//
// The package reads WordprocessingML and SpreadsheetML by itself (ECMA-376 part 1),
// with the standard library's zip and xml: what is on the page comes out in its order,
// with Word's own numbers, tracked changes accepted; cells with their values, dates as
// days. Text in the fonts of the years before Unicode (.VnTime, VNI-Times) is read as
// what those fonts show; words that cannot be read with certainty stop the import.
//
// Nothing is fetched and nothing is run. A file that tries (macros, pictures and
// templates at other addresses), that hides its size (zip and entity bombs) or
// its place (names that climb out of the archive) is refused with a finding. Time
// and memory are bounded by the limits in archive.go and xml.go.
package office

import (
	"lienhiep/internal/diag"
)

// What keeps a file from being read at all.
var (
	ruleOldFormat = diag.NewRule("office-old-format", diag.Error,
		diag.Text{VI: "Tệp thuộc dạng cũ (%[1]s), chương trình không đọc được.", EN: "The file is of the old format %[1]s, which cannot be read."},
		diag.Text{VI: "Mở tệp bằng Word (hoặc Excel), chọn Tệp > Lưu thành (Save as), mục Loại tệp chọn %[2]s, rồi nhập tệp mới.",
			EN: "Open it in Word (or Excel), choose File > Save as, type %[2]s, and import the new file."})
	ruleNotOffice = diag.NewRule("office-not-office", diag.Error,
		diag.Text{VI: "Tệp này không phải tệp %[1]s.", EN: "This is not a %[1]s file."},
		diag.Text{VI: "Kiểm tra lại xem có chọn đúng tệp không: bài và kế hoạch nhập từ Word (.docx), danh sách người nhập từ Excel (.xlsx) hoặc từ bảng trong Word (.docx). Nếu đúng, mở tệp bằng Word hoặc Excel rồi lưu thành %[1]s.",
			EN: "Check that it is the right file: articles and plans come from Word (.docx), people from Excel (.xlsx) or from a table in Word (.docx). If so, open it in Word or Excel and save it as %[1]s."})
	ruleEncrypted = diag.NewRule("office-encrypted", diag.Error,
		diag.Text{VI: "Tệp được đặt mật khẩu nên không đọc được.", EN: "The file is protected by a password."},
		diag.Text{VI: "Mở tệp bằng mật khẩu, bỏ mật khẩu ở Tệp > Thông tin > Bảo vệ (File > Info > Protect), lưu lại rồi nhập.",
			EN: "Open it, take the password off at File > Info > Protect, save and import again."})
	ruleDamaged = diag.NewRule("office-damaged", diag.Error,
		diag.Text{VI: "Tệp bị hỏng hoặc chép chưa hết: không đọc được phần “%[1]s”.", EN: "The file is damaged or incomplete: its part “%[1]s” cannot be read."},
		diag.Text{VI: "Chép lại tệp; mở bằng Word (hoặc Excel), lưu thành tệp mới rồi nhập tệp ấy.", EN: "Copy it again; open it in Word (or Excel), save it under a new name and import that."})
	ruleBomb = diag.NewRule("office-too-large", diag.Error,
		diag.Text{VI: "Tệp quá lớn khi mở ra (%[1]s); có thể đây là tệp phá hoại.", EN: "The file is too large once unpacked (%[2]s); it may be meant to do harm."},
		diag.Text{VI: "Nếu tệp do bạn soạn: bỏ bớt ảnh lớn (Nén ảnh), tách thành nhiều tệp. Nếu nhận từ nơi khác: đừng mở, hỏi lại người gửi.",
			EN: "If it is your own, compress its pictures or split it. If it came from elsewhere, do not open it, ask the sender."})
	ruleBadName = diag.NewRule("office-bad-name", diag.Error,
		diag.Text{VI: "Bên trong tệp có tên “%[1]s” không hợp lệ; có thể đây là tệp phá hoại.", EN: "Inside the file there is the invalid name “%[1]s”; it may be meant to do harm."},
		diag.Text{VI: "Đừng mở tệp; hỏi lại người gửi.", EN: "Do not open it; ask the sender."})
	ruleMacros = diag.NewRule("office-macros", diag.Error,
		diag.Text{VI: "Tệp có mã lệnh (macro) nên không được nhập.", EN: "The file holds macros and is not imported."},
		diag.Text{VI: "Mở tệp bằng Word (hoặc Excel) mà không bật macro, lưu thành %[1]s rồi nhập tệp mới.", EN: "Open it with macros disabled, save it as %[1]s and import that."})
	ruleExternal = diag.NewRule("office-external", diag.Error,
		diag.Text{VI: "Tệp lấy nội dung từ nơi khác: “%[1]s”.", EN: "The file loads external content: “%[1]s”."},
		diag.Text{VI: "Mở tệp bằng Word, chép toàn bộ nội dung sang một tài liệu mới; ảnh ở nơi khác thì lưu về máy rồi chèn lại từ máy.",
			EN: "Copy its content into a new document; save pictures from elsewhere to your computer and insert those."})
	ruleLinkedPictures = diag.NewRule("office-linked-pictures", diag.Notice,
		diag.Text{VI: "Đã bỏ qua %[1]s ảnh nằm ở nơi khác, chẳng hạn “%[2]s”; lời văn không bị ảnh hưởng.", EN: "%[1]s external pictures were left out, such as “%[2]s”; the text is complete."},
		diag.Text{VI: "Chữ chép từ trang mạng thường kéo theo những ảnh như thế. Nếu ảnh thuộc văn bản, lưu về máy rồi chèn lại.",
			EN: "Text copied from a web page brings them along. If one belongs to the document, save it and insert it."})
	ruleDTD = diag.NewRule("office-dtd", diag.Error,
		diag.Text{VI: "Phần “%[1]s” của tệp có khai báo DTD, thứ mà Word và Excel không bao giờ ghi; có thể đây là tệp phá hoại.", EN: "The part “%[1]s” declares a DTD, which Word and Excel never write; the file may be meant to do harm."},
		diag.Text{VI: "Đừng mở tệp; hỏi lại người gửi.", EN: "Do not open it; ask the sender."})
	ruleEmpty = diag.NewRule("office-empty", diag.Error,
		diag.Text{VI: "Tệp không có chữ nào.", EN: "The file holds no text."},
		diag.Text{VI: "Kiểm tra lại xem có chọn đúng tệp không; chữ nằm trong ảnh chụp thì phải gõ lại.", EN: "Check that it is the right file; text in a scanned picture must be typed."})
	ruleLegacyDoubt = diag.NewRule("office-legacy-doubt", diag.Error,
		diag.Text{VI: "Có chữ gõ bằng bảng mã cũ mà máy không chắc đọc đúng: %[1]s.", EN: "Some words in a legacy encoding cannot be read with certainty: %[1]s."},
		diag.Text{VI: "Mở tệp bằng Word, tìm những chữ ấy và gõ lại; hoặc chuyển cả tệp sang Unicode (UniKey: Ctrl+Shift+F6) rồi nhập lại.",
			EN: "Find those words in Word and type them anew, or convert the whole file to Unicode and import it again."})
)

// What could not be taken along, or was changed on the way.
var (
	ruleComments = diag.NewRule("office-comments", diag.Notice,
		diag.Text{VI: "Đã bỏ %[1]d lời nhận xét (comment)%[2]s.", EN: "%[1]d comments were left out%[3]s."},
		diag.Text{VI: "Đọc lại các lời nhận xét trong Word xem có điều gì phải sửa trong bài không.", EN: "Read the comments in Word, in case something in the article is to be changed."})
	ruleNoTitle = diag.NewRule("office-no-title", diag.Warning,
		diag.Text{VI: "Không nhận ra tiêu đề của bài; tạm lấy tên tệp làm tiêu đề.", EN: "The article's title could not be made out; the file's name stands in its place."},
		diag.Text{VI: "Sửa dòng title trong index.md. Lần sau, trong Word hãy đặt kiểu (Style) Title hoặc Heading 1 cho dòng tiêu đề.",
			EN: "Correct the line title in index.md. Next time, give the title the style Title or Heading 1 in Word."})
	ruleTracked = diag.NewRule("office-tracked-changes", diag.Notice,
		diag.Text{VI: "Tệp có %[1]d chỗ sửa đang theo dõi (track changes); đã lấy theo bản đã sửa.", EN: "%[1]d tracked changes were accepted."},
		diag.Text{VI: "Đọc lại xem bản đã sửa có đúng là bản cuối không.", EN: "See whether the accepted text is the final one."})
	ruleHidden = diag.NewRule("office-hidden-text", diag.Notice,
		diag.Text{VI: "Đã bỏ chữ ẩn (hidden text)%[2]s.", EN: "Hidden text was left out%[3]s."},
		diag.Text{VI: "Nếu cần chữ ấy, bỏ thuộc tính ẩn (Font, Hidden) trong Word rồi nhập lại.", EN: "If it is wanted, show it in Word (Font, Hidden) and import again."})
	ruleConverted = diag.NewRule("office-legacy-converted", diag.Notice,
		diag.Text{VI: "Đã chuyển chữ gõ bằng bảng mã cũ %[1]s sang Unicode.", EN: "Text in the legacy encoding %[1]s was converted to Unicode."},
		diag.Text{VI: "Đọc soát lại tên người, tên đất.", EN: "Read over the names of people and places."})
	ruleLinkDropped = diag.NewRule("office-link", diag.Warning,
		diag.Text{VI: "Liên kết “%[1]s” không dùng được trên trang; chỉ giữ lại chữ.", EN: "The link “%[1]s” cannot be used on the site; only its words were kept."},
		diag.Text{VI: "Liên kết dùng được bắt đầu bằng https://, http://, mailto:, hoặc dẫn tới một đề mục trong bài.", EN: "Usable links begin with https://, http://, mailto:, or lead to a heading of the text."})
	ruleLinkFollowed = diag.NewRule("office-link-tracking", diag.Notice,
		diag.Text{VI: "Đã bỏ phần theo dõi người đọc trong %[1]d liên kết%[2]s.", EN: "What tracks readers was taken out of %[1]d links%[3]s."},
		diag.Text{VI: "Bấm thử liên kết trong bản xem trước.", EN: "Try the links in the preview."})
	rulePrompt = diag.NewRule("office-prompt", diag.Notice,
		diag.Text{VI: "Đã bỏ %[1]d lời nhắc của ô chưa điền%[2]s.", EN: "%[1]d prompts of fields that nobody has filled in were left out%[3]s."},
		diag.Text{VI: "Ô ấy cần có chữ thì điền trong Word rồi nhập lại, hoặc viết thẳng vào bài.", EN: "Where there should be text, fill the field in in Word and import again, or write it in the article."})
	ruleLayout = diag.NewRule("office-layout", diag.Notice,
		diag.Text{VI: "%[1]d bảng chỉ dùng để xếp chữ thành cột hoặc cạnh ảnh; chữ và ảnh được viết lần lượt thành đoạn%[2]s.", EN: "%[1]d tables only set text in columns or beside pictures; text and pictures follow one another%[3]s."},
		diag.Text{VI: "Xem lại thứ tự; nếu đó là một bảng số liệu thì làm lại bảng.", EN: "See whether the order is right; if it was data, make it a table again."})
	rulePictureLeft = diag.NewRule("office-picture", diag.Warning,
		diag.Text{VI: "Không lấy được hình “%[1]s” (%[2]s).", EN: "The picture “%[1]s” could not be imported (%[3]s)."},
		diag.Text{VI: "Trong Word, bấm chuột phải vào hình, chọn Lưu thành ảnh (PNG hoặc JPEG), chép ảnh vào thư mục của bài và thêm dòng ![lời mô tả](tên-ảnh).",
			EN: "In Word, right-click it, save it as PNG or JPEG, copy that into the entry's folder and add a line ![description](file)."})
	ruleDrawingLeft = diag.NewRule("office-drawing", diag.Warning,
		diag.Text{VI: "Đã bỏ %[1]d biểu đồ hoặc hình vẽ của Word%[2]s.", EN: "%[1]d charts or drawings of Word were left out%[3]s."},
		diag.Text{VI: "Nếu cần, lưu từng hình thành ảnh PNG và thêm vào bài.", EN: "Where needed, save each as PNG and add it to the text."})
	ruleDiagram = diag.NewRule("office-diagram", diag.Warning,
		diag.Text{VI: "Chữ của %[1]d sơ đồ (SmartArt) được viết thành danh sách; hình của sơ đồ thì bỏ%[2]s.", EN: "The words of %[1]d diagrams (SmartArt) became lists; the drawings were left out%[3]s."},
		diag.Text{VI: "Xem lại thứ tự của danh sách; cần hình thì lưu sơ đồ thành ảnh PNG và thêm vào bài.", EN: "See whether the order is right; where the drawing is needed, save it as PNG and add it."})
	ruleObject = diag.NewRule("office-object", diag.Warning,
		diag.Text{VI: "Đã bỏ %[1]d đối tượng nhúng trong tệp%[2]s.", EN: "%[1]d embedded objects were left out%[3]s."},
		diag.Text{VI: "Mở đối tượng bằng chương trình của nó, chép chữ hoặc bảng vào bài; công thức thì gõ lại.", EN: "Open each in its program and copy its text or table into the article; type formulas anew."})
	ruleFormula = diag.NewRule("office-formula", diag.Warning,
		diag.Text{VI: "Có %[1]d công thức được viết thành chữ trên một dòng%[2]s.", EN: "%[1]d formulas were written as characters on one line%[3]s."},
		diag.Text{VI: "So lại từng công thức với tệp gốc.", EN: "Compare each with the original."})
	ruleFormulaLeft = diag.NewRule("office-formula-left", diag.Warning,
		diag.Text{VI: "Có %[1]d công thức không viết được thành chữ; chỗ ấy để “CẦN ĐIỀN”%[2]s.", EN: "%[1]d formulas cannot be written as characters; a placeholder stands in their place%[3]s."},
		diag.Text{VI: "Gõ lại công thức, hoặc chụp thành ảnh rồi thêm vào bài.", EN: "Type it anew, or add a picture of it."})
	ruleField = diag.NewRule("office-field", diag.Warning,
		diag.Text{VI: "Có %[1]d trường (field) của Word không hiện chữ nào nên không mang theo được%[2]s.", EN: "%[1]d fields of Word show no text and were left out%[3]s."},
		diag.Text{VI: "Mở bằng Word, nhấn Ctrl+A rồi F9 để các trường hiện chữ, lưu và nhập lại; hoặc gõ thẳng chữ cần có.", EN: "In Word press Ctrl+A and F9 to update the fields, save and import again; or type the text."})
	ruleUnknownElement = diag.NewRule("office-unknown", diag.Warning,
		diag.Text{VI: "Có %[1]d chỗ trong tệp mà máy không biết đọc nên không mang theo được%[2]s.", EN: "%[1]d elements of an unknown kind were left out%[3]s."},
		diag.Text{VI: "Tìm những chỗ ấy trong Word, chép thành chữ thường hoặc lưu thành ảnh rồi nhập lại.", EN: "Find them in Word, turn them into plain text or a picture, and import again."})
	ruleChunkLeft = diag.NewRule("office-chunk", diag.Warning,
		diag.Text{VI: "Có %[1]d phần chèn từ tệp khác (altChunk) không đọc được%[2]s.", EN: "%[1]d parts from another file (altChunk) could not be read%[3]s."},
		diag.Text{VI: "Mở tệp bằng Word rồi lưu lại (Word sẽ đổi phần ấy thành chữ thường), sau đó nhập tệp mới.", EN: "Open the file in Word and save it, which turns them into text; then import it again."})
	ruleAround = diag.NewRule("office-header", diag.Notice,
		diag.Text{VI: "Đã bỏ chữ ở đầu trang, chân trang%[2]s.", EN: "The pages' headers and footers were left out%[3]s."},
		diag.Text{VI: "Cần điều gì trong đó thì chép vào bài.", EN: "Where something in them is needed copy it into the text."})
	ruleNoteLeft = diag.NewRule("office-note", diag.Warning,
		diag.Text{VI: "Đã bỏ %[1]d chú thích không có chỗ nào trong bài nhắc tới%[2]s.", EN: "%[1]d notes that nothing refers to were left out%[3]s."},
		diag.Text{VI: "Cần chú thích nào thì chèn lại trong Word rồi nhập lại.", EN: "Where one is needed insert it anew in Word and import again."})
	ruleCoveredCell = diag.NewRule("office-covered-cell", diag.Warning,
		diag.Text{VI: "Có %[1]d ô của bảng bị ô gộp che mất mà vẫn có chữ; chữ ấy không mang theo được%[2]s.", EN: "%[1]d cells of tables are covered by merged ones and hold text, which was left out%[3]s."},
		diag.Text{VI: "Bỏ gộp ô trong Word xem chữ ấy có cần không.", EN: "Split the cells in Word to see whether it is needed."})
	ruleTooDeep = diag.NewRule("office-too-deep", diag.Warning,
		diag.Text{VI: "Có %[1]d chỗ là bảng hoặc khung lồng quá nhiều lớp, không mang theo được%[2]s.", EN: "%[1]d tables or boxes are nested too deeply and were left out%[3]s."},
		diag.Text{VI: "Đưa phần ấy ra ngoài bảng rồi nhập lại.", EN: "Take it out of the tables and import again."})
	ruleTableLeft = diag.NewRule("office-table", diag.Warning,
		diag.Text{VI: "Có %[1]d bảng quá lớn, không mang theo được%[2]s.", EN: "%[1]d tables are too large and were left out%[3]s."},
		diag.Text{VI: "Tách bảng thành nhiều bảng nhỏ, hoặc đính kèm tệp Excel.", EN: "Split them, or attach an Excel file."})
	ruleNestedTable = diag.NewRule("office-nested-table", diag.Warning,
		diag.Text{VI: "Có bảng nằm trong ô của bảng khác; chữ của bảng trong đã được đưa thẳng vào ô.", EN: "A table stands in a cell of another; its text was put into the cell."},
		diag.Text{VI: "Xem lại bảng ấy, tách thành hai bảng nếu cần.", EN: "Look at the table, and split it where needed."})
	ruleNotesInPlan = diag.NewRule("office-plan-notes", diag.Warning,
		diag.Text{VI: "Văn bản có %[1]d chú thích chân trang; chú thích không được đưa vào lời văn.", EN: "The document has %[1]d footnotes, which are not part of the text."},
		diag.Text{VI: "Nếu chú thích thuộc văn bản đã ban hành, ghi lại ở mục notes của _index.md.", EN: "If they belong to the document as issued, give them under notes in _index.md."})
	ruleContentsLeft = diag.NewRule("office-contents", diag.Notice,
		diag.Text{VI: "Đã bỏ mục lục; trang tự làm mục lục%[2]s.", EN: "The table of contents was left out; the site makes its own%[3]s."},
		diag.Text{VI: "Không phải làm gì.", EN: "No action is needed."})
	rulePicturesInPlan = diag.NewRule("office-plan-pictures", diag.Warning,
		diag.Text{VI: "Văn bản có %[1]d hình; hình không được đưa vào lời văn.", EN: "The document has %[1]d pictures, which are not part of the text."},
		diag.Text{VI: "Kiểm tra xem có phần nào của văn bản chỉ là ảnh chụp không; phần ấy phải gõ lại.", EN: "See whether some of the text is a scanned picture; that must be typed."})
)
