package publish

import "testing"

// TestAPlaceIsWrittenAsAnAddress writes forms as addresses and reads them again.
func TestAPlaceIsWrittenAsAnAddress(t *testing.T) {
	for want, p := range map[string]Place{
		`D:\trang web`:                     {Kind: "folder", Folder: ` D:\trang web `},
		`C:\web\trang`:                     {Kind: "folder", Folder: ` "C:\web\trang" `},
		`D:\web`:                           {Kind: "folder", Folder: `“D:\web”`},
		"ftps://web@may-chu.example/~/www": {Kind: "ftps", Host: "ftps://web:mat-khau@may-chu.example/", User: "web", Folder: `"www"`},
		"s3://so?endpoint=https%3A%2F%2Fs3.vn.example": {Kind: "s3", Bucket: "so", Endpoint: "s3.vn.example"},
		"../noi-dang":                        {Kind: "folder", Folder: "../noi-dang"},
		"sftp://web@may-chu.example/srv/www": {Kind: "sftp", Host: "sftp://may-chu.example/", User: "web", Folder: "/srv/www"},
		"sftp://web@may-chu.example:2222/~/www?identity=~%2F.ssh%2Fkhoa": {Kind: "sftp", Host: "may-chu.example:2222", User: "web", Folder: "www", Identity: "~/.ssh/khoa"},
		"ftps://ten%40mien.example@ftp.mien.example/~/public_html":       {Kind: "ftps", Host: "ftp.mien.example", User: "ten@mien.example", Folder: "public_html"},
		"s3://kho?endpoint=https%3A%2F%2Fs3.vn.example&region=hn":        {Kind: "s3", Bucket: "kho", Endpoint: "https://s3.vn.example", Region: "hn"},
	} {
		got := p.URL("")
		if got != want {
			t.Errorf("%v\n%s, want\n%s", p, got, want)
		}
		if again := ReadPlace(got); again.URL(got) != want || again.Kind != p.Kind {
			t.Errorf("read again: %+v", again)
		}
	}
	const before = "s3://kho?region=hn&use_path_style=true"
	if got := (Place{Kind: "s3", Bucket: "so"}).URL(before); got != "s3://so?use_path_style=true" {
		t.Errorf("what no form knows is lost: %s", got)
	}
	const trusted = "ftps://a@b.example/x?fingerprint=00"
	if got := ReadPlace(trusted); got.Fingerprint != "00" || got.URL("") != trusted {
		t.Errorf("%+v", got)
	}
	if got := ReadPlace("file:///srv/www"); got.Kind != "folder" || got.Folder != "/srv/www" {
		t.Errorf("%+v", got)
	}
}
