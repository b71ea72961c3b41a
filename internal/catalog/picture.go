package catalog

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
	"lienhiep/internal/photo"
	"lienhiep/internal/viet"
)

var (
	ruleMissingImage = diag.NewRule("image-missing", diag.Error,
		diag.Text{VI: "Không có tệp ảnh “%[1]s” trong thư mục của bài.", EN: "There is no picture “%[1]s” in the entry's folder."},
		diag.Text{VI: "Chép ảnh vào cùng thư mục với bài, hoặc sửa lại tên tệp (phân biệt chữ hoa, chữ thường).", EN: "Copy it into the entry's folder, or correct its name (upper and lower case matter)."})
	ruleForeignImage = diag.NewRule("image-elsewhere", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” nằm ở trang khác.", EN: "The picture “%[1]s” lies on another site."},
		diag.Text{VI: "Chỉ dùng ảnh được phép đăng, chép vào cùng thư mục với bài.", EN: "Copy the picture into the entry's folder, if it may be published."})
	ruleImageName = diag.NewRule("image-name", diag.Error,
		diag.Text{VI: "Tên tệp ảnh “%[1]s” không dùng được.", EN: "“%[1]s” cannot be the name of a picture."},
		diag.Text{VI: "Đặt ảnh ngay trong thư mục của bài; tên gồm chữ, số, dấu cách, gạch nối, và có đuôi .jpg, .jpeg, .png, .webp, .gif, .heic hoặc .heif.", EN: "Put the picture directly into the entry's folder. Its name may have letters, digits, spaces and hyphens, and ends in .jpg, .jpeg, .png, .webp, .gif, .heic or .heif."})
	ruleImageBroken = diag.NewRule("image-broken", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” không phải là ảnh, hoặc đã hỏng, hoặc chép chưa hết.", EN: "“%[1]s” is not a picture, or is damaged or incomplete."},
		diag.Text{VI: "Chép lại ảnh từ máy chụp. Nếu mở xem vẫn được, lưu lại ảnh thành .jpg hoặc .png bằng chương trình xem ảnh.", EN: "Copy it from the camera again. If it opens on your computer, save it again as .jpg or .png."})
	ruleImageSize = diag.NewRule("image-too-large", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” quá lớn: %[2]d × %[3]d điểm.", EN: "The picture “%[1]s” is too large: %[2]d × %[3]d pixels."},
		diag.Text{VI: "Thu nhỏ ảnh còn không quá 8.000 điểm mỗi chiều rồi lưu lại.", EN: "Scale it down to at most 8,000 pixels on each side."})
	ruleImageBytes = diag.NewRule("image-too-heavy", diag.Error,
		diag.Text{VI: "Tệp ảnh “%[1]s” quá nặng: %[2]d MB.", EN: "The file “%[1]s” is too large: %[2]d MB."},
		diag.Text{VI: "Thu nhỏ ảnh, chẳng hạn bằng Paint (Đổi cỡ), cho tệp không quá %[3]d MB.", EN: "Reduce the picture to at most %[3]d MB."})
	ruleImageSmall = diag.NewRule("image-too-small", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” quá nhỏ: ảnh HEIC phải rộng ít nhất %[3]d điểm, ảnh này chỉ rộng %[2]d.", EN: "The picture “%[1]s” is too small: a HEIC picture must be at least %[3]d pixels wide, this has %[2]d."},
		diag.Text{VI: "Dùng ảnh gốc từ máy chụp, hoặc mở ảnh rồi lưu lại thành .jpg.", EN: "Use the camera's original, or save this picture as .jpg."})
)

// pictureName is what a picture's name may be: what people, cameras and telephones give.
var pictureName = regexp.MustCompile(`^[\p{L}\p{N}_(][\p{L}\p{M}\p{N} ._(),&+'–-]*$`)

// Picture is an image file that an entry shows.
type Picture struct {
	File string // "content/tin-tuc/gap-mat/le.heic"
	Name string // as the entry has it, "le.heic"; a Mac's file names are in another Unicode form
	Pos  diag.Pos
}

// Broken returns the finding for a picture that turns out to be damaged when it is
// decoded; loading reads its header only.
func (p Picture) Broken() diag.Finding { return ruleImageBroken.At(p.Pos, path.Base(p.File)) }

// checkPicture finds whether the picture named in the front matter can be shown.
func checkPicture(fsys fs.FS, it item) []diag.Finding {
	one, ok := it.(pictured)
	if !ok {
		return nil
	}
	key, picture := one.picture()
	if picture == nil || picture.File == "" {
		return nil
	}
	return imageFile(fsys, it.base(), picture.File, it.base().pos(key))
}

// imageFile finds whether a picture lies in the entry's own folder, and is one;
// if so, it notes that the entry shows it.
func imageFile(fsys fs.FS, e *Entry, file string, pos diag.Pos) []diag.Finding {
	if plain, err := url.PathUnescape(file); err == nil {
		file = plain // as a browser copies it: Le%20ton%20vinh.jpg
	}
	kind := photo.Named(file)
	beside := filesBeside(fsys, e.File)
	lying := fileCalled(file, beside)
	name := path.Join(path.Dir(e.File), lying)
	if f, found := lint.WindowsPath(pos, file); found {
		return []diag.Finding{f}
	}
	switch {
	case strings.Contains(file, "//"), strings.Contains(file, ":"):
		return []diag.Finding{ruleForeignImage.At(pos, file)}
	case !pictureName.MatchString(file), kind == "":
		stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
		finding := ruleImageName.At(pos, file)
		if meant := fileCalled(path.Base(file), beside); kind != "" && slices.Contains(beside, meant) && pictureName.MatchString(meant) {
			finding = finding.Suggest(path.Base(file))
		} else if slug := viet.Slug(stem); kind != "" && slug != "" {
			finding = finding.Suggest(slug + strings.ToLower(path.Ext(file)))
		}
		return []diag.Finding{finding}
	}
	f, err := fsys.Open(name)
	if err == nil && path.Dir(file) == "." && !slices.Contains(beside, lying) { // found only because the file system is case-insensitive
		err = errors.Join(fs.ErrNotExist, f.Close())
	}
	if err != nil {
		return []diag.Finding{ruleMissingImage.At(pos, file).Suggest(nearestPicture(file, beside))}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > photo.MaxBytes {
		return []diag.Finding{ruleImageBytes.At(pos, file, info.Size()>>20, photo.MaxBytes>>20)}
	}
	size, err := photo.Check(f)
	switch {
	case errors.Is(err, photo.ErrTooLarge):
		return []diag.Finding{ruleImageSize.At(pos, file, size.Width, size.Height)}
	case errors.Is(err, photo.ErrTooSmall):
		return []diag.Finding{ruleImageSmall.At(pos, file, size.Width, photo.MinHEIC)}
	case err != nil:
		return []diag.Finding{ruleImageBroken.At(pos, file)}
	}
	e.Pictures = append(e.Pictures, Picture{File: name, Name: file, Pos: pos})
	return nil
}

// fileCalled returns the name among those beside an entry that is the same in another
// Unicode form, since a Mac's are decomposed; else the name itself.
func fileCalled(name string, beside []string) string {
	composed := norm.NFC.String(name)
	for _, other := range beside {
		if norm.NFC.String(other) == composed {
			return other
		}
	}
	return name
}

// filesBeside are the names of the files in an entry's folder.
func filesBeside(fsys fs.FS, file string) []string {
	var names []string
	// A folder that cannot be read has no picture either.
	inside, _ := fs.ReadDir(fsys, path.Dir(file))
	for _, d := range inside {
		names = append(names, d.Name())
	}
	return names
}

// nearestPicture is the picture beside an entry that was probably meant.
func nearestPicture(file string, beside []string) string {
	pictures := slices.DeleteFunc(slices.Clone(beside), func(name string) bool { return photo.Named(name) == "" })
	for _, name := range pictures {
		if strings.TrimSuffix(viet.Fold(name), path.Ext(name)) == strings.TrimSuffix(viet.Fold(file), path.Ext(file)) {
			return name
		}
	}
	return viet.Nearest(file, pictures)
}
