package roster

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/office"
)

const waitingHead = "Họ và tên | Năm sinh | Quê quán | Căn cứ | Ngày đồng ý | Văn bản đồng ý | Phạm vi đồng ý"

// carry does what a plan says, as the command does.
func carry(site fstest.MapFS, steps []Step) {
	for _, s := range steps {
		for name, data := range s.Files {
			site[path.Join(s.Folder, name)] = &fstest.MapFile{Data: data}
		}
		if s.Ends != "" {
			maps.DeleteFunc(site, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, s.Ends+"/") })
		}
	}
}

func importAll(t *testing.T, site fstest.MapFS, lines ...string) []string {
	t.Helper()
	plan, findings, err := Read("ds.xlsx", tableOf(t, lines...), site, Options{Today: "2026-11-28", Site: Site{Address: "https://site.example/"}})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range findings {
		said = append(said, f.Code)
	}
	if plan != nil {
		carry(site, plan.Steps)
	}
	return said
}

// TestWaitingNothingIsLostOrTwice lets people wait, and end waiting in every way, cut off
// or not.
func TestWaitingNothingIsLostOrTwice(t *testing.T) {
	const waits, entry = WaitingFolder + "/vu-van-cho/" + waitingFile, "content/tri-thuc/vu-van-cho/index.md"
	row, granted := "Vũ Văn Chờ | 1960 | La Gi", "Vũ Văn Chờ | 1960 | | đồng ý | 20/11/2026 | Phiếu 01 | Họ tên"
	begin := func() fstest.MapFS {
		site := fstest.MapFS{}
		if said := importAll(t, site, waitingHead, row); !slices.Contains(said, "roster-no-consent") || site[waits] == nil || site[entry] != nil {
			t.Fatalf("%v %v", said, slices.Sorted(maps.Keys(site)))
		}
		return site
	}
	has := func(site fstest.MapFS, name, line string) bool {
		return site[name] != nil && strings.Contains(string(site[name].Data), line)
	}

	site := begin()
	importAll(t, site, waitingHead, row)
	importAll(t, site, waitingHead, granted)
	if site[waits] != nil || !has(site, entry, `birthplace: "La Gi"`) || !has(site, entry, "basis: consent") {
		t.Errorf("a consent in the table: %v", slices.Sorted(maps.Keys(site)))
	}

	// Cut off between the entry and the end of the waiting.
	site = begin()
	left := site[waits]
	importAll(t, site, waitingHead, granted)
	site[waits] = left
	importAll(t, site, waitingHead, granted)
	if site[waits] != nil || len(slices.Collect(maps.Keys(site))) != 2 {
		t.Errorf("cut off: %v", slices.Sorted(maps.Keys(site)))
	}

	// The dead need no consent; who refuses does not come, and no longer waits.
	site = begin()
	importAll(t, site, "Họ và tên | Năm sinh | Ngày mất", "Vũ Văn Chờ | 1960 | 2026")
	if site[waits] != nil || !has(site, entry, "basis: deceased") {
		t.Errorf("dead: %v", slices.Sorted(maps.Keys(site)))
	}
	site = begin()
	if said := importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | | không đồng ý"); !slices.Contains(said, "roster-refused") || site[waits] != nil || site[entry] != nil {
		t.Errorf("refused: %v %v", said, slices.Sorted(maps.Keys(site)))
	}

	// Whoever has an entry keeps its basis where the table gives none.
	site = fstest.MapFS{}
	importAll(t, site, waitingHead, granted)
	importAll(t, site, waitingHead, row)
	if site[waits] != nil || !has(site, entry, "basis: consent") || !has(site, entry, `birthplace: "La Gi"`) {
		t.Errorf("a basis is taken away: %v\n%s", slices.Sorted(maps.Keys(site)), site[entry].Data)
	}

	// A namesake is somebody else.
	site = begin()
	importAll(t, site, waitingHead, "Vũ Văn Chờ | 1980 | | công khai")
	if site[waits] == nil || site[entry] != nil || !has(site, "content/tri-thuc/vu-van-cho-1980/index.md", "1980") {
		t.Errorf("a namesake: %v", slices.Sorted(maps.Keys(site)))
	}
}

// TestAdmit wants a consent taken as a table's would be.
func TestAdmit(t *testing.T) {
	for _, tt := range []struct {
		who     string
		consent Consent
		want    string // the folder of the one step; "" for an error
	}{
		{"vu-van-cho", Consent{Date: "20/11/2026", Document: "Phiếu 01", Scope: "Họ tên"}, "content/tri-thuc/vu-van-cho"},
		{"GS. VŨ VĂN CHỜ", Consent{Date: "2026-11-20", Document: "Phiếu 01", Scope: "Họ tên"}, "content/tri-thuc/vu-van-cho"},
		{"Vũ Văn Chờ", Consent{Basis: "hoạt động công khai"}, "content/tri-thuc/vu-van-cho"},
		{"Vũ Văn Chờ", Consent{Date: "20/11/2026", Scope: "Họ tên"}, WaitingFolder + "/vu-van-cho"},
		{"Vũ Văn Chờ", Consent{Basis: "đồng í"}, ""},
		{"Vũ Văn Chờ", Consent{Date: "11/2026"}, ""},
		{"Vũ Văn Khác", Consent{}, ""},
	} {
		site := fstest.MapFS{}
		importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | La Gi")
		plan, findings, err := Admit(tt.who, tt.consent, site, Options{})
		got := ""
		if plan != nil && len(plan.Steps) == 1 {
			got = plan.Steps[0].Folder
		}
		if err != nil || got != tt.want {
			t.Errorf("%s, %+v: %q, want %q %v %v", tt.who, tt.consent, got, tt.want, err, findings)
		}
	}
}

// TestAdmitAsksWhichOfTwo lets two of one name wait: the name alone admits neither, the
// folder the one that it is.
func TestAdmitAsksWhichOfTwo(t *testing.T) {
	site := fstest.MapFS{}
	importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960", "Vũ Văn Chờ | 1980")
	granted := Consent{Date: "20/11/2026", Document: "Phiếu 01", Scope: "Họ tên"}
	if plan, findings, err := Admit("Vũ Văn Chờ", granted, site, Options{}); err != nil || plan != nil || len(findings) != 1 || findings[0].Code != "roster-not-waiting" {
		t.Errorf("by the name of two: %v %v %v", plan, findings, err)
	}
	plan, findings, err := Admit("vu-van-cho-1980", granted, site, Options{})
	if err != nil || plan == nil || len(plan.Steps) != 1 || plan.Steps[0].Folder != "content/tri-thuc/vu-van-cho-1980" {
		t.Errorf("by the folder: %v %v %v", plan, findings, err)
	}
}

// TestWaitingBeganOnce wants the day on which a waiting began kept while the row changes.
func TestWaitingBeganOnce(t *testing.T) {
	site := fstest.MapFS{}
	importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | La Gi")
	plan, findings, err := Read("ds.xlsx", tableOf(t, waitingHead, "Vũ Văn Chờ | 1960 | Hàm Tân"), site, Options{Today: "2027-01-31"})
	if err != nil || plan == nil {
		t.Fatal(findings, err)
	}
	carry(site, plan.Steps)
	if text := string(site[WaitingFolder+"/vu-van-cho/"+waitingFile].Data); !strings.Contains(text, `"since": "2026-11-28"`) || !strings.Contains(text, "Hàm Tân") {
		t.Error(text)
	}
}

// TestConsentForm wants in the form what the person is asked: for what, what, where, and
// how to withdraw; that it is a template; and the same bytes for the same row.
func TestConsentForm(t *testing.T) {
	site := fstest.MapFS{}
	importAll(t, site, "Họ và tên | Năm sinh | Giới tính | Học vị | Chức vụ | Đơn vị | Giải thưởng | Thành tích | Số điện thoại",
		"TS. Vũ Thị Chờ | 12/5/1960 | Nữ | | Giám đốc | Bệnh viện Mẫu | Giải Mẫu (1996) | Đề tài một; Đề tài hai | 0912345678")
	data := site[WaitingFolder+"/vu-thi-cho/"+formFile].Data
	doc, findings := office.Read(formFile, data)
	if doc == nil {
		t.Fatal(findings)
	}
	text, _ := doc.Text()
	for _, part := range []string{"MẪU.", "nhờ luật sư", "Bà Vũ Thị Chờ, sinh ngày 12/05/1960", "3. Mục đích", "Giới thiệu và tôn vinh", "4. Thông tin sẽ đăng", "Giám đốc, Bệnh viện Mẫu", "Giải Mẫu (1996)", "Đề tài hai", "TS",
		"https://site.example/", "rút lại sự đồng ý bất cứ lúc nào", "[nơi nhận:", "91/2025/QH15",
		"muốn dùng vào việc khác thì phải hỏi lại", "xin đánh dấu vào một ô", "số giấy tờ tùy thân không được đăng", "ai cũng đọc được", "yêu cầu xóa thông tin về mình", "Im lặng không phải là đồng ý",
		"[số] ngày làm việc", "không bảo đảm gỡ được hết", "tự nguyện đồng ý", "Tôi không đồng ý", "Điều 32", "Đại diện cơ quan nhận phiếu", "Người đồng ý", "Nơi lưu:", "Ảnh chân dung", "đồng ý trước khi đăng"} {
		if !strings.Contains(text, part) {
			t.Errorf("nothing says %q:\n%s", part, text)
		}
	}
	if strings.Contains(text, "0912") {
		t.Error("the form tells a telephone number")
	}
	again := fstest.MapFS{}
	importAll(t, again, "Họ và tên | Năm sinh | Giới tính | Học vị | Chức vụ | Đơn vị | Giải thưởng | Thành tích", "TS. Vũ Thị Chờ | 12/5/1960 | Nữ | | Giám đốc | Bệnh viện Mẫu | Giải Mẫu (1996) | Đề tài một; Đề tài hai")
	if string(again[WaitingFolder+"/vu-thi-cho/"+formFile].Data) != string(data) {
		t.Error("the same row makes another form")
	}
}

// TestTheFormIsTheOffices wants a form that somebody has changed left alone, and any other
// to follow the table.
func TestTheFormIsTheOffices(t *testing.T) {
	const form = WaitingFolder + "/vu-van-cho/" + formFile
	site := fstest.MapFS{}
	importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | La Gi")
	first := string(site[form].Data)
	if said := importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | Hàm Tân"); slices.Contains(said, "roster-form-changed") || string(site[form].Data) == first {
		t.Errorf("the form does not follow the table: %v", said)
	}
	site[form] = &fstest.MapFile{Data: []byte("sửa tay")}
	if said := importAll(t, site, waitingHead, "Vũ Văn Chờ | 1960 | Phan Thiết"); !slices.Contains(said, "roster-form-changed") || string(site[form].Data) != "sửa tay" {
		t.Errorf("the form was overwritten: %v", said)
	}
}

// TestWhatIsKeptOfAPersonIsCleared finds what waits under the person's ID, or with their
// name and year of birth, keeps the proof of a consent, and names who may be the person.
func TestWhatIsKeptOfAPersonIsCleared(t *testing.T) {
	facts := func(name, born string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"name": "` + name + `", "row": "2", "since": "2026-01-02", "cells": {"born": "` + born + `"}}`)}
	}
	site := fstest.MapFS{
		".lienhiep/waiting/a/nguoi.json":  facts("Trần Văn Mẫu", "1960-02-01"),
		".lienhiep/waiting/b/nguoi.json":  facts("TRẦN VĂN MẪU", "1960"),
		".lienhiep/waiting/c/nguoi.json":  facts("Trần Văn Mẫu", ""),
		".lienhiep/waiting/d/nguoi.json":  facts("Trần Văn Mẫu", "1970"),
		".lienhiep/waiting/e/nguoi.json":  facts("Lê Văn Thử", "1960"),
		".lienhiep/admitted/a/nguoi.json": facts("Trần Văn Mẫu", ""),
		".lienhiep/admitted/f/x.docx":     {},
	}
	all, err := Waiters(site)
	if err != nil || len(all) != 6 {
		t.Fatal(all, err)
	}
	remove, kept, findings := Clear(all, all[0].Person())
	if got := strings.Join(remove, " "); got != ".lienhiep/waiting/a .lienhiep/waiting/b .lienhiep/admitted/a/nguoi.json" || strings.Join(kept, " ") != ".lienhiep/admitted/a" {
		t.Errorf("%s; kept %s", got, kept)
	}
	if len(findings) != 1 || findings[0].Rule.Code != "roster-may-wait" || findings[0].Pos.File != ".lienhiep/waiting/c/nguoi.json" {
		t.Errorf("%v", findings)
	}
}

// TestWhoStandsInARightHandTableIsAdmitted as any other is.
func TestWhoStandsInARightHandTableIsAdmitted(t *testing.T) {
	site := fstest.MapFS{}
	importAll(t, site, "Họ và tên | Năm sinh | Họ và tên | Năm sinh", "Vũ Văn Một | 1960 | Vũ Văn Hai | 1961")
	if text := string(site[WaitingFolder+"/vu-van-hai/"+waitingFile].Data); !strings.Contains(text, `"row": "C2"`) {
		t.Fatal(text)
	}
	plan, findings, err := Admit("Vũ Văn Hai", Consent{Date: "20/11/2026", Document: "Phiếu 1", Scope: "Tiểu sử"}, site, Options{})
	if err != nil || plan == nil || len(plan.Steps) != 1 || plan.Steps[0].Row != "C2" || plan.Steps[0].Folder != "content/tri-thuc/vu-van-hai" {
		t.Error(plan, messages(findings), err)
	}
}
