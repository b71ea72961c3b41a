// Package markdown reads text as the site's Hugo does, and writes words so that Hugo
// reads them back as those words. It is the one place where goldmark is set up; a test
// compares it with what config.toml makes of Hugo's own.
//
// In: an entry's text, without its front matter. Out: goldmark's syntax tree, HTML, the
// words that readers see, or the text taken apart into blocks.
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

// Parse reads a text. The name of a file with blanks in it is an address, as on the site.
func Parse(src []byte) ast.Node {
	closed, hasBlanks := closeNames(src)
	root := markdown.Parser().Parse(text.NewReader(closed))
	if hasBlanks {
		openNames(root)
	}
	return root
}

// HTML renders a text.
func HTML(src []byte) ([]byte, error) {
	var page bytes.Buffer
	err := markdown.Renderer().Render(&page, src, Parse(src))
	return page.Bytes(), err
}

// blockParser stops at paragraphs, items and cells.
var blockParser = parser.NewParser(
	parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewFootnoteBlockParser(), 999), util.Prioritized(extension.NewDefinitionListParser(), 101), util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))...),
	parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)))

// ParseBlocks parses a text down to its paragraphs, items and cells, and no further.
// Definitions of links are left among the paragraphs' words.
func ParseBlocks(src []byte) ast.Node { return blockParser.Parse(text.NewReader(src)) }
