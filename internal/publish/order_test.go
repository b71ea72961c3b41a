package publish

import "testing"

// TestStages holds when each kind of file is put in place, and when it goes.
func TestStages(t *testing.T) {
	for name, want := range map[string]struct{ fresh, changed, removed int }{
		"index.html":               {stageEntries, stageEntries, stageRemovedPages},
		"tin-tuc/index.html":       {stageNewPages, stageEntries, stageRemovedPages},
		"en/index.html":            {stageNewPages, stageEntries, stageRemovedPages},
		"tin-tuc/bai/index.html":   {stageNewPages, stageChanged, stageRemovedPages},
		"404.html":                 {stageNewPages, stageEntries, stageRemovedPages},
		"index.xml":                {stageNewAssets, stageEntries, stageRemovedAssets},
		"sitemap.xml":              {stageNewAssets, stageEntries, stageRemovedAssets},
		"tin-tuc/atom.xml":         {stageNewAssets, stageEntries, stageRemovedAssets},
		"tin-tuc/feed.json":        {stageNewAssets, stageEntries, stageRemovedAssets},
		"en/news/feed.json":        {stageNewAssets, stageEntries, stageRemovedAssets},
		"api/v1/articles.json":     {stageNewAssets, stageEntries, stageRemovedAssets},
		"css/main.0123.css":        {stageNewAssets, stageChanged, stageRemovedAssets},
		"tin-tuc/bai/anh.webp":     {stageNewAssets, stageChanged, stageRemovedAssets},
		"ke-hoach/1/van-ban.txt":   {stageNewAssets, stageChanged, stageRemovedAssets},
		ManifestName:               {stageManifest, stageManifest, stageRemovedAssets},
		".well-known/security.txt": {stageNewAssets, stageChanged, stageRemovedAssets},
	} {
		for _, copied := range []string{"", ".br", ".gz"} {
			if got := stage(name+copied, true); got != want.fresh {
				t.Errorf("%s%s, new, is put in place at stage %d, want %d", name, copied, got, want.fresh)
			}
			if got := stage(name+copied, false); got != want.changed {
				t.Errorf("%s%s, changed, is put in place at stage %d, want %d", name, copied, got, want.changed)
			}
		}
		if got := stageOfRemoval(name); got != want.removed {
			t.Errorf("%s goes at stage %d, want %d", name, got, want.removed)
		}
	}
}
