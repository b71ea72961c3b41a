package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unique"
)

// A file in which nothing is wrong is not read by the next check if it has the same sum
// then, and all that it leads to is still there: what other files need to know of it is
// kept. A file with a fault is always read, as are one that holds a plan's text and a copy,
// which are compared with something else.

// sum is a file's SHA-256.
type sum = [sha256.Size]byte

// verdict is what is kept of a file without a fault.
type verdict struct {
	Sum    sum
	Page   bool  // not one that only redirects
	Sheet  bool  // a style sheet
	Read   int64 // see worker.bytes
	Weight int   // before compression, of a page; after it, of a style sheet
	Offs   []int // of wanted
	lists  [lists][]string
}

// The lists of a verdict.
const (
	titleList  = iota // language and title of a page that search engines may list
	idList            // anchors
	askedList         // files that it leads to
	ledList           // those to which it leads a reader
	styleList         // style sheets that a page loads, or a style sheet imports
	wantedList        // see anchor: in threes, address, file and fragment
	lists
)

// memory is what a check keeps for the next, as it is written: the strings of verdicts,
// most of which many share, by their numbers.
type memory struct {
	Context sum
	Strings []string
	Files   []string // in order
	Records []record
}

type record struct {
	Verdict verdict
	Lists   [lists][]uint32
}

// context stands for all that a verdict depends on beside the file and those it leads to.
func (s *site) context(o Options) (sum, error) {
	var homely []bool
	for _, home := range homes {
		homely = append(homely, s.folders[strings.Trim(home, "/")])
	}
	data, err := json.Marshal([]any{o.BaseURL, o.Langs, o.Hidden, o.SiteMaps, o.Laid, o.Prepared, homely})
	return sha256.Sum256(data), err
}

// recall reads what an earlier check has kept. Of what was checked in another context, or
// cannot be read, nothing is known.
func recall(data []byte, context sum) map[string]verdict {
	var m memory
	if len(data) == 0 || gob.NewDecoder(bytes.NewReader(data)).Decode(&m) != nil || m.Context != context || len(m.Files) != len(m.Records) {
		return nil
	}
	known := make(map[string]verdict, len(m.Files))
	for i, r := range m.Records {
		for list, numbers := range r.Lists {
			texts := make([]string, len(numbers))
			for j, n := range numbers {
				if int(n) >= len(m.Strings) {
					return nil
				}
				texts[j] = m.Strings[n]
			}
			r.Verdict.lists[list] = texts
		}
		known[m.Files[i]] = r.Verdict
	}
	return known
}

// keep writes what the next check can recall.
func keep(known map[string]verdict, context sum) ([]byte, error) {
	m := memory{Context: context, Files: slices.Sorted(maps.Keys(known))}
	numbers := map[string]uint32{}
	for _, file := range m.Files {
		r := record{Verdict: known[file]}
		for list, texts := range r.Verdict.lists {
			for _, text := range texts {
				n, ok := numbers[text]
				if !ok {
					n = uint32(len(m.Strings))
					numbers[text] = n
					m.Strings = append(m.Strings, text)
				}
				r.Lists[list] = append(r.Lists[list], n)
			}
		}
		m.Records = append(m.Records, r)
	}
	var data bytes.Buffer
	err := gob.NewEncoder(&data).Encode(m)
	return data.Bytes(), err
}

// file checks one file, unless it is known that nothing is wrong with it.
func (w *worker) file(name string) error {
	if err := w.site.name(name, w.faults); err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	if ext := path.Ext(name); w.sum == nil || w.plansAt[name] != nil || ext == brotliEnding || ext == gzipEnding {
		return w.inspect(name)
	}
	sum, err := w.sum(name)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	if v, ok := w.before[name]; ok && v.Sum == sum && w.holds(name, v) {
		w.accept(name, v)
		w.known[name] = v
		return nil
	}
	w.note = &note{asked: map[string]bool{}, told: w.told, bytes: w.bytes, titles: len(w.titles), wanted: len(w.wanted), weighed: len(w.weighed)}
	if err := w.inspect(name); err != nil {
		return err
	}
	if v, clean := w.verdict(name); clean {
		v.Sum = sum
		w.known[name] = v
	}
	w.note = nil
	return nil
}

// note is what is noted of the file at hand, and how much the worker had before it.
type note struct {
	asked                         map[string]bool // files that it leads to; true for those to which it leads a reader
	styles                        []string
	weight                        int
	told, titles, wanted, weighed int
	bytes                         int64
}

// verdict is what is to be kept of the file at hand, if it is clean.
func (w *worker) verdict(name string) (v verdict, clean bool) {
	n := w.note
	if w.told != n.told {
		return v, false
	}
	v.Read, v.Weight = w.bytes-n.bytes, n.weight
	for _, file := range slices.Sorted(maps.Keys(n.asked)) {
		v.lists[askedList] = append(v.lists[askedList], file)
		if n.asked[file] {
			v.lists[ledList] = append(v.lists[ledList], file)
		}
	}
	v.lists[styleList] = n.styles
	if ids, ok := w.ids[name]; ok {
		v.Page = true
		for _, id := range ids {
			v.lists[idList] = append(v.lists[idList], id.Value())
		}
	}
	for _, t := range w.titles[n.titles:] {
		v.lists[titleList] = []string{t.lang, t.title}
	}
	for _, a := range w.wanted[n.wanted:] {
		v.lists[wantedList] = append(v.lists[wantedList], a.value, a.to.file, a.to.fragment)
		v.Offs = append(v.Offs, a.off)
	}
	for _, sh := range w.weighed[n.weighed:] {
		v.Sheet, v.Weight = true, sh.size
		v.lists[styleList] = sh.imports
	}
	return v, true
}

// holds reports whether a verdict of the same bytes is still right.
func (w *worker) holds(name string, v verdict) bool {
	for _, file := range v.lists[askedList] {
		if !w.files[file] {
			return false
		}
	}
	return !v.Page || v.Weight+w.weightOf(v.lists[styleList]) <= Heavy
}

// accept takes a verdict for the file.
func (w *worker) accept(name string, v verdict) {
	w.bytes += v.Read
	if v.Page {
		w.pages++
		w.largest = heavier(w.largest, Weight{name, v.Weight + w.weightOf(v.lists[styleList])})
		ids := make([]id, len(v.lists[idList]))
		for i, text := range v.lists[idList] {
			ids[i] = unique.Make(text)
		}
		w.ids[name] = ids
	}
	if title := v.lists[titleList]; len(title) > 0 {
		w.titles = append(w.titles, titled{title[0], title[1], name})
	}
	for _, file := range v.lists[ledList] {
		w.led[file] = true
	}
	for i, off := range v.Offs {
		a := v.lists[wantedList][3*i:]
		w.wanted = append(w.wanted, anchor{name, spot{a[0], off}, target{file: a[1], fragment: a[2]}})
	}
	if v.Sheet {
		w.weighed = append(w.weighed, &sheet{name, v.Weight, v.lists[styleList]})
	}
}
