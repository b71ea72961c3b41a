package holdback

import (
	"testing"

	"lienhiep/internal/diag"
)

// TestEditorsSeeWhatCanBeShown holds what stands in the place of what cannot be shown to
// editors: the version that was published, whatever kept it from being published again, or
// a draft with its title; and that nothing else is left out.
func TestEditorsSeeWhatCanBeShown(t *testing.T) {
	root := folder(t, map[string]string{
		"content/a/index.md":                         "---\ntitle: \"A mới\ndraft: true\n---\n",
		"content/b/index.md":                         "---\ntitle: \"Bài B\ndraft: [\n---\n",
		"content/b/anh.jpg":                          "ảnh",
		"content/c/index.md":                         "---\ntitle: C\n---\n![](hong.jpg)\n",
		"content/c/hong.jpg":                         "không phải ảnh",
		"content/trang-web.toml":                     "name = \"x",
		"content/thuat-ngu.toml":                     "term = [",
		".lienhiep/published/content/a/index.md":     "---\ntitle: A cũ\n---\n",
		".lienhiep/published/content/trang-web.toml": "name = \"Liên hiệp\"\n",
	})
	h := ForEditors(root)
	h.Without("content/c/hong.jpg")
	h.Without("content/c/hong.jpg")
	for _, one := range []struct {
		rule *diag.Rule
		file string
	}{{ruleConsent, "content/a/index.md"}, {ruleWrong, "content/b/index.md"}, {ruleWrong, "content/trang-web.toml"}, {ruleWrong, "content/thuat-ngu.toml"}} {
		if !hold(t, h, one.rule, one.file) {
			t.Errorf("%s is not held back", one.file)
		}
	}
	for name, want := range map[string]string{
		"content/a/index.md":     "---\ntitle: A cũ\n---\n",
		"content/b/index.md":     "---\ntitle: \"Bài B\"\ndraft: true\n---\n",
		"content/c/index.md":     "---\ntitle: C\n---\n![](hong.jpg)\n",
		"content/c/hong.jpg":     "",
		"content/trang-web.toml": "name = \"Liên hiệp\"\n",
		"content/thuat-ngu.toml": "",
	} {
		if got := held(t, h, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	all := h.Held()
	if len(all) != 4 || all[0].Unit != "content/a" || !all[0].Published || all[1].Published || all[1].Why.Code != "test-wrong" {
		t.Errorf("held: %v", all)
	}
}
