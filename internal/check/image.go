package check

import (
	"fmt"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

// imageKinds are the files that may hold a photograph.
var imageKinds = map[string]bool{
	".jpg": true, ".jpeg": true, ".jpe": true, ".jfif": true, ".png": true, ".apng": true, ".gif": true, ".webp": true,
	".avif": true, ".heic": true, ".heif": true, ".tif": true, ".tiff": true, ".ico": true,
}

// maxImage bounds an image: no reader loads more, and no camera gives it.
const maxImage = 64 << 20

var imageMetadata = diag.NewRule("privacy-image-metadata", diag.Error,
	diag.Text{VI: "Tệp ảnh còn mang dữ liệu ngoài hình ảnh (%[1]s): có thể lộ nơi chụp, giờ chụp, máy chụp.",
		EN: "The image contains metadata (%[2]s), which may reveal where, when and with which device it was taken."},
	diag.Text{VI: "Đặt ảnh vào thư mục của bài thay vì thư mục static/: khi dựng trang, ảnh ở đó được làm sạch.",
		EN: "Keep it in an entry's folder instead of static/: metadata is removed there when the site is built."})

// image wants nothing in an image file but the picture.
func (w *worker) image(name string) error {
	f, whole, err := w.read(w.fsys, name, maxImage)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	if !whole {
		w.add(tooLarge.At(diag.Pos{File: name}, maxImage>>20))
		return nil
	}
	w.secrets(f)
	var vi, en []string
	for _, extra := range photo.Carried(f.src) {
		vi, en = append(vi, extras[extra].VI), append(en, extras[extra].EN)
	}
	if len(vi) > 0 {
		w.add(imageMetadata.At(diag.Pos{File: name}, strings.Join(vi, ", "), strings.Join(en, ", ")))
	}
	return nil
}

// extras names in both languages what an image file may carry.
var extras = map[photo.Extra]diag.Text{
	photo.EXIF:    {VI: "EXIF", EN: "EXIF"},
	photo.XMP:     {VI: "XMP", EN: "XMP"},
	photo.IPTC:    {VI: "IPTC", EN: "IPTC"},
	photo.Comment: {VI: "lời ghi chú", EN: "a comment"},
	photo.AppData: {VI: "dữ liệu riêng của phần mềm", EN: "application data"},
	photo.Tail:    {VI: "dữ liệu sau hình ảnh", EN: "data after the picture"},
}
