package check

import (
	"strings"
	"testing"
	"testing/fstest"
)

// planPercent runs the check of one plan's page.
func planPercent(t *testing.T, text, article string) float64 {
	t.Helper()
	site := fstest.MapFS{"index.html": {Data: []byte("<html><body><article data-plan>" + article + "</article>")}}
	r := run(t, site, Options{Plans: []Plan{{URL: "/", Text: text}}})
	return r.Fidelity[0].Percent
}

func TestPlanText(t *testing.T) {
	for article, want := range map[string]string{
		"<p>a<p>b":                                 "ab",
		"a<b data-extra>x<i>y</i></b>b":            "ab",
		"<ul><li data-extra>x<li>a</ul>":           "a",
		"a<br>b<!-- x --><script>x</script>":       "ab",
		"a&nbsp;&amp;\u2003b":                      "a&b",
		"<table><tr><td>a<td data-extra>x</table>": "a",
		"a<template>x</template><style>x</style>b": "ab",
		"<details><summary>a</summary>b</details>": "ab",
	} {
		text, marked := planText([]byte("x<article data-plan>" + article + "</article>x"))
		if got := string(squeeze(text.String())); got != want || !marked {
			t.Errorf("%s: got %q, want %q", article, got, want)
		}
	}
}

func TestSimilarity(t *testing.T) {
	long := strings.Repeat("Tăngcườngsựlãnhđạocủađảng,vaitròcủaMặttrận.", 1000)
	for _, c := range []struct {
		page        string
		least, most float64
	}{
		{long, 100, 100},
		{"<p>" + long[:len(long)/2] + "\n</p> " + long[len(long)/2:], 100, 100},
		{long + "x", 99.9, 99.99},
		{strings.Replace(long, "vai", "", 1), 99.9, 99.99},
		{long[:len(long)/4*2], 60, 70},
		{"", 0, 0},
		{strings.Repeat("z", len(long)), 0, 0},
	} {
		if got := planPercent(t, long, c.page); got < c.least || got > c.most {
			t.Errorf("%.20s… is like the plan to %v %%, not %v to %v", c.page, got, c.least, c.most)
		}
	}
}
