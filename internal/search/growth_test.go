package search_test

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/growth"
	"lienhiep/internal/search/engine"
)

// Whatever stands on a page, four times as much takes four times as long to index.
func TestPagesAreIndexedInLinearTime(t *testing.T) {
	index := func(body string) {
		build(t, siteOf(t, []entry{{"tin-tuc/a/", "tin-tuc", "2021-05-01", "Một", body}}))
	}
	for _, text := range []string{"a", "ă", "a\u0300", "1", "a ", "nhà ", "<p>a</p>", "<h2 id=a>a</h2>", "<b>", "<div>", "<", "&amp;", "42-CT/TW ", "-", "/", "\u200b", "<p data-search=summary>a</p>", "<p data-search=no>a</p>", "<!-- a -->", " "} {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) { growth.Repeated(t, text, 2<<20, index) })
	}
	t.Run("words that differ", func(t *testing.T) {
		growth.Linear(t, 8<<10, 1<<20, func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				fmt.Fprintf(&b, "từ%d ", i)
			}
			return b.String()
		}, index)
	})
}

// Nor does a question, however long, take more than in proportion.
func TestQuestionsAreAnsweredInLinearTime(t *testing.T) {
	site := siteOf(t, small)
	build(t, site)
	x := open(t, site)
	for _, text := range []string{"a", "xyz ", "\u0300", "42-CT/TW "} {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) {
			growth.Repeated(t, text, 1<<18, func(s string) {
				ask(t, x, s, engine.Options{})
			})
		})
	}
}
