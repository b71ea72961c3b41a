package attach

import (
	"errors"
	"fmt"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/pdf"
)

// pdf reads a PDF file. One that cannot be read in full is published all the same,
// and said to be so: readers' programs read many a file that is not quite in order.
func (f *reading) pdf(data []byte) error {
	doc, err := pdf.Open(data)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return locked
	case err != nil:
		f.Unread = true
		return nil
	}
	f.Pages, f.Title, f.Words = doc.Pages, doc.Info["Title"], strings.Join(append([]string{doc.Text()}, doc.Fields...), "\n")
	f.Unseen = strings.Join(doc.Notes, "\n")
	clean, left := doc.Clean()
	f.clean = clean
	told := func(key string) bool { return doc.Info[key] != "" }
	switch {
	case doc.Signed:
		f.Carried = append(f.Carried, diag.Text{VI: "chữ ký số, nên tệp được giữ nguyên từng byte", EN: "a digital signature, so that not a byte is changed"})
		if told("Author") {
			f.Carried = append(f.Carried, diag.Text{VI: fmt.Sprintf("tên người soạn “%s”", doc.Info["Author"]), EN: fmt.Sprintf("the author's name, “%s”", doc.Info["Author"])})
		}
	case len(left) > 0:
		f.Carried = append(f.Carried, diag.Text{VI: "thông tin tài liệu không gỡ được: " + values(doc, left), EN: "document information that cannot be removed: " + values(doc, left)})
	case told("Author"):
		f.Removed = append(f.Removed, diag.Text{VI: fmt.Sprintf("tên người soạn “%s”", doc.Info["Author"]), EN: fmt.Sprintf("the author's name, “%s”", doc.Info["Author"])})
	}
	if doc.GPS > 0 {
		gps := diag.Text{VI: fmt.Sprintf("nơi chụp (GPS) của %d ảnh", doc.GPS), EN: fmt.Sprintf("where %d pictures were taken (GPS)", doc.GPS)}
		if doc.Signed || doc.Encrypted {
			f.Carried = append(f.Carried, gps)
		} else {
			f.Removed = append(f.Removed, gps)
		}
	}
	if doc.Comments > 0 {
		f.Carried = append(f.Carried, diag.Text{VI: fmt.Sprintf("%d ghi chú, nét vẽ của người đọc duyệt", doc.Comments), EN: fmt.Sprintf("%d notes and marks of reviewers", doc.Comments)})
	}
	if n := len(doc.Attached); n > 0 {
		f.Carried = append(f.Carried, diag.Text{VI: fmt.Sprintf("%d tệp nhúng bên trong (%s)", n, strings.Join(doc.Attached, ", ")), EN: fmt.Sprintf("%d files within it (%s)", n, strings.Join(doc.Attached, ", "))})
	}
	if doc.Scripts {
		f.Carried = append(f.Carried, diag.Text{VI: "mã lệnh JavaScript hoặc lệnh mở chương trình", EN: "JavaScript, or orders to start programs"})
	}
	return nil
}

func values(doc *pdf.File, keys []string) string {
	all := make([]string, len(keys))
	for i, key := range keys {
		all[i] = fmt.Sprintf("%s “%s”", key, doc.Info[key])
	}
	return strings.Join(all, ", ")
}
