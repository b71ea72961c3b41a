package edit

import (
	"strings"

	"lienhiep/internal/diag"
)

var (
	textNothingHanded = diag.Text{VI: "“%[1]s” là tệp rỗng: chép lại tệp rồi thử lần nữa.", EN: "“%[1]s” is empty: copy it again."}
	textIsElse        = diag.Text{VI: "Không nhập được “%[1]s”: bên trong là %[2]s. %[3]s", EN: "“%[1]s” cannot be imported: what is in it is something else."}
	textNoUse         = diag.Text{VI: "Không nhập được “%[1]s”. Nhập được: bài trong Word (.docx), danh sách trong Excel (.xlsx), văn bản (.pdf, .docx, .txt), ảnh (.jpg, .png, .webp, .heic) và các tệp đính kèm khác (.pptx, .odt, .ods, .csv, .mp3, .mp4).", EN: "“%[1]s” cannot be imported: only .docx, .xlsx, .pdf, .txt, pictures and files for download."}
	textNotHanded     = diag.Text{VI: "Tệp đưa vào không còn ở đây", EN: "The file is not here any more"}
	textHandAgain     = diag.Text{VI: "Bàn biên tập chỉ giữ tệp đưa vào cho đến khi đóng, và chỉ giữ vài tệp sau cùng. Hãy mở trang đầu, bấm “Nhập từ Word/Excel” và đưa tệp vào lần nữa.", EN: "The desk keeps a file until it is closed, and only the last few. Hand it in again."}
)

// hintsAtDesk are what to do about findings on imported files where the command line would
// do something else.
var hintsAtDesk = map[string]string{
	"office-letterhead":       "Cần điều gì trong đó thì chép lại vào bài, hoặc bỏ dấu ở “Phần đầu văn bản hành chính”. Văn bản cần đăng nguyên văn thì chọn “Tệp đính kèm” hoặc “Kế hoạch” ở trên.",
	"office-no-title":         "Sửa ô “Tiêu đề” ở dưới.",
	"office-title-capitals":   "Xem lại tên riêng ở ô “Tiêu đề”.",
	"office-picture":          "Trong Word, bấm chuột phải vào hình, chọn Lưu thành ảnh (PNG hoặc JPEG); nhập bài xong thì chèn ảnh ấy vào lời bài.",
	"sheet-no-headings":       "Đặt tên các cột ở một dòng, ngay trên dòng người thứ nhất, trong đó có cột “Họ và tên”; hoặc chọn ở dưới xem mỗi cột là gì.",
	"sheet-unknown-column":    "Muốn nhập thì chọn ở dưới xem cột ấy là gì.",
	"sheet-nameless-column":   "Muốn nhập thì chọn ở dưới xem cột ấy là gì.",
	"sheet-map":               "Bỏ lựa chọn ấy, chọn lại ở dưới.",
	"sheet-left":              "Nếu trang tính ấy có người cần nhập: cho hiện lại, đặt tên các cột như trang khác, rồi đưa tệp vào lần nữa.",
	"sheet-several":           "Chỉ muốn nhập một trang thì bỏ dấu ở những người của các trang khác.",
	"sheet-column-twice":      "Chọn “Không nhập” cho một trong hai cột.",
	"roster-no-consent":       "Nhập xong, mở “Phiếu đồng ý” để in phiếu cho từng người ký và ghi lại khi phiếu về. Người hoạt động công khai, người đã mất thì ghi ở cột “Căn cứ để đăng”, “Ngày mất” của bảng rồi đưa bảng vào lần nữa.",
	"roster-refused":          "Không phải làm gì. Nếu người ấy đang có trang thì dùng việc “Rút tên một người” ở trang đầu.",
	"roster-withdrawn":        "Không nhập được người này. Người khác trùng cả tên lẫn năm sinh, hoặc đã đồng ý lại bằng văn bản, thì nhờ người phụ trách kỹ thuật ghi vào danh sách người đã rút tên.",
	"roster-like-withdrawn":   "Không nhập được người này khi chưa biết năm sinh. Ghi năm sinh vào bảng rồi đưa bảng vào lần nữa.",
	"roster-entry-unreadable": "Mở bài ấy ở “Kiểm tra” và sửa trước, rồi đưa bảng vào lần nữa.",
	"roster-admit-date":       "Viết ngày/tháng/năm, ví dụ 20/11/2026.",
	"roster-consent-proof":    "Sự đồng ý phải kiểm chứng được: ghi đủ ngày đồng ý, số hoặc nơi lưu phiếu, phạm vi đồng ý.",
	"roster-not-waiting":      "Có thể phiếu đã được ghi ở thẻ khác. Mở lại trang “Phiếu đồng ý”.",
	"roster-form-changed":     "So phiếu trong thư mục của người ấy với bảng.",
	"roster-achievements":     "Tự đưa vào lời bài.",
	"roster-conflict":         "Mở bài, so hai bên rồi sửa nếu cần.",
	"roster-may-wait":         "Xem ở “Phiếu đồng ý” có phải người ấy không.",
	"plan-gap":                "Đối chiếu với bản ký: có thể sót một đoạn, hoặc ký hiệu không đứng đầu dòng. Bản ký đúng là như thế thì nhập xong, ở mục “Cách đánh số” của trang kế hoạch chọn “bản ký đúng là đánh số như thế”.",
	"plan-repeat":             "Đối chiếu với bản ký: có thể một đoạn bị chép hai lần. Bản ký đúng là như thế thì nhập xong, ở mục “Cách đánh số” của trang kế hoạch chọn “bản ký đúng là đánh số như thế”.",
	"office-plan-notes":       "Nếu chú thích thuộc văn bản đã ban hành, ghi lại ở mục “Ghi chú” của trang kế hoạch.",
}

// inDeskWords turns what is left of the command line in a sentence into the desk's words.
var inDeskWords = strings.NewReplacer(
	"Trang tính “Bảng ", "“Bảng ", "trang tính “Bảng ", "“Bảng ", "nhiều trang tính; đã đọc: “Bảng ", "nhiều bảng; đã đọc: “Bảng ", "nằm ngoài các ô của trang tính “Bảng ", "nằm ngoài “Bảng ",
	" trong .lienhiep/waiting", "", " trong content/van-ban", "", "`lienhiep help nhap-excel-cot`", "trang trợ giúp “Cột của bảng Excel”",
	"`lienhiep withdraw`", "việc “Rút tên một người”", "nhập lại bảng", "đưa bảng vào lần nữa",
)
