package edit

import (
	"regexp"
	"strings"

	"lienhiep/internal/publish"
)

// What is wrong at a place to publish to is told with the words of the file and of the command
// line. These are those of the form, where it can be mended at the desk.

// commands are what only the command line has.
var commands = regexp.MustCompile(" ?\\((?:`lienhiep [^`]*`(?:, rồi )?)+\\)| ?Muốn bỏ hẳn các bản cũ: `lienhiep [^`]*`\\.")

var ofPlace = strings.NewReplacer(
	"Chạy `lienhiep build` trước.", "Bấm “Đăng lên web”: máy dựng trang rồi mới đăng.",
	"Chạy `lienhiep build` rồi đăng lại; đừng đăng thư mục do chương trình khác dựng.", "Bấm “Đăng lên web” lần nữa: máy dựng lại rồi đăng.",
	"Chạy `lienhiep build` để dựng lại; không sửa gì trong public/.", "Bấm “Đăng lên web” lần nữa: máy dựng lại rồi đăng.",
	"Viết như s3://ten-kho?region=ap-southeast-1, s3://ten-kho?endpoint=https://may-chu-kho, sftp://nguoi-dung@may-chu/srv/www, ftps://nguoi-dung@may-chu/public_html, hoặc tên một thư mục.", "Xem lại từng ô ở phần “Nơi đăng”.",
	"Xem lại tên trong config.toml. Thư mục", "Xem lại tên ở phần “Nơi đăng”. Thư mục",
	"Xem lại mạng và địa chỉ trong config.toml, rồi chạy lại lệnh: máy", "Xem lại mạng và các ô ở phần “Nơi đăng”, rồi làm lại: máy",
	"hoặc ghi ?identity=TỆP-KHÓA vào địa chỉ", "hoặc chỉ tệp khóa ở ô “Tệp khóa”",
	"xem lại ?identity trong config.toml có trỏ đúng tệp khóa bí mật không", "xem lại ô “Tệp khóa” có chỉ đúng tệp khóa bí mật không",
	"Xem lại tên trong config.toml (nhiều nơi đòi cả đuôi, như ten@ten-mien.vn, viết là ten%40ten-mien.vn) và mật khẩu trong biến "+publish.PasswordVariable+";", "Xem lại ô “Tên đăng nhập” (nhiều nơi đòi cả đuôi, như ten@ten-mien.vn) và ô “Mật khẩu”;",
	"Đặt mật khẩu trong biến môi trường "+publish.PasswordVariable+", hoặc chạy lệnh trong cửa sổ dòng lệnh để máy hỏi. Không ghi vào config.toml.", "Điền vào ô “Mật khẩu”. Mật khẩu không được ghi vào tệp nào.",
	"thêm vào cuối địa chỉ trong config.toml: ?fingerprint=", "chép vào ô “Dấu vân tay chứng thư”: ",
	"viết tên ấy vào địa chỉ trong config.toml", "viết tên ấy vào ô “Máy chủ”",
	"đã ghi trong config.toml", "đã ghi ở ô “Dấu vân tay chứng thư”",
	"thay fingerprint trong config.toml", "thay dấu vân tay ở ô ấy",
	" (hoặc đăng với --forget để bỏ các bản cũ) rồi chạy lại:", " rồi đăng lại:",
	"chọn đường dẫn khác trong config.toml", "chọn thư mục khác ở phần “Nơi đăng”",
	"Xóa khỏi config.toml, đổi mật khẩu ấy", "Bỏ khỏi các ô ở phần “Nơi đăng”, đổi mật khẩu ấy",
	"Viết ftps:// thay cho ftp:// (hầu hết nơi cho thuê máy chủ đều có), hoặc dùng sftp://.", "Chọn FTPS (hầu hết nơi cho thuê máy chủ đều có) hoặc SFTP.",
	" trong config.toml là ftp://:", " dùng FTP không mã hóa:",
	"có SFTP thì dùng sftp://.", "có SFTP thì chọn SFTP.",
	" trong config.toml", "",
	"Chạy lại lệnh:", "Đăng lại:", "rồi chạy lại lệnh", "rồi làm lại", "chạy lại sau", "làm lại sau", "rồi chạy lại", "rồi làm lại", "rồi chạy lại.", "rồi làm lại.",
)

// removing matches what is said of a deploy that would remove too much.
var removing = regexp.MustCompile(`Xem danh sách bằng --dry-run: .*? thêm --max-delete \d+\.`)

// releasesBy matches what is said of the list of releases.
var releasesBy = regexp.MustCompile("Xem các bản đang giữ bằng `lienhiep rollback [^`]*`\\.")

// placeWords is a sentence about a place to publish to in the words of the form.
func placeWords(s string) string {
	s = removing.ReplaceAllString(s, "Có đúng nơi đăng này không, hay đó là thư mục của một trang khác? Thư mục của trang khác thì chọn nơi khác ở “Nơi đăng”.")
	s = releasesBy.ReplaceAllString(s, "Xem danh sách ở “Các bản đã đăng”.")
	return ofPlace.Replace(commands.ReplaceAllString(s, ""))
}

// faultsOfPlace are faults of a place in those words.
func faultsOfPlace(all []fault) []fault {
	for i := range all {
		all[i].Message, all[i].Hint = placeWords(all[i].Message), placeWords(all[i].Hint)
	}
	return all
}
