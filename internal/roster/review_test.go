package roster

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/office"
)

// TestReview wants each row and column of a table on the page, what becomes of it, and a
// form whose choices --map takes.
func TestReview(t *testing.T) {
	table := tableOf(t, "DANH SÁCH <b>MẪU</b>", "STT | Họ và tên | Năm sinh | Cơ quan chủ quản | Số điện thoại | Căn cứ",
		"I | Lĩnh vực Y tế", "1 | Trần Văn Mẫu | 5/1960 | Sở Mẫu | 0912345678 | công khai", "2 | Lê Thị Mẫu | 1961 | Hội Mẫu", "Tổng cộng: 2")
	r, findings, err := ReviewOf("ds.xlsx", table, fstest.MapFS{}, Options{Choice: office.Choice{Columns: map[string]string{"Cơ quan chủ quản": "affiliation", "A": ""}}}, diag.Vietnamese)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, findings)
	}
	var rows, columns []string
	for _, row := range r.Rows {
		rows = append(rows, strings.TrimSpace(row.Label+" "+row.Outcome+" "+row.Where))
	}
	for _, c := range r.Columns {
		columns = append(columns, c.Cell+" "+c.Name+c.Left)
	}
	wantAll(t, "rows", rows, "1 không nhập: nằm trên dòng tên cột", "3 không nhập: tên nhóm, được ghi cho những người bên dưới", "4 tạo mới content/tri-thuc/tran-van-mau", "5 chờ phiếu đồng ý .lienhiep/waiting/le-thi-mau", "6 không nhập: cộng, tổng số")
	wantAll(t, "columns", columns, "A2 theo lựa chọn", "B2 Họ và tên", "C2 Ngày sinh", "D2 Nơi công tác", "E2 thông tin riêng tư", "F2 Căn cứ để đăng")
	var page strings.Builder
	if err := r.HTML(&page, ""); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	options := 0
	for n := range root.Descendants() {
		if n.Data != "option" {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "value" && a.Val != "" {
				options++
				if _, _, err := ParseMap(a.Val); err != nil {
					t.Errorf("--map does not take %q", a.Val)
				}
			}
		}
	}
	if options < 6*len(Columns()) {
		t.Errorf("%d options", options)
	}
	for _, part := range []string{"DANH SÁCH &lt;b&gt;MẪU&lt;/b&gt;", `value="Cơ quan chủ quản=Nơi công tác" selected`, `value="STT=bỏ" selected`, "“5/1960” ở ô C4 được nhập là năm 1960", "Tổng cộng: 2"} {
		if !strings.Contains(page.String(), part) {
			t.Errorf("no %q on the page", part)
		}
	}
	if strings.Contains(page.String(), "0912") {
		t.Error("the page shows a telephone number")
	}
	page.Reset()
	if err := r.HTML(&page, "/nhap"); err != nil || !strings.Contains(page.String(), `action="/nhap"`) || strings.Contains(page.String(), "<script") {
		t.Errorf("the desk's page: %v", err)
	}
}

// TestParseMap wants columns named by any of their headings, or left out.
func TestParseMap(t *testing.T) {
	for text, want := range map[string]string{
		"Cơ quan chủ quản=Nơi công tác": "Cơ quan chủ quản affiliation", "D = đơn vị": "D affiliation", "D=affiliation": "D affiliation", "D=bỏ": "D ", "D=": "D ",
		"D": "error", "=x": "error", "D=Nơi công tá": "error Nơi công tác",
	} {
		column, key, err := ParseMap(text)
		got := column + " " + key
		if e, ok := err.(MapError); ok {
			got = strings.TrimSpace("error " + e.Nearest)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestSift wants a row that has an error left out by itself, with the reason, and nobody else
// with it; and the rows left out that are not wanted.
func TestSift(t *testing.T) {
	table := tableOf(t, "Họ và tên | Năm sinh | Căn cứ", "Trần Văn Mẫu | 1960 | công khai", "Đỗ Văn Rút | 1955 | công khai", "Lê Thị Mẫu | 1961 | vì thích", "Lê Thị Mẫu; Trần Thị Mẫu | 1970 | công khai", "Phạm Văn Thừa | 1950 | công khai", "Hồ Văn Mẫu | 40/40/1950 | công khai", "Mai Thị Mẫu | 1962")
	site := fstest.MapFS{catalog.WithdrawnFile: {Data: []byte("[[withdrawn]]\nperson = \"do-van-rut\"\nborn = 1955\ndate = 2026-01-05\n")}}
	r, plan, _, err := Sift("ds.xlsx", table, site, Options{Today: "2026-11-28", Skip: []string{"6"}}, diag.Vietnamese)
	if err != nil || plan == nil {
		t.Fatal(err, r)
	}
	var rows, steps []string
	for _, row := range r.Rows {
		if row.IsPerson {
			rows = append(rows, strings.TrimSpace(row.Label+" "+row.Outcome+": "+strings.Join(row.Refused, "; ")))
		}
	}
	for _, s := range plan.Steps {
		steps = append(steps, s.Name)
	}
	wantAll(t, "rows", rows, "2 tạo mới:", "3 không nhập: Đỗ Văn Rút (dòng 3) đã rút lại sự đồng ý ngày 2026-01-05 nên không được nhập.", "4 không nhập: “vì thích” ở ô C4 không phải căn cứ để đăng.", "5 không nhập: Ô A5 có vẻ ghi tên nhiều người: “Lê Thị Mẫu; Trần Thị Mẫu”.", "6 không nhập:", "7 không nhập: Không chắc “40/40/1950” ở ô B7 là ngày nào.", "8 chờ phiếu đồng ý:")
	if got := strings.Join(steps, ", "); got != "Trần Văn Mẫu, Mai Thị Mẫu" {
		t.Errorf("steps for %s", got)
	}
	if _, plan, findings, err := Sift("ds.xlsx", tableOf(t, "Tên gọi | Năm sinh", "Mẫu | 1960"), site, Options{}, diag.Vietnamese); err != nil || plan != nil || !diag.HasErrors(findings) {
		t.Errorf("a table without names: %v %v %v", plan, findings, err)
	}
}
