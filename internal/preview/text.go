package preview

import "lienhiep/internal/diag"

// What is said where there is no page to show.
var (
	titleBuilding = diag.Text{VI: "Đang dựng trang", EN: "The site is being built"}
	textBuilding  = diag.Text{VI: "Trang sẽ tự hiện ra khi dựng xong.", EN: "It appears here by itself once that is done."}
	titleNothing  = diag.Text{VI: "Chưa có trang này", EN: "There is no such page yet"}
	textNothing   = diag.Text{VI: "Chưa dựng được trang nào để xem.", EN: "No page could be built yet."}
	textNotFound  = diag.Text{VI: "Không có trang nào ở địa chỉ này.", EN: "No page has this address."}
	titleOwn      = diag.Text{VI: "Còn chỗ phải sửa", EN: "To be mended"}
	titleOthers   = diag.Text{VI: "Chỗ phải xem lại ở những trang khác: %d", EN: "To be looked at on other pages: %d"}
	titleDetails  = diag.Text{VI: "Chi tiết", EN: "Details"}
	titleFirst    = diag.Text{VI: "Chưa dựng được trang", EN: "The site could not be built"}
	titleFaults   = diag.Text{VI: "Chưa dựng được trang với những gì vừa sửa; dưới đây là bản trước đó", EN: "The site could not be built with the latest changes; this is the state before"}

	titleRefused     = diag.Text{VI: "Không mở được trang này", EN: "This page cannot be opened"}
	textUnauthorized = diag.Text{VI: "Trang đang soạn chỉ mở được trong trình duyệt đang mở bàn biên tập. Hãy mở bàn biên tập trước: dùng địa chỉ mới nhất ghi trong cửa sổ lệnh đang chạy lienhiep edit.", EN: "The preview opens only in a browser in which the desk is open. Open the desk first, by the latest address in the window in which lienhiep edit runs."}
	textCrossOrigin  = diag.Text{VI: "Trang này chỉ dành cho người ngồi ở máy này, không cho trang mạng khác dẫn tới hay lấy về. Nếu chính bạn muốn xem, hãy chép địa chỉ trong cửa sổ lệnh rồi dán vào thanh địa chỉ của trình duyệt.", EN: "This page is for whoever sits at this machine; no other web page may lead to it or fetch it. To see it, copy the address from the terminal into the browser's address bar."}
)
