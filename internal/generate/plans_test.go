package generate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"
)

// document is the text of an invented plan of a day, with a section of tasks.
func document(number, day string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("Số " + number + "\nMẫu, " + day + `
KẾ HOẠCH
thử
-----
Như sau:
I. MỤC ĐÍCH
1. Một mục đích.
II. NHIỆM VỤ
1. Một nhiệm vụ.
2. Một nhiệm vụ khác.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Nguyễn Văn A
`)}
}

// several is the small site with three more plans: one before all others by its weight,
// one newer than the rest, and one without tasks.
func several(t *testing.T) fstest.MapFS {
	fsys := site(t)
	page := func(id, front string, text *fstest.MapFile) {
		fsys["content/ke-hoach/"+id+"/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Kế hoạch " + id + "\n" + front + "---\n")}
		fsys["content/ke-hoach/"+id+"/van-ban.txt"] = text
	}
	page("1-kh-tu", "weight: 1\ntasks: ii\n", document("1-KH/TU", "ngày 1 tháng 2 năm 2010"))
	page("2-kh-tu", "tasks: ii\n", document("2-KH/TU", "ngày 1 tháng 2 năm 2025"))
	page("3-kh-tu", "", document("3-KH/TU", "ngày 1 tháng 2 năm 2015"))
	fsys["content/tin-tuc/bon/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Bốn\ndescription: x\ndate: 2021-05-01\nevent: 2021-05-01\nplan: [3-kh-tu/i-1]" + source)}
	return fsys
}

func TestPlansStandByWeightThenTheNewestFirst(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, several(t))
	var order struct{ Plans, Done []string }
	read(t, out, "data/order.json", &order)
	if got, want := strings.Join(order.Plans, " "), "1-kh-tu 2-kh-tu 15-kh-tu 3-kh-tu"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	// Tasks, whether or not anything was done; of a plan without tasks, what has deeds.
	for ref, want := range map[string]bool{
		"1-kh-tu/ii-1": true, "1-kh-tu/ii-2": true, "1-kh-tu/i": false, "2-kh-tu/ii-1": true, "15-kh-tu/ii-5": true, "3-kh-tu/i": true, "3-kh-tu/ii": false, "3-kh-tu/ii-1": false,
	} {
		if slices.Contains(order.Done, ref) != want {
			t.Errorf("%s is listed: %v, want %v; %v", ref, !want, want, order.Done)
		}
	}
	if !slices.IsSortedFunc(order.Done, func(a, b string) int {
		place := func(ref string) int { return slices.Index(order.Plans, ref[:strings.IndexByte(ref, '/')]) }
		return place(a) - place(b)
	}) {
		t.Errorf("the plans' order is not that of what is listed: %v", order.Done)
	}
}

func TestProgressIsToldOnlyWhereThereIsSomethingToDo(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := several(t)
	run(t, out, fsys)
	csv := func(id string) string {
		data, err := afero.ReadFile(out, "static/ke-hoach/"+id+"/"+id+".csv")
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	check := func(id string, want bool) {
		t.Helper()
		for _, name := range []string{"content/ke-hoach/%s/tien-do/index.md", "data/progress/%s.json"} {
			if is, err := afero.Exists(out, fmt.Sprintf(name, id)); err != nil || is != want {
				t.Errorf(name+" is there: %v (%v), want %v", id, is, err, want)
			}
		}
		if is := strings.Contains(csv(id), "Chưa có báo cáo"); is != want {
			t.Errorf("the table of %s tells of progress: %v, want %v", id, is, want)
		}
	}
	check("1-kh-tu", true)
	check("3-kh-tu", false)
	// What is recorded is told, also where no section is said to hold the tasks.
	fsys["content/ke-hoach/3-kh-tu/_index.md"].Data = []byte("---\ntitle: Kế hoạch\nprogress: [{at: i-1, period: Hằng năm}]\n---\n")
	run(t, out, fsys)
	check("3-kh-tu", true)
}

// TestSizesFollowTheWords holds that a provision's size is that of all of its words.
func TestSizesFollowTheWords(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := site(t)
	fsys["content/ke-hoach/1-kh-tu/_index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Kế hoạch\n---\n")}
	fsys["content/ke-hoach/1-kh-tu/van-ban.txt"] = invented("1. Ngắn.\n2. " + strings.Repeat("Dài ", 100) + ".\n3. Có phần.\n- " + strings.Repeat("Dài ", 100) + ".\n- " + strings.Repeat("Dài ", 100) + ".\n4. " + strings.Repeat("Dài ", 20_000) + ".")
	run(t, out, fsys)
	var d planData
	read(t, out, "data/plans/1-kh-tu.json", &d)
	for id, want := range map[string]int{"1": 0, "2": 2, "3": 3, "3-1": 2, "4": largestSize} {
		if got := d.Index[id].Size; got != want {
			t.Errorf("%s has size %d, want %d", id, got, want)
		}
	}
}
