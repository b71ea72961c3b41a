package generate

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

var (
	rulePictureFormat = diag.NewRule("picture-format", diag.Error,
		diag.Text{VI: "“%[1]s” không phải ảnh thuộc loại dùng được.", EN: "“%[1]s” is no picture of a kind that can be used."},
		diag.Text{VI: "Dùng ảnh JPEG, PNG, WebP, GIF hoặc HEIC; ảnh loại khác thì mở bằng Paint rồi lưu thành JPEG.", EN: "Use JPEG, PNG, WebP, GIF or HEIC; save others as JPEG with a picture editor."})
	rulePictureTooLarge = diag.NewRule("picture-too-large", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” quá lớn: tối đa %[2]d MB và %[3]d triệu điểm ảnh.", EN: "The picture “%[1]s” is too large: at most %[2]d MB and %[3]d million pixels."},
		diag.Text{VI: "Thu nhỏ ảnh, chẳng hạn bằng Paint (Đổi cỡ), rồi chép lại.", EN: "Make it smaller with a picture editor."})
	rulePictureDamaged = diag.NewRule("picture-damaged", diag.Error,
		diag.Text{VI: "Không đọc được ảnh “%[1]s”: tệp hỏng hoặc chép chưa hết.", EN: "The picture “%[1]s” cannot be read: it is damaged or incomplete."},
		diag.Text{VI: "Chép lại ảnh từ máy chụp; thử mở ảnh xem có hiện đủ không.", EN: "Copy it again from the camera, and see whether it opens."})
)

// picturesFolder holds the cleaned pictures, which Hugo mounts onto content/.
const picturesFolder = "pictures"

// Pictures puts beside each picture that an entry shows one that can be
// published: upright, bounded, of a format that Hugo reads, without what the
// camera wrote into it (see package photo). One that is so already is left as it
// is. The cleaned picture's name is that of the original with a sum of its
// content behind it ("le.heic.0f343b0931126a20.jpg"): that is how the templates
// find it, and why none is made twice.
func Pictures(content fs.FS, fsys afero.Fs, c *catalog.Catalog) ([]diag.Finding, error) {
	var findings []diag.Finding
	want := files{}
	done := map[string]bool{}
	for _, e := range c.Entries() {
		for _, p := range e.Pictures {
			if done[p.File] {
				continue
			}
			done[p.File] = true
			name, err := cleanPicture(content, fsys, p.File)
			if f, ok := pictureFinding(p, err); ok {
				if e.Draft {
					f = f.Lower()
				}
				findings = append(findings, f)
			} else if err != nil {
				return findings, fmt.Errorf("cleaning %s: %w", p.File, err)
			} else if name != "" {
				want[name] = []byte{}
			}
		}
	}
	if err := fsys.MkdirAll(picturesFolder, 0o777); err != nil { // Hugo wants it there
		return findings, fmt.Errorf("making a folder for pictures: %w", err)
	}
	_, err := removeStale(fsys, picturesFolder, want)
	return findings, errors.Join(err, fsys.MkdirAll(picturesFolder, 0o777))
}

func pictureFinding(p catalog.Picture, err error) (diag.Finding, bool) {
	name := path.Base(p.File)
	switch {
	case errors.Is(err, photo.ErrFormat):
		return rulePictureFormat.At(p.Pos, name), true
	case errors.Is(err, photo.ErrTooLarge):
		return rulePictureTooLarge.At(p.Pos, name, photo.MaxBytes>>20, photo.MaxPixels/1_000_000), true
	case errors.Is(err, photo.ErrDamaged):
		return rulePictureDamaged.At(p.Pos, name), true
	}
	return diag.Finding{}, false
}

// cleanPicture returns the name of the cleaned picture, made if it was not
// there; "" where the original can stay.
func cleanPicture(content fs.FS, fsys afero.Fs, file string) (string, error) {
	if strings.ToLower(path.Ext(file)) == ".svg" {
		return "", nil // drawn, not taken; its text is checked with the site's
	}
	if info, err := fs.Stat(content, file); err != nil {
		return "", err
	} else if info.Size() > photo.MaxBytes {
		return "", photo.ErrTooLarge
	}
	data, err := fs.ReadFile(content, file)
	if err != nil {
		return "", err
	}
	stem := fmt.Sprintf("%s/%s.%x", picturesFolder, strings.TrimPrefix(file, "content/"), sha256.Sum256(data))
	stem = stem[:len(stem)-sha256.Size*2+16]
	for _, ext := range []string{".jpg", ".png"} {
		if there, err := afero.Exists(fsys, stem+ext); err != nil || there {
			return stem + ext, err
		}
	}
	if err := photo.Check(data); err != nil {
		return "", err
	}
	if photo.Ready(data) {
		return "", nil
	}
	clean, ext, err := photo.Clean(data, photo.Crop{})
	if err != nil {
		return "", err
	}
	_, err = writeChanged(fsys, stem+ext, clean)
	return stem + ext, err
}
