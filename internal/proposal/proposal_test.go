package proposal

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
	"lienhiep/internal/needs"
)

// small is a site with a plan of three provisions, two people and an article about one of each.
func small(t *testing.T) *catalog.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"ke-hoach/01-kh/_index.md":         "---\ntitle: Kế hoạch\ndate: 2021-04-05\nshort:\n  i-1: Tôn vinh trí thức tiêu biểu\n---\n",
		"ke-hoach/01-kh/van-ban.txt":       "Số 1-KH/TU\nMẫu, ngày 5 tháng 4 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\nI- NHIỆM VỤ\n1. Biểu dương, khen thưởng người có công trình nghiên cứu.\n2. Tổ chức phản biện các đề án của tỉnh.\n3. Mở rộng hợp tác với trường học nước ngoài.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn Mẫu\n",
		"tri-thuc/tran-van-mau/index.md":   "---\ntitle: GS Trần Văn Mẫu (1950)\nfields: [Y học, Thủy sản]\nother_names: [Hoài Mẫu]\n---\n",
		"tri-thuc/tran-van-mau-2/index.md": "---\ntitle: Trần Văn Mẫu (kỹ sư)\nfields: [Y học]\n---\n",
		"tri-thuc/le-thi-vi-du/index.md":   "---\ntitle: Lê Thị Ví Dụ\ndraft: true\n---\n",
	} {
		files["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, _, err := catalog.Load(files, catalog.Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func show(list []Proposal) string {
	var all []string
	for _, p := range list {
		all = append(all, p.Value+" “"+p.Words+"”")
	}
	return strings.Join(all, "; ")
}

func TestWhatATextIsAbout(t *testing.T) {
	c := small(t)
	day := func(s string) catalog.When {
		w, ok := catalog.ParseWhen(s, time.UTC)
		if !ok {
			t.Fatal(s)
		}
		return w
	}
	for _, test := range []struct {
		name               string
		text               Text
		plan, people, list string
	}{
		{"the words of a label, in the title", Text{Title: "Tỉnh tôn vinh trí thức tiêu biểu"}, "01-kh/i-1 “tôn vinh trí thức tiêu biểu”", "", ""},
		{"a provision's own words, in the text, in another spelling", Text{Title: "Tin", Description: "Khen thưởng người có công trình nghiên cứu", Body: "Lễ **khen\nthưởng** người."}, "01-kh/i-1 “Khen thưởng người có công trình nghiên cứu”", "", ""},
		{"what was before the plan names none of it", Text{Title: "Tỉnh tôn vinh trí thức tiêu biểu", When: day("2019")}, "", "", ""},
		{"nor what is of the whole country", Text{Title: "Tôn vinh trí thức tiêu biểu", Scope: catalog.National}, "", "", ""},
		{"words that say little", Text{Title: "Của các cơ quan và người dân trong tỉnh"}, "", "", ""},
		{"a sign parts words", Text{Title: "Phản. Biện các. Đề, án của. Tỉnh"}, "", "", ""},
		{"a full name with its marks, of all who bear it", Text{Body: "Ông Trần Văn Mẫu và bà LÊ THỊ VÍ DỤ."}, "", "le-thi-vi-du “LÊ THỊ VÍ DỤ”; tran-van-mau “Trần Văn Mẫu”; tran-van-mau-2 “Trần Văn Mẫu”", ""},
		{"another name", Text{Body: "Nhà thơ Hoài Mẫu."}, "", "tran-van-mau “Hoài Mẫu”", ""},
		{"a part of a name, a name without marks, in an address", Text{Body: "Ông Mẫu, tran van mau, [bài](/tri-thuc/tran-van-mau/)."}, "", "", ""},
		{"a field in the title", Text{Title: "Hội thảo y học"}, "", "", "Y học “y học”"},
		{"a field twice in the text", Text{Body: "Nuôi thuỷ sản.\n\nNgành thủy sản."}, "", "", "Thủy sản “thuỷ sản”"},
		{"a field in passing", Text{Body: "Cả y học nữa."}, "", "", ""},
		{"nothing", Text{}, "", "", ""},
	} {
		got := Of(c, test.text)
		if show(got.Provisions) != test.plan || show(got.People) != test.people || show(got.Fields) != test.list {
			t.Errorf("%s: %s | %s | %s", test.name, show(got.Provisions), show(got.People), show(got.Fields))
		}
	}
}

// TestEditorsChoseWhatIsProposed proposes for each article of the site, without knowing
// what it names, and compares with what its editors chose.
func TestEditorsChoseWhatIsProposed(t *testing.T) {
	needs.Ask(t, needs.Long)
	site := os.DirFS("../..")
	c, _, err := catalog.Load(site, catalog.Options{Now: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	type tally struct {
		articles, first, right, wrong int // articles with a choice; whose first proposal is among it; proposals
		others, disturbed             int // articles without one, and those with a proposal
	}
	tallies := map[string]*tally{"plan": {}, "people": {}, "fields": {}}
	for _, e := range c.Entries() {
		if e.Lang != "vi" || e.Kind != catalog.KindArticle {
			continue
		}
		src, err := catalog.ReadFile(site, e.File)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := matter.ReadYAML(src)
		if err != nil {
			t.Fatal(err)
		}
		got := Of(c, Written(e.File, parts.Table, string(parts.Body), time.UTC))
		for key, list := range map[string][]Proposal{"plan": got.Provisions, "people": got.People, "fields": got.Fields} {
			n := tallies[key]
			var chosen []string
			if v := parts.Table.Get(key); v != nil {
				for _, item := range v.Items {
					chosen = append(chosen, item.Text)
				}
			}
			if chosen == nil {
				n.others++
				if len(list) > 0 {
					n.disturbed++
				}
				continue
			}
			n.articles++
			for i, p := range list {
				switch isRight := slices.Contains(chosen, p.Value); {
				case isRight && i == 0:
					n.first++
					fallthrough
				case isRight:
					n.right++
				default:
					n.wrong++
				}
			}
		}
	}
	for key, n := range tallies {
		t.Logf("%s: %+v, precision %.2f", key, *n, float64(n.right)/float64(n.right+n.wrong))
	}
	if n := tallies["plan"]; n.first*10 < n.articles*8 || n.right*10 < (n.right+n.wrong)*7 || n.disturbed*5 > n.others {
		t.Errorf("provisions: %+v", *n)
	}
	if n := tallies["people"]; n.first < n.articles || n.wrong > 0 || n.disturbed > 0 {
		t.Errorf("people: %+v", *n)
	}
	if n := tallies["fields"]; n.right*10 < (n.right+n.wrong)*7 || n.disturbed*5 > n.others {
		t.Errorf("fields: %+v", *n)
	}
}
