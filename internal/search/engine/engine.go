// Package engine asks a search index as a reader's browser does: it runs the readers'
// own JavaScript, assets/js/search, on a site's files. It is for tests and measurements;
// the program has no part in answering queries.
//
// In: a built site, and questions. Out: answers, and what reading took: files, bytes and
// rounds, which are the requests that had to wait for one another.
package engine

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
	"modernc.org/quickjs"
)

// Options restrict a search, as the fields of the search page do.
type Options struct {
	Kind  string `json:"kind"`  // only of this kind
	Year  int    `json:"year"`  // only of this year
	Limit int    `json:"limit"` // how many results are wanted; 0: ten
	Exact bool   `json:"exact"` // nothing is mended
}

// Answer is what is found.
type Answer struct {
	Documents []Document
	Total     int
	Complete  bool   // if not, there may be more than Total
	Mended    string // the text that was taken for what was typed, if it was not that
	Kinds     map[string]int
	Years     map[string]int
}

// Document is a result.
type Document struct {
	Path, Title, Day, Kind string
	Year                   int
	Grade, Together        int
	Exact, Whole           bool
	Named                  int
	Reading                int
	Cover, Score           float64
	Blocks                 []struct{ Text string } // of a large site: what the page says
}

// Address is where a result leads from the site's root: a provision at its place in the document.
func (d Document) Address() string {
	if folder, id := path.Split(strings.TrimSuffix(d.Path, "/")); d.Kind == "dieu-khoan" {
		return folder + "#" + id
	}
	return d.Path
}

// Cost is what answering took.
type Cost struct {
	Files  []string
	Bytes  int
	Rounds int
}

// Engine is an index that was opened. It must be closed, and not used by two at once.
type Engine struct {
	vm    *quickjs.VM
	files fs.FS
	table map[string]any // what the search page says of words
	cost  Cost
}

const glue = `
let queue = [];
const get = (name) => new Promise((resolve, reject) => queue.push({name, resolve, reject}));
globalThis.round = () => {
	const now = queue;
	queue = [];
	for (const {name, resolve, reject} of now) {
		const text = readFile(name);
		if (text === null) reject(Error("missing " + name));
		else resolve(Uint8Array.from(text, (c) => c.charCodeAt(0)));
	}
	return now.length;
};
let index;
globalThis.start = (task, args) => {
	globalThis.result = "";
	tasks[task](...JSON.parse(args)).then((r) => { globalThis.result = JSON.stringify(r === undefined ? null : r); }, (e) => { globalThis.result = JSON.stringify({error: String(e && e.stack || e)}); });
};
const tasks = {
	open: async () => { index = await engine.open(get); },
	search: async (text, options) => engine.search(index, text, options),
	suggest: async (text, limit) => engine.suggest(index, text, limit),
	call: async (name, ...args) => engine[name](...args),
};
`

// bundle is the readers' script, as one file.
var bundle = sync.OnceValues(func() (string, error) {
	root, err := repository()
	if err != nil {
		return "", err
	}
	r := api.Build(api.BuildOptions{EntryPoints: []string{filepath.Join(root, "assets/js/search/search.js")}, Bundle: true, Format: api.FormatIIFE, GlobalName: "engine", Target: api.ES2020})
	if len(r.Errors) > 0 {
		return "", errors.New(r.Errors[0].Text)
	}
	return string(r.OutputFiles[0].Contents), nil
})

// repository is the folder of go.mod.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working folder")
		}
		dir = filepath.Dir(dir)
	}
}

// wordsOf is what a search page says of words, and in which language.
func wordsOf(page []byte) (map[string]any, error) {
	table := map[string]any{}
	if m := regexp.MustCompile(`(?s)data-search-words[^>]*>(.*?)</script>`).FindSubmatch(page); m != nil {
		if err := json.Unmarshal(m[1], &table); err != nil {
			return nil, fmt.Errorf("reading the words of the search page: %w", err)
		}
	}
	table["language"] = "vi"
	if m := regexp.MustCompile(`<html[^>]*lang="?(\w\w)`).FindSubmatch(page); m != nil {
		table["language"] = string(m[1])
	}
	return table, nil
}

// Open opens the index in a folder ("tim-kiem/index") of a built site.
func Open(site fs.FS, folder string) (*Engine, error) {
	script, err := bundle()
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(site, folder)
	if err != nil {
		return nil, err
	}
	page, err := fs.ReadFile(site, path.Join(path.Dir(folder), "index.html"))
	if err != nil {
		return nil, err
	}
	table, err := wordsOf(page)
	if err != nil {
		return nil, err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	e := &Engine{vm: vm, files: files, table: table}
	err = vm.RegisterHostFunc("readFile", e.readFile)
	if err == nil {
		_, err = vm.Eval(script+glue, quickjs.EvalGlobal)
	}
	if err == nil {
		err = e.run("open", nil)
	}
	if err != nil {
		return nil, errors.Join(err, vm.Close())
	}
	return e, nil
}

// Reopen opens the index anew, as a browser does that has seen nothing of it yet.
func (e *Engine) Reopen() (Cost, error) {
	err := e.run("open", nil)
	return e.cost, err
}

// Close ends the engine.
func (e *Engine) Close() error { return e.vm.Close() }

// readFile gives a file's bytes, unpacked, as the characters of a string; null where there is none.
func (e *Engine) readFile(args []any) (any, error) {
	name := fmt.Sprint(args[0])
	data, err := fs.ReadFile(e.files, name)
	if err != nil {
		return nil, nil
	}
	e.cost.Files = append(e.cost.Files, name)
	e.cost.Bytes += len(data)
	if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if data, err = io.ReadAll(z); err != nil {
			return nil, nil
		}
	}
	text := make([]rune, len(data))
	for i, b := range data {
		text[i] = rune(b)
	}
	return string(text), nil
}

// run runs a task to its end and reads its result.
func (e *Engine) run(task string, result any, args ...any) error {
	e.cost = Cost{}
	text, err := json.Marshal(append([]any{}, args...))
	if err != nil {
		return err
	}
	if _, err := e.vm.Call("start", task, string(text)); err != nil {
		return err
	}
	for {
		if _, err := e.vm.ExecutePendingJobs(); err != nil {
			return err
		}
		n, err := e.vm.Call("round")
		if err != nil {
			return err
		}
		if fmt.Sprint(n) == "0" {
			break
		}
		e.cost.Rounds++
	}
	told, err := e.vm.Eval("result", quickjs.EvalGlobal)
	if err != nil {
		return err
	}
	var failed struct{ Error string }
	if json.Unmarshal([]byte(fmt.Sprint(told)), &failed) == nil && failed.Error != "" {
		return errors.New(failed.Error)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal([]byte(fmt.Sprint(told)), result)
}

// Search answers a question.
func (e *Engine) Search(text string, o Options) (a Answer, c Cost, err error) {
	if o.Limit == 0 {
		o.Limit = 10
	}
	options := map[string]any{"kind": o.Kind, "year": o.Year, "limit": o.Limit, "exact": o.Exact, "table": e.table}
	err = e.run("search", &a, text, options)
	return a, e.cost, err
}

// Suggestion is what is offered while a question is being typed.
type Suggestion struct{ Title, Path, Kind string }

// Suggest gives at most so many titles for what was typed so far.
func (e *Engine) Suggest(text string, limit int) (all []Suggestion, err error) {
	err = e.run("suggest", &all, text, limit)
	return all, err
}

// Call calls a function of the script that reads no file.
func (e *Engine) Call(name string, result any, args ...any) error {
	return e.run("call", result, append([]any{name}, args...)...)
}
