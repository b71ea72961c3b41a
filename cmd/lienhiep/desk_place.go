package main

import (
	"context"
	"errors"
	"os"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/site"
)

func (a *atDesk) Place(target string) string {
	p, err := a.now()
	if err != nil {
		return ""
	}
	return p.config.Targets[target]
}

func (a *atDesk) SetPlace(target, address string) error {
	return a.configure(func(src []byte) ([]byte, error) { return site.SetTarget(src, target, address) })
}

func (a *atDesk) SetAddress(address string) error {
	return a.configure(func(src []byte) ([]byte, error) { return site.SetBaseURL(src, address) })
}

// inVietnamese is an error as editors are told it.
type inVietnamese string

func (s inVietnamese) Error() string { return string(s) }

// configure changes config.toml.
func (a *atDesk) configure(change func([]byte) ([]byte, error)) error {
	if _, err := a.sound(); err != nil {
		return err
	}
	unlock, err := a.lock(context.Background(), a.telling(nil))
	if err != nil {
		return a.inWords(err)
	}
	defer unlock()
	src, err := os.ReadFile(a.path("config.toml"))
	if err != nil {
		return a.inWords(err)
	}
	out, err := change(src)
	switch {
	case errors.Is(err, site.ErrSetting):
		return inVietnamese("Tệp cấu hình của trang (config.toml) khai mục này theo cách riêng, bàn biên tập không sửa được mà giữ nguyên phần khác. Nhờ người phụ trách kỹ thuật sửa.")
	case err != nil:
		return a.inWords(err)
	}
	return a.inWords(a.write("config.toml", out))
}

func (a *atDesk) Try(ctx context.Context, target, address, password string) ([]diag.Finding, error) {
	if password == "" {
		password = a.passwords.of(target)
	}
	t := publish.Target{Name: target, URL: address, Dir: a.root, Public: a.path("public")}
	if password != "" {
		t.Ask = func(string) (string, error) { return password, nil }
	}
	warnings, err := publish.Look(ctx, t)
	return warnings, a.inWords(err)
}
