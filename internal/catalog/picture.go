package catalog

import (
	"errors"
	"image"
	_ "image/jpeg" // the kinds of pictures that are taken
	_ "image/png"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	_ "golang.org/x/image/webp"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var (
	ruleMissingImage = diag.NewRule("image-missing", diag.Error,
		diag.Text{VI: "Không có tệp ảnh “%[1]s” trong thư mục của bài.", EN: "There is no picture “%[1]s” in the entry's folder."},
		diag.Text{VI: "Chép ảnh vào cùng thư mục với bài, hoặc sửa lại tên tệp (phân biệt chữ hoa, chữ thường).", EN: "Copy it into the entry's folder, or mend its name (capitals count)."})
	ruleForeignImage = diag.NewRule("image-elsewhere", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” nằm ở trang khác.", EN: "The picture “%[1]s” lies on another site."},
		diag.Text{VI: "Chỉ dùng ảnh được phép đăng, chép vào cùng thư mục với bài.", EN: "Use only pictures that may be published, and copy them into the entry's folder."})
	ruleImageName = diag.NewRule("image-name", diag.Error,
		diag.Text{VI: "Tên tệp ảnh “%[1]s” không dùng được.", EN: "“%[1]s” cannot be the name of a picture."},
		diag.Text{VI: "Đặt ảnh ngay trong thư mục của bài; tên chỉ gồm chữ không dấu, số, gạch nối, và đuôi .jpg, .jpeg, .png hoặc .webp.", EN: "Put the picture right into the entry's folder; its name has ASCII letters, digits and hyphens, and ends in .jpg, .jpeg, .png or .webp."})
	ruleImageBroken = diag.NewRule("image-broken", diag.Error,
		diag.Text{VI: "Tệp “%[1]s” không phải là ảnh đúng với đuôi của nó, hoặc đã hỏng.", EN: "“%[1]s” is not a picture of the kind that its name says, or it is damaged."},
		diag.Text{VI: "Mở ảnh bằng một chương trình xem ảnh, rồi lưu lại thành .jpg hoặc .png.", EN: "Open it in a picture viewer and save it again as .jpg or .png."})
	ruleImageSize = diag.NewRule("image-too-large", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” quá lớn: %[2]d × %[3]d điểm.", EN: "The picture “%[1]s” is too large: %[2]d × %[3]d pixels."},
		diag.Text{VI: "Thu nhỏ ảnh còn không quá 8.000 điểm mỗi chiều rồi lưu lại.", EN: "Make it at most 8,000 pixels either way."})
)

// mostPixels is what the largest cameras take. A small file can promise far more,
// and building the site would take all memory to draw it.
const mostPixels = 64_000_000

// pictureName is what a picture's name may be, and pictureKinds the endings with
// what a file of each must hold.
var (
	pictureName  = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]*$`)
	pictureKinds = map[string]string{".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp"}
)

// checkPicture finds whether the picture named in the front matter can be shown.
func checkPicture(fsys fs.FS, it item) []diag.Finding {
	key, picture := "", (*Image)(nil)
	switch it := it.(type) {
	case *Article:
		key, picture = "image", it.Image
	case *Person:
		key, picture = "portrait", it.Portrait
	}
	if picture == nil || picture.File == "" {
		return nil
	}
	return imageFile(fsys, it.base(), picture.File, it.base().pos(key))
}

// imageFile finds whether a picture lies in the entry's own folder, and is one.
func imageFile(fsys fs.FS, e *Entry, file string, pos diag.Pos) []diag.Finding {
	kind := pictureKinds[strings.ToLower(path.Ext(file))]
	name := path.Join(path.Dir(e.File), file)
	switch {
	case isWindowsPath(file):
		return []diag.Finding{ruleWindowsPath.At(pos, file)}
	case strings.Contains(file, "//"), strings.Contains(file, ":"):
		return []diag.Finding{ruleForeignImage.At(pos, file)}
	case !pictureName.MatchString(file), kind == "":
		stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
		finding := ruleImageName.At(pos, file)
		if slug := viet.Slug(stem); kind != "" && slug != "" {
			finding = finding.Suggest(slug + strings.ToLower(path.Ext(file)))
		}
		return []diag.Finding{finding}
	}
	beside := filesBeside(fsys, e.File)
	f, err := fsys.Open(name)
	if err == nil && path.Dir(file) == "." && !slices.Contains(beside, file) { // found by a disk that does not tell A from a
		err = errors.Join(fs.ErrNotExist, f.Close())
	}
	if err != nil {
		return []diag.Finding{ruleMissingImage.At(pos, file).Suggest(nearestPicture(file, beside))}
	}
	defer f.Close()
	config, is, err := image.DecodeConfig(f)
	switch {
	case err != nil || is != kind:
		return []diag.Finding{ruleImageBroken.At(pos, file)}
	case config.Width*config.Height > mostPixels:
		return []diag.Finding{ruleImageSize.At(pos, file, config.Width, config.Height)}
	}
	return nil
}

var ruleWindowsPath = diag.NewRule("windows-path", diag.Error,
	diag.Text{VI: "“%[1]s” là đường dẫn trên máy của bạn; người đọc không mở được.", EN: "“%[1]s” is a path on your own computer, which no reader can open."},
	diag.Text{VI: "Chép tệp vào cùng thư mục với bài và chỉ ghi tên tệp; liên kết tới trang khác thì chép địa chỉ từ trình duyệt.", EN: "Copy the file into the entry's folder and give its name alone; of a page give the address that the browser shows."})

// windowsPath matches C:\Users\… and what Explorer copies.
var windowsPath = regexp.MustCompile(`(?i)^(?:file:/*)?[a-z]:[\\/]|^\\\\`)

func isWindowsPath(s string) bool { return windowsPath.MatchString(s) }

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
	pictures := slices.DeleteFunc(slices.Clone(beside), func(name string) bool { return pictureKinds[strings.ToLower(path.Ext(name))] == "" })
	for _, name := range pictures {
		if strings.TrimSuffix(viet.Fold(name), path.Ext(name)) == strings.TrimSuffix(viet.Fold(file), path.Ext(file)) {
			return name
		}
	}
	return viet.Nearest(file, pictures)
}
