package form

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lienhiep/internal/markdown"
	"lienhiep/internal/page"
	"lienhiep/internal/plan"
)

// withTables has a table whose cells were merged across and down, and one in a quotation.
const withTables = `ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 1/KH-UBND
Mẫu, ngày 1 tháng 2 năm 2021

KẾ HOẠCH
Về tủ sách

I. KINH PHÍ
1. Số sách như sau:
| TT | Xã | Số sách (cuốn) |  | Ghi chú |
|  |  | Cũ | Mới |  |
| I | Vùng núi |  |  |  |
| 1 | Xã Mẫu | -5 | =12 | “Đủ”, còn 2; |
2. Sửa Điều 4 như sau:
“Điều 4. Sách
| Tên | Giá |
| A | 10 |
| B | 20 |
”.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
`

// TestEveryFormKeepsTables reads the rows and cells of a table out of every form.
func TestEveryFormKeepsTables(t *testing.T) {
	d := parse(t, []byte(withTables))
	want := d.Provision("i-1").Paragraphs[0].Table
	if len(want) != 4 || len(want[0]) != 5 {
		t.Fatalf("%q", want)
	}
	all := files(t, edition("1-kh-ubnd", d))
	for ext, read := range map[string]func([]byte) plan.Table{
		"txt": func(data []byte) plan.Table {
			text, _, _ := strings.Cut(string(data), "==========")
			return parse(t, []byte(text)).Provision("i-1").Paragraphs[0].Table
		},
		"docx": func(data []byte) plan.Table {
			text, err := docxText(data)
			if err != nil {
				t.Fatal(err)
			}
			return parse(t, []byte(text)).Provision("i-1").Paragraphs[0].Table
		},
		"pdf": func(data []byte) plan.Table {
			text, _ := page.Text("f.pdf", data)
			return parse(t, []byte(text)).Provision("i-1").Paragraphs[0].Table
		},
		"md": func(data []byte) plan.Table {
			_, body, _ := bytes.Cut(data[4:], []byte("\n---\n"))
			rendered, err := markdown.HTML(body)
			if err != nil {
				t.Fatal(err)
			}
			return tablesOfHTML(t, rendered)[0]
		},
		"xml":  func(data []byte) plan.Table { return tablesOfXML(t, data)[0] },
		"json": func(data []byte) plan.Table { return tablesOfJSON(t, data)[0] },
		"csv": func(data []byte) (rows plan.Table) {
			for _, r := range records(t, data) {
				if r[1] == "i-1" && r[2] == "row" {
					rows = append(rows, strings.Split(r[textColumn], "\t"))
				}
			}
			return rows
		},
	} {
		if got := read(all["1-kh-ubnd."+ext]); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q\nwant %q", ext, got, want)
		}
	}
}

// TestTablesAreFilesOfTheirOwn reads each table of a document as CSV.
func TestTablesAreFilesOfTheirOwn(t *testing.T) {
	d := parse(t, []byte(withTables))
	all, err := Tables(d)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d tables, %v", len(all), err)
	}
	if got, want := plan.Table(records(t, all["bang-i-1.csv"])), d.Provision("i-1").Paragraphs[0].Table; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if got := records(t, all["bang-i-2.csv"]); len(got) != 3 || got[1][0] != "A" {
		t.Errorf("the quoted table: %q", got)
	}
	if !bytes.HasPrefix(all["bang-i-1.csv"], []byte(ByteOrderMark)) || TableName("i-1", 2) != "bang-i-1-so-2.csv" {
		t.Error("not as spreadsheets read it")
	}
}

func records(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(ByteOrderMark)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func tablesOfHTML(t *testing.T, data []byte) []plan.Table {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []plan.Table
	for n := range root.Descendants() {
		switch n.Data {
		case "table":
			all = append(all, nil)
		case "tr":
			all[len(all)-1] = append(all[len(all)-1], nil)
		case "td", "th":
			rows := all[len(all)-1]
			text := ""
			for c := range n.Descendants() {
				if c.Type == html.TextNode {
					text += c.Data
				}
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], strings.TrimSpace(text))
		}
	}
	return all
}

func tablesOfXML(t *testing.T, data []byte) []plan.Table {
	t.Helper()
	var all []plan.Table
	cell := false
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err != nil {
			return all
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "table":
				all = append(all, nil)
			case "tr":
				all[len(all)-1] = append(all[len(all)-1], nil)
			case "td", "th":
				rows := all[len(all)-1]
				rows[len(rows)-1] = append(rows[len(rows)-1], "")
				cell = true
			}
		case xml.EndElement:
			cell = cell && token.Name.Local != "td" && token.Name.Local != "th"
		case xml.CharData:
			if cell {
				rows := all[len(all)-1]
				row := rows[len(rows)-1]
				row[len(row)-1] = strings.TrimSpace(row[len(row)-1] + strings.TrimSpace(string(token)))
			}
		}
	}
}

func tablesOfJSON(t *testing.T, data []byte) []plan.Table {
	t.Helper()
	var whole any
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	var all []plan.Table
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			if rows, ok := v["table"].([]any); ok {
				var table plan.Table
				for _, row := range rows {
					var cells []string
					for _, c := range row.([]any) {
						cells = append(cells, c.(string))
					}
					table = append(table, cells)
				}
				all = append(all, table)
			}
			for key, one := range v {
				if key != "table" {
					walk(one)
				}
			}
		}
	}
	walk(whole)
	return all
}
