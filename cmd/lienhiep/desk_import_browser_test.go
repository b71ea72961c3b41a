package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"lienhiep/internal/catalog"
	"lienhiep/internal/needs"
)

// handIn chooses a file where a page asks for one.
func (d *atTheDesk) handIn(address, file string) {
	d.t.Helper()
	d.run(page.BringToFront(), chromedp.Navigate(d.origin+address), chromedp.SetUploadFiles("#hand", []string{file}, chromedp.ByQuery))
	d.until(`document.querySelector("form.review, form.plan-review")`)
}

// set writes into a control of a page that is no entry's form, and leaves it.
func (d *atTheDesk) set(selector, value string) {
	d.t.Helper()
	d.do(fmt.Sprintf(`{const e = document.querySelector(%s); e.focus(); e.value = %s; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true}))}`, quoted(d.t, selector), quoted(d.t, value)))
}

func (d *atTheDesk) has(file string) bool {
	_, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(file)))
	return err == nil
}

// workbook writes a table of Excel, cells parted by bars.
func workbook(t *testing.T, file, table string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for y, line := range strings.Split(strings.TrimSpace(table), "\n") {
		for x, text := range strings.Split(line, "|") {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err == nil {
				err = f.SetCellStr("Sheet1", cell, strings.TrimSpace(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	return file
}

const people = `Họ và tên | Năm sinh | Số điện thoại | Cơ sở mẫu | Lĩnh vực | Căn cứ để đăng
Trần Văn Mẫu | 1950 | 0912345678 | Bệnh viện Mẫu | Y học |
Lê Thị Mẫu | 1960 | 0912345679 | Trường Mẫu | Toán học | hoạt động công khai
Trần Đại Nghĩa | 1913 | | | Quân sự | hoạt động công khai
Đỗ Văn Rút | 1955 | | | Y học | hoạt động công khai
Phạm Văn Thừa | 1961 | | | Y học | hoạt động công khai`

// TestEditorImports goes through what an editor does with files from elsewhere: an article
// from Word, a list of people from Excel with the consent forms, a document to download, a
// second plan; and the periodic report. All from the pages of the desk to the files.
func TestEditorImports(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Axe, needs.Milkdown, needs.Symlinks)
	files := t.TempDir()
	list := workbook(t, filepath.Join(files, "danh-sach.xlsx"), people)
	second := filepath.Join(files, "ke-hoach-16.txt")
	text := strings.Replace(string(read(t, "../../content/ke-hoach/15-kh-tu/van-ban.txt")), "15-KH/TU", "16-KH/TU", 1)
	if err := os.WriteFile(second, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	absolute := func(name string) string {
		out, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	d := openTheDesk(t, func(root string) {
		withdrawn := "[[withdrawn]]\nperson = \"do-van-rut\"\nborn = 1955\ndate = 2026-01-05\n"
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(catalog.WithdrawnFile)), []byte(withdrawn), 0o666); err != nil {
			t.Fatal(err)
		}
	})
	step := func(name string, f func(*testing.T)) {
		t.Run(name, func(t *testing.T) { d.t = t; f(t); d.t = t })
	}

	step("article", func(t *testing.T) {
		d.drop(`document.querySelector("main")`, absolute("../../internal/office/testdata/libreoffice/co-quan.docx"))
		d.until(`document.querySelector("form.review")`)
		d.until(`document.querySelector("#tieu-de").value === "Lễ trao giải hội thi sáng tạo kỹ thuật"`)
		d.until(`document.querySelector("#dia-chi").value === "le-trao-giai-hoi-thi-sang-tao-ky-thuat"`)
		d.until(`[...document.querySelectorAll(".preview img")].every(i => i.naturalWidth)`)
		d.do(`document.querySelector('.recognised input[value="title"]').click()`) // as in the file
		d.until(`document.querySelector("#tieu-de").value === "LỄ TRAO GIẢI HỘI THI SÁNG TẠO KỸ THUẬT" && document.querySelector(".preview h1").textContent === "LỄ TRAO GIẢI HỘI THI SÁNG TẠO KỸ THUẬT"`)
		d.do(`document.querySelector('.recognised input[value="title"]').click()`)
		d.until(`document.querySelector(".preview h1").textContent.startsWith("Lễ trao")`)
		d.set("#dia-chi", "trao-giai-mau")
		d.set(".pictures input", "Người nhận giải đứng trên sân khấu")
		d.until(`document.querySelector(".preview img").alt === "Người nhận giải đứng trên sân khấu"`)
		d.press("Nhập thành bản nháp")
		d.until(`document.querySelector("#entry")?.dataset.ready !== undefined`)
		d.until(`document.querySelector("#notice").textContent.includes("Đã nhập")`)
		entry := d.file("content/tin-tuc/trao-giai-mau/index.md")
		for _, want := range []string{"title: \"Lễ trao giải hội thi sáng tạo kỹ thuật\"\n", "author: \"Hồng Mẫu\"\n", "draft: true\n", "![Người nhận giải đứng trên sân khấu](hinh-1.png \"Trao giải nhất (Ảnh: Hồng Mẫu)\")", "## Kết quả\n", "| TT | Số giải – Nhất |"} {
			if !strings.Contains(entry, want) {
				t.Errorf("the entry lacks %q:\n%s", want, entry)
			}
		}
		if strings.Contains(entry, catalog.ToFill) || !d.has("content/tin-tuc/trao-giai-mau/hinh-1.png") {
			t.Errorf("the entry, with its picture:\n%s", entry)
		}
		d.press("Hoàn tác")
		d.until(`location.pathname === "/nhap/" && document.querySelector("#notice").textContent.includes("Đã hoàn tác")`)
		if d.has("content/tin-tuc/trao-giai-mau") {
			t.Error("what was undone is still there")
		}
	})

	step("people", func(t *testing.T) {
		d.handIn("/nhap/", list)
		row := func(name string) string {
			return fmt.Sprintf(`[...document.querySelectorAll('[data-part="rows"] tbody tr')].find(r => r.querySelector("th").textContent === %s)`, quoted(t, name))
		}
		d.until(row("Trần Văn Mẫu") + `.textContent.includes("Chờ phiếu đồng ý")`)
		d.until(row("Lê Thị Mẫu") + `.textContent.includes("Mới")`)
		d.until(row("Trần Đại Nghĩa") + `.textContent.includes("Đã có")`)
		d.until(row("Đỗ Văn Rút") + `.textContent.includes("đã rút lại sự đồng ý")`)
		d.until("!" + row("Đỗ Văn Rút") + `.querySelector("input")`)
		d.until(`document.querySelector('[data-part="columns"]').textContent.includes("Riêng tư") && !document.body.textContent.includes("0912345678")`)
		d.set(`[name="cot:D"]`, "Nơi công tác")
		d.until(`document.querySelector('[name="cot:D"]').value === "Nơi công tác" && document.querySelector("h2").textContent === "3 người sẽ được nhập"`)
		d.do(row("Phạm Văn Thừa") + `.querySelector("input").click()`)
		d.until(`document.querySelector("h2").textContent === "2 người sẽ được nhập"`)
		d.press("Nhập những người")
		d.until(`location.pathname === "/phieu/" && document.querySelector("#notice").textContent.includes("1 bản nháp mới, 1 bài giữ nguyên, 1 người chờ")`)
		if !strings.Contains(d.file("content/tri-thuc/le-thi-mau/index.md"), "Trường Mẫu") || !d.has(".lienhiep/waiting/tran-van-mau/phieu-dong-y.docx") || d.has("content/tri-thuc/pham-van-thua") || d.has("content/tri-thuc/do-van-rut") {
			t.Error("not just those were imported who were ticked, with the column that was chosen")
		}
		d.press("Hoàn tác")
		d.until(`location.pathname.endsWith("/nguoi/") && document.querySelector("#notice").textContent.includes("Đã hoàn tác")`)
		if d.has("content/tri-thuc/le-thi-mau") || d.has(".lienhiep/waiting/tran-van-mau") {
			t.Error("what was undone is still there")
		}
		d.press("Nhập những người")
		d.until(`location.pathname === "/phieu/" && document.querySelector("#tran-van-mau")`)
	})

	step("consent", func(t *testing.T) {
		d.run(chromedp.Navigate(d.origin + "/phieu/tran-van-mau/in/"))
		d.until(`document.querySelector(".sheet").textContent.includes("Trần Văn Mẫu") && document.querySelector(".sheet").textContent.includes("PHIẾU ĐỒNG Ý")`)
		d.run(chromedp.Navigate(d.origin+"/phieu/#tran-van-mau"), chromedp.SetUploadFiles("#scan-tran-van-mau", []string{absolute("../../internal/attach/testdata/doc.pdf")}, chromedp.ByQuery))
		d.set("#date-tran-van-mau", "40/1/2026")
		d.set("#document-tran-van-mau", "Phiếu 01")
		d.set("#scope-tran-van-mau", "Họ tên, tiểu sử")
		d.press("Ghi phiếu")
		d.until(`document.querySelector("#tran-van-mau .status").textContent.includes("không phải một ngày")`)
		d.set("#date-tran-van-mau", "20/1/2026")
		d.press("Ghi phiếu")
		d.until(`document.querySelector("#entry")?.dataset.ready !== undefined`)
		entry := d.file("content/tri-thuc/tran-van-mau/index.md")
		for _, want := range []string{"basis: consent\n", "date: 2026-01-20\n", "document: \"Phiếu 01\"\n", "draft: true\n"} {
			if !strings.Contains(entry, want) {
				t.Errorf("the entry lacks %q:\n%s", want, entry)
			}
		}
		if !d.has(".lienhiep/admitted/tran-van-mau/ban-quet.pdf") || d.has(".lienhiep/waiting/tran-van-mau") {
			t.Error("the scan is not kept, or the waiting has not ended")
		}
	})

	step("document", func(t *testing.T) {
		d.run(chromedp.Navigate(d.origin + "/"))
		d.until(`document.querySelector(".tasks")`)
		d.drop(`document.querySelector("main")`, absolute("../../internal/attach/testdata/doc.pdf"))
		d.until(`document.querySelector("form.review") && document.querySelector(".facts").textContent.includes("PDF")`)
		d.set("#tieu-de", "Quyết định mẫu số 812")
		d.set("#loai", "tin-tuc")
		d.press("Tạo bản nháp")
		d.until(`document.querySelector("#entry")?.dataset.ready !== undefined`)
		entry := d.file("content/tin-tuc/quyet-dinh-mau-so-812/index.md")
		if !strings.Contains(entry, "file: doc.pdf") && !strings.Contains(entry, "file: \"doc.pdf\"") || !d.has("content/tin-tuc/quyet-dinh-mau-so-812/doc.pdf") {
			t.Errorf("the file is not attached:\n%s", entry)
		}
	})

	step("report", func(t *testing.T) {
		d.run(chromedp.Navigate(d.origin + "/bao-cao/"))
		d.until(`document.querySelector(".preview").textContent.includes("KẾT QUẢ NỔI BẬT")`)
		d.set("#ky", "tu-dau")
		d.set("#co-quan", "Liên hiệp Hội Mẫu")
		d.set("#nguoi-ky", "Trần Văn Mẫu")
		d.until(`document.querySelector(".preview").textContent.includes("LIÊN HIỆP HỘI MẪU") && document.querySelector(".preview").textContent.includes("Những chỗ còn thiếu")`)
		d.do(`document.querySelector('[data-off="bo"][value="gaps"]').click()`)
		d.until(`!document.querySelector(".preview").textContent.includes("Những chỗ còn thiếu")`)
		d.do(`fetch(document.querySelector("[data-query]").href).then(r => r.blob()).then(async b => document.body.dataset.got = r = new TextDecoder("latin1").decode(await b.arrayBuffer()).slice(0, 2) + b.size)`)
		d.until(`/^PK[0-9]{4,}/.test(document.body.dataset.got)`)
		d.set("#ky", "khac")
		d.set("#tu", "hôm kia")
		d.until(`document.querySelector('#fault-tu').textContent.includes("không phải một ngày")`)
		await(t, func() bool {
			return d.has(".lienhiep/bao-cao.json") && strings.Contains(d.file(".lienhiep/bao-cao.json"), "Trần Văn Mẫu")
		})
		d.run(chromedp.Navigate(d.origin + "/bao-cao/"))
		d.until(`document.querySelector("#co-quan").value === "Liên hiệp Hội Mẫu" && document.querySelector("#nguoi-ky").value === "Trần Văn Mẫu"`)
	})

	step("plan", func(t *testing.T) {
		d.handIn("/nhap-ke-hoach/", second)
		d.until(`document.querySelector("#so").value === "16-KH/TU"`)
		d.until(`document.querySelector("#ten-ii-1").closest("li").textContent.includes("Đẩy mạnh công tác thông tin") || document.querySelector("#ten-ii-1").closest("li").querySelector(".read").textContent`)
		d.set("#ngay", "6/4/2021")
		d.set("#ten-ii-1", "Tuyên truyền mẫu")
		d.press("Đọc lại")
		d.until(`document.querySelector("#ngay").value === "6/4/2021" && document.querySelector("#ten-ii-1").value === "Tuyên truyền mẫu" && document.querySelector(".pieces textarea").value.includes("ngày 06 tháng 4 năm 2021")`)
		d.press("Nhập thành bản nháp")
		d.until(`document.querySelector("#entry")?.dataset.ready !== undefined`)
		entry := d.file("content/ke-hoach/16-kh-tu/_index.md")
		for _, want := range []string{"title: \"Kế hoạch số 16-KH/TU\"\n", "date: 2021-04-06\n", "  ii-1: \"Tuyên truyền mẫu\"\n", "draft: true\n"} {
			if !strings.Contains(entry, want) {
				t.Errorf("the page lacks %q:\n%s", want, entry)
			}
		}
		if got := d.file("content/ke-hoach/16-kh-tu/van-ban.txt"); !strings.Contains(got, "ngày 06 tháng 4 năm 2021") || len(got) < len(text)-10 {
			t.Error("the text is another than the one looked at")
		}
		d.press("Hoàn tác")
		d.until(`location.pathname.startsWith("/nhap-ke-hoach/") && document.querySelector("#notice").textContent.includes("Đã hoàn tác")`)
		if d.has("content/ke-hoach/16-kh-tu") {
			t.Error("what was undone is still there")
		}
	})

	step("quiz", func(t *testing.T) {
		d.run(page.BringToFront(), chromedp.Navigate(d.origin+"/moi/tim-hieu"))
		d.until(`document.activeElement?.id === "title"`)
		d.set("#title", "Tìm hiểu mẫu")
		d.press("Viết tiếp")
		d.inForm()
		d.do(`[...field("questions").querySelectorAll(".add")].at(-1).click()`)
		item := "questions.moi0."
		d.until(fmt.Sprintf(`field(%q)`, item+"ask"))
		d.do(fmt.Sprintf(`{const e = field(%q).querySelector("select"); e.value = "one"; e.dispatchEvent(new Event("change", {bubbles: true}))}`, item+"kind"))
		d.write(item+"ask", "Câu hỏi mẫu là gì?")
		d.write(item+"right", "Ý đúng, có cả dấu phẩy")
		d.write(item+"wrong", "Ý sai thứ nhất\nÝ sai thứ hai")
		d.choose(item+"plan", "tôn vinh trí thức", "II.1.2")
		d.save()
		got := d.file("content/tim-hieu/tim-hieu-mau/index.md")
		for _, want := range []string{"ask: \"Câu hỏi mẫu là gì?\"", "[\"Ý đúng, có cả dấu phẩy\"]", "[\"Ý sai thứ nhất\", \"Ý sai thứ hai\"]", "15-kh-tu/ii-1-2"} {
			if !strings.Contains(got, want) {
				t.Errorf("the quiz lacks %q:\n%s", want, got)
			}
		}
		d.run(chromedp.Navigate(d.origin + "/bai/tim-hieu/"))
		d.until(`document.querySelector("main").textContent.includes("Tìm hiểu mẫu")`)
	})

	// What is taken out of a form comes back, where it stood.
	step("a procedure and a question", func(t *testing.T) {
		for section, want := range map[string]string{"thu-tuc": "Thủ tục mẫu", "hoi-dap": "Câu hỏi mẫu"} {
			file := d.begin(section, want)
			d.inForm()
			d.write("description", "Một câu tóm tắt.")
			d.choose("plan", "tôn vinh trí thức", "II.1.2")
			d.do(`field("plan").querySelector(".chips .remove").click()`)
			d.until(`!field("plan").querySelector(".chips li")`)
			d.press("Hoàn tác")
			d.until(`field("plan").querySelector(".chips li").textContent.includes("II.1.2")`)
			d.save()
			if got := d.file(file); !strings.Contains(got, "title: \""+want+"\"") || !strings.Contains(got, "15-kh-tu/ii-1-2") {
				t.Errorf("%s:\n%s", file, got)
			}
			d.run(chromedp.Navigate(d.origin + "/bai/" + section + "/"))
			d.until(`document.querySelector("main").textContent.includes(` + quoted(t, want) + `)`)
		}
	})

	step("views", func(t *testing.T) {
		axe := string(read(t, needs.Axe.Path(t)))
		var pages []string
		for _, one := range []struct{ address, file string }{{"/nhap/", absolute("../../internal/office/testdata/libreoffice/co-quan.docx")}, {"/nhap/", list}, {"/nhap-ke-hoach/", absolute("../../internal/plan/testdata/ke-hoach-ubnd.txt")}} {
			d.handIn(one.address, one.file)
			var at string
			d.run(chromedp.Evaluate(`location.pathname`, &at))
			pages = append(pages, at)
		}
		tab := views[0].open(t, d.ctx) // a phone; the pages that need no file are looked at in every view
		for _, address := range pages {
			tab.inspect(t, d.origin+address, "")
			opened := &atTheDesk{tab: tab, t: t}
			opened.do(`document.querySelectorAll("details").forEach(g => g.open = true)`)
			tab.accessibility(t, d.origin+address, axe)
		}
	})
	d.t = t
	d.quiet()
}
