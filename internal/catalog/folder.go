package catalog

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var (
	ruleNoEntry = diag.NewRule("not-an-entry", diag.Error,
		diag.Text{VI: "Tệp này không thành bài được: tên một bài viết bằng chữ thường và có đuôi .md.", EN: "This file cannot be an entry: an entry's file name is in lower case and ends in .md."},
		diag.Text{VI: "Đổi tên tệp, ví dụ thành index.md (tiếng Anh: index.en.md), hoặc chuyển tệp ra khỏi thư mục content.", EN: "Rename it, for example to index.md (index.en.md for English), or move it out of content/."})
	ruleForeignFile = diag.NewRule("foreign-file", diag.Error,
		diag.Text{VI: "Loại tệp này (%[1]s) không được nằm trong thư mục content.", EN: "Files of this type (%[1]s) are not allowed in content/."},
		diag.Text{VI: "Chuyển tệp ra khỏi thư mục content. Trong đó chỉ để bài viết (.md), ảnh (.jpg, .png, .webp, .gif, .heic) và tệp cho người đọc tải về (.pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4).",
			EN: "Move it out of content/, which is only for entries (.md), pictures (.jpg, .png, .webp, .gif, .heic) and files that readers download (.pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .txt, .mp3, .mp4)."})
	ruleSpecialFile = diag.NewRule("special-file", diag.Error,
		diag.Text{VI: "Đây không phải là tệp hay thư mục thường mà là %[1]s của hệ điều hành.", EN: "This is not a regular file or folder but %[2]s."},
		diag.Text{VI: "Xóa nó khỏi thư mục content; nếu cần nội dung thì chép vào một tệp thường.", EN: "Remove it from content/; if its content is needed, copy it into a regular file."})
	ruleSymlink = diag.NewRule("content-symlink", diag.Error,
		diag.Text{VI: "Đây là lối tắt (symbolic link), không phải tệp hay thư mục thật.", EN: "This is a symbolic link, not a file or folder."},
		diag.Text{VI: "Chép chính tệp ấy vào đây thay cho lối tắt.", EN: "Replace it with a copy of the file."})
	ruleWindowsName = diag.NewRule("windows-name", diag.Error,
		diag.Text{VI: "Tên “%[1]s” không dùng được trên máy Windows.", EN: "Windows does not allow a file or folder named “%[1]s”."},
		diag.Text{VI: "Đặt tên khác. Windows giữ riêng các tên con, prn, aux, nul, com1, lpt1 …, không nhận các ký tự < > : \" \\ | ? * và tên kết thúc bằng dấu chấm hoặc dấu cách.",
			EN: "Choose another name. Windows reserves con, prn, aux, nul, com1, lpt1 …, and does not allow < > : \" \\ | ? * or a dot or space at the end."})
)

// contentFile is a Markdown file that is an entry.
type contentFile struct {
	name        string // "content/tin-tuc/gap-mat/index.en.md"
	lang        string
	translation bool // of the Vietnamese file beside it
}

// contentFiles lists what lies in content/, in order, and finds what may not lie there, at
// any depth.
func contentFiles(fsys fs.FS) (*lister, error) {
	l := &lister{fsys: fsys}
	err := l.folder("content", false)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return l, err
}

// lister is what lies in content/.
type lister struct {
	fsys     fs.FS
	entries  []contentFile
	files    []string // for download, or kept beside entries
	findings []diag.Finding
}

// folder lists what lies in a folder and in those below it. A folder with an index
// file is itself an entry: whatever else lies in it, folders too, belongs to that
// entry.
func (l *lister) folder(dir string, inEntry bool) error {
	inside, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return err
	}
	here := map[string]bool{}
	isEntry := false
	for _, d := range inside {
		here[d.Name()] = d.Type().IsRegular()
		isEntry = isEntry || here[d.Name()] && content.IsBundle(d.Name())
	}
	for _, d := range inside {
		name := dir + "/" + d.Name()
		mode := d.Type()
		switch {
		case content.IsByproduct(d.Name()):
			l.unused(name, inEntry)
			continue
		case !content.FitsWindows(d.Name()):
			l.report(ruleWindowsName.At(diag.Pos{File: name}, d.Name()))
		}
		switch {
		case mode&fs.ModeSymlink != 0:
			l.report(ruleSymlink.At(diag.Pos{File: name}))
		case mode.IsDir():
			if err := l.folder(name, inEntry || isEntry); err != nil {
				return err
			}
		case !mode.IsRegular():
			l.report(special(name, mode))
		default:
			l.file(name, here, isEntry, inEntry)
		}
	}
	return nil
}

func (l *lister) report(f diag.Finding) { l.findings = append(l.findings, f) }

// file takes a file for what its name says it is. here are the files beside it,
// which are an entry's if isEntry; inEntry tells that so is a folder above.
func (l *lister) file(name string, here map[string]bool, isEntry, inEntry bool) {
	base := path.Base(name)
	switch content.KindOf(strings.TrimPrefix(name, "content/")) {
	case content.Unknown:
		l.report(refused(name))
	case content.Entry:
		stem, lang := splitLang(base)
		switch {
		case isEntry && !inEntry && stem == "_index":
			l.report(ruleTwoIndexes.At(diag.Pos{File: name}))
		case inEntry || isEntry && stem != "index":
			l.report(unusedFile(name, inEntry))
		default:
			l.entries = append(l.entries, contentFile{name: name, lang: lang, translation: lang != "vi" && here[stem+".md"]})
		}
	case content.Attachment, content.Kept:
		l.files = append(l.files, name)
	default:
		l.unused(name, inEntry)
	}
}

// unused tells of a file that somebody may take for published, and that is not.
func (l *lister) unused(name string, inEntry bool) {
	if isLeftover(path.Base(name)) {
		l.report(unusedFile(name, inEntry))
	}
}

// markup are the endings of what Hugo, or an editor, takes for pages.
var markup = map[string]bool{".md": true, ".mdown": true, ".markdown": true, ".html": true, ".htm": true, ".adoc": true, ".asciidoc": true, ".ad": true, ".pandoc": true, ".pdc": true, ".rst": true, ".org": true}

// refused says why a file may not lie in content/.
func refused(name string) diag.Finding {
	ending := path.Ext(name)
	if markup[strings.ToLower(ending)] {
		return ruleNoEntry.At(diag.Pos{File: name})
	}
	if ending == "" {
		ending = path.Base(name)
	}
	return ruleForeignFile.At(diag.Pos{File: name}, ending)
}

func special(name string, mode fs.FileMode) diag.Finding {
	what := diag.Text{VI: "tệp thiết bị", EN: "a device"}
	switch {
	case mode&fs.ModeNamedPipe != 0:
		what = diag.Text{VI: "đường ống (FIFO)", EN: "a named pipe (FIFO)"}
	case mode&fs.ModeSocket != 0:
		what = diag.Text{VI: "ổ cắm (socket)", EN: "a socket"}
	}
	return ruleSpecialFile.At(diag.Pos{File: name}, what.VI, what.EN)
}

// KindOf returns the kind of the entry in a content file, by the file's name alone.
func KindOf(file string) Kind {
	stem, _ := splitLang(file)
	parts := strings.Split(strings.TrimPrefix(stem, "content/"), "/")
	return kindOf(parts[0], len(parts)-1, path.Base(stem) == "_index").Kind
}

// splitLang takes a content file's name apart: "a/index.en.md" → "a/index", "en".
func splitLang(name string) (stem, lang string) {
	stem = strings.TrimSuffix(name, ".md")
	if s, ok := strings.CutSuffix(stem, ".en"); ok {
		return s, "en"
	}
	return strings.TrimSuffix(stem, ".vi"), "vi"
}

// badPart finds a part of an address that cannot stand in one.
func badPart(parts []string) (part string, found bool) {
	for _, part := range parts {
		if viet.Slug(part) != part || part == "" {
			return part, true
		}
	}
	return "", false
}

// regularFS opens regular files and folders alone: a link leads elsewhere, and a pipe
// would be waited for.
type regularFS struct{ fs.FS }

func (r regularFS) Open(name string) (fs.File, error) {
	info, err := fs.Lstat(r.FS, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return r.FS.Open(name)
}
