package generate

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/kit"
)

// kitData is what a plan is studied and made known with, as templates list it, and by what
// a later run knows that it need not be made again.
type kitData struct {
	Of     string      `json:"of"` // the sum of what it follows from
	Pieces []pieceData `json:"pieces"`
}

type pieceData struct {
	Title string        `json:"title"`
	About string        `json:"about"`
	Files []kitFileData `json:"files"`
}

type kitFileData struct {
	URL  string `json:"url"`
	Kind string `json:"kind"` // "PDF"
	Size string `json:"size"` // "1,2 MB"
	Sum  string `json:"sum"`
}

// kits makes for every plan what it is studied with, and the page to download it from.
// Files of an earlier run are taken where they are still what would be made.
func (g *generator) kits(fsys afero.Fs, site fs.FS) error {
	for _, p := range g.Plans {
		if p.Current() == nil || !p.Published() {
			continue
		}
		k := kit.New(g.Catalog, p, g.baseURL)
		if err := k.Explain(site, g.Catalog, p); err != nil {
			return err
		}
		key, err := k.Key()
		if err != nil {
			return fmt.Errorf("%s: %w", p.File, err)
		}
		of := sumOf(key)
		data := g.keptKit(fsys, p, of)
		if data == nil {
			if data, err = g.kit(p, k); err != nil {
				return fmt.Errorf("%s: %w", p.File, err)
			}
			data.Of = of
		}
		g.out.data("kits/"+p.ID+".json", data)
		g.page(folder(p)+"hoc-tap/index.md", map[string]any{
			"title":       fmt.Sprintf("Học tập, tuyên truyền %s %s", p.Document.Type, p.Document.Number),
			"linkTitle":   "Học tập, tuyên truyền",
			"description": "Tài liệu để giới thiệu, quán triệt và tuyên truyền, làm từ chính lời văn của văn bản, để tải về, in ra hay trình chiếu.",
			"url":         catalog.KitURL(p),
			"type":        "hoc-tap",
			"document":    p.ID,
		})
	}
	return nil
}

// kit makes a plan's.
func (g *generator) kit(p *catalog.Plan, k *kit.Kit) (*kitData, error) {
	pieces, err := k.Pieces(false)
	if err != nil {
		return nil, err
	}
	data := &kitData{}
	for _, piece := range pieces {
		one := pieceData{Title: piece.Title, About: piece.About}
		for _, f := range piece.Files {
			url := catalog.KitURL(p) + f.Name
			g.out["static"+url] = f.Data
			one.Files = append(one.Files, kitFileData{relative(url), f.Kind, sizeWords(len(f.Data), "vi"), sumOf(f.Data)})
		}
		data.Pieces = append(data.Pieces, one)
	}
	return data, nil
}

// keptKit is what an earlier run made from the same, if all of it is still there.
func (g *generator) keptKit(fsys afero.Fs, p *catalog.Plan, of string) *kitData {
	src, err := afero.ReadFile(fsys, "data/kits/"+p.ID+".json")
	data := &kitData{}
	if err != nil || json.Unmarshal(src, data) != nil || data.Of != of {
		return nil
	}
	kept := files{}
	for _, piece := range data.Pieces {
		for _, f := range piece.Files {
			name := "static/" + f.URL
			bytes, err := afero.ReadFile(fsys, name)
			if err != nil || sumOf(bytes) != f.Sum {
				return nil
			}
			kept[name] = bytes
		}
	}
	for name, bytes := range kept {
		g.out[name] = bytes
	}
	return data
}

func sumOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }
