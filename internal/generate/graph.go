package generate

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// graphSchema is the JSON Schema of the graph, versioned in its name and in every
// file.
//
//go:embed graph.schema.json
var graphSchema []byte

// Addresses of the graph's files; its page is [catalog.GraphURL].
const (
	graphFile      = catalog.GraphURL + "thuc-hien.json"
	graphSchemaURL = "/luoc-do/thuc-hien-1.json"
)

// graph is who carries out and who cites whom, as graph.schema.json describes it.
type graph struct {
	Schema     string          `json:"$schema"`
	Version    int             `json:"version"`
	URL        string          `json:"url"`
	Documents  []graphDocument `json:"documents"`
	CarriesOut []graphEdge     `json:"carries_out"`
	Cites      []graphCitation `json:"cites"`
}

type graphDocument struct {
	ID     string `json:"id"` // "van-ban/42-ct-tw", "ke-hoach/15-kh-tu"
	Number string `json:"number"`
	Type   string `json:"type"`
	Issuer string `json:"issuer"`
	Date   string `json:"date"` // ISO, or "" where it is not known
	Title  string `json:"title"`
	URL    string `json:"url"`

	path string // of the page in Hugo
}

type graphEdge struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type graphCitation struct {
	From string   `json:"from"`
	To   string   `json:"to"`
	At   []string `json:"at"` // "title", "preamble", IDs of provisions, "tail"
}

// graph writes the graph as data for its page, and as JSON for others.
func (g *generator) graph(d *graph) {
	g.out.data("graph.json", listGraph(d))
	g.out["static"+graphSchemaURL] = graphSchema
	g.out["static"+graphFile] = marshal(g.addressed(d))
	g.page("van-ban/thuc-hien/_index.md", map[string]any{
		"title":       "Văn bản nào thực hiện văn bản nào",
		"description": "Quan hệ giữa các văn bản: văn bản nào triển khai, văn bản nào viện dẫn văn bản nào, theo chính lời các văn bản.",
		"url":         catalog.GraphURL,
		"type":        "thuc-hien",
		"outputs":     []string{"html"},
		"build":       map[string]string{"list": "never"}, // it is no document of the library
	})
}

// documentGraph gathers the documents, in the order of their dates, and what joins
// them. Addresses in it are the site's own.
func (g *generator) documentGraph() *graph {
	d := &graph{Version: 1, URL: catalog.GraphURL, Documents: []graphDocument{}, CarriesOut: []graphEdge{}, Cites: []graphCitation{}}
	for _, one := range g.Directives {
		if !one.Published() {
			continue
		}
		id := documentID(one.URL)
		d.Documents = append(d.Documents, graphDocument{id, one.Number, one.DocType, one.Issuer, iso(one.Date), one.Title, one.URL, one.Path})
		for _, ref := range one.CarriesOut {
			if upper := g.library[ref.ID]; upper != nil {
				d.CarriesOut = append(d.CarriesOut, graphEdge{id, documentID(upper.URL)})
			}
		}
	}
	for _, p := range g.plans {
		id := documentID("/" + p.URL)
		d.Documents = append(d.Documents, graphDocument{id, p.Number, p.Type, p.Issuer, p.Date, p.pageName, "/" + p.URL, p.path})
		for _, c := range p.Citations {
			cited := g.library[viet.Slug(c.Number)]
			if cited == nil {
				continue
			}
			to := documentID(cited.URL)
			d.Cites = append(d.Cites, graphCitation{id, to, ids(c.At)})
			if inTitle(c) {
				d.CarriesOut = append(d.CarriesOut, graphEdge{id, to})
			}
		}
	}
	slices.SortStableFunc(d.Documents, func(a, b graphDocument) int {
		return cmp.Or(strings.Compare(cmp.Or(a.Date, "9"), cmp.Or(b.Date, "9")), strings.Compare(a.ID, b.ID))
	})
	return d
}

// documentID is a document's address without the strokes at its ends.
func documentID(url string) string { return strings.Trim(url, "/") }

func ids(at []placeData) []string {
	var list []string
	for _, p := range at {
		list = append(list, p.ID)
	}
	return list
}

// inTitle reports whether a plan names the document in its title: then it is one
// that the plan carries out.
func inTitle(c citationData) bool {
	return slices.ContainsFunc(c.At, func(p placeData) bool { return p.ID == "title" })
}

// addressed is the graph with full addresses.
func (g *generator) addressed(d *graph) *graph {
	full := *d
	full.Schema, full.URL = g.absolute(graphSchemaURL), g.absolute(d.URL)
	full.Documents = slices.Clone(d.Documents)
	for i := range full.Documents {
		full.Documents[i].URL = g.absolute(full.Documents[i].URL)
	}
	return &full
}

// graphData is the graph as its page shows it: every document in a list, which Hugo
// pages, and the picture of a small one.
type graphData struct {
	Order   []string               `json:"order"` // the documents' paths in Hugo
	Index   map[string]drawingNode `json:"index"` // by path
	Picture drawing                `json:"picture"`
	File    string                 `json:"file"`
}

// mostDrawn is how many documents a picture can show and still be read.
const mostDrawn = 24

// listGraph lists the documents: as the picture shows them, if there is one, then those
// that nothing joins; else by date.
func listGraph(d *graph) graphData {
	all := graphData{Order: []string{}, Index: map[string]drawingNode{}, File: relative(graphFile)}
	links := linksOf(d)
	for _, one := range d.Documents {
		all.Index[one.path] = links[one.ID].node(one)
	}
	if len(joined(d)) > mostDrawn {
		for _, one := range d.Documents {
			all.Order = append(all.Order, one.path)
		}
		return all
	}
	all.Picture = draw(d)
	for _, n := range slices.Concat(all.Picture.Nodes, all.Picture.Alone) {
		all.Order = append(all.Order, n.path)
	}
	return all
}

// joined are the IDs of the documents that something joins to another.
func joined(d *graph) map[string]bool {
	all := map[string]bool{}
	for _, c := range d.Cites {
		all[c.From], all[c.To] = true, true
	}
	for _, e := range d.CarriesOut {
		all[e.From], all[e.To] = true, true
	}
	return all
}

// drawing is the graph as a picture: the documents that others carry out on top,
// those that carry them out below; and the rest, which nothing joins.
type drawing struct {
	Width  int           `json:"width"`
	Height int           `json:"height"`
	Nodes  []drawingNode `json:"nodes"` // in reading order
	Lines  []drawingLine `json:"lines"`
	Alone  []drawingNode `json:"-"`
}

type drawingNode struct {
	Number     string     `json:"number"`
	Type       string     `json:"type"`
	Date       string     `json:"date"`
	Title      string     `json:"title"`
	URL        string     `json:"url"`
	X          int        `json:"x"` // of the box's left upper corner
	Y          int        `json:"y"`
	CarriesOut []nodeLink `json:"carries_out"`
	By         []nodeLink `json:"carried_out_by"`
	Cites      []nodeLink `json:"cites"`

	path string
}

type nodeLink struct {
	Number string `json:"number"`
	URL    string `json:"url"`
}

// drawingLine is a path of an SVG; a citation is dashed.
type drawingLine struct {
	Path   string `json:"path"`
	Dashed bool   `json:"dashed"`
}

// Sizes of the picture, in its own units.
const (
	boxWidth, boxHeight = 180, 76
	gapX, gapY          = 24, 56
)

// draw lays the documents out in rows by how many steps lead up from them.
func draw(d *graph) drawing {
	depth := depths(d)
	var rows [][]graphDocument
	p := drawing{Nodes: []drawingNode{}, Lines: []drawingLine{}, Alone: []drawingNode{}}
	links := linksOf(d)
	node := func(one graphDocument) drawingNode { return links[one.ID].node(one) }
	for _, one := range d.Documents {
		row, joined := depth[one.ID]
		if !joined {
			p.Alone = append(p.Alone, node(one))
			continue
		}
		for len(rows) <= row {
			rows = append(rows, nil)
		}
		rows[row] = append(rows[row], one)
	}
	untangle(d, rows)
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row))
	}
	p.Width, p.Height = widest*(boxWidth+gapX), len(rows)*(boxHeight+gapY)
	at := map[string][2]int{}
	for y, row := range rows {
		left := (p.Width - len(row)*(boxWidth+gapX) + gapX) / 2
		for x, one := range row {
			n := node(one)
			n.X, n.Y = left+x*(boxWidth+gapX), y*(boxHeight+gapY)+gapY/2
			at[one.ID] = [2]int{n.X, n.Y}
			p.Nodes = append(p.Nodes, n)
		}
	}
	drawn := map[graphEdge]bool{}
	for _, e := range d.CarriesOut {
		drawn[e] = true
		if !d.implied(e) {
			p.Lines = append(p.Lines, drawingLine{Path: curve(at[e.From], at[e.To])})
		}
	}
	for _, c := range d.Cites {
		if e := (graphEdge{c.From, c.To}); !drawn[e] {
			p.Lines = append(p.Lines, drawingLine{curve(at[e.From], at[e.To]), true})
		}
	}
	return p
}

// implied reports whether steps in between say what the edge says.
func (d *graph) implied(e graphEdge) bool {
	seen := map[string]bool{e.From: true}
	var leads func(from string) bool
	leads = func(from string) bool {
		if from == e.To {
			return true
		}
		for _, step := range d.CarriesOut {
			if step.From == from && !seen[step.To] {
				seen[step.To] = true
				if leads(step.To) {
					return true
				}
			}
		}
		return false
	}
	for _, step := range d.CarriesOut {
		if step.From == e.From && step.To != e.To && leads(step.To) {
			return true
		}
	}
	return false
}

// untangle puts the documents of each row below those that they carry out.
func untangle(d *graph, rows [][]graphDocument) {
	place := map[string]float64{} // across the picture, from 0 to 1
	for _, row := range rows {
		above := func(one graphDocument) float64 {
			sum, n := 0.0, 0.0
			for _, e := range d.CarriesOut {
				if at, ok := place[e.To]; ok && e.From == one.ID {
					sum, n = sum+at, n+1
				}
			}
			return sum / max(n, 1)
		}
		slices.SortStableFunc(row, func(a, b graphDocument) int { return cmp.Compare(above(a), above(b)) })
		for i, one := range row {
			place[one.ID] = (float64(i) + 0.5) / float64(len(row))
		}
	}
}

// depths returns the row of each document that something joins to another. Where
// the editors let documents carry one another out in a ring, it is cut.
func depths(d *graph) map[string]int {
	depth := map[string]int{}
	for _, c := range d.Cites {
		depth[c.From], depth[c.To] = 0, 0
	}
	for _, e := range d.CarriesOut {
		depth[e.From], depth[e.To] = 0, 0
	}
	for range d.Documents { // no way up is longer
		for _, e := range d.CarriesOut {
			depth[e.From] = min(max(depth[e.From], depth[e.To]+1), len(d.Documents))
		}
	}
	return depth
}

type links struct{ carriesOut, by, cites []nodeLink }

func (l *links) node(one graphDocument) drawingNode {
	return drawingNode{Number: one.Number, Type: one.Type, Date: one.Date, Title: one.Title, URL: relative(one.URL), CarriesOut: l.carriesOut, By: l.by, Cites: l.cites, path: one.path}
}

func linksOf(d *graph) map[string]*links {
	all := map[string]*links{}
	byID := map[string]nodeLink{}
	for _, one := range d.Documents {
		all[one.ID] = &links{[]nodeLink{}, []nodeLink{}, []nodeLink{}}
		byID[one.ID] = nodeLink{one.Number, relative(one.URL)}
	}
	for _, e := range d.CarriesOut {
		all[e.From].carriesOut = append(all[e.From].carriesOut, byID[e.To])
		all[e.To].by = append(all[e.To].by, byID[e.From])
	}
	for _, c := range d.Cites {
		if l := all[c.From]; !slices.Contains(l.carriesOut, byID[c.To]) {
			l.cites = append(l.cites, byID[c.To])
		}
	}
	return all
}

// curve leads from the top of one box to the bottom of another above it, from side
// to side in a row, or down where a document cites one that stands lower.
func curve(from, to [2]int) string {
	if from[1] == to[1] {
		a, b := from[0], to[0]+boxWidth
		if from[0] < to[0] {
			a, b = from[0]+boxWidth, to[0]
		}
		return fmt.Sprintf("M%d %dH%d", a, from[1]+boxHeight/2, b)
	}
	a, b := from[0]+boxWidth/2, to[0]+boxWidth/2
	top, bottom := from[1], to[1]+boxHeight
	if from[1] < to[1] {
		top, bottom = from[1]+boxHeight, to[1]
	}
	middle := (top + bottom) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", a, top, a, middle, b, middle, b, bottom)
}
