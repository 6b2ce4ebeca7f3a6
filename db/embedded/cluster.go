package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// maxSocketPath leaves room under the 104 to 108 bytes that a Unix socket's
// path may have.
const maxSocketPath = 100

// There tells whether a folder holds a cluster, as far as one may look.
func There(dir string) bool {
	_, err := os.Stat(filepath.Join(place{dir: dir}.data(), "PG_VERSION"))
	return !errors.Is(err, os.ErrNotExist)
}

// createCluster runs initdb when there is no cluster yet. It works on the side
// and renames, so that a kill leaves either all of it or nothing.
func (p place) createCluster(ctx context.Context, bin binaries, log *slog.Logger) error {
	if _, err := os.Stat(filepath.Join(p.data(), "PG_VERSION")); err == nil {
		return nil
	}
	unfinished := p.path("data.new")
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	args := []string{"-D", unfinished, "-U", "postgres", "-E", "UTF8", "-A", "trust", "--no-instructions"}
	cmd := exec.CommandContext(ctx, bin.program("initdb"), append(args, localeArgs(bin.major)...)...) //nolint:gosec // our own binary
	p.dress(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("create the Postgres cluster: %w\n%s", err, strings.TrimSpace(string(out)))
	}
	if err := os.Rename(unfinished, p.data()); err != nil {
		return fmt.Errorf("create the Postgres cluster: %w", err)
	}
	log.Info("created the Postgres cluster", "folder", p.data(), "version", bin.version)
	return nil
}

// localeArgs keep LC_CTYPE in UTF-8: with the C locale pg_trgm finds no
// trigrams in Japanese text.
func localeArgs(major int) []string {
	ctype := "C.UTF-8"
	if runtime.GOOS == "darwin" { // has no C.UTF-8
		ctype = "en_US.UTF-8"
	}
	if major < 17 {
		return []string{"--locale=" + ctype}
	}
	return []string{"--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=" + ctype}
}

// configure writes postgresql.conf beside the cluster. Without settings a file
// that is there stays, so that a restart by the keeper changes nothing.
func (p place) configure(settings map[string]string) error {
	name := p.path("postgresql.conf")
	if _, err := os.Stat(name); err == nil && settings == nil {
		return nil
	}
	all := map[string]string{
		"listen_addresses": "",
		"port":             port,
		"cluster_name":     "meguri",
		"max_connections":  "200",
		"shared_buffers":   sharedBuffers(memory()),
		// Fewer checkpoints: after each, every page goes whole into the log once.
		"max_wal_size":       "4GB",
		"checkpoint_timeout": "15min",
		"jit":                "off", // compiling costs more than it saves on short statements
		// The usual 4 is for disks that turn: with it, looking a batch of
		// customers up by their keys seems dearer than reading all of them.
		"random_page_cost": "1.1",
		"timezone":         "UTC",
		"log_timezone":     "UTC",
		"log_checkpoints":  "off",
		// Statements and details hold personal data.
		"log_min_error_statement": "panic",
		"log_error_verbosity":     "terse",
	}
	maps.Copy(all, settings)
	var b strings.Builder
	b.WriteString("# Written by meguri at each start.\n")
	for _, key := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&b, "%s = '%s'\n", key, strings.ReplaceAll(all[key], "'", "''"))
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		return err
	}
	return p.owner.give(name)
}

// sharedBuffers is an eighth of the memory, from 128 MB to 2 GB; 256 MB where
// that is not known. A large import writes into many indexes at random: pages
// that do not fit are written and read again and again.
func sharedBuffers(memory int64) string {
	const mib = 1 << 20
	if memory <= 0 {
		return "256MB"
	}
	return fmt.Sprintf("%dMB", min(max(memory/8/mib, 128), 2048))
}

// socketDir is where the server's socket goes: the folder itself, or a short
// one under the temporary folder, remembered so that it is used again.
func (p place) socketDir() (string, error) {
	if len(filepath.Join(p.dir, ".s.PGSQL."+port)) <= maxSocketPath {
		return p.dir, nil
	}
	note := p.path("socket.dir")
	if known, err := os.ReadFile(note); err == nil {
		if who, err := ownerOf(string(known)); err == nil && who == p.owner {
			return string(known), nil
		}
	}
	base := os.TempDir()
	if len(base) > maxSocketPath/2 {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "meguri-") // 0700
	if err != nil {
		return "", fmt.Errorf("make a folder for the Postgres socket: %w", err)
	}
	if err := os.WriteFile(note, []byte(dir), 0o600); err != nil {
		return "", err
	}
	return dir, p.owner.give(note, dir)
}

// removeSocketDir removes the short folder, if there is one.
func (p place) removeSocketDir() error {
	note := p.path("socket.dir")
	known, err := os.ReadFile(note)
	if err != nil {
		return nil //nolint:nilerr // no note, no folder
	}
	if err := os.RemoveAll(string(known)); err != nil {
		return err
	}
	return os.Remove(note)
}
