package main

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/search/engine"
)

// mostMissed is how many of the readers' queries may have another answer: the list is not
// there to be learnt by heart.
const mostMissed = 6

// TestReadersFindWhatTheyMean asks the real site what testdata/search/readers.tsv has, each time as a
// browser that has seen nothing of the index.
func TestReadersFindWhatTheyMean(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	public := os.DirFS(filepath.Join(root, "public"))
	engines := map[string]*engine.Engine{}
	for lang, folder := range searchFolders {
		e, err := engine.Open(public, folder)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		}()
		engines[lang] = e
	}
	f, err := os.Open("testdata/search/readers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var missed []string
	var files, bytes []int
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		parts := strings.Split(lines.Text(), "\t")
		lang, query, rule, pages := parts[0], parts[1], parts[2], strings.Split(parts[3], "|")
		e := engines[lang]
		head, err := e.Reopen()
		if err != nil {
			t.Fatal(err)
		}
		found, cost, err := e.Search(query, engine.Options{})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		files, bytes = append(files, len(cost.Files)), append(bytes, head.Bytes+cost.Bytes)
		best := found.Documents[:min(len(found.Documents), map[string]int{"first": 1, "fixed": 1, "top3": 3, "top10": 10}[rule])]
		right := slices.ContainsFunc(best, func(d engine.Document) bool { return slices.Contains(pages, "/"+d.Path) })
		if rule == "none" {
			right = len(found.Documents) == 0
		}
		if !right {
			first := ""
			if len(found.Documents) > 0 {
				first = found.Documents[0].Path
			}
			missed = append(missed, query+" ("+rule+"): "+first)
		}
	}
	if len(files) < 200 {
		t.Errorf("only %d queries", len(files))
	}
	if len(missed) > mostMissed {
		t.Errorf("%d of %d queries missed:\n%s", len(missed), len(files), strings.Join(missed, "\n"))
	}
	slices.Sort(files)
	slices.Sort(bytes)
	// Beside them there are the page, its styles, the script and the head.
	if middle := len(files) / 2; files[middle] > 4 || bytes[middle] > 40_000 {
		t.Errorf("in the median %d files of the index, and %d bytes with its head", files[middle], bytes[middle])
	}
}
