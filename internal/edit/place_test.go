package edit

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
)

// ofTheCommandLine is what a form has nothing of.
var ofTheCommandLine = regexp.MustCompile("config\\.toml|`lienhiep|--[a-z]|\\?[a-z]+|[a-z0-9]+://[^ ]*|chạy lại lệnh")

// TestFaultsOfPlacesAreInTheFormsWords holds that nothing that is told of a place to publish to
// sends an editor to a file or to the command line.
func TestFaultsOfPlacesAreInTheFormsWords(t *testing.T) {
	var n int
	for _, r := range diag.Rules() {
		if !slices.ContainsFunc([]string{"target-", "deploy-", "release-"}, func(p string) bool { return strings.HasPrefix(r.Code, p) }) || r.Code == "target-not-s3" { // which no form can give
			continue
		}
		n++
		args := make([]any, 4)
		for i := range args {
			args[i] = "X"
		}
		if r.Code == "deploy-max-delete" {
			args = []any{1, 2, 50, 25}
		}
		f := r.At(diag.Pos{}, args...)
		for _, said := range []string{f.Message(diag.Vietnamese), f.Hint(diag.Vietnamese)} {
			if got := placeWords(said); ofTheCommandLine.MatchString(got) {
				t.Errorf("%s: %q", r.Code, got)
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d rules", n)
	}
}

// placedSite has places to publish to.
type placedSite struct {
	contentSite
	all     map[string]string
	address *string
	tried   *string // the address that was tried last
}

func (s placedSite) Address() string            { return *s.address }
func (s placedSite) Targets() []string          { return slices.Sorted(maps.Keys(s.all)) }
func (s placedSite) Place(target string) string { return s.all[target] }
func (s placedSite) SetAddress(address string) error {
	*s.address = address
	return nil
}
func (s placedSite) SetPlace(target, address string) error {
	if s.all[target] = address; address == "" {
		delete(s.all, target)
	}
	return nil
}

var (
	ruleWarned = diag.NewRule("a-test-of-places", diag.Warning, diag.Text{VI: "Có tệp lạ.", EN: "."}, diag.Text{VI: "Xem lại tên trong config.toml. Thư mục phải trống.", EN: "."})
	ruleNo     = diag.NewRule("a-test-of-refusals", diag.Error, diag.Text{VI: "Không vào được.", EN: "."}, diag.Text{VI: "Chạy `lienhiep build` trước.", EN: "."})
)

func (s placedSite) Try(_ context.Context, _, address, password string) ([]diag.Finding, error) {
	*s.tried = address
	if password == "sai" {
		return nil, &publish.Fault{Findings: []diag.Finding{ruleNo.At(diag.Pos{})}}
	}
	return []diag.Finding{ruleWarned.At(diag.Pos{})}, nil
}

// TestAPlaceIsChanged changes a place under its name, offers another name for the next, keeps
// what the form does not know, never shows a password, and tells what was met there.
func TestAPlaceIsChanged(t *testing.T) {
	o := openDesk(t)
	site := placedSite{contentSite{dir: o.dir}, map[string]string{"web": "ftps://a@b.example/~/www?fingerprint=ab", "kho": "s3://k?profile=p&use_path_style=true"}, new(string), new(string)}
	*site.address = "https://lienhiep.example/"
	o.Site = site
	_, page := o.ask("GET", "/noi-dang/", nil, nil)
	for _, want := range []string{`href="/noi-dang/?noi=web"`, "b.example, thư mục www (FTPS)", "kho k (S3)", `id="name" value="web-2"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	_, page = o.ask("GET", "/noi-dang/?noi=kho", nil, nil)
	for _, want := range []string{`id="name" value="kho" required pattern="[a-z0-9][a-z0-9\-]*" readonly`, `data-key="profile" value="p"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	ask := func(address string, p publish.Place, password string) (out outcome) {
		t.Helper()
		return told[outcome](o, "POST", address, placeAsked{Name: "kho", Was: "kho", Place: p, Address: "https://tri-thuc.example.vn/", Password: password})
	}
	p := publish.Place{Kind: "s3", Bucket: "so", Profile: "p"}
	if got := ask("/noi-dang/thu", p, ""); got.Failed || len(got.Findings) != 1 || got.Findings[0].Hint != "Xem lại tên ở phần “Nơi đăng”. Thư mục phải trống." || *site.tried != "s3://so?profile=p&use_path_style=true" {
		t.Errorf("tried %s: %+v", *site.tried, got)
	}
	if got := ask("/noi-dang/thu", p, "sai"); !got.Failed || len(got.Findings) != 1 || strings.Contains(got.Findings[0].Hint, "lienhiep build") {
		t.Errorf("%+v", got)
	}
	if status, text := o.ask("POST", "/noi-dang", placeAsked{Name: "kho", Was: "kho", Place: p, Address: "https://tri-thuc.example.vn/", Password: "mật khẩu mẫu"}, nil); status != 200 {
		t.Fatal(text)
	}
	if site.all["kho"] != "s3://so?profile=p&use_path_style=true" || *site.address != "https://tri-thuc.example.vn/" {
		t.Errorf("it is %s at %s", site.all["kho"], *site.address)
	}
	for _, address := range []string{"/noi-dang/?noi=kho", "/xuat-ban/", "/hen-gio/"} {
		if _, page := o.ask("GET", address, nil, nil); strings.Contains(page, "mật khẩu mẫu") {
			t.Errorf("%s shows the password", address)
		}
	}
	dropped := told[placeAsked](o, "POST", "/noi-dang/bo", map[string]string{"name": "web"})
	if _, there := site.all["web"]; there {
		t.Error("it is there yet")
	}
	if status, text := o.ask("POST", "/noi-dang", dropped, nil); status != 200 || site.all["web"] != "ftps://a@b.example/~/www?fingerprint=ab" {
		t.Errorf("had back it is %s: %s", site.all["web"], text)
	}
}
