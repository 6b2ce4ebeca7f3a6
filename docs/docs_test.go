package docs

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// A document says the same in both languages as far as a machine can tell: part by
// part the same headings, code, rows, names and links. Who changes one of them is
// told what the other lacks.
func TestDocumentsSayTheSameInJapanese(t *testing.T) {
	for _, document := range All {
		t.Run(document.Name, func(t *testing.T) {
			english, japanese := partsOf(document.English), partsOf(document.Japanese)
			for i := range max(len(english), len(japanese)) {
				var here, there string
				if i < len(english) {
					here = english[i]
				}
				if i < len(japanese) {
					there = japanese[i]
				}
				if here != there {
					t.Fatalf("part %d is in English\n%s\nand in Japanese\n%s", i+1, here, there)
				}
			}
			if len(english) < 10 {
				t.Fatalf("only %d parts found: the reader has lost its way", len(english))
			}
		})
	}
}

// partsOf tells what each part of a document (a paragraph, a row, an entry of a
// list) holds that does not depend on its language.
func partsOf(source []byte) (parts []string) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	root := markdown.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) { // which returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch part := node.(type) {
		case *ast.Heading:
			parts = append(parts, fmt.Sprintf("heading %d: %s", part.Level, namesIn(part, source)))
		case *ast.FencedCodeBlock:
			parts = append(parts, fmt.Sprintf("code in %s:\n%s", part.Language(source), part.Lines().Value(source)))
		case *ast.CodeBlock:
			parts = append(parts, fmt.Sprintf("code:\n%s", part.Lines().Value(source)))
		case *ast.Paragraph, *ast.TextBlock, *extast.TableRow, *extast.TableHeader:
			parts = append(parts, fmt.Sprintf("%s: %s", node.Kind(), namesIn(node, source)))
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	})
	return parts
}

// namesIn are the names in code and the links of a part; a name that one language
// has to repeat counts once.
func namesIn(part ast.Node, source []byte) string {
	var names []string
	_ = ast.Walk(part, func(node ast.Node, entering bool) (ast.WalkStatus, error) { // which returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch name := node.(type) {
		case *ast.CodeSpan:
			var code strings.Builder
			for piece := name.FirstChild(); piece != nil; piece = piece.NextSibling() {
				if words, is := piece.(*ast.Text); is {
					code.Write(words.Segment.Value(source))
				}
			}
			names = append(names, "`"+code.String()+"`")
		case *ast.Link:
			names = append(names, strings.Replace(string(name.Destination), ".ja.md", ".md", 1))
		}
		return ast.WalkContinue, nil
	})
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}
