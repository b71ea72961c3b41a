package edit

import "lienhiep/internal/diag"

// What the desk answers when it does not do what it was asked.
var (
	textNotOpened         = diag.Text{VI: "Chưa mở được trang này", EN: "This page cannot be opened"}
	textUnreadSite        = diag.Text{VI: "Máy chưa đọc được nội dung của trang: thường vì một tệp vừa bị sửa sai quy cách hoặc đang bị chương trình khác giữ. Những gì bạn viết vẫn còn. Thử tải lại trang này; vẫn thế thì đưa phần chi tiết dưới đây cho người phụ trách kỹ thuật.", EN: "The site's content cannot be read: most often a file was changed wrongly, or another program holds it."}
	textAbsent            = diag.Text{VI: "Không có trang này trong bàn biên tập", EN: "The desk has no such page"}
	textWhereInstead      = diag.Text{VI: "Bài có thể đã được đổi chỗ hoặc cho vào thùng rác. Hãy mở trang đầu của bàn biên tập, tìm trong danh sách bài hoặc trong thùng rác.", EN: "The entry may have been moved or put into the trash. Open the desk's first page and look in the lists or in the trash."}
	textDenied            = diag.Text{VI: "Chưa vào được bàn biên tập", EN: "The desk cannot be entered"}
	textStale             = diag.Text{VI: "Trình duyệt này chưa được vào bàn biên tập, hoặc bàn biên tập đã được mở lại từ đầu. Hãy chép địa chỉ mới nhất trong cửa sổ lệnh đang chạy lienhiep edit rồi dán vào thanh địa chỉ của trình duyệt. Nếu không còn cửa sổ lệnh nào như vậy, hãy chạy lại lienhiep edit.", EN: "This browser has not been let in, or the desk has been started anew. Copy the latest address in the window in which lienhiep edit runs into the browser's address bar; if there is no such window, run lienhiep edit again."}
	textUsed              = diag.Text{VI: "Địa chỉ này đã được dùng rồi; mỗi địa chỉ chỉ mở được một lần. Hãy chép địa chỉ mới nhất trong cửa sổ lệnh đang chạy lienhiep edit rồi dán vào thanh địa chỉ của trình duyệt. Nếu chưa ai mở bàn biên tập bằng địa chỉ này mà bạn vẫn thấy dòng chữ này, hãy đóng cửa sổ lệnh, chạy lại lienhiep edit và báo người phụ trách kỹ thuật.", EN: "This address has been used; each opens the desk once. Copy the latest address in the window in which lienhiep edit runs into the browser's address bar. If nobody you know of has used it, close that window, run lienhiep edit again and tell whoever looks after the site."}
	textForeign           = diag.Text{VI: "Yêu cầu này không đến từ bàn biên tập.", EN: "This request does not come from the desk."}
	textNoJSON            = diag.Text{VI: "Yêu cầu viết sai quy cách.", EN: "The request cannot be read."}
	textTooLarge          = diag.Text{VI: "Gửi nhiều quá một lần. Hãy lưu từng ít ảnh một.", EN: "Too much at once. Save fewer pictures at a time."}
	textBadName           = diag.Text{VI: "Không dùng được “%[1]s” ở đây: chỉ dùng được bài viết, ảnh (.jpg, .jpeg, .png, .webp) và tệp đính kèm (.pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4, .vtt, .srt), tên gồm chữ không dấu, số, gạch nối.", EN: "The desk does not write “%[1]s”: only entries (.md), pictures (.jpg, .jpeg, .png, .webp) and files for download (.pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4, .vtt, .srt) in content/, with names of ASCII letters, digits and hyphens."}
	textSymlink           = diag.Text{VI: "“%[1]s” là lối tắt; bàn biên tập không ghi qua lối tắt.", EN: "“%[1]s” is a symbolic link; the desk does not write through one."}
	textTheirs            = diag.Text{VI: "Bản viết dở này là của người khác nên không bỏ, không ghi đè được. Muốn viết tiếp thì mở nó ra và bấm “Chép thành bản của tôi”.", EN: "This draft is somebody else's, and is left alone."}
	textFileUsed          = diag.Text{VI: "Bài đã lưu còn dùng “%[1]s”. Bỏ nó khỏi bài, lưu bài, rồi bỏ tệp.", EN: "The saved entry uses “%[1]s”. Take it out of the entry, save, and remove the file then."}
	textGone              = diag.Text{VI: "“%[1]s” không còn ở chỗ cũ: đã bị bỏ đi hoặc đổi chỗ sau khi bài được mở. Chưa lưu gì; lời bạn viết vẫn được giữ ở trang đầu, mục “Đang viết dở”, và từ đó lập lại bài được.", EN: "“%[1]s” is gone: it was removed or renamed after the entry was opened. Nothing was saved; what you wrote is kept."}
	textExists            = diag.Text{VI: "Đã có “%[1]s”; không ghi đè. Hãy đặt tiêu đề hoặc tên ảnh khác.", EN: "“%[1]s” exists already and is left alone. Choose another title or name."}
	textConflict          = diag.Text{VI: "“%[1]s” đã được người khác, thẻ khác hoặc chương trình khác sửa sau khi bạn mở. Chưa lưu gì, không có gì bị ghi đè.", EN: "“%[1]s” has been changed by somebody else, in another tab or by another program, since it was opened. Nothing was saved or overwritten."}
	textLarge             = diag.Text{VI: "Quá lớn: bài viết không quá 2 MB, ảnh không quá 20 MB, tệp đính kèm không quá 25 MB.", EN: "Too large: an entry has at most 2 MB, a picture 20 MB, a file for download 25 MB."}
	textNoImage           = diag.Text{VI: "“%[1]s” không phải là ảnh đúng với đuôi của nó, hoặc đã hỏng, hoặc quá lớn (quá 64 triệu điểm).", EN: "“%[1]s” is not a picture of the kind that its name says, is damaged, or has over 64 million pixels."}
	textNoFile            = diag.Text{VI: "“%[1]s” không đính kèm được: %[2]s. %[3]s", EN: "“%[1]s” cannot be attached: %[4]s. %[5]s"}
	textNotUTF8           = diag.Text{VI: "“%[1]s” có ký tự hỏng, không lưu được ở dạng UTF-8.", EN: "“%[1]s” is not valid UTF-8."}
	textNotKept           = diag.Text{VI: "Không lưu được “%[1]s” mà giữ nguyên được những phần không sửa, nên chưa lưu gì. Tải lại trang để xem bài đang có gì.", EN: "“%[1]s” cannot be saved with all else kept as it is, so nothing was saved. Edit this file in a text editor."}
	textSectionName       = diag.Text{VI: "“%[1]s” trùng hoặc gần trùng tên một mục sẵn có của trang, nên không đặt cho một trang riêng được. Hãy đặt tiêu đề khác, hoặc viết bài ở mục ấy.", EN: "“%[1]s” is the name of a section, or almost. Choose another title, or write in that section."}
	textNamesake          = diag.Text{VI: "Đã có trang của “%[1]s”. Nếu là người ấy thì mở trang ấy ra viết tiếp.", EN: "There is a page of “%[1]s” already."}
	textNewcomerWithdrawn = diag.Text{VI: "“%[1]s” trùng tên với người đã rút lại sự đồng ý, nên chưa lập trang được. Nếu chắc chắn là người khác thì viết thêm năm sinh vào sau tên, ví dụ “%[2]s (1950)”; vẫn không được thì nói với người phụ trách trang.", EN: "“%[1]s” may be somebody who has withdrawn."}
	textNoSection         = diag.Text{VI: "Không có loại bài “%[1]s”.", EN: "There is no kind of entry “%[1]s”."}
	textTwice             = diag.Text{VI: "“%[1]s” được nêu hai lần trong một lần lưu.", EN: "“%[1]s” is named twice in one save."}
	textFull              = diag.Text{VI: "Ổ đĩa của máy đã đầy nên chưa lưu được; bài trên máy vẫn nguyên như trước, lời bạn viết vẫn còn ở đây. Xóa bớt tệp không cần nữa (nhớ dọn cả Thùng rác của máy), rồi lưu lại.", EN: "The disk is full, so nothing was saved; the entry is as it was, and what you wrote is still here. Remove files that are not needed, and save again."}
	textNotMended         = diag.Text{VI: "Chỗ ấy vừa thay đổi, hoặc đã được sửa rồi.", EN: "That place has just changed, or is mended already."}
	textNoVersion         = diag.Text{VI: "Không có bản cũ ấy nữa.", EN: "There is no such version any more."}
	textStays             = diag.Text{VI: "Trang này không bỏ vào thùng rác được: nó là trang chung của một mục. Muốn tạm gỡ thì đánh dấu “Bản nháp”.", EN: "This page is a section's own and cannot be removed. Make it a draft to take it down."}
	textSectionStays      = diag.Text{VI: "Đây là trang chung của cả một mục, không gỡ được. Gỡ từng bài trong mục, hoặc bỏ mục khỏi danh mục của trang.", EN: "This is a section's own page, which cannot be taken down. Take down its entries, or take it out of the menu."}
	textNoteLong          = diag.Text{VI: "Câu báo hoặc lý do dài quá 500 chữ.", EN: "The note or the reason has over 500 letters."}
	textNoAct             = diag.Text{VI: "Việc này không hoàn tác bằng một lần bấm được nữa. Bản cũ vẫn có trong Lịch sử và Thùng rác.", EN: "This cannot be undone by one press any more. Earlier versions are in the history and the trash."}
	textStuck             = diag.Text{VI: "Chưa bỏ được “%[1]s”: còn %[2]d chỗ dẫn tới bài mà máy không tự sửa được. Gỡ bài khỏi trang thì không cần sửa gì.", EN: "“%[1]s” cannot be removed yet: %[2]d places lead to it that cannot be mended automatically. Taking it down needs nothing."}
	textTied              = diag.Text{VI: "Có trang khác dẫn tới “%[1]s”. Chưa bỏ gì: hãy xem các trang ấy rồi quyết định.", EN: "Other pages lead to “%[1]s”. Nothing was removed: look at them first."}
	textNoSheet           = diag.Text{VI: "Không có mục này trong thông tin của trang.", EN: "There is no such part of the site's facts."}
	textSheetChanged      = diag.Text{VI: "“%[1]s” đã được sửa ở nơi khác sau khi bạn mở. Chưa lưu gì, không có gì bị ghi đè; điều bạn điền vẫn ở đây. Mở lại mục này ở thẻ khác để xem bản mới.", EN: "“%[1]s” has been changed elsewhere since it was opened. Nothing was saved or overwritten."}
	textNoProvision       = diag.Text{VI: "Kế hoạch không có điều khoản này.", EN: "The plan has no such provision."}
	textTaken             = diag.Text{VI: "Chỗ của bài này đã có bài khác; không ghi đè. Muốn lấy lại bài này thì trước hết bỏ bài kia vào thùng rác.", EN: "Another entry stands in its place by now, and is left alone."}
	textNotInTrash        = diag.Text{VI: "Bài này không còn trong thùng rác.", EN: "That is no longer in the trash."}
	textNoPublication     = diag.Text{VI: "Máy này không còn nhớ lần đăng ấy.", EN: "This machine no longer remembers that deploy."}
	textNoTarget          = diag.Text{VI: "Không còn nơi đăng “%[1]s”: mở lại trang “Xuất bản”.", EN: "There is no target “%[1]s” any more."}
	textReplan            = diag.Text{VI: "Trang đã được dựng lại sau lần xem trước. Hãy xem trước lần nữa rồi mới đăng.", EN: "The site has been built again since. Look at the plan again first."}
	textFault             = diag.Text{VI: "Bàn biên tập gặp lỗi của chính nó nên việc vừa rồi chưa xong. Những gì bạn viết vẫn ở trang này; tải lại trang rồi thử lần nữa, và báo người phụ trách kỹ thuật những gì hiện ở cửa sổ lienhiep.", EN: "The desk has met a fault of its own, and has not finished. What you wrote is still on this page; reload and try again, and tell whoever looks after the machine what the window of lienhiep shows."}
	textBusy              = diag.Text{VI: "Đang dựng hoặc đăng trang; xin đợi việc ấy xong.", EN: "The site is being built or published; wait until that is done."}
	textPlaceName         = diag.Text{VI: "Tên nơi đăng chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ: web.", EN: "A target's name has small letters, digits and hyphens, such as web."}
	textPlaceFolder       = diag.Text{VI: "Ô “Thư mục” là đường dẫn của một thư mục, như D:\\trang-web. Đăng lên máy chủ hay kho thì chọn cách khác ở trên.", EN: "The folder is a path, such as D:\\site. For a server or a store choose another way above."}
	textEndpoint          = diag.Text{VI: "Địa chỉ dịch vụ viết như https://s3.nha-cung-cap.vn, không kèm khóa hay mật khẩu.", EN: "The endpoint is written like https://s3.example.vn, without a key or a password."}
	textPlaceTaken        = diag.Text{VI: "Đã có nơi đăng tên “%[1]s”. Hãy đặt tên khác.", EN: "There is a target “%[1]s” already. Choose another name."}
	textPlaceLacks        = diag.Text{VI: "Chưa điền ô “%[1]s”.", EN: "“%[1]s” is not filled in."}
	textNothingChosen     = diag.Text{VI: "Chọn từ một đến %[1]d bài.", EN: "Choose one to %[1]d entries."}
	textNoApprover        = diag.Text{VI: "Chưa ghi người duyệt.", EN: "Say who has agreed."}
	textApprovalDay       = diag.Text{VI: "Ngày duyệt phải là hôm nay hoặc một ngày đã qua.", EN: "The day of the approval is today or earlier."}
	textSetupFailed       = diag.Text{VI: "Máy không nhận việc này: %[1]s. Nhờ người phụ trách kỹ thuật làm theo mục “Máy sẽ làm gì”.", EN: "The machine does not take this: %[1]s. Ask whoever looks after the machine to do it by hand."}
	textWhoAreYou         = diag.Text{VI: "Ghi họ tên và một địa chỉ thư điện tử, ví dụ ten@co-quan.example.", EN: "Give a name and an address such as name@office.example."}
	textWebAddress        = diag.Text{VI: "Địa chỉ trang trên mạng viết như https://ten-mien.vn/.", EN: "The site's address is written like https://example.vn/."}
	textNoName            = diag.Text{VI: "Chưa điền ô “Tên người đăng”.", EN: "Give the name of whoever publishes."}
	textNotAgreed         = diag.Text{VI: "Hãy đánh dấu rằng người này đã rút lại sự đồng ý và việc này không hoàn tác được.", EN: "Tick that the person has withdrawn and that this cannot be undone."}
	textNotReadmitted     = diag.Text{VI: "Hãy đánh dấu rằng có văn bản đồng ý mới, hoặc lần trước đã rút nhầm người.", EN: "Tick that there is a new consent in writing, or that it was somebody else."}
	textNamesWhoLeft      = diag.Text{VI: "Bài có nêu một người vừa rút lại sự đồng ý, nên máy không giữ bản viết dở nữa. Lời đang viết vẫn ở trên màn hình: bỏ tên người ấy rồi viết tiếp.", EN: "The text names somebody who has just withdrawn; no draft of it is kept."}
	textNoPerson          = diag.Text{VI: "Không có ai như thế trên trang hay đang chờ phiếu đồng ý.", EN: "There is nobody like that on the site or waiting."}
	textWithdrawn         = diag.Text{VI: "Người này đã rút lại sự đồng ý, nên không giữ và không lưu gì về họ nữa.", EN: "This person has withdrawn: nothing is kept or saved of them."}
)
