package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/site"
)

var keyCommand = &command{
	name:  "key",
	args:  diag.Text{VI: "TỆP", EN: "FILE"},
	about: diag.Text{VI: "Tạo cặp khóa để ký các bản dựng: khóa bí mật vào TỆP, in ra khóa công khai", EN: "Make the key pair that builds are signed with: the private key goes into FILE, the public key is printed"},
	declare: func(o *options) action {
		f := &keyFlags{}
		f.folder(o)
		return f.run
	},
}

type keyFlags struct{ location }

func (f *keyFlags) run(_ context.Context, ui *UI, operands []string) error {
	if len(operands) != 1 {
		return usagef("key", diag.Text{VI: "Viết: lienhiep key TỆP.", EN: "Write: lienhiep key FILE."})
	}
	config, err := site.ReadConfig(f.dir)
	if err != nil {
		return err
	}
	private, public, err := publish.GenerateKey(rand.Reader, keyName(config.BaseURL))
	if err != nil {
		return err
	}
	if err := ui.create(operands[0], []byte(private+"\n"), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(ui.out, "[params.manifest]\npublicKey = %q\n", public)
	ui.note(diag.Text{
		VI: "Chép hai dòng trên vào config.toml. Giữ kín tệp %[1]s, đừng đưa vào git; khi dựng và khi đăng, đặt nội dung của nó trong biến môi trường %[2]s.",
		EN: "Copy the two lines above into config.toml. Keep %[1]s secret and out of git; to build and to deploy, put its content into the environment variable %[2]s."}, printable(operands[0]), publish.SigningKeyVariable)
	return nil
}

// keyName says whose key it is: that of the site's host.
func keyName(baseURL string) string {
	if u, err := url.Parse(baseURL); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "lienhiep"
}
