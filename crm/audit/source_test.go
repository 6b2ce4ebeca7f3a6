package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/audit"
)

// TestEveryActionHasWords reads out of the source what is ever written to the
// log. An action reaches access.Entry as a literal, or through parameters of
// functions of its own package; what cannot be followed so fails the test.
func TestEveryActionHasWords(t *testing.T) {
	written := map[string]string{} // action → where
	for _, p := range packages(t, "../../crm", "../../server") {
		for action, place := range p.actions(t) {
			written[action] = place
		}
	}
	if len(written) < 60 {
		t.Fatalf("only %d actions found: the reader has lost its way", len(written))
	}
	known := map[string]bool{}
	for _, a := range audit.Actions() {
		known[a.Name] = true
		if a.Words.JA == "" || a.Words.EN == "" || a.Group.JA == "" || a.Group.EN == "" {
			t.Errorf("%s lacks words in one language", a.Name)
		}
		if _, ok := written[a.Name]; !ok {
			t.Errorf("%s has words and is never written", a.Name)
		}
	}
	for action, place := range written {
		if !known[action] {
			t.Errorf("%s: %s has no words in crm/audit/words.go", place, action)
		}
	}
}

// source is the files of one package.
type source struct {
	fset  *token.FileSet
	files []*ast.File
}

func packages(t *testing.T, roots ...string) []*source {
	t.Helper()
	byDir := map[string]*source{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			s := byDir[filepath.Dir(path)]
			if s == nil {
				s = &source{fset: token.NewFileSet()}
				byDir[filepath.Dir(path)] = s
			}
			file, err := parser.ParseFile(s.fset, path, nil, parser.SkipObjectResolution)
			s.files = append(s.files, file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all := make([]*source, 0, len(byDir))
	for _, s := range byDir {
		all = append(all, s)
	}
	return all
}

// actions follows what is written as Action, from the entries outwards through
// the functions that pass it on.
func (s *source) actions(t *testing.T) map[string]string {
	found := map[string]string{}
	passes := map[string]int{} // function → which of its parameters is an action
	for more := true; more; {
		more = false
		for _, file := range s.files {
			for _, decl := range file.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				for _, value := range written(fn, passes) {
					if at := parameter(fn, value); at >= 0 {
						if _, known := passes[fn.Name.Name]; !known {
							passes[fn.Name.Name], more = at, true
						}
						continue
					}
					literals := literalsOf(fn, value)
					if len(literals) == 0 {
						t.Errorf("%s: it cannot be told which action this is", s.fset.Position(value.Pos()))
					}
					for _, action := range literals {
						found[action] = s.fset.Position(value.Pos()).String()
					}
				}
			}
		}
	}
	return found
}

// written is the expressions in fn that become an action.
func written(fn *ast.FuncDecl, passes map[string]int) (values []ast.Expr) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if name(n.Type) == "Entry" {
				values = append(values, field(n, "Action")...)
			}
		case *ast.CallExpr:
			if at, ok := passes[name(n.Fun)]; ok && at < len(n.Args) {
				values = append(values, n.Args[at])
			}
		}
		return true
	})
	return values
}

func field(lit *ast.CompositeLit, key string) (values []ast.Expr) {
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok && name(pair.Key) == key {
			values = append(values, pair.Value)
		}
	}
	return values
}

func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// parameter is which parameter of fn the expression is; -1: none.
func parameter(fn *ast.FuncDecl, e ast.Expr) int {
	at := 0
	for _, group := range fn.Type.Params.List {
		for _, p := range group.Names {
			if name(e) == p.Name {
				return at
			}
			at++
		}
	}
	return -1
}

// literalsOf is the texts the expression can be: itself, or what is assigned in
// fn to the variable it names.
func literalsOf(fn *ast.FuncDecl, e ast.Expr) (texts []string) {
	if lit, ok := e.(*ast.BasicLit); ok {
		text, err := strconv.Unquote(lit.Value)
		if err == nil {
			texts = append(texts, text)
		}
		return texts
	}
	variable := name(e)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		at := slices.IndexFunc(assign.Lhs, func(left ast.Expr) bool { return variable != "" && name(left) == variable })
		if at >= 0 && at < len(assign.Rhs) {
			if lit, ok := assign.Rhs[at].(*ast.BasicLit); ok {
				text, err := strconv.Unquote(lit.Value)
				if err == nil {
					texts = append(texts, text)
				}
			}
		}
		return true
	})
	return texts
}
