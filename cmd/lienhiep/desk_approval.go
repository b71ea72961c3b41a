package main

import (
	"context"
	"slices"

	"lienhiep/internal/catalog"
)

func (a *atDesk) Submit(ctx context.Context, files []string, from, note string) (name string, err error) {
	p, err := a.now()
	if err != nil {
		return "", err
	}
	unlock, err := p.lock(ctx, a.telling(nil))
	if err != nil {
		return "", err
	}
	defer unlock()
	c, _, err := p.load()
	if err != nil {
		return "", err
	}
	all := slices.DeleteFunc(c.Entries(), func(e *catalog.Entry) bool { return !slices.Contains(files, e.File) })
	if len(all) != len(files) {
		return "", inVietnamese("có bài còn lỗi nên chưa đọc được; sửa bài ấy rồi làm lại.")
	}
	name, _, err = p.submit(c, all, from, note)
	return name, err
}
