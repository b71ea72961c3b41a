package publish

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/minio/minio-go/v7"
	"github.com/skeema/knownhosts"

	"lienhiep/internal/diag"
	"lienhiep/internal/ftps"
)

// Faults of the site that is to be deployed.
var (
	ruleNotBuilt = diag.NewRule("deploy-not-built", diag.Error,
		diag.Text{VI: "Chưa có trang nào được dựng trong public/ để đăng.", EN: "There is no built site in public/ to deploy."},
		diag.Text{VI: "Chạy `lienhiep build` trước.", EN: "Run `lienhiep build` first."})
	ruleUnchecked = diag.NewRule("deploy-unchecked", diag.Error,
		diag.Text{VI: "public/ không phải bản đã dựng và kiểm tra trọn vẹn: %[1]s thiếu hoặc hỏng.", EN: "public/ has not been built and checked as a whole: %[1]s is missing or broken."},
		diag.Text{VI: "Chạy `lienhiep build` rồi đăng lại; đừng đăng thư mục do chương trình khác dựng.", EN: "Run `lienhiep build` and deploy again; do not deploy what another program has built."})
	ruleAltered = diag.NewRule("deploy-altered", diag.Error,
		diag.Text{VI: "Tệp trong public/ không đúng như khi dựng (bị sửa, bị xóa hoặc do nơi khác thêm vào).", EN: "The file in public/ is not as it was built (changed, removed, or added by something else)."},
		diag.Text{VI: "Chạy `lienhiep build` để dựng lại; không sửa gì trong public/.", EN: "Run `lienhiep build` again; change nothing in public/."})
	ruleBadName = diag.NewRule("deploy-file-name", diag.Error,
		diag.Text{VI: "Không đăng được tệp có tên “%[1]s”: tên có ký tự nguy hiểm hoặc dành riêng.", EN: "A file named “%[1]s” cannot be published: the name has dangerous characters or is reserved."},
		diag.Text{VI: "Đổi tên tệp: chữ thường không dấu, chữ số, dấu gạch nối.", EN: "Rename it: lower-case ASCII letters, digits, hyphens."})
	ruleNotRegular = diag.NewRule("deploy-symlink", diag.Error,
		diag.Text{VI: "Đây là lối tắt hoặc tệp đặc biệt, không phải tệp thường, nên không được đăng.", EN: "This is a symbolic link or a special file and is not published."},
		diag.Text{VI: "Chép chính tệp ấy vào thay cho lối tắt rồi dựng lại.", EN: "Put the file itself in its place and build again."})
	ruleSigningKey = diag.NewRule("signing-key", diag.Error,
		diag.Text{VI: "Khóa bí mật trong biến môi trường " + SigningKeyVariable + " không đúng dạng.", EN: "The private key in the environment variable " + SigningKeyVariable + " is malformed."},
		diag.Text{VI: "Chép lại trọn nội dung tệp khóa do `lienhiep key` tạo ra, hoặc bỏ biến ấy để dựng mà không ký.", EN: "Copy the whole content of the file that `lienhiep key` wrote, or unset the variable to build without a signature."})
)

// Faults of a target.
var (
	ruleTargetURL = diag.NewRule("target-url", diag.Error,
		diag.Text{VI: "Địa chỉ của nơi đăng “%[1]s” trong config.toml chưa đúng: %[2]s", EN: "The address of the target “%[1]s” in config.toml is wrong: %[2]s"},
		diag.Text{VI: "Viết như s3://ten-kho?region=ap-southeast-1, s3://ten-kho?endpoint=https://may-chu-kho, sftp://nguoi-dung@may-chu/srv/www, ftps://nguoi-dung@may-chu/public_html, hoặc tên một thư mục.",
			EN: "Write it like s3://bucket?region=ap-southeast-1, s3://bucket?endpoint=https://store.host, sftp://user@host/srv/www, ftps://user@host/public_html, or the name of a folder."})
	ruleNotS3 = diag.NewRule("target-not-s3", diag.Error,
		diag.Text{VI: "Nơi đăng “%[1]s” trong config.toml là %[2]s://, mà chương trình không còn đăng lên %[3]s.", EN: "The target “%[1]s” in config.toml is %[2]s://, but this program no longer deploys to %[3]s."},
		diag.Text{VI: "Dùng một kho có giao thức S3 (s3://ten-kho?region=…&endpoint=https://…) hoặc máy chủ web (sftp://nguoi-dung@may-chu/srv/www). Muốn giữ kho cũ: đăng vào một thư mục, rồi tự đưa thư mục ấy lên, trừ .lienhiep, bằng `%[4]s`.",
			EN: "Use a store that speaks the S3 protocol (s3://bucket?region=…&endpoint=https://…) or a web server (sftp://user@host/srv/www). To keep the old store, deploy to a folder and send that up yourself, without .lienhiep, by `%[4]s`."})
	ruleTargetSecret = diag.NewRule("target-secret", diag.Error,
		diag.Text{VI: "Địa chỉ của nơi đăng “%[1]s” trong config.toml có ghi mật khẩu hoặc khóa.", EN: "The address of the target “%[1]s” in config.toml holds a password or a key."},
		diag.Text{VI: "Xóa khỏi config.toml, đổi mật khẩu ấy (coi như đã lộ), và đặt bí mật mới trong biến môi trường hoặc tệp riêng của nhà cung cấp.",
			EN: "Take it out, change that password (it counts as known), and keep the new one in the environment or in the provider's own file."})
	ruleTargetFolder = diag.NewRule("target-folder", diag.Error,
		diag.Text{VI: "Nơi đăng “%[1]s” không dùng được: thư mục này trùng với, chứa hoặc nằm trong một thư mục của chính trang (public/, content/, layouts/ …).", EN: "The target “%[1]s” cannot be this folder: it is, holds or lies in one of the site’s own (public/, content/, layouts/ …)."},
		diag.Text{VI: "Chọn một thư mục khác.", EN: "Choose another folder."})
	ruleTargetMissing = diag.NewRule("target-missing", diag.Error,
		diag.Text{VI: "Ở nơi đăng không có kho hoặc thư mục ấy: %[1]s", EN: "The target has no such bucket or folder: %[1]s"},
		diag.Text{VI: "Xem lại tên trong config.toml. Thư mục hoặc kho phải được tạo sẵn; ổ đĩa mạng phải được nối.", EN: "Check the name in config.toml. The folder or bucket must exist already, a share must be mounted."})
	ruleUnreachable = diag.NewRule("target-unreachable", diag.Error,
		diag.Text{VI: "Không kết nối được với nơi đăng: %[1]s", EN: "The target cannot be reached: %[1]s"},
		diag.Text{VI: "Xem lại mạng và địa chỉ trong config.toml, rồi chạy lại lệnh: máy làm tiếp từ chỗ dở.", EN: "Check the network and the address in config.toml, then run the command again: it resumes where it stopped."})
	ruleDenied = diag.NewRule("target-denied", diag.Error,
		diag.Text{VI: "Nơi đăng không chấp nhận: %[1]s", EN: "The target denied access: %[1]s"},
		diag.Text{VI: "Xem biến môi trường (AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, hoặc hồ sơ trong ~/.aws) có đủ và đúng không, và khóa ấy có quyền đọc, ghi, xóa không.",
			EN: "Are the variables (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile in ~/.aws) there and right, and may this key read, write and delete?"})
	ruleNotWritable = diag.NewRule("target-not-writable", diag.Error,
		diag.Text{VI: "Tài khoản này không được ghi vào nơi đăng: %[1]s", EN: "This account may not write at the target: %[1]s"},
		diag.Text{VI: "Nhờ người quản trị nơi đăng cho tài khoản quyền ghi vào đúng thư mục ấy, hoặc chọn thư mục khác.", EN: "Have the target's administrator let this account write to that folder, or choose another."})
	ruleNoKey = diag.NewRule("target-no-key", diag.Error,
		diag.Text{VI: "Trên máy này không có khóa dùng được để vào nơi đăng: %[1]s", EN: "This machine has no usable key for the target: %[1]s"},
		diag.Text{VI: "Đặt khóa trong biến môi trường AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, hoặc trong tệp ~/.aws/credentials, rồi chạy lại.", EN: "Put the key into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into ~/.aws/credentials, and run the command again."})
	ruleSSHDenied = diag.NewRule("target-ssh-denied", diag.Error,
		diag.Text{VI: "Máy chủ %[1]s không nhận khóa SSH nào của máy này.", EN: "The server %[1]s accepts none of this machine's SSH keys."},
		diag.Text{VI: "Mở ssh-agent và nạp khóa, hoặc ghi ?identity=TỆP-KHÓA vào địa chỉ; thử bằng `ssh %[2]s`. Khóa có mật khẩu thì đặt mật khẩu trong biến " + PassphraseVariable + ".",
			EN: "Load the key into ssh-agent, or add ?identity=KEYFILE to the address; try `ssh %[2]s`. The passphrase of a key file goes into the variable " + PassphraseVariable + "."})
	ruleSSHKey = diag.NewRule("target-ssh-key", diag.Error,
		diag.Text{VI: "Không dùng được tệp khóa SSH %[1]s: %[2]s", EN: "The SSH key file %[1]s cannot be used: %[2]s"},
		diag.Text{VI: "Khóa có mật khẩu thì đặt mật khẩu trong biến " + PassphraseVariable + ". Nếu không, xem lại ?identity trong config.toml có trỏ đúng tệp khóa bí mật không.",
			EN: "The passphrase of a key file goes into the variable " + PassphraseVariable + ". If it has none, see that ?identity in config.toml names the private key."})
	ruleKnownHosts = diag.NewRule("target-known-hosts", diag.Error,
		diag.Text{VI: "Không đọc được danh sách máy chủ đã biết (known_hosts): %[1]s", EN: "The list of known hosts cannot be read: %[1]s"},
		diag.Text{VI: "Sửa dòng được nêu, hoặc lấy lại bản trước của tệp ấy.", EN: "Correct the line named, or restore the file's previous version."})
	ruleHostKeyUnknown = diag.NewRule("target-host-key-unknown", diag.Error,
		diag.Text{VI: "Chưa biết khóa của máy chủ %[1]s nên không thể chắc đó đúng là máy chủ ấy.", EN: "The key of the server %[1]s is not known, so it may be another machine."},
		diag.Text{VI: "Hỏi người quản trị dấu vân tay của khóa, chạy `ssh %[2]s` một lần và đối chiếu trước khi trả lời yes.", EN: "Ask its administrator for the fingerprint, run `ssh %[2]s` once and compare before you answer yes."})
	ruleHostKeyChanged = diag.NewRule("target-host-key-changed", diag.Error,
		diag.Text{VI: "Khóa của máy chủ %[1]s KHÁC với khóa đã biết: có thể ai đó đang đứng giữa. Chưa gửi gì.", EN: "The key of the server %[1]s is NOT the one that is known: somebody may be in between. Nothing was sent."},
		diag.Text{VI: "Hỏi người quản trị máy chủ. Chỉ khi họ xác nhận đã đổi khóa, xóa dòng cũ bằng `ssh-keygen -R` rồi đối chiếu khóa mới.", EN: "Ask the server's administrator. Only if they have changed it, remove the old line with `ssh-keygen -R` and compare the new key."})
	rulePlainFTP = diag.NewRule("target-ftp-plain", diag.Error,
		diag.Text{VI: "Nơi đăng “%[1]s” trong config.toml là ftp://: FTP không mã hóa để lộ mật khẩu cho mọi máy ở giữa nên không được dùng. Chưa gửi gì.", EN: "The target “%[1]s” in config.toml is ftp://: FTP without encryption shows the password to every machine in between, and is not used. Nothing was sent."},
		diag.Text{VI: "Viết ftps:// thay cho ftp:// (hầu hết nơi cho thuê máy chủ đều có), hoặc dùng sftp://. Nếu mật khẩu này từng được dùng qua FTP không mã hóa, hãy đổi.",
			EN: "Write ftps:// in its place (most web hosts offer it), or use sftp://. If this password was ever used over plain FTP, change it."})
	ruleFTPSPlain = diag.NewRule("target-ftps-plain", diag.Error,
		diag.Text{VI: "Máy chủ %[1]s không mã hóa FTP (%[2]s). Chưa gửi tệp nào, và mật khẩu không bao giờ đi trên đường không mã hóa.", EN: "The server %[1]s does not encrypt FTP (%[2]s). No file was sent, and no password ever goes unencrypted."},
		diag.Text{VI: "Bật FTPS (FTP qua TLS, “explicit”) trong trang quản lý của nơi cho thuê, hoặc hỏi họ cổng và tên máy chủ đúng; có SFTP thì dùng sftp://.",
			EN: "Turn on FTPS (explicit FTP over TLS) in the host's control panel, or ask for the right port and server name; if there is SFTP, use sftp://."})
	ruleFTPSDenied = diag.NewRule("target-ftps-denied", diag.Error,
		diag.Text{VI: "Máy chủ %[1]s không nhận tên hoặc mật khẩu của tài khoản FTP “%[2]s”: %[3]s", EN: "The server %[1]s refuses the name or the password of the FTP account “%[2]s”: %[3]s"},
		diag.Text{VI: "Xem lại tên trong config.toml (nhiều nơi đòi cả đuôi, như ten@ten-mien.vn, viết là ten%40ten-mien.vn) và mật khẩu trong biến " + PasswordVariable + "; thử đăng nhập bằng FileZilla. Sai nhiều lần có thể bị máy chủ chặn một lúc.",
			EN: "Check the name in config.toml (many hosts want it with the domain, like name@your.domain, written name%40your.domain) and the password in " + PasswordVariable + "; try them in FileZilla. After several wrong attempts a server may lock you out for a while."})
	ruleNoPassword = diag.NewRule("target-ftps-password", diag.Error,
		diag.Text{VI: "Chưa có mật khẩu cho tài khoản FTP %[1]s.", EN: "There is no password for the FTP account %[1]s."},
		diag.Text{VI: "Đặt mật khẩu trong biến môi trường " + PasswordVariable + ", hoặc chạy lệnh trong cửa sổ dòng lệnh để máy hỏi. Không ghi vào config.toml.",
			EN: "Put it into the environment variable " + PasswordVariable + ", or run the command in a terminal, where it asks. Do not write it into config.toml."})
	ruleFTPSBusy = diag.NewRule("target-ftps-busy", diag.Error,
		diag.Text{VI: "Máy chủ không cho mở thêm kết nối FTP: %[1]s", EN: "The server accepts no more FTP connections: %[1]s"},
		diag.Text{VI: "Đóng các chương trình FTP khác (FileZilla…) đang vào tài khoản này, đợi vài phút rồi chạy lại. Cần ít nhất hai kết nối cùng lúc.",
			EN: "Close other FTP programs (FileZilla …) that use this account, wait some minutes and run the command again. At least two connections at once are needed."})
	ruleFTPSData = diag.NewRule("target-ftps-data", diag.Error,
		diag.Text{VI: "Vào được máy chủ FTP nhưng không mở được đường truyền dữ liệu: %[1]s", EN: "The FTP login succeeded, but no data connection can be opened: %[1]s"},
		diag.Text{VI: "Thường do tường lửa, của cơ quan hoặc của máy chủ, chặn các cổng của chế độ thụ động (passive). Thử mạng khác; nhờ người quản trị mạng cho ra, hoặc nơi cho thuê cho vào, dải cổng ấy.",
			EN: "Mostly a firewall, the office's or the server's, blocks the ports of passive mode. Try another network; have the network's administrator let them out, or the host let them in."})
	ruleCertificateUnknown = diag.NewRule("target-certificate-unknown", diag.Error,
		diag.Text{VI: "Chứng thư của máy chủ %[1]s không do tổ chức nào máy này tin cấp (thường là tự ký) nên không thể chắc đó đúng là máy chủ ấy. Chưa gửi mật khẩu.", EN: "The certificate of the server %[1]s is not issued by an authority that this machine trusts (it is usually self-signed), so it may be another machine. The password was not sent."},
		diag.Text{VI: "Đọc cho nơi cho thuê dấu vân tay SHA-256 này và hỏi có đúng không: %[2]s. Chỉ khi họ xác nhận, thêm vào cuối địa chỉ trong config.toml: ?fingerprint=%[2]s",
			EN: "Read this SHA-256 fingerprint to the host and ask whether it is theirs: %[2]s. Only if they say so, add it to the end of the address in config.toml: ?fingerprint=%[2]s"})
	ruleCertificateName = diag.NewRule("target-certificate-name", diag.Error,
		diag.Text{VI: "Chứng thư của máy chủ %[1]s không cấp cho tên ấy mà cho: %[2]s. Chưa gửi mật khẩu.", EN: "The certificate of the server %[1]s is not for that name but for: %[2]s. The password was not sent."},
		diag.Text{VI: "Nếu một trong các tên đó là máy chủ của nơi cho thuê (xem thư họ gửi hoặc trang quản lý), viết tên ấy vào địa chỉ trong config.toml. Nếu không, hỏi họ.",
			EN: "If one of those names is the host's own server (see their letter or control panel), write that name into the address in config.toml. If not, ask them."})
	ruleCertificateExpired = diag.NewRule("target-certificate-expired", diag.Error,
		diag.Text{VI: "Chứng thư của máy chủ %[1]s chỉ có giá trị từ %[2]s đến %[3]s. Chưa gửi mật khẩu.", EN: "The certificate of the server %[1]s is valid only from %[2]s to %[3]s. The password was not sent."},
		diag.Text{VI: "Xem ngày giờ của máy này có đúng không. Nếu đúng, nhờ nơi cho thuê gia hạn chứng thư.", EN: "Check this machine's date. If it is right, have the host renew the certificate."})
	ruleCertificateChanged = diag.NewRule("target-certificate-changed", diag.Error,
		diag.Text{VI: "Chứng thư của máy chủ %[1]s KHÁC với chứng thư đã ghi trong config.toml: có thể ai đó đang đứng giữa. Chưa gửi mật khẩu.", EN: "The certificate of the server %[1]s is NOT the one that config.toml names: somebody may be in between. The password was not sent."},
		diag.Text{VI: "Hỏi nơi cho thuê. Chỉ khi họ xác nhận đã đổi sang chứng thư có dấu vân tay %[2]s, thay fingerprint trong config.toml.", EN: "Ask the host. Only if they have changed to the certificate with the fingerprint %[2]s, write that in place of the one in config.toml."})
	ruleClock = diag.NewRule("target-clock", diag.Error,
		diag.Text{VI: "Đồng hồ của máy này lệch quá nhiều so với nơi đăng nên bị từ chối.", EN: "This machine's clock differs too much from the target's, so requests are refused."},
		diag.Text{VI: "Chỉnh lại ngày giờ của máy (đồng bộ qua mạng) rồi chạy lại.", EN: "Set the clock (synchronise it over the network) and run the command again."})
	ruleFull = diag.NewRule("target-full", diag.Error,
		diag.Text{VI: "Nơi đăng đã hết chỗ chứa. Trang đang có vẫn nguyên.", EN: "The target is full. The site there is unchanged."},
		diag.Text{VI: "Giải phóng chỗ (hoặc đăng với --forget để bỏ các bản cũ) rồi chạy lại: máy làm tiếp từ chỗ dở.", EN: "Make room (or deploy with --forget to drop earlier releases) and run the command again: it resumes where it stopped."})
	ruleTargetFailed = diag.NewRule("target-failed", diag.Error,
		diag.Text{VI: "Nơi đăng báo lỗi: %[1]s", EN: "The target failed: %[1]s"},
		diag.Text{VI: "Chạy lại lệnh: máy làm tiếp từ chỗ dở. Nếu vẫn lỗi, gửi nguyên văn dòng trên cho người quản trị nơi đăng.", EN: "Run the command again: it resumes where it stopped. If it fails again, give the line above to the target's administrator."})
	ruleLocked = diag.NewRule("target-locked", diag.Error,
		diag.Text{VI: "Một lần đăng khác đang chạy (%[1]s).", EN: "Another deploy is running (%[1]s)."},
		diag.Text{VI: "Đợi lần ấy xong. Nếu nó đã bị ngắt giữa chừng, chạy lại sau %[2]d giây.", EN: "Wait for it. If it was cut off, run the command again in %[2]d seconds."})
	ruleLockLost = diag.NewRule("target-lock-lost", diag.Error,
		diag.Text{VI: "Một lần đăng khác đã giành quyền giữa chừng; lần này dừng lại.", EN: "Another deploy has taken over; this one stops."},
		diag.Text{VI: "Đợi lần kia xong rồi chạy lại nếu cần.", EN: "Wait for the other, then run this one again if needed."})
	ruleTooManyRemovals = diag.NewRule("deploy-max-delete", diag.Error,
		diag.Text{VI: "Sẽ phải xóa %[1]d trong %[2]d tệp ở nơi đăng (%[3]d%%), quá mức cho phép %[4]d%%. Chưa làm gì.", EN: "%[1]d of the target's %[2]d files (%[3]d %%) would be removed, more than the %[4]d %% allowed. Nothing was done."},
		diag.Text{VI: "Xem danh sách bằng --dry-run: có đúng nơi đăng, đúng bản dựng không? Nếu đúng, thêm --max-delete %[3]d.", EN: "See the list with --dry-run: is it the right target, the right build? If so, add --max-delete %[3]d."})
	ruleNotALink = diag.NewRule("target-current", diag.Error,
		diag.Text{VI: "Trên máy chủ, “%[1]s” đã có mà không phải lối tắt (symlink) do lệnh này tạo.", EN: "On the server, “%[1]s” exists and is not a symbolic link made by this command."},
		diag.Text{VI: "Chuyển thư mục ấy đi nơi khác, hoặc chọn đường dẫn khác trong config.toml; máy chủ web phải đọc từ “%[1]s”.", EN: "Move it away or choose another path in config.toml; the web server must serve “%[1]s”."})
	ruleNoRelease = diag.NewRule("release-unknown", diag.Error,
		diag.Text{VI: "Nơi đăng không giữ bản nào như vậy để quay về.", EN: "The target holds no such release to go back to."},
		diag.Text{VI: "Xem các bản đang giữ bằng `lienhiep rollback %[1]s --list`.", EN: "See those that it holds with `lienhiep rollback %[1]s --list`."})
	ruleReleaseWithdrawn = diag.NewRule("release-withdrawn", diag.Error,
		diag.Text{VI: "Bản %[1]s còn trang của một nhân vật đã rút lại sự đồng ý, nên không quay về được. Chưa làm gì.", EN: "The release %[1]s still has the page of a person who has withdrawn, so there is no going back to it. Nothing was done."},
		diag.Text{VI: "Chọn một bản đăng sau khi gỡ (`lienhiep rollback %[2]s --list`), hoặc sửa nội dung, dựng lại rồi đăng. Muốn bỏ hẳn các bản cũ: `lienhiep deploy %[2]s --forget`.",
			EN: "Choose a release from after the withdrawal (`lienhiep rollback %[2]s --list`), or mend the content, build and deploy. To drop the earlier releases: `lienhiep deploy %[2]s --forget`."})
	ruleRecordDamaged = diag.NewRule("release-record-damaged", diag.Warning,
		diag.Text{VI: "Bản ghi của bản %[1]s ở nơi đăng bị hỏng (thường do mất điện) nên đã được cất sang %[2]s; không quay về bản ấy được nữa.", EN: "The target's record of the release %[1]s is damaged, as after a power cut. It was set aside as %[2]s, and there is no going back to that release."},
		diag.Text{VI: "Không phải làm gì: bản vừa đăng vẫn trọn vẹn. Nếu chuyện này lặp lại, nhờ người quản trị kiểm tra ổ đĩa của nơi đăng.", EN: "Nothing needs to be done: what was deployed now is whole. If it happens again, have the target's disk examined."})
	ruleNewestDamaged = diag.NewRule("release-newest-damaged", diag.Error,
		diag.Text{VI: "Bản ghi của bản mới nhất %[1]s ở nơi đăng bị hỏng (thường do mất điện) nên không biết ai đã rút lại sự đồng ý. Chưa làm gì.", EN: "The target's record of the newest release %[1]s is damaged, as after a power cut, so it is not known who has withdrawn. Nothing was done."},
		diag.Text{VI: "Dựng và đăng lại trước (`lienhiep build`, rồi `lienhiep deploy %[2]s`), sau đó mới quay về.", EN: "Build and deploy first (`lienhiep build`, then `lienhiep deploy %[2]s`), and go back after that."})
	ruleReleaseDamaged = diag.NewRule("release-damaged", diag.Error,
		diag.Text{VI: "Bản %[1]s không còn đủ tệp ở nơi đăng (thiếu %[2]d), nên không quay về được. Chưa làm gì.", EN: "The release %[1]s is no longer whole at the target (%[2]d files are missing). Nothing was done."},
		diag.Text{VI: "Chọn một bản khác, hoặc dựng lại từ mã nguồn cũ rồi đăng.", EN: "Choose another, or build it again from its source and deploy."})
)

// ruleUnrecorded warns of a deploy.
var ruleUnrecorded = diag.NewRule("deploy-unrecorded", diag.Warning,
	diag.Text{VI: "Lần đăng này không có bản ghi đã ký, mà lần trước thì có: `verify` sẽ báo lỗi, vì không phân biệt được với việc ai đó đưa trang cũ trở lại.", EN: "This deploy has no signed record, and the last one had: `verify` will report that, for it cannot tell it from somebody putting an old site back."},
	diag.Text{VI: "Đặt khóa trong biến môi trường %[1]s rồi đăng lại.", EN: "Put the key into %[1]s and deploy again."})

// Variables of the environment that hold secrets of ours.
const (
	SigningKeyVariable = "LIENHIEP_SIGNING_KEY"
	PassphraseVariable = "LIENHIEP_SSH_PASSPHRASE"
	PasswordVariable   = "LIENHIEP_FTPS_PASSWORD"
)

// Fault is an error that a person can correct. Findings say what is wrong and what to do;
// there is at least one.
type Fault struct {
	Findings []diag.Finding
	cause    error
}

func faultOf(f ...diag.Finding) *Fault { return &Fault{Findings: f} }

func (f *Fault) Error() string { return f.Findings[0].Message(diag.English) }
func (f *Fault) Unwrap() error { return f.cause }

// errAltered says that a file is not what it was when its sum was taken.
var errAltered = errors.New("the file has changed while it was being sent")

// answerOf is what a store said, or nothing if it did not.
func answerOf(err error) minio.ErrorResponse {
	var said minio.ErrorResponse
	errors.As(err, &said)
	return said
}

// status is the HTTP status of a store's answer, or 0.
func status(err error) int { return answerOf(err).StatusCode }

// code is the protocol's word for what a store complains of, or "".
func code(err error) string { return answerOf(err).Code }

// refused reports whether a target has understood and said no.
func refused(err error) bool {
	if reply, is := ftps.Answer(err); is && reply.Code >= 500 && !errors.Is(err, ftps.ErrBusy) {
		return true
	}
	s := status(err)
	return s >= 400 && s < 500 && s != http.StatusRequestTimeout && s != http.StatusTooManyRequests || s == http.StatusNotImplemented
}

// explain turns what a target says into a fault in people's words. Anything else
// goes through as it is.
func explain(err error) error {
	var known *Fault
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) && !errors.Is(err, errLockLost) {
		return err
	}
	rule, args := ruleFor(err)
	if rule == nil {
		return err
	}
	if args == nil {
		args = []any{detail(err)}
	}
	return &Fault{[]diag.Finding{rule.At(diag.Pos{}, args...)}, err}
}

func ruleFor(err error) (*diag.Rule, []any) {
	switch code(err) {
	case "RequestTimeTooSkewed", "RequestExpired":
		return ruleClock, nil
	case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch":
		return ruleAltered, nil
	case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded":
		return ruleFull, nil
	}
	var network *net.OpError
	var name *net.DNSError
	var file *fs.PathError
	var link *os.LinkError
	s := status(err)
	switch {
	case errors.Is(err, errAltered):
		return ruleAltered, nil
	case errors.Is(err, errLockLost):
		return ruleLockLost, nil
	case errors.Is(err, syscall.ENOSPC), s == http.StatusInsufficientStorage:
		return ruleFull, nil
	case knownhosts.IsHostKeyChanged(err), knownhosts.IsHostUnknown(err):
		return nil, nil // told by sftp.go
	case errors.Is(err, ftps.ErrBusy):
		return ruleFTPSBusy, nil
	case errors.Is(err, ftps.ErrData):
		return ruleFTPSData, nil
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		return ruleDenied, nil
	case s == http.StatusNotFound:
		return ruleTargetMissing, nil
	case errors.As(err, &file), errors.As(err, &link):
		return nil, nil // the disk's faults have their own words
	case errors.Is(err, fs.ErrPermission), notAllowed(err):
		return ruleNotWritable, nil
	case errors.As(err, &name), errors.As(err, &network), errors.Is(err, context.DeadlineExceeded), errors.Is(err, net.ErrClosed):
		return ruleUnreachable, nil
	}
	return ruleTargetFailed, nil
}

// notAllowed reports whether an FTP server says that an account has no right to something: the
// protocol has one number for that and for what is missing.
func notAllowed(err error) bool {
	reply, is := ftps.Answer(err)
	return is && (reply.Code == 550 || reply.Code == 553) && strings.Contains(strings.ToLower(reply.Msg), "denied")
}

func noKey(err error) *Fault {
	return &Fault{[]diag.Finding{ruleNoKey.At(diag.Pos{}, detail(err))}, err}
}

// secretVariables hold what must never be printed.
var secretVariables = []string{
	SigningKeyVariable, PassphraseVariable, PasswordVariable, "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
}

// signed are the parts of an address that give access to who has it.
var signed = regexp.MustCompile(`(?i)((?:sig|signature|token|key|secret|password|credential)[\w-]*=)[^\s&"']+`)

// detail is an error's own words, in one line and without secrets.
func detail(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	for _, name := range secretVariables {
		if secret := os.Getenv(name); len(secret) > 3 {
			text = strings.ReplaceAll(text, secret, "•••")
			text = strings.ReplaceAll(text, url.QueryEscape(secret), "•••")
		}
	}
	text = signed.ReplaceAllString(text, "${1}•••")
	if r := []rune(text); len(r) > 400 {
		text = string(r[:400]) + "…"
	}
	return text
}
