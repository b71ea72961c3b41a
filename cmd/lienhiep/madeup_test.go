package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// madeUp is the real site with as many made-up entries beside its own as a test wants.
type madeUp struct {
	t          testing.TB
	root       string
	random     *rand.Rand
	vocabulary []string
}

func newMadeUp(t testing.TB) *madeUp {
	t.Helper()
	return madeUpIn(t, t.TempDir())
}

func madeUpIn(t testing.TB, dir string) *madeUp {
	t.Helper()
	root, err := copyOfSite("../..", dir, "site")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := &madeUp{t: t, root: root, random: rand.New(rand.NewPCG(1, 2))}
	for _, word := range strings.Fields(strings.ToLower(string(text))) {
		if word = strings.Trim(word, ".,;:()"); word != "" && !strings.ContainsAny(word, `/-"*&+“”0123456789`) {
			s.vocabulary = append(s.vocabulary, word)
		}
	}
	return s
}

// words is made-up text of at most n characters, in which nothing is said twice.
func (s *madeUp) words(n int) string {
	var b strings.Builder
	b.WriteString("Mẫu")
	for length := 3; ; {
		word := s.vocabulary[s.random.IntN(len(s.vocabulary))]
		if length += 1 + utf8.RuneCountInString(word); length >= n {
			return b.String()
		}
		b.WriteString(" " + word)
	}
}

// code is n letters and digits, as addresses on the web have them.
func (s *madeUp) code(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[s.random.IntN(36)]
	}
	return string(b)
}

func (s *madeUp) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.root, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *madeUp) entry(name, front, text string) {
	s.t.Helper()
	s.write("content/"+name, "---\n"+front+"---\n\n"+text+"\n")
}

// cited is what nearly every entry must have.
const cited = "sources: [{title: Nguồn mẫu, url: \"https://example.org/\"}]\n"

func titled(title string) string {
	return fmt.Sprintf("title: %q\ndescription: Một mục giả định của bộ kiểm thử.\n", title)
}

func (s *madeUp) article(i int) {
	s.entry(fmt.Sprintf("tin-tuc/bai-%d/index.md", i), titled(fmt.Sprintf("Bài mẫu số %d", i))+
		fmt.Sprintf("date: %d-%02d-%02d\nevent: %[1]d-%02[2]d-%02[3]d\nfields: [Ngành %d]\nplan: [15-kh-tu/ii-1-2]\n", 2000+i%25, 1+i%12, 1+i%28, i%40)+cited, "Lời bài mẫu.")
}

func (s *madeUp) directive(i int) {
	s.entry(fmt.Sprintf("van-ban/%d-qd-mau/index.md", i), titled(fmt.Sprintf("Quyết định mẫu số %d-QĐ/MAU", i))+
		fmt.Sprintf("date: %d-%02d-%02d\nnumber: %d-QĐ/MAU\ndoc_type: Quyết định\nissuer: Cơ quan mẫu\ncarries_out: [42-ct-tw]\n", 2000+i%25, 1+i%12, 1+i%28, i), "Lời mẫu.")
}

// givenNames begin with letters all over the alphabet, with and without marks.
var givenNames = strings.Fields("Ân Ảnh Bích Cần Dụ Đoàn Đào Êm Giả Hà Khánh Lan Mẫu Nam Oanh Ơn Phú Quân Rạng Sơn Thử Tài Uyên Ước Vinh Xuân Yến")

func (s *madeUp) person(i int) {
	name := fmt.Sprintf("Trần Văn Mẫu %s", givenNames[i%len(givenNames)])
	s.entry(fmt.Sprintf("tri-thuc/nguoi-%d/index.md", i), titled(name)+
		fmt.Sprintf("born: %d\ndied: %d\nfields: [Ngành %d]\nawards: [{name: Giải mẫu %d, year: %d}]\nconsent: {basis: deceased}\n", 1900+i%60, 1980+i%40, i%40, i%7, 1950+i%30)+cited, "Lời mẫu.")
}

// plan is a plan of a people's committee with so many tasks.
func (s *madeUp) plan(id, number, year string, tasks int) {
	s.entry("ke-hoach/"+id+"/_index.md", titled("Kế hoạch số "+number)+"tasks: ii\n", "")
	var b strings.Builder
	fmt.Fprintf(&b, "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH MẪU\tĐộc lập - Tự do - Hạnh phúc\nSố: %s\tTỉnh Mẫu, ngày 06 tháng 5 năm %s\n\n", number, year)
	b.WriteString("KẾ HOẠCH\nTriển khai công tác mẫu\n\nỦy ban nhân dân tỉnh ban hành kế hoạch như sau:\n\nI. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích giả định.\n2. Yêu cầu giả định.\nII. NHIỆM VỤ\n")
	for i := range tasks {
		fmt.Fprintf(&b, "%d. Nhiệm vụ giả định thứ %[1]d\n- %s.\n- %s.\n", i+1, s.words(200), s.words(200))
	}
	b.WriteString("III. TỔ CHỨC THỰC HIỆN\n1. Cơ quan mẫu chủ trì.\n2. Cơ quan khác phối hợp.\n\nNơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\n\tTrần Văn Mẫu\n")
	s.write("content/ke-hoach/"+id+"/van-ban.txt", b.String())
}

// law is a law of so many articles in ten chapters, "luat-mau": an invented one, which
// sets no tasks.
func (s *madeUp) law(articles int) {
	s.entry("ke-hoach/luat-mau/_index.md", titled("Luật Mẫu"), "")
	var b strings.Builder
	b.WriteString("QUỐC HỘI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: 99/2020/QH14\tĐộc lập - Tự do - Hạnh phúc\n\tHà Nội, ngày 17 tháng 6 năm 2020\n\nLUẬT\nMẪU\n\nQuốc hội ban hành Luật Mẫu.\n")
	for i := range articles {
		if i%((articles+9)/10) == 0 {
			fmt.Fprintf(&b, "Chương %s\nQUY ĐỊNH GIẢ ĐỊNH\n", strings.Fields("I II III IV V VI VII VIII IX X")[i/((articles+9)/10)])
		}
		fmt.Fprintf(&b, "Điều %d. Nội dung giả định của điều %[1]d\n1. %s.\n2. %s.\n", i+1, s.words(200), s.words(200))
	}
	b.WriteString("Luật này được Quốc hội thông qua ngày 17 tháng 6 năm 2020.\n\tCHỦ TỊCH QUỐC HỘI\n\tTrần Văn Mẫu\n")
	s.write("content/ke-hoach/luat-mau/van-ban.txt", b.String())
}

// run runs the program on the site.
func (s *madeUp) run(args ...string) (string, error) {
	out, err := exec.Command(binary, append(args, "--dir", s.root)...).CombinedOutput()
	return string(out), err
}

// build builds the site; what is only told is no failure.
func (s *madeUp) build() (told, public string) {
	s.t.Helper()
	told, err := s.run("build")
	if err != nil {
		s.t.Fatalf("%v\n%s", err, told)
	}
	return told, filepath.Join(s.root, "public")
}
