package plan

import "lienhiep/internal/diag"

// IsNumbering reports whether a finding speaks of numbers that leave a gap or come twice,
// which the signed document itself may have.
func IsNumbering(f diag.Finding) bool { return f.Rule == gap || f.Rule == repeat }

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
	numberBlank = diag.NewRule("plan-number-blank", diag.Error, diag.Text{
		VI: "Số của văn bản còn để trống: “%[1]s”.",
		EN: "The document's number is still blank: “%[1]s”.",
	}, diag.Text{
		VI: "Đây có lẽ là bản chưa vào sổ. Lấy bản đã có số, hoặc điền số theo bản đã ký.",
		EN: "This may be a copy from before it was registered. Take the numbered one, or fill in the number of the signed document.",
	})
	dateBlank = diag.NewRule("plan-date-blank", diag.Error, diag.Text{
		VI: "Ngày ban hành còn để trống: “%[1]s”.",
		EN: "The date of issue is still blank: “%[1]s”.",
	}, diag.Text{
		VI: "Điền ngày, tháng, năm theo bản đã ký.",
		EN: "Fill in day, month and year as in the signed document.",
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
		EN: "“%[1]s” is not a calendar date.",
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
	gap = diag.NewRule("plan-gap", diag.Warning, diag.Text{
		VI: "Đánh số cách quãng: gặp “%[1]s” ở chỗ theo thứ tự là “%[2]s”.",
		EN: "The numbering has a gap: “%[1]s” stands where “%[2]s” is expected.",
	}, diag.Text{
		VI: "Đối chiếu với bản ký: có thể sót một đoạn, hoặc ký hiệu không đứng đầu dòng. Nếu bản ký đúng là như thế, ghi numbering: as-signed ở đầu trang của văn bản.",
		EN: "Compare with the signed document: something may be left out, or a label may not stand at the beginning of its line. If it was signed so, write numbering: as-signed in the page's front matter.",
	})
	repeat = diag.NewRule("plan-repeat", diag.Warning, diag.Text{
		VI: "Số “%[1]s” bị lặp: theo thứ tự, ở chỗ này là “%[2]s”.",
		EN: "The number “%[1]s” is repeated; “%[2]s” is expected here.",
	}, diag.Text{
		VI: "Đối chiếu với bản ký: có thể một đoạn bị chép hai lần. Nếu bản ký đúng là như thế, ghi numbering: as-signed ở đầu trang của văn bản.",
		EN: "Compare with the signed document: something may be copied twice. If it was signed so, write numbering: as-signed in the page's front matter.",
	})
	lookAlike = diag.NewRule("plan-look-alike", diag.Warning, diag.Text{
		VI: "Trong ký hiệu “%[1]s”, chữ “%[2]s” không phải chữ Việt mà là một chữ khác trông giống (%[3]s).",
		EN: "In the label “%[1]s” the letter “%[2]s” is not Latin but a look-alike (%[3]s).",
	}, diag.Text{
		VI: "Ký hiệu đã được đọc như chữ Việt; gõ lại chữ ấy bằng bàn phím tiếng Việt để tìm kiếm được.",
		EN: "It was read as the Latin letter; retype it so that searches find it.",
	})
	misread = diag.NewRule("plan-misread-label", diag.Warning, diag.Text{
		VI: "Ký hiệu “%[1]s” được đọc là “%[2]s”.",
		EN: "The label “%[1]s” was read as “%[2]s”.",
	}, diag.Text{
		VI: "Máy nhận dạng chữ hay lẫn l, I với 1, chữ O với số 0, và bỏ dấu. Đối chiếu với bản ký rồi sửa ký hiệu trong tệp.",
		EN: "Programs that recognise scanned letters confuse l, I and 1, O and 0, and lose accents. Compare with the signed document and mend the label in the file.",
	})
	misreadDoubt = diag.NewRule("plan-misread-doubt", diag.Warning, diag.Text{
		VI: "Dòng này bắt đầu bằng “%[1]s”, có thể là số “%[2]s” bị nhận dạng sai; chưa coi là một mục.",
		EN: "This line begins with “%[1]s”, which may be a misread “%[2]s”; it was not taken for a provision.",
	}, diag.Text{
		VI: "Đối chiếu với bản ký: nếu là số của một mục thì sửa số ấy trong tệp.",
		EN: "Compare with the signed document: if it is a provision's number, correct it in the file.",
	})
	quotationOpen = diag.NewRule("plan-quotation-open", diag.Warning, diag.Text{
		VI: "Dấu ngoặc kép mở ở “%[1]s” không có dấu đóng.",
		EN: "The quotation that begins with “%[1]s” is never closed.",
	}, diag.Text{
		VI: "Đối chiếu với bản ký xem dấu ” đóng ở đâu; chưa có thì phần trích được coi là hết trước đoạn dẫn tiếp theo.",
		EN: "Compare with the signed document where it is closed; without the mark it is taken to end before the paragraph that introduces the next.",
	})
	wordsLost = diag.NewRule("plan-words-lost", diag.Error, diag.Text{
		VI: "Lời văn đọc được không còn đúng từng chữ: tệp viết “%[1]s”, cấu trúc đọc được có “%[2]s”.",
		EN: "The parsed text differs from its source: the file has “%[1]s”, the result “%[2]s”.",
	}, diag.Text{
		VI: "Đây là lỗi của chương trình, không phải của văn bản: báo người phụ trách kỹ thuật, kèm tệp này.",
		EN: "This is a bug in the program, not in the document: report it and attach the file.",
	})
	loneNumber = diag.NewRule("plan-lone-number", diag.Warning, diag.Text{
		VI: "Dòng này chỉ có số “%[1]s”; số được giữ lại trong lời văn.",
		EN: "This line holds nothing but the number “%[1]s”, which is kept in the text.",
	}, diag.Text{
		VI: "Nếu đó là số trang thì xóa dòng ấy trong tệp; nếu là số liệu của một bảng thì để nguyên.",
		EN: "If it is a page's number, delete the line in the file; if it is a table's figure, leave it.",
	})
	pageNumbersDropped = diag.NewRule("plan-page-numbers", diag.Notice, diag.Text{
		VI: "Đã bỏ các dòng số trang, ghi kèm số dòng trong tệp: %[1]s.",
		EN: "The page numbers were left out, here with their lines in the file: %[1]s.",
	}, diag.Text{
		VI: "Nếu một số ở đây không phải số trang, nối nó vào đoạn của nó.",
		EN: "If one of them is no page's number, join it to the paragraph that it belongs to.",
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
		EN: "Correct those above and run again.",
	})
)
