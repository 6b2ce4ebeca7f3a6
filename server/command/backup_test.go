package command

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/server/servertest"
)

// A backup of the demonstration shop, taken while it is served, is the same
// shop on another machine.
func TestBackupMovesAMerchant(t *testing.T) {
	file := filepath.Join(t.TempDir(), "meguri.backup")
	from := servertest.New(t)
	succeed(t, from, "seed", "--customers", "60")
	serving := from.Start(t, "serve", "--workers=0")
	from.Serving(t, serving)
	out := succeed(t, from, "backup", file)
	if !strings.Contains(out, "rows of") || !strings.Contains(out, "secret") {
		t.Errorf("backup says\n%s", out)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info, err)
	}
	if out := fail(t, from, "backup", file); !strings.Contains(out, "there already") {
		t.Errorf("a second backup to the same file says\n%s", out)
	}
	if out := fail(t, from, "restore", file); !strings.Contains(out, "the database is in use") {
		t.Errorf("restore over the original says\n%s", out)
	}

	to := servertest.New(t)
	if out := succeed(t, to, "restore", file); !strings.Contains(out, "another secret") {
		t.Errorf("restore says\n%s", out)
	}
	served := to.Start(t, "serve", "--workers=0")
	to.Serving(t, served)
	want, got := dbtest.Contents(t, from.DB(t)), dbtest.Contents(t, to.DB(t))
	if len(want) < 1000 {
		t.Fatalf("%d rows", len(want))
	}
	for _, line := range dbtest.Missing(want, got) {
		t.Errorf("lost: %s", line)
	}
	for _, line := range dbtest.Missing(got, want) {
		t.Errorf("too much: %s", line)
	}
	for _, p := range []*servertest.Process{serving, served} {
		p.Signal(t, syscall.SIGTERM)
		p.Wait(t)
	}
}

func succeed(t *testing.T, in *servertest.Installation, args ...string) string {
	t.Helper()
	p := in.Start(t, args...)
	if code := p.Wait(t); code != exitDone {
		t.Fatalf("%v: exit %d\n%s", args, code, p.Output)
	}
	return p.Output.String()
}

func fail(t *testing.T, in *servertest.Installation, args ...string) string {
	t.Helper()
	p := in.Start(t, args...)
	if code := p.Wait(t); code != exitFailed {
		t.Fatalf("%v: exit %d, want %d\n%s", args, code, exitFailed, p.Output)
	}
	return p.Output.String()
}
