package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"strings"

	"lienhiep/internal/diag"
)

var (
	hiddenPublished = diag.NewRule("hidden-published", diag.Error,
		diag.Text{VI: "“%[1]s” là bản nháp, chưa đến ngày đăng hoặc đã hết hạn, nhưng trang vẫn có tệp của bài.",
			EN: "“%[1]s” is a draft, not yet due or expired, but the site has a file for it."},
		diag.Text{VI: "Chạy lại lệnh build. Nếu vẫn vậy, báo người phụ trách kỹ thuật (không được dùng --buildDrafts, --buildFuture, --buildExpired).",
			EN: "Build without --buildDrafts, --buildFuture and --buildExpired, into an empty folder."})
	hiddenMentioned = diag.NewRule("hidden-mentioned", diag.Error,
		diag.Text{VI: "Ở đây có địa chỉ “%[2]s” của “%[1]s”, một bài còn là bản nháp, chưa đến ngày đăng hoặc đã hết hạn.",
			EN: "This names the address “%[2]s”, whose entry “%[1]s” is a draft, not yet due or expired."},
		diag.Text{VI: "Bỏ liên kết này cho đến khi bài được đăng, hoặc đăng bài ấy.", EN: "Remove the link until the entry is published, or publish the entry."})
)

// What is said instead where the entry is of a person who has withdrawn.
var (
	gonePublished = diag.NewRule("withdrawn-published", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” là của một nhân vật đã rút lại sự đồng ý, nhưng trang vẫn có tệp ở đó.",
			EN: "The address “%[1]s” is that of a person who has withdrawn, but the site has a file there."},
		diag.Text{VI: "Chạy lại lệnh build. Nếu vẫn vậy, tìm và xóa tệp ấy trong content/ hoặc static/.",
			EN: "Build again; if that does not help, find the file in content/ or static/ and remove it."})
	goneMentioned = diag.NewRule("withdrawn-mentioned", diag.Error,
		diag.Text{VI: "Ở đây còn địa chỉ “%[1]s” của một nhân vật đã rút lại sự đồng ý.",
			EN: "This names the address “%[1]s” of a person who has withdrawn."},
		diag.Text{VI: "Bỏ địa chỉ này khỏi bài, rồi chạy lại lệnh build.", EN: "Remove the address from the entry, and build again."})
)

// tombstone reports whether a file is the mark that a host reads where a page is
// gone for good.
func (s *site) tombstone(name string) bool {
	h := s.hidden[path.Dir(name)]
	return path.Base(name) == ".gone" && h != nil && (h.Gone || h.Down)
}

// concealed is a hidden entry at one of its addresses.
type concealed struct {
	*Hidden
	address string
}

// conceal notes where a hidden entry would be.
func (s *site) conceal(h Hidden) {
	for _, address := range h.URLs {
		s.hidden[strings.Trim(address, "/")] = &concealed{&h, address}
	}
	for _, name := range h.Names {
		s.names[name] = &concealed{&h, h.URLs[0]}
	}
	s.gone = s.gone || h.Gone
}

// goneAbove returns the page that is gone, if an address lies below one.
func (s *site) goneAbove(address string) *concealed {
	for s.gone {
		i := strings.LastIndexByte(address, '/')
		if i < 0 {
			break
		}
		if address = address[:i]; s.hidden[address] != nil && s.hidden[address].Gone {
			return s.hidden[address]
		}
	}
	return nil
}

// hiddenAt returns the hidden entry that an address, relative to the root,
// belongs to: it is the entry's own, or that of a file in its folder. An address
// below it that looks like a page's is not: a hidden section may have open pages.
func (s *site) hiddenAt(address string) *concealed {
	if len(s.hidden) == 0 {
		return nil
	}
	address = strings.Trim(address, "/")
	if h := s.hidden[address]; h != nil {
		return h
	}
	if h := s.goneAbove(address); h != nil {
		return h
	}
	dir, name := path.Split(address)
	if !strings.Contains(name, ".") {
		return nil
	}
	return s.hidden[strings.Trim(dir, "/")]
}

// published applies the rule for a file of the output: it belongs to the page in
// its own folder or in the next one above that has a page.
func (s *site) published(name string, out faults) {
	if s.tombstone(name) {
		return
	}
	if h := s.goneAbove(name); h != nil {
		out.add(fault{Finding: gonePublished.At(diag.Pos{File: name}, h.address)})
		return
	}
	if h := s.named(name); h != nil && h.Gone {
		out.add(fault{Finding: gonePublished.At(diag.Pos{File: name}, h.address)})
		return
	} else if h != nil {
		out.add(fault{Finding: hiddenPublished.At(diag.Pos{File: name}, h.File)})
		return
	}
	h := s.hidden[name]
	for dir := path.Dir(name); h == nil && dir != "."; dir = path.Dir(dir) {
		h = s.hidden[dir]
		if s.files[dir+"/index.html"] {
			break
		}
	}
	if h != nil {
		out.add(fault{Finding: hiddenPublished.At(diag.Pos{File: name}, h.File)})
	}
}

// named returns the hidden entry whose name is a part of a file's address, alone or in
// front of an ending.
func (s *site) named(name string) *concealed {
	for part := range strings.SplitSeq(name, "/") {
		if h := s.names[part]; h != nil {
			return h
		}
		stem, _, ended := strings.Cut(part, ".")
		stem, _, _ = strings.Cut(stem, "_hu_") // as Hugo names a picture that it has made smaller
		if h := s.names[stem]; h != nil && ended && strings.Contains(stem, "-") {
			return h
		}
	}
	return nil
}

// mention notes that a file names a hidden entry, once.
func (w *worker) mention(f *file, off int, h *concealed) {
	if w.shown[h] {
		return
	}
	w.shown[h] = true
	if h.Gone {
		w.add(goneMentioned.At(f.pos(off), h.address))
		return
	}
	w.add(hiddenMentioned.At(f.pos(off), h.File, h.address))
}

// data looks at a file that is no text for keys, and for addresses that must not be
// there: an index of words, which is compressed, a document's own remarks.
func (w *worker) data(name string) error {
	f, whole, err := w.read(w.fsys, name, largestData)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	w.secrets(f)
	if path.Ext(name) == "" {
		w.unnamedPage(f)
	}
	if len(w.hidden) == 0 {
		return nil
	}
	if whole {
		f.src, whole = unpacked(f.src)
	}
	if !whole {
		w.add(tooLarge.At(diag.Pos{File: name}, largestData>>20))
		return nil
	}
	clear(w.shown)
	w.addresses(f, true)
	return nil
}

// largestData is far more than a file has that is no text.
const largestData = 64 << 20

// unpacked returns what compressed data holds, and other data as it is. It stops
// at largestData, whatever the data promises.
func unpacked(src []byte) (data []byte, whole bool) {
	gz, err := gzip.NewReader(bytes.NewReader(src))
	if err != nil {
		return src, true
	}
	data, err = io.ReadAll(io.LimitReader(gz, largestData+1))
	if err != nil {
		return src, true // only looks like it
	}
	return data, len(data) <= largestData
}
