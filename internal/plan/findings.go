package plan

import "lienhiep/internal/diag"

// The faults of a source text. Any error keeps the document from being made.
var (
	tooLarge = diag.NewRule("plan-too-large", diag.Error, diag.Text{
		VI: "Văn bản quá lớn: vượt quá %[1]s.",
		EN: "The text is too large: it has more than %[2]s.",
	}, diag.Text{
		VI: "Kiểm tra xem có đúng là tệp văn bản của kế hoạch không; tách phụ lục lớn ra tệp riêng.",
		EN: "Check that this is the text of the document; move a large annex to a file of its own.",
	})
	notUTF8 = diag.NewRule("plan-not-utf8", diag.Error, diag.Text{
		VI: "Tệp không được lưu ở dạng UTF-8 nên chữ Việt sẽ hỏng.",
		EN: "The file is not UTF-8 text.",
	}, diag.Text{
		VI: "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại.",
		EN: "Open the file in an editor and save it as UTF-8.",
	})
	legacyEncoding = diag.NewRule("plan-legacy-encoding", diag.Error, diag.Text{
		VI: "Văn bản được gõ bằng bảng mã cũ %[1]s.",
		EN: "The text is typed in the legacy encoding %[1]s.",
	}, diag.Text{
		VI: "Chuyển văn bản từ %[1]s sang Unicode (TCVN 6909:2001), chẳng hạn bằng công cụ chuyển mã của bộ gõ, rồi lưu lại ở dạng UTF-8.",
		EN: "Convert the text from %[1]s to Unicode (TCVN 6909:2001), for instance with the input method's converter, and save it as UTF-8.",
	})
	empty = diag.NewRule("plan-empty", diag.Error, diag.Text{
		VI: "Tệp không có chữ nào.",
		EN: "The file holds no text.",
	}, diag.Text{
		VI: "Chép toàn văn văn bản vào tệp này.",
		EN: "Put the whole text of the document into the file.",
	})
	numberMissing = diag.NewRule("plan-number-missing", diag.Error, diag.Text{
		VI: "Không tìm thấy số và ký hiệu của văn bản.",
		EN: "The document's number is missing.",
	}, diag.Text{
		VI: "Ghi số và ký hiệu ở phần đầu, trên một dòng, ví dụ “Số 15-KH/TU” hoặc “Số: 123/KH-UBND”.",
		EN: "Give it at the head, on one line, such as “Số 15-KH/TU” or “Số: 123/KH-UBND”.",
	})
	dateMissing = diag.NewRule("plan-date-missing", diag.Error, diag.Text{
		VI: "Không tìm thấy địa danh và ngày ban hành.",
		EN: "The place and date of issue are missing.",
	}, diag.Text{
		VI: "Ghi ở phần đầu, ví dụ “Bình Thuận, ngày 05 tháng 4 năm 2021”.",
		EN: "Give them at the head, such as “Bình Thuận, ngày 05 tháng 4 năm 2021”.",
	})
	dateInvalid = diag.NewRule("plan-date-invalid", diag.Error, diag.Text{
		VI: "“%[1]s” không phải là một ngày có thật.",
		EN: "“%[1]s” is not a date of the calendar.",
	}, diag.Text{
		VI: "Đối chiếu ngày ban hành với bản gốc.",
		EN: "Compare the date of issue with the original.",
	})
	titleMissing = diag.NewRule("plan-title-missing", diag.Error, diag.Text{
		VI: "Không tìm thấy tên loại và trích yếu nội dung của văn bản.",
		EN: "The document's kind and title are missing.",
	}, diag.Text{
		VI: "Ghi tên loại bằng chữ in hoa trên một dòng riêng (ví dụ “KẾ HOẠCH”), trích yếu ở các dòng ngay dưới.",
		EN: "Give the kind in capitals on a line of its own (such as “KẾ HOẠCH”) and the title on the lines below it.",
	})
	provisionsMissing = diag.NewRule("plan-provisions-missing", diag.Error, diag.Text{
		VI: "Phần nội dung không có mục nào được đánh số hay gạch đầu dòng.",
		EN: "The body has no numbered provision and no dash.",
	}, diag.Text{
		VI: "Giữ nguyên các ký hiệu “I.”, “1.”, “a)”, “-”, “Điều 1.” ở đầu dòng như trong bản gốc.",
		EN: "Keep the labels “I.”, “1.”, “a)”, “-”, “Điều 1.” at the beginnings of lines as in the original.",
	})
	truncated = diag.NewRule("plan-truncated", diag.Error, diag.Text{
		VI: "Văn bản dừng ở đây, trước phần ký: thiếu %[1]s.",
		EN: "The text ends here, before it is signed: %[2]s is missing.",
	}, diag.Text{
		VI: "Chép đủ đến hết phần ký: dòng “T/M …” hoặc “TM. …”, chức vụ và họ tên người ký.",
		EN: "Copy the text to its end: the authority, the position and the name of the signer.",
	})
	gap = diag.NewRule("plan-gap", diag.Error, diag.Text{
		VI: "Đánh số cách quãng: gặp “%[1]s” ở chỗ lẽ ra là “%[2]s”.",
		EN: "The numbering has a gap: “%[1]s” stands where “%[2]s” should.",
	}, diag.Text{
		VI: "Đối chiếu với bản gốc xem có sót đoạn nào không; số phải đứng ở đầu dòng.",
		EN: "Compare with the original: something may be left out, or a label may not stand at the beginning of its line.",
	})
	repeat = diag.NewRule("plan-repeat", diag.Error, diag.Text{
		VI: "Số “%[1]s” bị lặp: ở chỗ này lẽ ra là “%[2]s”.",
		EN: "The number “%[1]s” comes again: “%[2]s” should stand here.",
	}, diag.Text{
		VI: "Đối chiếu với bản gốc xem có đoạn nào bị chép hai lần hoặc đánh số sai không.",
		EN: "Compare with the original: something may be copied twice or numbered wrongly.",
	})
	sameID = diag.NewRule("plan-same-id", diag.Error, diag.Text{
		VI: "“%[1]s” ở đây trùng chỗ với mục ở dòng %[2]s: cả hai đều có mã “%[3]s”.",
		EN: "“%[1]s” has the place of the provision on line %[2]s: both have the ID “%[3]s”.",
	}, diag.Text{
		VI: "Đối chiếu cách đánh số của hai mục với bản gốc.",
		EN: "Compare the numbering of both with the original.",
	})
	unplaced = diag.NewRule("plan-unplaced", diag.Error, diag.Text{
		VI: "Không rõ dòng “%[1]s” thuộc phần nào của văn bản.",
		EN: "The line “%[1]s” has no place in the document.",
	}, diag.Text{
		VI: "Đối chiếu với bản gốc: nếu dòng này không thuộc văn bản thì bỏ đi; nếu thuộc thì nối vào đúng đoạn của nó.",
		EN: "Delete the line if it is not the document's own; if it is, join it to the paragraph it belongs to.",
	})
	issuerMissing = diag.NewRule("plan-issuer-missing", diag.Warning, diag.Text{
		VI: "Không tìm thấy tên cơ quan ban hành.",
		EN: "The issuing body is not named.",
	}, diag.Text{
		VI: "Ghi tên cơ quan bằng chữ in hoa trên dòng ngay trước số văn bản.",
		EN: "Give its name in capitals on the line above the number.",
	})
	dashDoubt = diag.NewRule("plan-dash-doubt", diag.Warning, diag.Text{
		VI: "Dòng này bắt đầu bằng dấu gạch ngang, nhưng câu trước chưa có dấu kết thúc, nên được nối vào câu trước.",
		EN: "This line begins with a hyphen while the sentence before it has not ended, so it was joined to that sentence.",
	}, diag.Text{
		VI: "Nếu đây là một gạch đầu dòng mới, thêm dấu kết thúc câu như trong bản gốc vào dòng trước; nếu không, nối hai dòng làm một.",
		EN: "If it is a new dash, end the line before it as the original does; if not, join the two lines.",
	})
	tooMany = diag.NewRule("plan-too-many", diag.Error, diag.Text{
		VI: "Có hơn %[1]s lỗi; các lỗi sau không được liệt kê.",
		EN: "There are more than %[1]s findings; the rest are not listed.",
	}, diag.Text{
		VI: "Sửa các lỗi trên rồi chạy lại.",
		EN: "Mend those above and run again.",
	})
)
