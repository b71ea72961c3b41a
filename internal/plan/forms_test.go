package plan_test

import (
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// signed is a whole document of the State around a body, and what is attached to it.
func signed(body, attached string) string {
	return "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 1/QĐ-UBND\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUYẾT ĐỊNH\nVề tủ sách\n\nCăn cứ Luật Thư viện;\n\nQUYẾT ĐỊNH:\n\n" + body +
		"\n\nNơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n\n" + attached
}

// TestForms reads bodies and attachments of each form, and says what became of them: a
// provision by its ID, paragraphs as ¶, rows as |, what is quoted behind “.
func TestForms(t *testing.T) {
	for _, tt := range []struct{ name, body, attached, want string }{
		{"a table between tabs", "Điều 1. Số sách:\n\nXã\tSách\n\n1. Mẫu\t12\n\nĐiều 2. B.", "", "dieu-1 |Xã/Sách |1. Mẫu/12 dieu-2"},
		{"a row of several lines", "Điều 1. Số sách:\n\nXã\tSách\n(cuốn)\n\nMẫu\t12\n\nĐiều 2. B.", "", "dieu-1 |Xã/Sách (cuốn) |Mẫu/12 dieu-2"},
		{"rows without blank lines", "Điều 1. Số sách:\nXã\tSách\nMẫu\t12\nĐiều 2. B.", "", "dieu-1 |Xã/Sách |Mẫu/12 dieu-2"},
		{"a table between bars", "Điều 1. Số sách:\n| Xã | Sách |\n|---|---|\n| Mẫu | |\nĐiều 2. B.", "", "dieu-1 |Xã/Sách |Mẫu/ dieu-2"},
		{"a heading between rows", "Điều 1. Sách:\n\nTT\tTên\tSố\n\n1\tA\t2\n\n02. Sách hay\n\n2\tB\t3\n\nĐiều 2. B.", "", "dieu-1 |TT/Tên/Số |1/A/2 |02. Sách hay |2/B/3 dieu-2"},
		{"a table above the first provision", "Xã\tSách\n\nMẫu\t12\n\nĐiều 1. B.", "", "p-1 |Xã/Sách |Mẫu/12 dieu-1"},
		{"Word's tab behind a label", "1.\tMở lớp.\n2.\tMua sách.", "", "1 2"},
		{"quoted articles", "1. Sửa Điều 4:\n\n“Điều 4. A\n\n1. B.\n\n3. C.”.\n\n2. Bỏ Điều 9.", "", "1 “article “item “item 2"},
		{"quoted behind its introduction", "1. Sửa Điều 4: “Điều 4. A\n\n1. B.”;\n\n2. Bỏ Điều 9.", "", "1 “item 2"},
		{"quoted between straight marks", "1. Sửa Điều 4:\n\n\"Điều 4\n\n1. B.\"\n\n2. Bỏ Điều 9.", "", "1 “article “item 2"},
		{"quotations within a quotation", "1. Sửa:\n\n“1. Danh hiệu:\n\na) “Anh hùng”;\n\nb) “Dũng sĩ”.”.\n\n2. Bỏ.", "", "1 “item “letter “letter 2"},
		{"a quoted phrase", "1. Phong trào “Toàn dân đọc sách” ở xã.\n2. B.", "", "1 2"},
		{"a quoted phrase that was broken", "1. Phong trào “Toàn dân\nđọc sách” ở xã.\n2. B.", "", "1 2"},
		{"a quotation never closed", "1. Sửa:\n\n“1. A.\n\n2. Sửa:\n\n“3. B.”.\n\n3. Bỏ.", "", "1 “item 2 “item 3"},
		{"stars above dashes", "1. Việc:\n* Về sách:\n- Mua.\n- Mượn.\n* Về người:\n- Dạy.", "", "1 1-1 1-1-1 1-1-2 1-2 1-2-1"},
		{"Word's two levels", "1. Việc:\n• Mua:\no Sách.\no Báo.\n• Mượn.", "", "1 1-1 1-1-1 1-1-2 1-2"},
		{"figures behind dashes", "1. Chỉ tiêu đến năm 2030\n\n- 100% xã có tủ sách;\n\n- 50% thôn có tủ sách.\n\n2. Chỉ tiêu khác\n- 3 lớp học\n- 2 hội thi", "", "1 1-1 1-2 2 2-1 2-2"},
		{"figures behind Word's signs", "1. Chỉ tiêu đến năm 2030\n• 100% xã có tủ sách;\n• 50% thôn có tủ sách.\n2. B.", "", "1 1-1 1-2 2"},
		{"a range of years that was broken", "1. Chương trình đọc sách của tỉnh trong giai đoạn 2025\n- 2030 do các xã làm.\n2. B.", "", "1 2"},
		{"letters before a stroke", "Điều 1. Hồ sơ gồm có:\na/ Phiếu;\nb/ Bản mô tả.\nĐiều 2. B.", "", "dieu-1 dieu-1-a dieu-1-b dieu-2"},
		{"Wingdings", "1. Việc:\n\uf0b7 Mua.\n\uf0fc Mượn.\n\uf0d2 Đọc.", "", "1 1-1 1-2 1-3"},
		{"brackets", "1. Việc:\n(1) Mua sách.\n(2) Mượn sách.\n2. B.", "", "1 1-1 1-2 2"},
		{"brackets beside dashes", "1. Việc:\n- Dạy.\n(1) Mua sách.\n(2) Mượn sách.", "", "1 1-gach-1 1-ngoac-1 1-ngoac-2"},
		{"put in later", "Điều 1. A:\n1. B.\n1a. C.\n1b. D.\n2. E.\nĐiều 1a. G.\nĐiều 2. H.", "", "dieu-1 dieu-1-1 dieu-1-1a dieu-1-1b dieu-1-2 dieu-1a dieu-2"},
		{"an article without its stop", "Điều 1\n\n1. A.\n\nĐiều 2.Đối tượng\n\n1. B.", "", "dieu-1 dieu-1-1 dieu-2 dieu-2-1"},
		{"chapters that begin again", "Phần thứ nhất\nA B\nChương I\nC D\nĐiều 1. E.\nPhần thứ hai\nG H\nChương I\nI K\nĐiều 2. L.", "", "phan-i phan-i-chuong-i dieu-1 phan-ii phan-ii-chuong-i dieu-2"},
		{"chapters that run on", "Phần thứ nhất\nA B\nChương I\nC D\nĐiều 1. E.\nPhần thứ hai\nG H\nChương II\nI K\nĐiều 2. L.", "", "phan-i phan-i-chuong-i dieu-1 phan-ii phan-ii-chuong-ii dieu-2"},
		{"a number twice", "1. A.\n2. B.\n2. C.\n2. D.\n3. E.", "", "1 2 2-bis 2-bis-2 3"},
		{"a quotation above the first provision", "Luật viết:\n\n“1. Mua sách.\n\n2. Mượn sách.”.\n\nĐiều 1. B.\n\nĐiều 2. C.", "", "dieu-1 dieu-2"},
		{"figures read as letters", "l. Mở lớp.\n2. Mua sách:\na) A.\nl1) B.\n3. C.", "", "1 2 2-a 3"},
		{"tens read as letters", "1. A.\n2. A.\n3. A.\n4. A.\n5. A.\n6. A.\n7. A.\n8. A.\n9. A.\n1O. Mở lớp.\nll. Mua sách.\nl2. Mượn.", "", "1 2 3 4 5 6 7 8 9 10 11 12"},
		{"Roman figures read as letters", "I. MỞ LỚP\n1. A.\nIl. MUA SÁCH\n1. A.\nlII. MƯỢN SÁCH\n1. A.\n1V. BÁN SÁCH\n1. B.", "", "i i-1 ii ii-1 iii iii-1 iv iv-1"},
		{"the letter l in its place", "1. A:\ni) B;\nk) C;\nl) D.", "", "1 1-i 1-k 1-l"},
		{"words that lost their marks", "Chưong I\nA B\nĐiểu 1. C.\nDiều 2. D.\nÐiều 3. E.", "", "chuong-i dieu-1 dieu-2 dieu-3"},
		{"a body that is a table", "| Ngày | Việc |\n| Thứ Hai | Họp |\n| Thứ Ba | Chấm thi |", "", "p-1 p-2 |Ngày/Việc |Thứ Hai/Họp |Thứ Ba/Chấm thi"},
		{"forms to fill in", "Điều 1. A.", "PHỤ LỤC\nBIỂU MẪU\n(Kèm theo Quyết định số 1/QĐ-UBND)\n\nMẫu số 01\n\nTên cơ sở\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-----\n\nBÁO CÁO NĂM\n\n1. Tên: …\n\nMẫu số 02\n\nDANH SÁCH\n\nTên\tSố\n\nA\t1",
			"dieu-1 [kem-theo-1 Phụ lục: BIỂU MẪU] [kem-theo-2 Mẫu số 01: BÁO CÁO NĂM] kem-theo-2-1 [kem-theo-3 Mẫu số 02: DANH SÁCH] kem-theo-3-p-1 |Tên/Số |A/1"},
		{"a title that begins like a preamble", "Điều 1. A.", "QUY CHẾ\nXét tặng danh hiệu\n(Kèm theo Quyết định số 1/QĐ-UBND)\n\nĐiều 1. B.", "dieu-1 [kem-theo-1 Quy chế: Xét tặng danh hiệu] kem-theo-1-dieu-1"},
		{"a form below what it was issued with", "Điều 1. A.", "Phụ lục I\nMẪU ĐƠN\n(Kèm theo Quyết định số 1/QĐ-UBND)\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n…, ngày … tháng … năm …\n\nĐƠN ĐỀ NGHỊ\n\n1. Họ tên: …", "dieu-1 [kem-theo-1 Phụ lục I: MẪU ĐƠN] kem-theo-1-1"},
		{"a regulation", "Điều 1. A.", "QUY CHẾ\nTủ sách\n(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\n\nĐiều 1. B.\n\n1. C.\n\nĐiều 2. D.", "dieu-1 [kem-theo-1 Quy chế: Tủ sách] kem-theo-1-dieu-1 kem-theo-1-dieu-1-1 kem-theo-1-dieu-2"},
		{"a plan with a head of its own", "Điều 1. A.", "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nPhát triển tủ sách\n(Kèm theo Quyết định số 1/QĐ-UBND)\n\nI. MỤC TIÊU\n1. B.", "dieu-1 [kem-theo-1 Kế hoạch: Phát triển tủ sách] kem-theo-1-i kem-theo-1-i-1"},
		{"annexes", "Điều 1. A.", "PHỤ LỤC I\nDANH MỤC SÁCH\n\nTên\tSố\n\nA\t1\n\nPHỤ LỤC II\nCÁC VIỆC\n\n1. B.\n\n2. C.", "dieu-1 [kem-theo-1 Phụ lục I: DANH MỤC SÁCH] kem-theo-1-p-1 |Tên/Số |A/1 [kem-theo-2 Phụ lục II: CÁC VIỆC] kem-theo-2-1 kem-theo-2-2"},
		{"a regulation that is signed, and its annex", "Điều 1. A.", "QUY CHẾ\nTủ sách\n\nĐiều 1. B.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n\nPHỤ LỤC\nMẫu sổ\n\nTên sách", "dieu-1 [kem-theo-1 Quy chế: Tủ sách] kem-theo-1-dieu-1 [kem-theo-2 Phụ lục: Mẫu sổ] kem-theo-2-p-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := signed(tt.body, tt.attached)
			d, findings := plan.Parse("f", []byte(src))
			if d == nil {
				t.Fatalf("refused: %s", findings[0].Message(diag.English))
			}
			var b strings.Builder
			said(&b, d.Provisions)
			for _, a := range d.Attachments {
				b.WriteString("[" + a.ID + " " + a.Type + ": " + a.Title + "] ")
				said(&b, a.Provisions)
			}
			equal(t, "tree", strings.TrimSpace(b.String()), tt.want)
			told := map[string]bool{"a number twice": true, "a quotation never closed": true, "figures read as letters": true, "tens read as letters": true, "Roman figures read as letters": true,
				"the letter l in its place": true, "words that lost their marks": true}[tt.name]
			if (len(findings) > 0) != told {
				t.Errorf("findings: %v", findings)
			}
			if !told {
				sameTree(t, d, []byte(plan.Format(d)))
			}
		})
	}
}

func said(b *strings.Builder, ps []*plan.Provision) {
	for _, p := range ps {
		if p.ID == "" {
			b.WriteString("“" + string(p.Kind) + " ")
		} else {
			b.WriteString(p.ID + " ")
		}
		for _, passage := range p.Paragraphs {
			if passage.Text != "" {
				b.WriteString("¶ ")
			}
			for _, row := range passage.Table {
				b.WriteString("|" + strings.Join(row, "/") + " ")
			}
			said(b, passage.Quoted)
		}
		said(b, p.Children)
	}
}

// TestHeads reads heads of each form: number, type, whose, title, first of the preamble.
func TestHeads(t *testing.T) {
	const rest = "\n\nI. MỤC TIÊU\n1. A.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nTrần Văn Mẫu\n"
	for _, tt := range []struct{ name, head, want string }{
		{"grounds with dashes", "Số 1-QĐ/TU\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUY ĐỊNH\nvề tủ sách\n\n- Căn cứ Điều lệ;\n- Căn cứ Quy chế,\n\nBan Thường vụ quy định:", "1-QĐ/TU|Quy định||về tủ sách|- Căn cứ Điều lệ;"},
		{"a meeting", "Số 1-KL/TU\nMẫu, ngày 1 tháng 2 năm 2021\n\nKẾT LUẬN\nHỘI NGHỊ LẦN THỨ TÁM\nBAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA X\nvề tủ sách\n\nHội nghị kết luận:", "1-KL/TU|Kết luận|Hội nghị lần thứ tám Ban Chấp hành Đảng bộ tỉnh khóa X|về tủ sách|Hội nghị kết luận:"},
		{"a meeting that is the subject", "Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nHỘI NGHỊ LẦN THỨ TÁM\n-----\nNhư sau:", "1-KH/TU|Kế hoạch||HỘI NGHỊ LẦN THỨ TÁM|Như sau:"},
		{"a title and a body in capitals", "Số: 1/QĐ-UBND\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUYẾT ĐỊNH\n\nVỀ VIỆC GIAO VIỆC CHO\nỦY BAN NHÂN DÂN XÃ\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nCăn cứ Luật;", "1/QĐ-UBND|Quyết định||VỀ VIỆC GIAO VIỆC CHO ỦY BAN NHÂN DÂN XÃ|CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"},
		{"blanks about the hyphen", "Số: 367 - QĐ/TWĐTN-VP\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUYẾT ĐỊNH\nvề sách\n\nCăn cứ Luật;", "367-QĐ/TWĐTN-VP|Quyết định||về sách|Căn cứ Luật;"},
		{"a hyphen of Word's", "Số: 15/KH\u2011UBND\nMẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nvề sách\n\nCăn cứ Luật;", "15/KH-UBND|Kế hoạch||về sách|Căn cứ Luật;"},
		{"a short reference above the place", "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 1/UBND-VX\nV/v tủ sách\nMẫu, ngày 1 tháng 2 năm 2021\n\nKính gửi: Sở Thử.\n\nTủ sách đã có.", "1/UBND-VX|Công văn||tủ sách|Tủ sách đã có."},
		{"a place that was broken, in a letter", "ỦY BAN NHÂN DÂN\nSố: 15/UBND-VX\nV/v tủ sách cho các xã\nYên\nMẫu, ngày 1 tháng 2 năm 2021\n\nKính gửi: Sở Thử.\n\nTủ sách đã có.", "15/UBND-VX|Công văn||tủ sách cho các xã|Tủ sách đã có."},
		{"the place behind the number", "Số: 15/KH-UBND - Mẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nvề sách\n\nCăn cứ Luật;", "15/KH-UBND|Kế hoạch||về sách|Căn cứ Luật;"},
		{"a place that was broken", "Số: 15/KH-UBND\nYên\nMẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nvề sách\n\nCăn cứ Luật;", "15/KH-UBND|Kế hoạch||về sách|Căn cứ Luật;"},
		{"a session", "QUỐC HỘI\nLuật số: 1/2006/QH11\nHà Nội, ngày 1 tháng 2 năm 2006\nQUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKhoá XI, kỳ họp thứ 9\n(Từ ngày 16 tháng 5 đến ngày 29 tháng 6 năm 2006)\nLUẬT\nTỦ SÁCH\n\nCăn cứ Hiến pháp;", "1/2006/QH11|Luật||TỦ SÁCH|Căn cứ Hiến pháp;"},
		{"the kind below the grounds", "LIÊN HIỆP HỘI\n-----&----\nSố: 559/TC-LHH\nHà Nội, ngày 1 tháng 2 năm 1991\n\nCăn cứ Điều lệ;\nCăn cứ Nghị định số 35/HĐBT,\n\nQUYẾT ĐỊNH\nVề việc lập hội\n-----\nNhư sau:", "559/TC-LHH|Quyết định||Về việc lập hội|Như sau:"},
		{"number and date below the kind", "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nCÔNG ĐIỆN\nSố: 7/CĐ-UBND, ngày 1 tháng 2 năm 2021\nVề việc chống bão\n\nỦY BAN NHÂN DÂN TỈNH điện:", "7/CĐ-UBND|Công điện||Về việc chống bão|ỦY BAN NHÂN DÂN TỈNH điện:"},
		{"the number below the kind, the date above", "ỦY BAN NHÂN DÂN\nMẫu, ngày 1 tháng 2 năm 2021\n\nCÔNG ĐIỆN\nSố: 7/CĐ-UBND\nVề việc chống bão\n\nTheo tin bão:", "7/CĐ-UBND|Công điện||Về việc chống bão|Theo tin bão:"},
		{"the number on the line of the kind", "ỦY BAN NHÂN DÂN\n\nCÔNG ĐIỆN SỐ 7/CĐ-UBND\nHồi 10 giờ, ngày 1 tháng 2 năm 2021\nVề việc chống bão\n\nTheo tin bão:", "7/CĐ-UBND|Công điện||Về việc chống bão|Theo tin bão:"},
		{"minutes without a date of issue", "HỘI TIN HỌC\nSố: 7/BB-HTH\n\nBIÊN BẢN\nHọp quý I\n\nThời gian bắt đầu: 14 giờ 00 ngày 1 tháng 2 năm 2021\n\nĐịa điểm: Phòng họp\n\nNội dung:", "7/BB-HTH|Biên bản||Họp quý I|Thời gian bắt đầu: 14 giờ 00 ngày 1 tháng 2 năm 2021"},
		{"a ground above the only line that runs on", "Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nvề sách\n-----\n\nCăn cứ Chỉ thị của Ban Bí thư về hoạt động của các hội;\n\nBan Thường vụ ban hành Kế hoạch để các xã trong tỉnh mở\ntủ sách như sau:", "1-KH/TU|Kế hoạch||về sách|Căn cứ Chỉ thị của Ban Bí thư về hoạt động của các hội;"},
		{"a ground above the body that issues", "Số 1-QĐ/TU\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUY ĐỊNH\nvề sách\n\n- Căn cứ Điều lệ Đảng khóa XIII,\nBan Thường vụ quy định như sau:", "1-QĐ/TU|Quy định||về sách|- Căn cứ Điều lệ Đảng khóa XIII,"},
		{"columns between bars", "| ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| TỈNH MẪU | Độc lập - Tự do - Hạnh phúc |\n| Số: 1/KH-UBND | Mẫu, ngày 1 tháng 2 năm 2021 |\n\nKẾ HOẠCH\nvề sách\n\nCăn cứ Luật;", "1/KH-UBND|Kế hoạch||về sách|Căn cứ Luật;"},
		{"columns between tabs", "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH MẪU\tĐộc lập - Tự do - Hạnh phúc\nSố: 1/KH-UBND\tMẫu, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nvề sách\n\nCăn cứ Luật;", "1/KH-UBND|Kế hoạch||về sách|Căn cứ Luật;"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, findings := plan.Parse("f", []byte(tt.head+rest))
			if d == nil {
				t.Fatalf("refused: %s", findings[0].Message(diag.English))
			}
			first := ""
			if len(d.Preamble) > 0 {
				first = d.Preamble[0]
			}
			if !strings.HasPrefix(tt.head, "QUỐC HỘI") && !strings.HasPrefix(tt.head, "LIÊN HIỆP HỘI\n---") {
				equal(t, "date", d.Date, "2021-02-01")
			}
			equal(t, "head", strings.Join([]string{d.Number, d.Type, d.Whose, d.Title, first}, "|"), tt.want)
		})
	}
}

// TestPageNumbers drops what counts pages, and tells it; nothing else.
func TestPageNumbers(t *testing.T) {
	page := strings.Repeat("Mua sách và\n", 11) + "đọc sách.\n"
	for _, tt := range []struct{ name, body, dropped string }{
		{"beside a form feed", "1. A và\n2\n\fB.\n2. C.", "2"},
		{"a series", "1. A.\n" + page + "2\n" + page + "3\n" + page + "2. B.", "2 3"},
		{"a series with a gap", "1. A.\n" + page + "2\n" + page + "4\n" + page + "2. B.", ""},
		{"one alone", "1. A.\n" + page + "2\n" + page + "2. B.", ""},
		{"with its dashes", "1. A.\n" + page + "- 2 -\n" + page + "2. B.", "- 2 -"},
		{"figures of a table", "1. Số sách\nXã một\n1\nXã hai\n2\n2. B.", ""},
	} {
		d, findings := plan.Parse("f", []byte(small(tt.body)))
		if d == nil {
			t.Errorf("%s: refused: %s", tt.name, findings[0].Message(diag.English))
			continue
		}
		var dropped []string
		for _, f := range findings {
			if f.Code == "plan-page-numbers" {
				for _, part := range strings.Split(f.Message(diag.English), "“")[1:] {
					number, _, _ := strings.Cut(part, "”")
					dropped = append(dropped, number)
				}
			}
		}
		equal(t, tt.name, strings.Join(dropped, " "), tt.dropped)
	}
}

// TestSigners reads who signs: one after the other they are parted by semicolons.
func TestSigners(t *testing.T) {
	for _, tt := range []struct{ tail, want string }{
		{"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|Trần Văn Mẫu"},
		{"TL. BỘ TRƯỞNG\nVỤ TRƯỞNG VỤ TỔ CHỨC\nTrần Văn Mẫu", "TL. BỘ TRƯỞNG|VỤ TRƯỞNG VỤ TỔ CHỨC|Trần Văn Mẫu"},
		{"TM. BAN THƯỜNG VỤ TỈNH ĐOÀN\nPHÓ BÍ THƯ\nLê Văn Thử\nTM. BAN THƯỜNG VỤ\nLIÊN HIỆP HỘI\nCHỦ TỊCH\nTrần Văn Mẫu", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN; TM. BAN THƯỜNG VỤ LIÊN HIỆP HỘI|PHÓ BÍ THƯ; CHỦ TỊCH|Lê Văn Thử; Trần Văn Mẫu"},
		{"TL. BỘ TRƯỞNG\nCHỈ HUY TRƯỞNG\n(Ký, ghi rõ họ tên)\nĐại tá Trần Văn Mẫu", "TL. BỘ TRƯỞNG|CHỈ HUY TRƯỞNG|Đại tá Trần Văn Mẫu"},
		{"TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nĐã ký: PGS, TS Trần Văn Mẫu", "TM. BAN CHẤP HÀNH|CHỦ TỊCH|PGS, TS Trần Văn Mẫu"},
		{"TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n(Chữ ký)\nTrần Văn Mẫu", "TM. BAN CHẤP HÀNH|CHỦ TỊCH|Trần Văn Mẫu"},
		{"THƯ KÝ\n(Đã ký)\nLê Thị Thử\nCHỦ TỌA\n(Đã ký)\nTrần Văn Mẫu", "|THƯ KÝ; CHỦ TỌA|Lê Thị Thử; Trần Văn Mẫu"},
	} {
		d, findings := plan.Parse("f", []byte("Số: 1/BB-HĐ\nMẫu, ngày 1 tháng 2 năm 2021\n\nBIÊN BẢN\nvề sách\n\n1. A.\n\n"+tt.tail+"\n"))
		if d == nil {
			t.Errorf("%s: %s", tt.tail, findings[0].Message(diag.English))
			continue
		}
		equal(t, "signature", d.Signature.Authority+"|"+d.Signature.Position+"|"+d.Signature.Name, tt.want)
	}
}

// TestKindsOfDocuments reads the names of kinds that are rarer, and of those that several
// bodies issue together.
func TestKindsOfDocuments(t *testing.T) {
	for kind, want := range map[string]string{"KẾ HOẠCH LIÊN TỊCH": "Kế hoạch liên tịch", "THỂ LỆ": "Thể lệ", "LỊCH CÔNG TÁC": "Lịch công tác", "GIẤY MỜI": "Giấy mời", "NỘI QUY": "Nội quy"} {
		d, findings := plan.Parse("f", []byte("Số: 1/X-HĐ\nMẫu, ngày 1 tháng 2 năm 2021\n\n"+kind+"\nvề sách\n\n1. A.\n\nCHỦ TỊCH\nTrần Văn Mẫu\n"))
		if d == nil {
			t.Errorf("%s: %s", kind, findings[0].Message(diag.English))
			continue
		}
		equal(t, "kind", d.Type+": "+d.Title, want+": về sách")
	}
}

// TestCitationsInCapitals reads the day of a document that a title in capitals names.
func TestCitationsInCapitals(t *testing.T) {
	d := parse(t, []byte("ỦY BAN NHÂN DÂN\nSố: 2/QĐ-UBND\nMẫu, ngày 1 tháng 2 năm 2021\n\nQUYẾT ĐỊNH\nSỬA QUYẾT ĐỊNH SỐ 45/2020/QĐ-UBND NGÀY 25 THÁNG 10 NĂM 2020 CỦA ỦY BAN NHÂN DÂN\n\nCăn cứ Luật;\n\nĐiều 1. A.\n\nCHỦ TỊCH\nTrần Văn Mẫu\n"))
	equal(t, "citations", citations(d), "45/2020/QĐ-UBND|Quyết định||2020-10-25|title")
}

// TestSessionIsNoIssuer reads the session of the National Assembly below its name.
func TestSessionIsNoIssuer(t *testing.T) {
	d := parse(t, []byte("QUỐC HỘI\nLuật số: 1/2006/QH11\nHà Nội, ngày 1 tháng 2 năm 2006\nKhoá XI, kỳ họp thứ 9\n(Từ ngày 16 tháng 5 đến ngày 29 tháng 6 năm 2006)\nLUẬT\nTỦ SÁCH\n\nĐiều 1. A.\n\nCHỦ TỊCH QUỐC HỘI\nTrần Văn Mẫu\n"))
	var roles []string
	for _, b := range d.Head {
		roles = append(roles, string(b.Role))
	}
	equal(t, "roles", strings.Join(roles, " "), "issuer number place-date session session kind title")
}

// TestScheduleIsATable reads a document whose body is one table.
func TestScheduleIsATable(t *testing.T) {
	d := parse(t, []byte("ỦY BAN NHÂN DÂN\nSố: 5/LCT-VP\nMẫu, ngày 1 tháng 2 năm 2021\n\nLỊCH CÔNG TÁC\nTuần thứ 2 của năm 2024 dành cho các hội thành viên ở\nhuyện và các chi hội trực thuộc của những hội ấy\nThứ\tBuổi\tViệc\nThứ Hai\tSáng\tHọp\n\tChiều\tĐọc\n\nCHỦ TỊCH\nTrần Văn Mẫu\n"))
	var b strings.Builder
	said(&b, d.Provisions)
	equal(t, "title and tree", d.Title+": "+b.String(), "Tuần thứ 2 của năm 2024 dành cho các hội thành viên ở huyện và các chi hội trực thuộc của những hội ấy: p-1 |Thứ/Buổi/Việc |Thứ Hai/Sáng/Họp |/Chiều/Đọc ")
}
