package server

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/meguri-crm/meguri/docs"
)

//go:embed page/document.js
var documentScript []byte

// documentsPath is where the documents stand as pages; as texts, for programs,
// they stand under their names with .md.
const documentsPath = "/docs/"

// documentPage is a document as people read it.
type documentPage struct {
	Locale, Other string
	Title, Text   string // Text is the file of the same
	Documents     []documentLink
	Sections      []section
	Body          template.HTML
}

type documentLink struct {
	Title, Href string
	Here        bool
}

// section is a heading below the title.
type section struct {
	Level       int
	ID, Heading string
}

// T is what the page says under key.
func (p documentPage) T(key string) string { return said(p.Locale, key) }

// documents lists the routes of the documents. They are made once, and are open to
// everybody: a partner's engineer has no account.
func (rs *routes) documents(mux *http.ServeMux) error {
	script, err := newAsset("document.js", documentScript)
	if err != nil {
		return err
	}
	mux.HandleFunc("GET "+documentsPath+"document.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		script.serve(w, r)
	})
	mux.HandleFunc("GET "+documentsPath+"{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Accept-Language")
		http.Redirect(w, r, documentsPath+docs.All[0].Name+"?lang="+localeOf(r), http.StatusFound)
	})
	for _, document := range docs.All {
		mux.Handle("GET /"+document.Name+".md", textHandler(document.English))
		mux.Handle("GET /"+document.Name+".ja.md", textHandler(document.Japanese))
		byLocale := map[string]*asset{}
		for _, locale := range []string{japanese, english} {
			page, err := writeDocument(document, locale)
			if err != nil {
				return fmt.Errorf("document %s in %s: %w", document.Name, locale, err)
			}
			if byLocale[locale], err = newAsset("document.html", page); err != nil {
				return err
			}
		}
		mux.HandleFunc("GET "+documentsPath+document.Name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Add("Vary", "Accept-Language")
			byLocale[localeOf(r)].serve(w, r)
		})
	}
	return nil
}

// writeDocument is the page of a document in the language of a locale.
func writeDocument(document docs.Document, locale string) ([]byte, error) {
	page, source := documentPage{Locale: locale, Other: english, Text: document.Name + ".ja.md"}, document.Japanese
	if locale == english {
		page.Other, page.Text, source = japanese, document.Name+".md", document.English
	}
	root := parseDocument(source)
	headings := headingsOf(root)
	nameAlike(headings, headingsOf(parseDocument(document.English)))
	for i, heading := range headings {
		if words := wordsOf(heading, source); i == 0 {
			page.Title = words
		} else {
			page.Sections = append(page.Sections, section{Level: heading.Level, ID: anchorOf(heading), Heading: words})
		}
	}
	for _, other := range docs.All {
		page.Documents = append(page.Documents, documentLink{
			Title: said(locale, "docs."+other.Name), Href: documentsPath + other.Name + "?lang=" + locale, Here: other.Name == document.Name,
		})
	}
	if err := leadToPages(root, locale); err != nil {
		return nil, err
	}
	var body, out bytes.Buffer
	if err := markdown.Renderer().Render(&body, source, root); err != nil {
		return nil, err
	}
	page.Body = template.HTML(body.String()) //nolint:gosec // made of our own documents, raw HTML in them is left out
	err := pages.ExecuteTemplate(&out, "document.html", page)
	return out.Bytes(), err
}

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.NewCJK(extension.WithEastAsianLineBreaks())),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(documentParts{}, 1))),
)

func parseDocument(source []byte) ast.Node { return markdown.Parser().Parse(text.NewReader(source)) }

func anchorOf(heading *ast.Heading) string {
	id, _ := heading.AttributeString("id")
	return fmt.Sprintf("%s", id)
}

func headingsOf(root ast.Node) (headings []*ast.Heading) {
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if heading, is := node.(*ast.Heading); is {
			headings = append(headings, heading)
		}
	}
	return headings
}

// nameAlike gives headings the anchors of those in English, so that a link into a
// document leads to the same place in every language. That there are as many of
// them is up to a test: a page with anchors of its own is better than none.
func nameAlike(headings, english []*ast.Heading) {
	if len(headings) != len(english) {
		return
	}
	for i, heading := range headings {
		heading.SetAttributeString("id", []byte(anchorOf(english[i])))
	}
}

var toDocument = regexp.MustCompile(`^([a-z-]+)(\.ja)?\.md(#.*)?$`)

// leadToPages turns links between the texts into links between the pages.
func leadToPages(root ast.Node, locale string) error {
	return ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		link, is := node.(*ast.Link)
		if !is || !entering {
			return ast.WalkContinue, nil
		}
		found := toDocument.FindSubmatch(link.Destination)
		if found == nil {
			return ast.WalkContinue, nil
		}
		name := string(found[1])
		if !slices.ContainsFunc(docs.All, func(d docs.Document) bool { return d.Name == name }) {
			return ast.WalkStop, errors.New("a link to " + name + ".md, which is no document")
		}
		link.Destination = []byte(documentsPath + name + "?lang=" + locale + string(found[3]))
		return ast.WalkContinue, nil
	})
}

// wordsOf is what a reader sees of a node.
func wordsOf(node ast.Node, source []byte) string {
	var words []byte
	_ = ast.Walk(node, func(part ast.Node, entering bool) (ast.WalkStatus, error) { // which returns no error
		if text, is := part.(*ast.Text); is && entering {
			words = append(words, text.Segment.Value(source)...)
		}
		return ast.WalkContinue, nil
	})
	return string(words)
}

// documentParts writes what a page sets otherwise than Markdown does: headings
// that link to themselves, tables that scroll by themselves, code that says what
// it is written in.
type documentParts struct{}

func (documentParts) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindHeading, writeHeading)
	register.Register(ast.KindFencedCodeBlock, writeCode)
	register.Register(extast.KindTable, writeTable)
}

func notOfItsKind(node ast.Node) error { return fmt.Errorf("a %s that is a %T", node.Kind(), node) }

func writeHeading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	heading, is := node.(*ast.Heading)
	if !is {
		return ast.WalkStop, notOfItsKind(node)
	}
	if !entering {
		_, err := fmt.Fprintf(w, "</a></h%d>\n", heading.Level)
		return ast.WalkContinue, err
	}
	_, err := fmt.Fprintf(w, `<h%d id="%s"><a href="#%[2]s">`, heading.Level, anchorOf(heading))
	return ast.WalkContinue, err
}

func writeTable(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	part := "</table></div>\n"
	if entering {
		part = "<div class=\"sideways\"><table>\n"
	}
	_, err := w.WriteString(part)
	return ast.WalkContinue, err
}

// spoken are the languages of examples, by their names in Markdown.
var spoken = map[string]string{
	"graphql": "GraphQL", "sh": "Shell", "json": "JSON", "ts": "TypeScript", "swift": "Swift", "kotlin": "Kotlin", "": "HTTP",
}

func writeCode(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	block, is := node.(*ast.FencedCodeBlock)
	if !is {
		return ast.WalkStop, notOfItsKind(node)
	}
	if !entering {
		return ast.WalkContinue, nil
	}
	language, known := spoken[string(block.Language(source))]
	if !known {
		return ast.WalkStop, fmt.Errorf("code in %q, of which it is not known how it is called", block.Language(source))
	}
	_, err := fmt.Fprintf(w, "<figure class=\"code\"><figcaption>%s</figcaption><pre><code>%s</code></pre></figure>\n",
		language, util.EscapeHTML(block.Lines().Value(source)))
	return ast.WalkSkipChildren, err
}
