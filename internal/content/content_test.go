package content

import (
	"slices"
	"testing"
)

func TestKindOf(t *testing.T) {
	for kind, names := range map[Kind][]string{
		Entry: {"_index.md", "_index.en.md", "gioi-thieu.md", "gioi-thieu/index.md", "tin-tuc/bai/index.en.md", "tin-tuc/bai/index.vi.md", "tin-tuc/bai.md", "tin-tuc/bai.en.md",
			"tin-tuc/bai/index-DESKTOP-1.md", "tin-tuc/bai/index (1).md", "tin-tuc/bai/index.fr.md", "tin-tuc/bai/index.en-DESKTOP-1.md"},
		Picture:    {"tin-tuc/bai/anh.jpg", "tin-tuc/bai/IMG_1.JPG", "tin-tuc/bai/a.b.heic"},
		Attachment: {"ke-hoach/15-kh-tu/van-ban.txt", "tin-tuc/bai/giay-moi.pdf", "tin-tuc/bai/Mẫu 1.DOCX", "a.xlsx", "a.pptx", "a.odt", "a.ods", "a.csv", "a.mp3", "a.MP4", "a.en.vtt", "a.srt"},
		Kept:       {"tin-tuc/bai/a.doc", "a.rtf", "a.xls", "a.ppt", "a.odp", "a.docm", "a.XLSM", "a.pptm", "a.zip", "a.rar", "a.7z", "a.MOV", "a.m4a"},
		Table:      {"ten-chinh-thuc.toml", "trang-web.toml", "tri-thuc/da-rut.toml"},
		Ignored: {".DS_Store", "tin-tuc/Thumbs.db", "tin-tuc/bai/~$giay.docx", "tin-tuc/~$bai.md", "tin-tuc/bai/desktop.ini", ".gitkeep", "tin-tuc/.index.md.swp", "tin-tuc/index.md~",
			"tin-tuc/.~lock.giay.odt#", "tin-tuc/#bai.md#", ".git/config", "tin-tuc/@eaDir/anh.jpg/x.jpg", "tin-tuc/._content.gotmpl", "tin-tuc/bai.md.bak", "$RECYCLE.BIN/a.md"},
		Unknown: {"_content.gotmpl", "tin-tuc/bai/_content.gotmpl", "tin-tuc/bai/sau/nua/_content.gotmpl", "tin-tuc/_CONTENT.GOTMPL", "tin-tuc/_Content.gotmpl", "_content.vi.gotmpl", "_content.en.gotmpl",
			"tin-tuc/a.html", "tin-tuc/a.htm", "tin-tuc/a.org", "tin-tuc/a.adoc", "tin-tuc/a.ad", "tin-tuc/a.rst", "tin-tuc/a.pandoc", "tin-tuc/a.pdc", "tin-tuc/a.markdown", "tin-tuc/a.mdown",
			"tin-tuc/a.MD", "tin-tuc/a.Md", "tin-tuc/bai/Index.md", "tin-tuc/bai/İndex.md", "tin-tuc/bai/index.EN.md", "tin-tuc/bai/_INDEX.md", "tin-tuc/bai/index._x_.md", "tin-tuc/bai/index._language_en_.md",
			"tin-tuc/bai/index.en.x.md", "tin-tuc/bai/index.vi.en.md", "tin-tuc/a.svg", "tin-tuc/a.js", "tin-tuc/a", "tin-tuc/a.toml", "tin-tuc/da-rut.toml", "TEN-CHINH-THUC.toml", "tin-tuc/a.md ", "tin-tuc/a.lnk", "tin-tuc/a.gotmpl", "a.md/b.sh"},
	} {
		for _, name := range names {
			if got := KindOf(name); got != kind {
				t.Errorf("%q is of kind %d, want %d", name, got, kind)
			}
		}
	}
}

func TestFitsWindows(t *testing.T) {
	for _, name := range []string{"con", "CON", "aux", "Nul.txt", "prn.tar.gz", "com1", "com¹", "lpt9.md", "con .txt", "conin$", "a.", "a ", "a:b", "a?b.pdf", `a\b`, "a\tb", "a|b", `"a"`} {
		if FitsWindows(name) {
			t.Errorf("%q is taken for a name that Windows can hold", name)
		}
	}
	for _, name := range []string{"con-nguoi", "conn", "auxin", "com10", "bai", ".a", "Giấy mời (1).pdf", "com", "lpt"} {
		if !FitsWindows(name) {
			t.Errorf("%q is taken for a name that Windows cannot hold", name)
		}
	}
}

// TestPatternsShowPagesAndPictures keeps files for download from Hugo: it would publish
// them as they are.
func TestPatternsShowPagesAndPictures(t *testing.T) {
	all := Patterns()
	last := all[len(all)-1]
	if want := "/**/*.{md,gif,heic,heif,jpeg,jpg,png,webp}"; last != want || !slices.Contains(all, "! /**.*.md") {
		t.Errorf("%q, want %q", all, want)
	}
}
