// Package markdown parses Markdown exactly as the site's Hugo does, and escapes text so
// that Hugo reads it back unchanged. It is the only package that configures goldmark; a
// test compares it with Hugo's configuration in config.toml.
//
// In: the body of an entry. Out: goldmark's syntax tree, HTML, visible text, or the body
// split into blocks.
package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown leaves out what changes no structure: typographic quotation marks, so that
// words are those of the source, and the IDs of headings. HTML is rendered, though the
// site does not, so that nothing is overlooked where renderings are compared.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Linkify, extension.Strikethrough, extension.Table, extension.Footnote, extension.DefinitionList),
	goldmark.WithParserOptions(parser.WithAttribute()),
	goldmark.WithRendererOptions(html.WithUnsafe()))

// Parse parses a text into goldmark's syntax tree. As on the site, a file name with spaces
// is a valid destination.
func Parse(src []byte) ast.Node {
	closed, hasBlanks := closeNames(src)
	root := markdown.Parser().Parse(text.NewReader(closed))
	if hasBlanks {
		openNames(root)
	}
	return root
}

// HTML renders a text as HTML.
func HTML(src []byte) ([]byte, error) {
	var page bytes.Buffer
	err := markdown.Renderer().Render(&page, src, Parse(src))
	return page.Bytes(), err
}

// plainRenderer renders no HTML of the writer's.
var plainRenderer = goldmark.New(goldmark.WithExtensions(extension.Linkify, extension.Strikethrough, extension.Table, extension.Footnote, extension.DefinitionList)).Renderer()

// Shown renders a text as the site does: HTML that stands in it is left out, and links that
// would run something lead nowhere.
func Shown(src []byte) ([]byte, error) {
	var page bytes.Buffer
	err := plainRenderer.Render(&page, src, Parse(src))
	return page.Bytes(), err
}

// blockParser stops at paragraphs, items and cells.
var blockParser = parser.NewParser(
	parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewFootnoteBlockParser(), 999), util.Prioritized(extension.NewDefinitionListParser(), 101), util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))...),
	parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)))

// ParseBlocks parses block structure only, down to paragraphs, list items and table
// cells. Link definitions remain part of paragraphs.
func ParseBlocks(src []byte) ast.Node { return blockParser.Parse(text.NewReader(src)) }
