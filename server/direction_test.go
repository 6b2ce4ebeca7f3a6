package server_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/meguri-crm/meguri/"

// rooms is who may import whom: main -> server -> {graph, edge packages} ->
// crm/<noun> -> db -> crm/fault. A package belongs to the longest prefix that
// fits; imports outside of the module are bounded by libraries.
var rooms = []struct {
	prefix string
	may    []string // prefixes of this module
}{
	{"crm/fault", nil},
	{"crm/clock", nil},
	{"crm/gid", []string{"crm/fault"}},
	{"crm/mall", []string{"crm/fault", "crm/gid", "crm/mall"}},
	{"crm/job", []string{"crm/fault", "crm/clock", "db"}},
	{"crm/message/channel", []string{"crm", "db"}},
	{"crm", []string{"crm", "db"}},
	{"db", []string{"crm/fault", "crm/clock", "db"}},
	{"graph", []string{"graph", "crm", "db"}},
	{"docs", nil},
	{"frontend", nil},
	{"server/command", []string{"server", "crm", "db"}},
	{"server", []string{"server", "graph", "crm", "db", "docs", "frontend"}},
}

// edges are packages that no noun imports; the composition root wires them.
var edges = []string{"crm/job", "crm/message/channel/"}

// pure are files that know neither the database nor Bun.
var pure = []string{
	"crm/mall/*.go", "crm/points/rule*.go", "crm/stage/ladder.go", "crm/segment/field.go", "crm/segment/tree.go",
	"crm/segment/compile.go", "crm/policy/rule.go", "crm/customer/match.go",
}

func TestImportsFollowTheDirection(t *testing.T) {
	for file, imports := range importsOfModule(t) {
		room := filepath.ToSlash(filepath.Dir(file))
		for _, path := range imports {
			target, ours := strings.CutPrefix(path, module)
			switch {
			case strings.Contains(path, "99designs/gqlgen") && !under(room, "graph") && !under(room, "server"):
				t.Errorf("%s imports %s: only the edge knows gqlgen", file, path)
			case strings.Contains(path, "uptrace/bun") && (under(room, "graph") || under(room, "server")):
				t.Errorf("%s imports %s: queries live in the domain", file, path)
			case ours && !allowed(room, target):
				t.Errorf("%s imports %s: that is against the direction", file, target)
			case ours && under(room, "crm") && isEdge(target) && !isEdge(room):
				t.Errorf("%s imports %s: declare the method you need, server/app.go hands it in", file, target)
			}
		}
	}
}

func TestPureFilesKnowNoDatabase(t *testing.T) {
	all := importsOfModule(t)
	for _, pattern := range pure {
		files, err := filepath.Glob(filepath.Join("..", pattern))
		if err != nil || len(files) == 0 {
			t.Errorf("no file is %s: %v", pattern, err)
		}
		for _, file := range files {
			for _, path := range all[strings.TrimPrefix(filepath.ToSlash(file), "../")] {
				if path == module+"db" || strings.HasPrefix(path, module+"db/") || strings.Contains(path, "uptrace/bun") || strings.Contains(path, "jackc/pgx") {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
}

func allowed(room, target string) bool {
	for _, r := range rooms {
		if under(room, r.prefix) {
			return slices.ContainsFunc(r.may, func(prefix string) bool { return under(target, prefix) })
		}
	}
	return room == "." && under(target, "server/command")
}

func under(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }

func isEdge(path string) bool {
	return slices.ContainsFunc(edges, func(e string) bool { return path == e || strings.HasPrefix(path, e) })
}

// importsOfModule reads the imports of every Go file but tests, by its path.
func importsOfModule(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != "."):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", path), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[path] = append(found[path], name)
		}
		return nil
	})
	if err != nil || len(found) < 20 {
		t.Fatalf("read %d files: %v", len(found), err)
	}
	return found
}
