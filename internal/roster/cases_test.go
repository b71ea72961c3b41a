package roster

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
)

// TestLists reads lists as offices make them, and wants of each person what the list
// says, and of the rest that it is named.
func TestLists(t *testing.T) {
	for _, tt := range []struct {
		file   string
		people [][]string // ID, and lines of the entry
		said   []string   // parts of the findings
	}{
		{"1904", [][]string{{"tran-van-mot", `born: "1958-10-04"`}, {"le-van-hai", `born: "1950-05-01"`}, {"le-van-ba", `born: "1950-05-01"`}}, []string{"“STT” (ô A1)"}},
		{"footer", [][]string{{"tran-van-mau", `born: "1960-02-01"`, `fields: ["Y tế"]`, `affiliation: ["Bệnh viện"]`}, {"le-thi-mau", `born: "1965-04-03"`, `fields: ["Giáo dục"]`, `affiliation: ["Trường học"]`}},
			[]string{"dòng 6: cộng, tổng số (“Danh sách có 02 người”)", "dòng 7–8: ngày tháng, chữ ký", "“NGƯỜI LẬP BIỂU | CHỦ TỊCH”", "“I Lĩnh vực Y tế” là tên nhóm"}},
		{"honorific", [][]string{{"tran-van-mau", `born: "1960-02-01"`, `degree: "GS.TSKH"`}, {"le-thi-binh", `born: "1965"`, `degree: "PGS.TS"`}, {"nguyen-van-thu", `born: "1970"`}, {"pham-van-thu", `born: "1940"`}, {"ho-thu", `born: "1940"`}},
			[]string{"“5/1965” ở ô C3 được nhập là năm 1965", "“đã mất” đứng cạnh tên Phạm Văn Thử"}},
		{"many-sheets", [][]string{{"tran-van-mot", `born: "1960-02-01"`}, {"le-thi-hai", `born: "1965-04-03"`}, {"pham-van-ba", `born: "1965-04-03"`}}, []string{"đã đọc: “Y tế”, “Giáo dục”, “Nông nghiệp”"}},
		{"split-name", [][]string{{"tran-van-an", `title: "Trần Văn An"`}, {"le-thi-binh", `title: "Lê Thị Bình"`}}, nil},
		{"two-row-heading", [][]string{{"tran-van-mau", `born: "1960"`, "sex: male", `degree: "Tiến sĩ"`, `fields: ["Y học"]`}, {"le-thi-mau", `born: "1965"`, "sex: female", `degree: "Thạc sĩ"`}}, []string{"“DANH SÁCH TRÍ THỨC TIÊU BIỂU”"}},
		{"from-html", [][]string{{"tran-van-mau", `born: "1965-05-12"`, `degree: "TS"`, `fields: ["Y tế"]`, `affiliation: ["Giám đốc, Bệnh viện Mẫu"]`}, {"le-thi-thu", `born: "1970"`, `degree: "TS"`, `affiliation: ["Giám đốc, Bệnh viện Mẫu"]`}, {"ho-van-ba", `born: "1980-02-01"`, `fields: ["Giáo dục"]`}},
			[]string{"đánh số các cột", "“https://example.org/le” (dòng 8)", "1 ô ghi “-nt-” (dòng 8)", "dòng 12–15: ngày tháng, chữ ký"}},
		{"beside", [][]string{{"tran-van-mau", `born: "1965"`, `birthplace: "Huế"`}, {"le-thi-thu", `born: "1970"`, `birthplace: "Huế"`}, {"vu-van-tu", `born: "1965-05-12"`}, {"vu-thi-nam", `born: "1950"`, `birthplace: "Huế"`}}, []string{"Không nhập dòng 1: nằm trên dòng tên cột (“DANH SÁCH HỘI VIÊN”)", "bên trên để trống"}},
		{"no-second-row", [][]string{{"tran-van-mau", `born: "1960"`}, {"le-thi-mau", `born: "1965"`}}, nil},
	} {
		t.Run(tt.file, func(t *testing.T) {
			data, err := os.ReadFile("testdata/cases/" + tt.file + ".xlsx")
			if err != nil {
				t.Fatal(err)
			}
			site := fstest.MapFS{}
			plan, findings, err := Read("danh-sach.xlsx", data, site, Options{})
			said := ""
			for _, f := range findings {
				said += f.Message(diag.Vietnamese) + "\n"
			}
			if err != nil || plan == nil {
				t.Fatalf("%v\n%s", err, said)
			}
			var ids []string
			for _, s := range plan.Steps {
				for name, data := range s.Files {
					site[s.Folder+"/"+name] = &fstest.MapFile{Data: data}
				}
				ids = append(ids, s.Folder[strings.LastIndexByte(s.Folder, '/')+1:])
			}
			var want []string
			for _, p := range tt.people {
				want = append(want, p[0])
				entry := site["content/tri-thuc/"+p[0]+"/index.md"]
				for _, line := range p[1:] {
					if entry == nil || !strings.Contains(string(entry.Data), "\n"+line+"\n") {
						t.Errorf("%s: no line %s", p[0], line)
					}
				}
			}
			if !slices.Equal(ids, want) {
				t.Errorf("got %q, want %q", ids, want)
			}
			for _, part := range tt.said {
				if !strings.Contains(said, part) {
					t.Errorf("nothing says %q:\n%s", part, said)
				}
			}
		})
	}
}

// TestAffiliations wants an office held beside the body where it is held.
func TestAffiliations(t *testing.T) {
	site := fstest.MapFS{}
	importInto(t, site, "Họ và tên | Năm sinh | Học hàm | Học vị | Chức vụ | Đơn vị | Căn cứ",
		"Trần Văn Mẫu | 1960 | Phó Giáo sư | Tiến sĩ | Giám đốc | Bệnh viện Mẫu | công khai",
		"Lê Thị Mẫu | 1961 | | Thạc sĩ | Giám đốc; Ủy viên | Bệnh viện Mẫu | công khai",
		"Hồ Văn Mẫu | 1962 | | | Giám đốc Sở Mẫu | Giám đốc Sở Mẫu | công khai")
	for id, want := range map[string][2]string{
		"tran-van-mau": {`"Phó Giáo sư, Tiến sĩ"`, `["Giám đốc, Bệnh viện Mẫu"]`},
		"le-thi-mau":   {`"Thạc sĩ"`, `["Giám đốc", "Ủy viên", "Bệnh viện Mẫu"]`},
		"ho-van-mau":   {``, `["Giám đốc Sở Mẫu"]`},
	} {
		v := values(t, site, id)
		if got := string(site["content/tri-thuc/"+id+"/index.md"].Data); v["degree"] != want[0] && want[0] != "" || !strings.Contains(got, "affiliation: "+want[1]) {
			t.Errorf("%s: %s %s, want %s", id, v["degree"], v["affiliation"], want)
		}
	}
}
