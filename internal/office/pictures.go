package office

import (
	"errors"
	"fmt"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

// clean makes the picture fit to be published and says, in words, why that
// cannot be done.
func (r *reader) clean(p *picture) diag.Text {
	data, err := r.read(p.part, photo.MaxBytes)
	if err == nil {
		var ext string
		p.data, ext, err = photo.Clean(data, p.crop)
		p.name = fmt.Sprintf("hinh-%d%s", len(r.doc.pictures)+1, ext)
	}
	switch {
	case err == nil:
		return diag.Text{}
	case errors.Is(err, photo.ErrFormat):
		return diag.Text{VI: "hình vẽ hoặc loại ảnh không dùng được trên trang", EN: "a drawing, or of a format that the site cannot use"}
	case errors.Is(err, photo.ErrTooLarge):
		return diag.Text{VI: "ảnh quá lớn", EN: "too large"}
	case errors.Is(err, photo.ErrTooSmall):
		return diag.Text{VI: fmt.Sprintf("ảnh HEIC rộng chưa đến %d điểm", photo.MinHEIC), EN: fmt.Sprintf("HEIC and less than %d pixels wide", photo.MinHEIC)}
	}
	return diag.Text{VI: "ảnh hỏng", EN: "damaged"}
}

func cropKey(c photo.Crop) string { return fmt.Sprint(c) }
