package publish

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

var ruleStrange = diag.NewRule("target-strange-files", diag.Warning,
	diag.Text{VI: "Nơi đăng đang có %[1]d tệp của một trang khác, như %[2]s: đăng vào đây thì những tệp ấy bị thay hoặc bị xóa.", EN: "The target has %[1]d files of another site, such as %[2]s: a deploy replaces or removes them."},
	diag.Text{VI: "Chọn một thư mục trống, dành riêng cho trang này. Nếu đúng là trang cũ cần thay thì chép nó đi nơi khác trước.", EN: "Choose an empty folder that is for this site alone. If it is an old site that is to be replaced, copy it elsewhere first."})

// strange warns of files that nobody here has put at a target.
func strange(names []string) []diag.Finding {
	if len(names) == 0 {
		return nil
	}
	const shown = 3
	slices.Sort(names)
	return []diag.Finding{ruleStrange.At(diag.Pos{}, len(names), strings.Join(names[:min(len(names), shown)], ", "))}
}

// Look connects to a target and reads what is there; the findings warn of another site. Where
// there is none, it sees whether the target can be written to.
func Look(ctx context.Context, t Target) ([]diag.Finding, error) {
	findings, err := look(ctx, t)
	return findings, explain(err)
}

func look(ctx context.Context, t Target) (findings []diag.Finding, err error) {
	e, err := openEngine(ctx, t, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	all, err := e.releases(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 && e.side == nil { // what is kept side by side replaces nothing
		objects, err := e.list(ctx, "")
		if err != nil {
			return nil, err
		}
		var names []string
		for name := range objects {
			if !hostsOwn(name) {
				names = append(names, name)
			}
		}
		if findings = strange(names); findings != nil {
			return findings, nil
		}
	}
	ctx, l, err := acquire(ctx, e.storage)
	if err != nil {
		return nil, err
	}
	return nil, interrupted(ctx, l.release(ctx))
}
