package roster

import "lienhiep/internal/office"

// The columns' keys: those of front matter, and the parts of its groups.
const (
	colName      = "title"
	colFamily    = "family"
	colMiddle    = "middle"
	colID        = "id"
	colBasis     = "basis"
	colAgreed    = "consent-date"
	colPaper     = "consent-document"
	colScope     = "consent-scope"
	colSource    = "source-title"
	colSourceURL = "source-url"
	colPublisher = "source-publisher"
	colPosition  = "position"
	colSex       = "sex"
	colDeeds     = "achievements"
)

// Columns are the columns of a roster with all the headings by which they are known, as
// the page nhap-excel-cot of internal/edit/help lists them. The first name is the one that
// messages use.
func Columns() []office.Column {
	return []office.Column{
		{Key: colName, Holds: []string{"degree", colFamily}, Names: []string{"Họ và tên", "Họ tên", "Tên", "Họ, chữ đệm và tên", "Họ và tên khai sinh", "Họ và tên đại biểu", "Họ và tên trí thức", "Họ và tên trí thức tiêu biểu", "Họ và tên nhà khoa học",
			"Họ và tên chuyên gia", "Họ và tên hội viên", "Họ và tên tác giả", "Họ và tên chủ nhiệm", "Họ và tên người được tôn vinh", "Họ và tên người được đề nghị", "Họ và tên cá nhân được đề nghị", "Họ và tên người đạt giải",
			"Tên trí thức", "Tên cá nhân", "Tên đại biểu", "Tên tác giả", "Cá nhân", "Đại biểu", "Trí thức", "Nhà khoa học", "Chuyên gia", "Hội viên", "Tác giả", "Full name", "Name"}},
		{Key: colFamily, Names: []string{"Họ và tên đệm", "Họ và đệm", "Họ tên đệm", "Họ và chữ đệm", "Họ đệm", "Họ lót", "Họ và chữ lót", "Họ và tên lót", "Họ"}},
		{Key: colMiddle, Names: []string{"Tên đệm", "Chữ đệm", "Đệm", "Chữ lót", "Tên lót"}},
		{Key: colID, Names: []string{"Mã", "Mã nhân vật"}},
		{Key: "description", Names: []string{"Tóm tắt", "Mô tả"}},
		{Key: "other_names", Join: "; ", Names: []string{"Tên khác", "Bút danh", "Bí danh", "Tên thường gọi"}},
		{Key: "given_name", Names: []string{"Tên gọi"}},
		{Key: colSex, Halves: colSex, Names: []string{"Giới tính", "Giới", "GT", "Nam/nữ", "Phái", "Ông/Bà", "Ông", "Danh xưng", "Sex", "Gender"}},
		{Key: "degree", Join: ", ", Holds: []string{"fields"},
			Names:  []string{"Học hàm, học vị", "Học hàm", "Học vị", "Trình độ", "Trình độ chuyên môn", "Trình độ CM", "Trình độ CMNV", "Trình độ chuyên môn nghiệp vụ", "TĐCM", "Trình độ học vấn", "Học vấn", "Trình độ đào tạo", "Trình độ học vị", "HHHV", "HH, HV", "Chức danh khoa học", "Bằng cấp", "Văn bằng", "Bằng cấp chuyên môn", "Degree"},
			Values: []string{"GS", "PGS", "TSKH", "TS", "ThS", "Giáo sư", "Phó Giáo sư", "Tiến sĩ khoa học", "Tiến sĩ", "Thạc sĩ", "CKII", "CKI", "BSCKII", "BSCKI", "Chuyên khoa II", "Chuyên khoa I", "Bác sĩ", "Dược sĩ", "Kỹ sư", "Cử nhân", "Đại học", "ĐH", "Trên đại học", "Sau đại học", "Cao đẳng"}},
		{Key: "born", Type: office.DateColumn, Halves: colSex, Holds: []string{colSex, "birthplace", "died"},
			Names: []string{"Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng sinh", "NTNS", "Sinh ngày", "Sinh năm", "Sinh", "NS", "SN", "N.sinh", "Năm sinh dương lịch", "Date of birth", "Year of birth"}},
		{Key: "died", Type: office.DateColumn, Names: []string{"Ngày mất", "Năm mất", "Ngày tháng năm mất", "Mất", "Mất năm"}},
		{Key: "birthplace", Names: []string{"Quê quán", "Nơi sinh", "Nguyên quán", "Quê", "QQ", "Quê gốc"}},
		{Key: "fields", Join: "; ", Groups: []string{"Lĩnh vực", "Chuyên ngành", "Ngành"},
			Names: []string{"Lĩnh vực", "Chuyên ngành", "Chuyên môn", "Ngành", "Ngành nghề", "Nghề", "Nghiệp vụ", "Chuyên môn nghiệp vụ", "Lĩnh vực chuyên môn", "Lĩnh vực hoạt động", "Lĩnh vực nghiên cứu", "Lĩnh vực công tác", "Lĩnh vực khoa học", "Ngành đào tạo", "Chuyên ngành đào tạo", "Hướng nghiên cứu", "Field"}},
		{Key: colPosition, Join: ", ", Names: []string{"Chức vụ", "Chức danh", "CV", "Chức danh nghề nghiệp", "Chức vụ công tác", "Vị trí công tác", "Vị trí", "Nghề nghiệp", "Position"}},
		{Key: "affiliation", Join: "; ", Holds: []string{colPosition},
			Names: []string{"Nơi công tác", "Đơn vị công tác", "Cơ quan", "Đơn vị", "Cơ quan công tác", "Nơi làm việc", "ĐVCT", "Tổ chức", "Tổ chức công tác", "Doanh nghiệp", "Trường", "Bệnh viện", "Công ty", "Công tác", "Organization", "Affiliation"}},
		{Key: "awards", Join: "; ",
			Names:  []string{"Giải thưởng, danh hiệu", "Giải thưởng", "Danh hiệu", "Danh hiệu thi đua", "Danh hiệu được phong tặng", "Khen thưởng", "Hình thức khen thưởng", "Thi đua khen thưởng", "Giải", "Giải đạt được", "Danh hiệu vinh dự nhà nước"},
			Values: []string{"TTND", "TTƯT", "NGND", "NGƯT", "NSND", "NSƯT", "AHLĐ", "Thầy thuốc nhân dân", "Thầy thuốc ưu tú", "Nhà giáo nhân dân", "Nhà giáo ưu tú", "Nghệ sĩ nhân dân", "Nghệ sĩ ưu tú", "Anh hùng Lao động"}},
		{Key: colDeeds, Join: "; ", Holds: []string{"awards"},
			Names: []string{"Thành tích", "Thành tích tiêu biểu", "Thành tích nổi bật", "Thành tích chính", "Thành tích đạt được", "Tóm tắt thành tích", "Kết quả đạt được", "Công trình", "Công trình tiêu biểu", "Công trình nghiên cứu", "Công trình khoa học", "Tên công trình", "Đề tài", "Tên đề tài", "Giải pháp", "Tên giải pháp", "Sáng kiến", "Tên sáng kiến", "Sản phẩm", "Đóng góp", "Đóng góp tiêu biểu"}},
		{Key: colBasis, Type: office.AnswerColumn, Names: []string{"Căn cứ để đăng", "Căn cứ", "Sự đồng ý", "Đồng ý"}},
		{Key: colAgreed, Type: office.DateColumn, Names: []string{"Ngày đồng ý"}},
		{Key: colPaper, Names: []string{"Văn bản đồng ý"}},
		{Key: colScope, Names: []string{"Phạm vi đồng ý", "Phạm vi"}},
		{Key: colSource, Names: []string{"Tên nguồn", "Nguồn"}},
		{Key: colSourceURL, Type: office.AddressColumn, Names: []string{"Địa chỉ nguồn", "Liên kết nguồn"}},
		{Key: colPublisher, Names: []string{"Nơi đăng"}},
	}
}
