package edit

import "strings"

// sentence is what the desk says of a finding where the rule's own words are those of the
// file: of keys, folders and commands. In it {1} is the finding's first argument as it is;
// {1:label} a key as the form calls it; {1:choice} a value of a choice as the form shows it;
// {1:date} a date as people write it; {1:page} the title of the entry in a file, {1:person}
// that of a person; {field} what the form calls the place of the finding, {line} its line.
type sentence struct {
	Message, Hint string // "" where the rule's own words do
	Guess         string // how the value that was probably meant is shown: "text", "date", "choice"; "" where it is not
	Field         string // the field, where the finding is about the entry as a whole
}

// sentences are the rules' sentences by their codes. What is not in it is said in the rule's
// own words (TestFindingsSpeakAsTheForm).
var sentences = map[string]sentence{
	// What every entry has.
	"unknown-key":          {Message: "Trong tệp của bài có mục “{1}” mà biểu mẫu không có, nên mục ấy không hiện ra ở đâu.", Hint: "Không phải làm gì ở biểu mẫu. Nếu mục ấy cần, điền lời của nó vào mục hợp nghĩa; người giữ tệp bỏ mục lạ ấy đi."},
	"wrong-type":           {Message: "Mục {field} không đọc được: trong tệp nó viết khác quy cách.", Hint: "Điền lại mục {field} ở biểu mẫu rồi lưu."},
	"bad-date":             {Message: "Chưa hiểu ngày “{2}” ở mục {field}.", Hint: "Viết ngày/tháng/năm, ví dụ 20/11/2026.", Guess: "date"},
	"no-such-day":          {Message: "Không có ngày “{2}” trong lịch (mục {field}).", Hint: "Xem lại ngày và tháng."},
	"date-without-seconds": {Message: "Giờ ở mục {field} ghi thiếu giây ({2:date}).", Hint: "Ghi lại ngày giờ ấy ở biểu mẫu, ví dụ 7:00 22/11/2026; chỉ ghi ngày cũng được."},
	"bad-when":             {Message: "Chưa hiểu “{2}” ở mục {field}.", Hint: "Biết đến đâu ghi đến đó: 2018, tháng 5/2018, 12/5/2018, từ 12/5 đến 14/5/2018, hoặc 7:00 22/11/2026; không rõ thì để trống.", Guess: "date"},
	"bad-when-order":       {Message: "Ở mục {field}, lúc kết thúc đứng trước lúc bắt đầu ({2:date}).", Hint: "Viết lúc bắt đầu trước, lúc kết thúc sau.", Guess: "date"},
	"bad-value":            {Message: "Mục {field} không có lựa chọn “{2}”.", Hint: "Chọn lại ở mục {field}.", Guess: "choice"},
	"bad-url":              {Message: "“{2}” ở mục {field} không phải một địa chỉ trên mạng.", Guess: "text"},
	"bad-slug":             {Message: "“{2}” ở mục {field} có ký tự không dùng được trong địa chỉ.", Guess: "text"},
	"text-too-long":        {Message: "Mục {field} quá dài: {2} ký tự, nhiều nhất là {3}.", Hint: "Viết ngắn lại; phần còn lại đưa vào lời bài."},
	"missing-field":        {Message: "Chưa điền mục {1:label}.", Hint: "Điền mục {1:label}.", Field: "{1}"},
	"missing-source":       {Hint: "Ở mục “Nguồn”, thêm ít nhất một nguồn: tên nguồn và địa chỉ trên mạng; văn bản không có trên mạng thì ghi tên, số và ngày. Văn bản ở mục “Tệp đính kèm” cũng là nguồn.", Field: "sources"},
	"missing-consent":      {Hint: "Ở mục “Căn cứ để đăng”, chọn một căn cứ: có văn bản đồng ý, hoạt động công khai, hoặc đã qua đời. Chưa rõ thì in phiếu đồng ý cho người ấy ký.", Field: "consent"},
	"to-fill":              {Message: "Còn chỗ phải điền (“{3}”) ở {field}."},
	"bare-number":          {Message: "Số {2} ở mục {field} sẽ hiện thành {3}.", Hint: "Viết lại số ấy ở biểu mẫu rồi lưu."},
	"entry-image-alt":      {Hint: "Viết một câu tả trong ảnh có gì, cho người không nhìn thấy ảnh: ở mục “Mô tả ảnh”; ảnh trong lời bài thì bấm vào ảnh."},
	"typed-value":          {Message: "Mục {field} có dấu định dạng của lời bài; ở đây các dấu ấy hiện ra nguyên như đã gõ.", Hint: "Chỉ viết chữ thường; chữ đậm, đề mục và liên kết đặt trong lời bài.", Guess: "text"},
	"draft":                {Message: "Bài là bản nháp nên chưa hiện trên trang.", Hint: "Khi viết xong, bỏ dấu ở ô “Bản nháp”."},
	"not-yet":              {Message: "Bài chưa hiện trên trang; sẽ hiện từ {1}.", Hint: "Muốn đăng ngay thì ghi một ngày giờ đã qua ở mục {2:label}."},
	"expired":              {Hint: "Muốn đăng lại thì để trống mục “Ngày gỡ”, hoặc ghi một ngày còn ở phía trước."},
	"curly-quotes":         {Message: "Giá trị {1} ở mục {field} nằm trong dấu nháy cong; dấu ấy sẽ thành một phần của giá trị.", Hint: "Bỏ hai dấu nháy cong ở biểu mẫu rồi lưu."},

	// Addresses and names of files.
	"bad-address":             {Message: "Tên “{1}” sẽ thành địa chỉ trang, nhưng có ký tự không dùng được trong địa chỉ.", Hint: "Địa chỉ chỉ có chữ thường không dấu (a–z), số và gạch nối. Mở bài, bấm “Đổi” cạnh “Địa chỉ trang”."},
	"windows-name":            {Hint: "Đặt tên khác: máy Windows giữ riêng một số tên ngắn như con, prn, aux, nul, và không nhận các ký tự < > : \" \\ | ? *."},
	"duplicate-address":       {Message: "Địa chỉ {1} đã được dùng cho “{2:page}”.", Hint: "Bấm “Đổi” cạnh “Địa chỉ trang” ở một trong hai bài."},
	"generated-address":       {Message: "Địa chỉ {1} đã có chủ: một trang do chương trình tạo ra, tệp của trang, hoặc một trang đã gỡ hẳn.", Hint: "Chọn địa chỉ khác: bấm “Đổi” cạnh “Địa chỉ trang”; nếu là địa chỉ cũ thì bỏ khỏi mục “Địa chỉ cũ”."},
	"section-misspelt":        {Message: "Bài này nằm ở chỗ có tên gần giống một loại bài nhưng không phải, nên chỉ là trang thường.", Hint: "Lập bài mới ở đúng loại, chép lời sang, rồi bỏ bài này."},
	"section-without-entries": {Message: "Bài này được đặt tên như trang của cả một mục, nên không vào danh sách, tìm kiếm theo mục và nguồn tin nào.", Hint: "Lập bài mới cùng loại, chép lời sang, rồi bỏ bài này."},
	"two-index-files":         {Message: "Bài này có hai tệp lời; chỉ một tệp được dùng.", Hint: "Xem lời ở cả hai, chép gộp vào một bài, rồi bỏ bài kia."},
	"directive-folder":        {Message: "Địa chỉ của văn bản không khớp với số {2}, nên viện dẫn không tìm thấy.", Hint: "Bấm “Đổi” cạnh “Địa chỉ trang”, viết số của văn bản.", Guess: "text"},
	"not-an-entry":            {Message: "Tệp này không thành bài được vì tên không đúng quy cách.", Hint: "Lập bài mới rồi chép lời sang; tệp này thì bỏ đi."},
	"unused-file":             {Message: "Tệp này không thành bài và không được đăng.", Hint: "Nếu còn cần lời trong đó, chép vào bài; sau đó bỏ tệp này."},
	"foreign-file":            {Message: "Loại tệp này ({1}) không dùng được ở trang.", Hint: "Bỏ tệp này. Dùng được: ảnh (.jpg, .png, .webp, .gif, .heic) và tệp cho người đọc tải về (.pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4)."},
	"unlinked-file":           {Message: "Tệp này không được đăng: chưa bài nào dẫn tới nó.", Hint: "Mở bài: đính kèm tệp ấy, hoặc bỏ nó vào thùng rác."},
	"special-file":            {Message: "Đây không phải là tệp thường mà là {1} của hệ điều hành.", Hint: "Bỏ nó đi; nếu cần nội dung thì chép vào một tệp thường."},
	"content-symlink":         {Message: "Đây là lối tắt, không phải tệp thật.", Hint: "Chép chính tệp ấy vào đây thay cho lối tắt."},

	// Pictures, attachments, films.
	"image-missing":         {Message: "Không có ảnh “{1}” cạnh bài.", Hint: "Chọn lại ảnh.", Guess: "text"},
	"image-elsewhere":       {Hint: "Chỉ dùng ảnh được phép đăng: lưu ảnh về máy rồi chèn vào bài."},
	"image-name":            {Message: "“{1}” không dùng làm ảnh được.", Hint: "Chọn lại ảnh từ máy: .jpg, .jpeg, .png, .webp, .gif, .heic hoặc .heif."},
	"attachment-missing":    {Message: "Không có tệp “{1}” cạnh bài.", Hint: "Chọn lại tệp, hoặc bỏ liên kết tới nó.", Guess: "text"},
	"attachment-cleaned":    {Hint: "Không phải làm gì: tệp của bạn vẫn nguyên."},
	"attachment-misnamed":   {Hint: "Không phải làm gì. Muốn khỏi lẫn thì lưu tệp với đuôi đúng rồi đính kèm lại."},
	"attachment-renumbered": {Hint: "Không phải làm gì. Muốn địa chỉ dễ nhớ hơn thì đặt cho hai tệp hai tên khác nhau rồi đính kèm lại."},
	"attachment-identity":   {Hint: "Xóa các số ấy khỏi tệp rồi đính kèm lại. Nếu được phép đăng, hoặc đó không phải số giấy tờ, ghi {2} ở ô “Số giấy tờ tùy thân đã xem” của tệp, trong mục “Tệp đính kèm”."},
	"film-title":            {Hint: "Bấm vào phim trong lời bài rồi viết tên, ví dụ: Lễ tôn vinh năm 2024."},
	"film-poster":           {Hint: "Chèn vào cạnh phim một ảnh cùng tên, ví dụ {2}."},
	"film-subtitles":        {Hint: "Có phụ đề thì đính kèm với tên {2} (YouTube, CapCut … xuất được .srt hoặc .vtt). Phim không có lời thì không cần."},
	"film-address":          {Hint: "Nếu là phim thì không phải làm gì. Nếu là ảnh thì lưu ảnh về máy rồi chèn vào bài."},

	// The text.
	"windows-path":         {Hint: "Đính kèm tệp vào bài rồi chọn tệp ấy; liên kết tới trang khác thì chép địa chỉ từ trình duyệt."},
	"link-without-scheme":  {Hint: "Trang mạng bắt đầu bằng https://; thư điện tử thì viết cả địa chỉ thư; điện thoại thì viết số máy.", Guess: "text"},
	"link-without-address": {Hint: "Chọn chữ ấy, bấm “Liên kết” rồi điền địa chỉ; không cần thì bỏ liên kết."},
	"link-without-words":   {Hint: "Viết chữ cho liên kết ấy, hoặc bỏ nó đi."},
	"preview-address":      {Hint: "Chọn lại trang ấy bằng nút “Liên kết”, hoặc chép địa chỉ của nó trên mạng."},
	"unsafe-link":          {Hint: "Chọn trang bằng nút “Liên kết”; ra ngoài thì chép địa chỉ bắt đầu bằng https:// từ trình duyệt; thư điện tử và điện thoại thì viết địa chỉ thư, số máy."},
	"raw-html":             {Message: "Trong lời bài có mã của trang web ({1}); mã này sẽ không hiện ra.", Hint: "Xóa đoạn mã; muốn chữ đậm, danh sách, bảng thì dùng các nút phía trên lời bài."},
	"embed-code":           {Hint: "Bỏ cả đoạn mã. Với phim thì dán địa chỉ của phim vào một dòng riêng: bấm vào là mở ở nơi đăng phim. Bản đồ và biểu mẫu thì đặt một liên kết."},
	"unknown-shortcode":    {Message: "Phần “{1}” trong lời bài không dùng được ở trang này.", Hint: "Xóa phần ấy. Với phim thì dán địa chỉ của phim vào một dòng riêng; bản đồ và nội dung của trang khác thì đặt một liên kết."},
	"shortcode-form":       {Message: "Phần “{1}” trong lời bài {2}.", Hint: "Xóa phần ấy rồi chèn lại bằng nút phía trên lời bài."},
	"break-in-cell":        {Message: "Ô của bảng không xuống dòng được.", Hint: "Tách ô thành nhiều hàng, hoặc ngăn các ý bằng dấu chấm phẩy."},
	"heading-id":           {Message: "Hai đề mục trong bài cùng mang một mã ({1}): liên kết tới đó sẽ dẫn sai chỗ.", Hint: "Xóa một trong hai đề mục rồi gõ lại."},
	"markdown-attributes":  {Hint: "Xóa phần ấy khỏi lời bài."},
	"text-too-nested":      {Message: "Ở đây có quá nhiều bậc trích dẫn hoặc danh sách lồng trong nhau (quá {1} bậc).", Hint: "Bớt các bậc."},
	"too-many-marks":       {Message: "Đoạn này có quá nhiều dấu định dạng (quá {1} dấu).", Hint: "Tách đoạn ra; dấu nào không cần thì bỏ đi."},
	"link-not-closed":      {Message: "Địa chỉ của liên kết ở đây quá dài hoặc bị cắt.", Hint: "Xóa liên kết, rồi đặt lại bằng nút “Liên kết”."},
	"typed-picture":        {Hint: "Xóa các dấu ấy rồi chèn ảnh bằng nút “Ảnh”."},
	"typed-link":           {Hint: "Xóa các dấu ấy, chọn chữ rồi bấm “Liên kết”."},
	"typed-heading":        {Hint: "Đặt con trỏ ở dòng ấy rồi chọn “Đề mục”."},
	"typed-emphasis":       {Hint: "Xóa các dấu ấy, chọn chữ rồi bấm “Đậm” hoặc “Nghiêng”."},
	"typed-asterisk":       {Hint: "Nếu là dấu chú thích thì để nguyên; nếu là chữ nghiêng hay danh sách thì xóa dấu, chọn chữ rồi bấm “Nghiêng” hoặc “Danh sách”."},
	"typed-sum":            {Hint: "Phép nhân viết ×, khoảng số viết 10–12."},
	"typed-list":           {Hint: "Chọn các dòng ấy rồi bấm “Danh sách” hoặc “Danh sách số”."},
	"typed-lines":          {Hint: "Muốn xuống dòng thì bấm Enter giữa hai dòng; muốn thành danh sách thì chọn các dòng rồi bấm “Danh sách”."},
	"typed-table":          {Hint: "Bấm “Bảng” rồi chép chữ vào các ô."},
	"typed-code":           {Message: "Đoạn văn bị hiểu là mã chương trình vì thụt đầu dòng (“{1}”).", Hint: "Bỏ dấu cách ở đầu dòng."},
	"typed-sign":           {Message: "Có dấu của chương trình khác hiện nguyên ra (“{1}”).", Hint: "Thay bằng chữ thật: xuống dòng, dấu cách."},
	"typed-note":           {Hint: "Xóa dấu ấy rồi bấm “Chú thích cuối trang” để viết lại."},
	"typed-lost":           {Hint: "Trong bảng thì bỏ bớt ô thừa, hoặc thêm cột; ở chỗ khác thì xóa dòng ấy rồi gõ lại."},
	"decomposed":           {Hint: "Gõ lại chữ ấy, hoặc bấm “Sửa giúp”; chữ hiện ra không đổi."},
	"lookalike-letter":     {Hint: "Gõ lại từ này bằng bàn phím, hoặc bấm “Sửa giúp”."},
	"styled-letter":        {Hint: "Gõ lại bằng chữ thường, hoặc bấm “Sửa giúp”; muốn đậm thì bấm “Đậm”."},
	"double-space":         {Hint: "Để lại một dấu cách, hoặc bấm “Sửa giúp”."},

	"space-before-punctuation": {Hint: "Bỏ dấu cách ấy, hoặc bấm “Sửa giúp”."},
	"tone-placement":           {Hint: "Trang này đặt dấu theo lối cũ (hóa, khỏe, ủy). “Sửa giúp” sửa được chữ thường và tên chính thức; tên người thì giữ như người ấy viết."},
	"name-capitals":            {Hint: "Viết hoa như trong “Danh sách tên chính thức”.", Guess: "text"},
	"name-marks":               {Hint: "Viết như trong “Danh sách tên chính thức”.", Guess: "text"},
	"document-number":          {Hint: "Đối chiếu với văn bản gốc. Nếu số đã đúng, thêm văn bản ở “Văn bản”, hoặc thêm số vào “Danh sách tên chính thức”.", Guess: "text"},
	"unknown-address":          {Hint: "Chọn lại trang ấy bằng nút “Liên kết”.", Guess: "text"},

	// People.
	"unknown-person":               {Message: "Người đã chọn ở mục {field} không có trang nào.", Hint: "Bỏ tên ấy rồi tìm lại ở mục {field}; chưa có trang thì gõ họ tên và chọn “Thêm”."},
	"names-hidden-person":          {Message: "Trang của “{1:person}” chưa hiện (bản nháp hoặc chưa đến ngày đăng), nên bài chưa dẫn tới được.", Hint: "Đăng trang của người ấy trước, hoặc cùng lúc."},
	"names-withdrawn":              {Message: "Bài nêu tên một người đã rút lại sự đồng ý ngày {2:date}.", Hint: "Bỏ tên ấy khỏi mục “Nhân vật”."},
	"withdrawn":                    {Message: "Người này đã rút lại sự đồng ý ngày {2:date} nên không được đăng.", Hint: "Bỏ bài này. Nếu là người khác trùng tên, bấm “Đổi” cạnh “Địa chỉ trang” và thêm năm sinh. Nếu người ấy đồng ý lại bằng văn bản: mở “Rút tên một người”, chọn tên ở “Đã rút tên”, bấm “Cho trở lại”."},
	"same-as-withdrawn":            {Message: "“{1}” trùng cả tên lẫn năm sinh với người đã rút lại sự đồng ý ngày {2:date} nên không được đăng.", Hint: "Bỏ bài này. Nếu chắc chắn là người khác: mở “Rút tên một người”, chọn tên ở “Đã rút tên”, bấm “Là người khác”."},
	"like-withdrawn":               {Message: "“{1}” trông giống người đã rút lại sự đồng ý ngày {2:date}: trùng tên, còn năm sinh thì thiếu nên không so được.", Hint: "Nếu là người ấy, bỏ bài này. Nếu là người khác, ghi năm sinh ở mục “Ngày sinh”, hoặc mở “Rút tên một người”, chọn tên ở “Đã rút tên”, bấm “Là người khác”."},
	"withdrawn-file":               {Message: "Sổ ghi những người đã rút lại sự đồng ý viết sai quy cách, nên máy không đọc được.", Hint: "Lấy lại bản trước của sổ: đừng sửa sổ bằng tay. Không lấy lại được thì báo người phụ trách trang."},
	"same-person":                  {Message: "“{1}” trông giống trang của “{2:page}”: trùng tên, năm sinh cũng trùng hoặc chưa rõ.", Hint: "Nếu là một người, gộp lời vào một trang rồi bỏ trang kia. Nếu là hai người, ghi “Ngày sinh” ở cả hai trang, hoặc thêm vào sau tên, trong ngoặc, điều để phân biệt, ví dụ “{3} (kỹ sư)”."},
	"name-parts":                   {Message: "Tên “{1}” không chỉ là họ tên, hoặc viết toàn chữ hoa.", Hint: "Chỉ ghi họ tên (“{2}”); học hàm, học vị ghi ở mục “Học hàm, học vị”."},
	"died-before-born":             {Hint: "Kiểm tra lại “Ngày sinh” và “Ngày mất”."},
	"consent-living":               {Message: "Chưa có ngày mất nên không thể chọn căn cứ “đã qua đời, tư liệu công khai”.", Hint: "Ghi “Ngày mất”, hoặc chọn căn cứ khác: có văn bản đồng ý, hoạt động công khai."},
	"consent-proof":                {Message: "Sự đồng ý của người còn sống phải kiểm chứng được, mà ở đây chưa ghi đủ.", Hint: "Dưới “Căn cứ để đăng”, ghi đủ “Ngày đồng ý”, “Văn bản” (nơi lưu) và “Phạm vi” (được đăng những gì)."},
	"minor":                        {Hint: "Bỏ bài này; trong tin, bài chỉ viết “một học sinh”, “nhóm tác giả”."},
	"award-posthumous":             {Hint: "Kiểm tra lại “Ngày mất” và “Năm” của giải; nếu không phải truy tặng thì bỏ dấu ở “Truy tặng”."},
	"award-after-death":            {Hint: "Đánh dấu “Truy tặng” ở giải ấy, hoặc kiểm tra lại “Năm” của giải và “Ngày mất”."},
	"fact-source":                  {Message: "Nguồn của điểm chính này (“{1}”) không có ở mục “Nguồn” của trang.", Hint: "Chọn lại nguồn cho điểm ấy, hoặc thêm nguồn ấy vào mục “Nguồn”."},
	"life-outside":                 {Message: "Mốc {1:date} ở “Dòng đời” nằm trước ngày sinh hoặc ở tương lai.", Hint: "Kiểm tra lại “Khi nào” của mốc ấy và “Ngày sinh”."},
	"life-order":                   {Message: "“Dòng đời” không theo thứ tự: mốc {1:date} đứng sau mốc {2:date}."},
	"award-spelling":               {Message: "Giải thưởng “{1}” được viết khác ở trang “{3:page}”: “{2}”."},
	"field-spelling":               {Message: "Lĩnh vực “{1}” được viết khác ở trang “{3:page}”: “{2}”."},
	"translation-ahead":            {Message: "Bản tiếng Anh này sẽ hiện trên mạng trong khi bản tiếng Việt thì chưa hoặc không còn hiện.", Hint: "Đặt “Bản nháp”, “Ngày”, “Đăng lúc” và “Ngày gỡ” giống như ở bản tiếng Việt."},
	"translation-alone":            {Message: "Chỉ có bản tiếng Anh; không có bản tiếng Việt của trang này.", Hint: "Lấy lại bản tiếng Việt ở Thùng rác; nếu đã bỏ hẳn thì bỏ cả bản tiếng Anh."},
	"own-source-without-event":     {Message: "“Tin của chính cơ quan” chỉ dùng cho tin về việc của chính cơ quan, có ngày diễn ra.", Hint: "Điền mục “Diễn ra”, hoặc bỏ lựa chọn ở “Nguồn của trang” và ghi nguồn ở mục “Nguồn”."},
	"own-source-without-publisher": {Message: "“Tin của chính cơ quan” chỉ dùng được khi trang đã ghi cơ quan chủ quản.", Hint: "Điền “Cơ quan chủ quản, liên hệ” ở “Thông tin của trang”, hoặc ghi nguồn ở mục “Nguồn”."},
	"source-nowhere":               {Hint: "Ghi địa chỉ trang web, hoặc số, ký hiệu và ngày của văn bản."},

	// What was done, and the plan.
	"deed-undated":        {Message: "Bài gắn với điều khoản của kế hoạch nhưng chưa cho biết việc diễn ra khi nào, nên không được tính là việc đã làm.", Hint: "Biết đến đâu ghi đến đó ở mục “Diễn ra”: 2024, tháng 5/2024, 12/5/2024. Bài không kể một việc nào thì chọn như thế ở “Việc của ai”."},
	"deed-before-plan":    {Hint: "Nếu đúng như thế thì không phải làm gì; nếu việc diễn ra sau đó, ghi thêm tháng hoặc ngày ở mục “Diễn ra”."},
	"scope-differs":       {Message: "Bài này cho là “{1:choice}”, còn “{3:page}”, kể cùng một việc, cho là “{2:choice}”.", Hint: "Chọn giống nhau ở mục “Việc của ai” của hai bài; nếu là hai việc khác nhau thì để trống mục “Cùng một việc với”."},
	"unknown-event":       {Message: "Bài đã chọn ở mục “Cùng một việc với” không còn nữa.", Hint: "Bỏ lựa chọn ấy rồi tìm lại ở mục “Cùng một việc với”."},
	"event-of-cycle":      {Message: "Các bài dẫn vòng quanh ở mục “Cùng một việc với”.", Hint: "Chọn một bài làm bài chính của việc này và để trống mục ấy ở bài chính; các bài kia dẫn tới nó."},
	"contest-ends-first":  {Hint: "Kiểm tra lại “Ngày bắt đầu” và “Ngày kết thúc”."},
	"procedure-unruled":   {Hint: "Thêm ở mục “Văn bản quy định” văn bản còn hiệu lực đã đọc. Chưa có thì để trống mục này: trang sẽ nêu điều kế hoạch yêu cầu và nơi để hỏi."},
	"unknown-directive":   {Message: "Văn bản đã chọn ở mục {field} không có ở đây.", Hint: "Bỏ lựa chọn ấy rồi tìm lại ở mục {field}; chưa có thì thêm văn bản trước."},
	"unknown-provision":   {Message: "Điều khoản đã chọn ở mục {field} không có trong kế hoạch.", Hint: "Bỏ lựa chọn ấy rồi tìm lại điều khoản theo lời của nó."},
	"tasks-nowhere":       {Message: "Phần đã chọn ở mục {field} không có trong kế hoạch.", Hint: "Chọn lại phần chứa các nhiệm vụ."},
	"short-nowhere":       {Message: "Có một tên ngắn ghi cho điều khoản không có trong kế hoạch.", Hint: "Xóa tên ngắn ấy."},
	"note-nowhere":        {Message: "Có một ghi chú đặt ở chỗ không có trong kế hoạch.", Hint: "Chọn lại “Vị trí” của ghi chú ấy."},
	"progress-nowhere":    {Message: "Có tiến độ ghi ở điều khoản không có trong kế hoạch.", Hint: "Chọn lại “Điều khoản” của mục ấy."},
	"progress-twice":      {Message: "Tiến độ của điều khoản này được ghi hai lần.", Hint: "Gộp hai mục làm một: các lần báo cáo để ở cùng một mục."},
	"progress-due":        {Message: "Thời hạn {1:date} lại ở trước ngày ban hành kế hoạch ({2:date}).", Hint: "Kiểm tra lại “Thời hạn”."},
	"progress-future":     {Message: "Lần báo cáo này ghi ngày {1:date}, là ngày chưa tới.", Hint: "Ghi ngày đã báo cáo; việc sắp làm thì ghi ở “Thời hạn” hoặc “Thời gian”."},
	"progress-unproven":   {Message: "Một điều khoản được ghi là “{2:choice}”, nhưng chưa có việc đã làm hay lần báo cáo nào.", Hint: "Ở bài kể việc ấy (có “Diễn ra”), chọn điều khoản này; hoặc thêm một lần báo cáo có ngày, người ghi và nguồn."},
	"plan-text-missing":   {Message: "Kế hoạch chưa có lời văn.", Hint: "Nhập lời văn ở “Nhập kế hoạch”."},
	"version-file":        {Message: "Bản sửa đổi này chưa có tệp văn bản dùng được.", Hint: "Chọn tệp văn bản (.txt) cho bản ấy, mỗi bản một tệp."},
	"version-order":       {Message: "Bản sửa đổi ngày {1:date} không đứng sau bản trước nó ({2:date})."},
	"plan-gap":            {Hint: "Đối chiếu với bản ký: có thể sót một đoạn, hoặc ký hiệu không đứng đầu dòng. Nếu bản ký đúng là như thế, chọn điều ấy ở mục “Cách đánh số”."},
	"plan-repeat":         {Hint: "Đối chiếu với bản ký: có thể một đoạn bị chép hai lần. Nếu bản ký đúng là như thế, chọn điều ấy ở mục “Cách đánh số”."},
	"quiz-right":          {Message: "Câu hỏi loại “{1:choice}” phải có {2}; ở đây có {4}.", Hint: "Ghi ý đúng ở mục “Ý đúng”, mỗi ý một dòng; câu có nhiều ý đúng thì đổi “Loại câu”."},
	"quiz-without-choice": {Hint: "Ghi ít nhất một ý sai ở mục “Ý sai”: nghe có lý nhưng trái với lời kế hoạch."},
	"quiz-truth":          {Hint: "Ở mục “Ý đúng” chỉ ghi Đúng hoặc Sai."},
	"quiz-pairs":          {Hint: "Ghi mỗi cặp một mục ở “Cặp để ghép”; nhiều cặp quá thì tách làm hai câu."},
	"quiz-option-twice":   {Message: "“{1}” đứng hai lần trong một câu hỏi."},
	"quiz-field":          {Message: "Câu hỏi loại “{2:choice}” không dùng mục {1:label}.", Hint: "Để trống mục ấy, hoặc đổi “Loại câu”: câu ghép đôi dùng “Cặp để ghép”; câu một ý đúng hay nhiều ý đúng dùng “Ý đúng”, “Ý sai”; câu đúng hay sai chỉ dùng “Ý đúng”."},

	// What all pages share.
	"home-nowhere":  {Message: "Trang chủ muốn đưa lên một bài không còn nữa (mục {field}).", Hint: "Bỏ lựa chọn ấy, hoặc tìm lại bài."},
	"home-hidden":   {Message: "Trang chủ muốn đưa lên một bài chưa hoặc không còn trên trang (mục {field}).", Hint: "Không phải làm gì nếu bài sắp đăng; nếu không, bỏ lựa chọn ấy."},
	"menu-nowhere":  {Hint: "Chọn lại trang ở mục ấy, hoặc bỏ mục."},
	"glossary-file": {Message: "Bảng thuật ngữ có chỗ viết sai quy cách, nên máy không đọc được.", Hint: tableBroken},
	"names-file":    {Message: "Danh sách tên chính thức có chỗ viết sai quy cách, nên máy không đọc được.", Hint: tableBroken},
	"search-file":   {Message: "Bảng từ của trang tìm kiếm có chỗ viết sai quy cách, nên máy không đọc được.", Hint: tableBroken},
	"website-file":  {Message: "Thông tin của trang có chỗ viết sai quy cách, nên máy không đọc được.", Hint: tableBroken},
	"term-twice":    {Message: "Thuật ngữ “{1}” được ghi hai lần."},
	"search-alone":  {Hint: "Ghi thêm cách gọi khác mà người đọc hay dùng, ví dụ LHH và liên hiệp hội, hoặc bỏ nhóm."},
}

const tableBroken = "Mở trang ấy để lấy lại một bản cũ."

// unreadable are the rules about what the head of an entry's file looks like. A form has
// none: the entry cannot be opened, and the page that says so tells the rest.
func unreadable(code string) bool {
	switch code {
	case "duplicate-key", "empty-file", "utf-16", "not-utf-8", "unreadable":
		return true
	}
	return strings.HasPrefix(code, "front-matter-")
}

var saidOfUnreadable = sentence{Message: "Tệp của bài có chỗ viết sai quy cách{at}, nên bàn biên tập chưa đọc được.", Hint: "Mở bài để xem chỗ sai, hoặc lấy lại bản đã đăng, một bản cũ."}
