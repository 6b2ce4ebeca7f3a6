package audit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/audit"
)

// TestEveryActionHasWords reads out of the source what is ever written to the
// log. An action reaches access.Entry as a literal, or through parameters of
// functions of its own package; what cannot be followed so fails the test.
func TestEveryActionHasWords(t *testing.T) {
	written := map[string]string{} // action → where
	for _, p := range packages(t, "../../crm", "../../server") {
		for action, place := range p.written(t, "Action") {
			if action != "" { // work that another entry tells of
				written[action] = place
			}
		}
	}
	if len(written) < 60 {
		t.Fatalf("only %d actions found: the reader has lost its way", len(written))
	}
	known := map[string]bool{}
	for _, a := range audit.Actions() {
		if known[a.Name] {
			t.Errorf("%s has words twice", a.Name)
		}
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

// The same for the kinds of objects.
func TestEveryKindHasWords(t *testing.T) {
	kinds := 0
	for _, p := range packages(t, "../../crm", "../../server") {
		for kind, place := range p.written(t, "ObjectKind") {
			kinds++
			if w := audit.KindWords(kind); w.JA == kind || w.EN == "" {
				t.Errorf("%s: %s has no words in crm/audit/words.go", place, kind)
			}
		}
	}
	if kinds < 15 {
		t.Errorf("only %d kinds found: the reader has lost its way", kinds)
	}
}

// The same for the alerts that staff acknowledges.
func TestEveryAlertHasWords(t *testing.T) {
	for _, kind := range alert.Kinds {
		changes := audit.Reader{}.Changes(fmt.Appendf(nil, `{"kind": %q}`, kind))
		if len(changes) != 1 || changes[0].After.JA == string(kind) || changes[0].After.EN == string(kind) {
			t.Errorf("%s reads as %+v", kind, changes)
		}
	}
}

// TestEveryFieldHasWords reads the fields of details out of the source: they are
// keys of maps that are given to an entry, or to a function that writes one, that
// are kept in a variable called detail, or that functions called audited… make.
func TestEveryFieldHasWords(t *testing.T) {
	fields := 0
	for _, p := range packages(t, "../../crm", "../../server") {
		for field, place := range p.fields() {
			fields++
			detail := strings.NewReplacer("FIELD", field).Replace(`{"FIELD": "x"}`)
			for _, c := range (audit.Reader{}).Changes([]byte(detail)) {
				if c.Label.JA == field || c.Label.EN == "" {
					t.Errorf("%s: %s has no words in crm/audit/field.go", place, field)
				}
			}
		}
	}
	if fields < 80 {
		t.Errorf("only %d fields found: the reader has lost its way", fields)
	}
}

// fields are the fields of details that the package writes, and where.
func (s *source) fields() map[string]string {
	found := map[string]string{}
	add := func(fn *ast.FuncDecl, e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && isFields(lit) {
				for _, element := range lit.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						for _, key := range textOf(pair.Key) {
							found[key] = s.fset.Position(pair.Pos()).String() + " in " + fn.Name.Name
						}
					}
				}
			}
			return true
		})
	}
	for _, file := range s.files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				s.inDetails(fn, func(e ast.Expr) { add(fn, e) }, func(key ast.Expr) {
					for _, text := range textOf(key) {
						found[text] = s.fset.Position(key.Pos()).String()
					}
				})
			}
		}
	}
	return found
}

// inDetails shows what in fn becomes a detail, and keys that are set in one.
func (s *source) inDetails(fn *ast.FuncDecl, show, key func(ast.Expr)) {
	if strings.HasPrefix(fn.Name.Name, "audited") {
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				show(lit)
			}
			return true
		})
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if name(n.Type) == "Entry" {
				for _, value := range field(n, "Detail") {
					show(value)
				}
			}
		case *ast.CallExpr:
			if called := name(n.Fun); called == "audit" || called == "byHand" {
				for _, arg := range n.Args {
					show(arg)
				}
			}
		case *ast.AssignStmt:
			if index, ok := n.Lhs[0].(*ast.IndexExpr); ok && name(index.X) == "detail" {
				key(index.Index)
			}
			if name(n.Lhs[0]) == "detail" {
				show(n.Rhs[0])
			}
		}
		return true
	})
}

// isFields reports a map[string]any: maps of texts are words in languages.
func isFields(lit *ast.CompositeLit) bool {
	m, ok := lit.Type.(*ast.MapType)
	return ok && name(m.Value) == "any"
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

// written follows what is written as a field, from the entries outwards through
// the functions that pass it on, and says where.
func (s *source) written(t *testing.T, of string) map[string]string {
	found := map[string]string{}
	passes := map[string]int{} // function → which of its parameters becomes the field; .name: a struct's field that does
	for more := true; more; {
		more = false
		for _, file := range s.files {
			for _, decl := range file.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				for _, value := range values(fn, of, passes) {
					if at := parameter(fn, value); at >= 0 {
						if _, known := passes[fn.Name.Name]; !known {
							passes[fn.Name.Name], more = at, true
						}
						continue
					}
					literals := append(literalsOf(fn, value), s.constant(name(value))...)
					if _, selected := value.(*ast.SelectorExpr); selected && len(literals) == 0 { // of a struct, which is filled elsewhere
						if _, known := passes["."+name(value)]; !known {
							passes["."+name(value)], more = 0, true
						}
						continue
					}
					if len(literals) == 0 {
						t.Errorf("%s: it cannot be told which %s this is", s.fset.Position(value.Pos()), of)
					}
					for _, literal := range literals {
						found[literal] = s.fset.Position(value.Pos()).String()
					}
				}
			}
		}
	}
	return found
}

// constant is the text of a constant of the package, if there is one of the name.
func (s *source) constant(called string) []string {
	for _, file := range s.files {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST || called == "" {
				continue
			}
			for _, spec := range group.Specs {
				if c, ok := spec.(*ast.ValueSpec); ok && c.Names[0].Name == called && len(c.Values) == 1 {
					return textOf(c.Values[0])
				}
			}
		}
	}
	return nil
}

// values is the expressions in fn that become the field.
func values(fn *ast.FuncDecl, of string, passes map[string]int) (values []ast.Expr) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if name(n.Type) == "Entry" {
				values = append(values, field(n, of)...)
			}
		case *ast.KeyValueExpr:
			if _, ok := passes["."+name(n.Key)]; ok {
				values = append(values, n.Value)
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
	if _, ok := e.(*ast.BasicLit); ok {
		return textOf(e)
	}
	variable := name(e)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		at := slices.IndexFunc(assign.Lhs, func(left ast.Expr) bool { return variable != "" && name(left) == variable })
		if at >= 0 && at < len(assign.Rhs) {
			texts = append(texts, textOf(assign.Rhs[at])...)
		}
		return true
	})
	return texts
}

// textOf is the text of a literal.
func textOf(e ast.Expr) []string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return nil
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return nil
	}
	return []string{text}
}
