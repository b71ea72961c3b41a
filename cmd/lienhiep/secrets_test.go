package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"lienhiep/internal/needs"
)

// Words that stand nowhere else. The secret one is in entries that are not on the
// site, in every place that can hold a word; the open one in an entry that is; that
// of papers in what says where a consent is filed and what it covers.
const (
	secretWord = "xqzkin"
	openWord   = "xqzmo"
	paperWord  = "xqzgiay"
)

// kindFronts are the front matter that each kind of entry must have, with a word
// wherever one can stand.
var kindFronts = map[string]string{
	"tin-tuc":       "event: 2024-03-04\npeople: [tran-dai-nghia]\nplan: [15-kh-tu/ii-1-2]\nfields: [WORD lĩnh vực]\nimage: {file: WORD.png, alt: WORD, credit: WORD}\nsources: [{title: WORD, url: \"https://WORD.example/\", publisher: WORD}]\n",
	"tri-thuc":      "died: 1990\nother_names: [WORD]\ngiven_name: WORD\ndegree: WORD\nbirthplace: WORD\naffiliation: [WORD]\nfields: [WORD lĩnh vực]\nawards: [{name: Giải WORD, year: 1990, decision: WORD}]\nwhy: WORD\nfacts: [{text: WORD, source: \"https://WORD.example/\"}]\nlife: [{when: 1985, text: WORD}]\nofficial_page: \"https://WORD.example/\"\nunclear: WORD\nportrait: {file: WORD.png, alt: WORD, credit: WORD}\nconsent: {basis: deceased, document: PAPER, scope: PAPER}\nplan: [15-kh-tu/ii-1-2]\nsources: [{title: WORD, url: \"https://WORD.example/\"}]\n",
	"ton-vinh":      "level: province\nyear: 2020\nround: WORD\ndecision: WORD\norganiser: WORD\nfigures: [{label: WORD, value: WORD}]\npeople: [tran-dai-nghia]\nfields: [WORD lĩnh vực]\nplan: [15-kh-tu/ii-1-2]\nsources: [{title: WORD, url: \"https://WORD.example/\"}]\n",
	"hoi-thi":       "begins: 2024-03-04\nedition: WORD\nperiod: WORD\nfigures: [{label: WORD, value: WORD}]\npeople: [tran-dai-nghia]\nfields: [WORD lĩnh vực]\nplan: [15-kh-tu/ii-1-2]\nsources: [{title: WORD, url: \"https://WORD.example/\"}]\n",
	"van-ban":       "number: SLUG\ndoc_type: WORD\nissuer: WORD\ncarries_out: [42-ct-tw]\nsources: [{title: WORD, url: \"https://WORD.example/\"}]\n",
	"lien-hiep-hoi": "sources: [{title: WORD, url: \"https://WORD.example/\"}]\n",
	"ke-hoach":      "tasks: ii\nnotes: [{at: ii-1, text: WORD, sources: [{title: WORD, url: \"https://WORD.example/\"}]}]\n",
}

// stateFronts are the ways in which an entry is kept off the site.
var stateFronts = map[string]string{
	"nhap":      "date: 2024-01-02\ndraft: true\n",
	"tuong-lai": "date: 2999-01-02\n",
	"hen":       "date: 2024-01-02\npublishDate: 2999-01-02\n",
	"het-han":   "date: 2024-01-02\nexpiryDate: 2024-02-02\n",
}

// plant writes an entry of a kind with a word in every place.
func plant(t *testing.T, root, section, state, front, word string) {
	t.Helper()
	slug := word + "-" + state
	folder := filepath.Join(root, "content", section, slug)
	index := "index"
	if section == "ke-hoach" {
		index = "_index"
	}
	write := func(name, text string) {
		text = strings.NewReplacer("WORD", word, "SLUG", slug, "PAPER", paperWord).Replace(text)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	body := "---\n\nLời WORD, ![WORD](WORD.png)\n\n## WORD\n"
	write(index+".md", "---\ntitle: WORD "+section+" "+state+"\ndescription: WORD "+section+" "+state+"\naliases: [/cu/WORD/"+section+"/"+state+"/]\n"+front+kindFronts[section]+body)
	if section != "van-ban" { // whose English would need all that the Vietnamese has
		write(index+".en.md", "---\ntitle: WORD "+section+" "+state+"\ndescription: WORD.\n"+front+"---\n\nWORD\n")
	}
	if section == "ke-hoach" {
		plan, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
		if err != nil {
			t.Fatal(err)
		}
		write("van-ban.txt", strings.Replace(string(plan), "trí thức", word, 3))
	}
	picture := pngThatSays(t, word)
	for _, name := range []string{word + ".png", word + "-thua.png"} { // one in use, one not
		write(name, picture)
	}
}

// amendLater gives the plan on the site a later text with a word in it, whose day
// has not come.
func amendLater(t *testing.T, root, word string) {
	t.Helper()
	folder := filepath.Join(root, "content/ke-hoach/15-kh-tu")
	page, err := os.ReadFile(filepath.Join(folder, "_index.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "van-ban.txt"))
	if err != nil {
		t.Fatal(err)
	}
	version := strings.ReplaceAll("---\nversions: [{date: 2999-01-02, file: WORD.txt, decision: WORD, text: WORD}]\n", "WORD", word)
	for name, text := range map[string]string{
		"_index.md":   strings.Replace(string(page), "---\n", version, 1),
		word + ".txt": strings.Replace(string(text), "trí thức", word, 3),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// pngThatSays is a picture with a word in its remarks.
func pngThatSays(t *testing.T, word string) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 300))); err != nil {
		t.Fatal(err)
	}
	remark := "tEXtComment\x00" + word
	chunk := fmt.Appendf(nil, "%c%c%c%c%s", 0, 0, 0, len(remark)-4, remark)
	sum := crc32.ChecksumIEEE([]byte(remark))
	chunk = append(chunk, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
	const header = 8 + 25 // the signature and the first chunk
	return b.String()[:header] + string(chunk) + b.String()[header:]
}

// TestSecretsAreNowhere plants a word in entries of every kind that are drafts,
// still to appear or expired, and looks for it in every published byte.
func TestSecretsAreNowhere(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	for section := range kindFronts {
		for state, front := range stateFronts {
			plant(t, root, section, state, front, secretWord)
		}
		if section != "ke-hoach" {
			plant(t, root, section, "mo", "date: 2024-01-02\n", openWord)
		}
	}
	amendLater(t, root, secretWord)
	// What is on the site may name what is not.
	for name, front := range map[string]string{
		"tin-tuc/neu-ten": "people: [WORD-nhap, WORD-hen]\nplan: [WORD-nhap/ii-1-2, WORD-het-han/ii-1]\n",
		"van-ban/01-x":    "number: 01-X\ndoc_type: Chỉ thị\ncarries_out: [WORD-nhap]\n",
	} {
		text := "---\ntitle: Nêu tên\ndescription: Mô tả.\ndate: 2024-01-02\n" + strings.ReplaceAll(front, "WORD", secretWord) + "sources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\n\nLời.\n"
		folder := filepath.Join(root, "content", name)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "index.md"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(binary, "build", "--dir", root).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	public := filepath.Join(root, "public")
	if found := filesWith(t, public, secretWord); len(found) > 0 {
		t.Errorf("the secret is in %s", strings.Join(found, ", "))
	}
	if found := filesWith(t, public, paperWord); len(found) > 0 {
		t.Errorf("where a consent is filed, or what it covers, is in %s", strings.Join(found, ", "))
	}
	// The same search finds what is open, in the compressed copies too.
	open := strings.Join(filesWith(t, public, openWord), " ")
	for _, want := range []string{
		"index.xml", "atom.xml", "feed.json", "lich.ics", "api/v1/articles.json", "api/v1/plans.json", "sitemap.xml", "tin-tuc/xqzmo-mo/index.html", "tin-tuc/xqzmo-mo/index.html.gz",
		"tri-thuc/xqzmo-mo/tin-bai/index.html", "en/people/xqzmo-mo/index.html", "_redirects", "tin-tuc/xqzmo-mo/xqzmo.png.", "tim-kiem/index/",
	} {
		if !strings.Contains(open, want) {
			t.Errorf("the open word is not found in %s", want)
		}
	}
	if words := filesWith(t, public, "trí thức"); !slices.Contains(words, wholePlan+".docx") {
		t.Error("what a Word file says is not searched")
	}
	// What a picture says of who took it and where does not go with it.
	for _, name := range strings.Fields(open) {
		if data, err := os.ReadFile(filepath.Join(public, name)); err != nil || filepath.Ext(name) == ".webp" && bytes.Contains(data, []byte(openWord)) {
			t.Errorf("%s keeps its remarks (%v)", name, err)
		}
	}
}

// filesWith lists the files below a folder that have a word in their name or in
// their bytes, in any case; of compressed ones, in what they unpack to.
func filesWith(t *testing.T, folder, word string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		data, err := unpacked(name)
		if err != nil {
			return fmt.Errorf("%s: %w", rel, err)
		}
		if bytes.Contains(bytes.ToLower(data), []byte(word)) || strings.Contains(strings.ToLower(rel), word) {
			found = append(found, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// unpacked reads a file, and what is compressed in it.
func unpacked(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	ext := filepath.Ext(name)
	if ext == ".bin" && !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) { // short files of the search index are not packed
		return data, err
	}
	switch ext {
	case ".br":
		return io.ReadAll(brotli.NewReader(bytes.NewReader(data)))
	case ".gz", ".bin": // the search index
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	case ".docx":
		return unzipped(data)
	}
	return data, err
}

// unzipped is all that the files of an archive hold.
func unzipped(archive []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		all = append(all, data...)
	}
	return all, nil
}

// TestWithdrawnPeopleLeaveNothingBehind takes a person off the real site, after a
// build that has processed their portrait.
func TestWithdrawnPeopleLeaveNothingBehind(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	plant(t, root, "tri-thuc", "mo", "date: 2024-01-02\n", openWord)
	folder := filepath.Join(root, "content/tin-tuc/ve-nguoi-ay")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	article := "---\ntitle: Bài\ndescription: Mô tả.\ndate: 2024-01-02\npeople: [" + openWord + "-mo]\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\n\nXem [trang ấy](/tri-thuc/" + openWord + "-mo/).\n"
	if err := os.WriteFile(filepath.Join(folder, "index.md"), []byte(article), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) {
		t.Helper()
		if out, err := exec.Command(binary, append(args, "--dir", root)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	run("build")
	made := filepath.Join(root, "resources/_gen/images/tri-thuc", openWord+"-mo")
	if _, err := os.Stat(made); err != nil {
		t.Fatal("Hugo keeps what it made of pictures elsewhere now: ", err)
	}
	before := filepath.Join(t.TempDir(), "content")
	if err := copyTree(filepath.Join(root, "content"), before); err != nil {
		t.Fatal(err)
	}
	run("withdraw", openWord+"-mo")
	run("build")
	run("check")
	if _, err := os.Stat(made); err == nil {
		t.Error("the portrait is still among what Hugo has made")
	}
	for _, name := range filesWith(t, filepath.Join(root, "public"), openWord) {
		if filepath.Base(name) != ".gone" {
			t.Errorf("%s still has to do with the person", name)
		}
	}

	if kept, err := os.ReadFile(filepath.Join(root, "generated", keptFile)); err != nil || strings.Contains(string(kept), openWord) {
		t.Errorf("what is kept for the next build still has to do with the person (%v)", err)
	}

	// One who was withdrawn by mistake comes back whole.
	content := filepath.Join(root, "content")
	if err := copyTree(filepath.Join(root, "generated/withdrawn", openWord+"-mo", "content"), content); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(content, "tri-thuc/da-rut.toml")); err != nil {
		t.Fatal(err)
	}
	if difference := compareTrees(content, before); difference != "" {
		t.Errorf("not all of the content comes back: %s", difference)
	}
}
