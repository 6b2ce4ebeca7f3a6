package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestProcessesStartingTogetherShareOneServer(t *testing.T) {
	dir := folder(t)
	first, firstLines := launchMember(t, dir, nil)
	second, secondLines := launchMember(t, dir, nil)
	first.joined(t, firstLines)
	second.joined(t, secondLines)
	if first.dsn != second.dsn {
		t.Errorf("DSNs differ: %q, %q", first.dsn, second.dsn)
	}
	exec1(t, connect(t, first.dsn), "CREATE TABLE notes (n int)")
	exec1(t, connect(t, second.dsn), "INSERT INTO notes VALUES (1)")
	first.leave(t)
	if count(t, connect(t, second.dsn)) != 1 {
		t.Error("the second member lost its database when the first left")
	}
	second.leave(t)
	if isUp(dir) {
		t.Error("the server runs on after the last member left")
	}
}

func TestKillingTheStarterDisturbsNobody(t *testing.T) {
	dir := folder(t)
	starter := startMember(t, dir)
	other := startMember(t, dir)
	open := connect(t, other.dsn)
	exec1(t, open, "CREATE TEMP TABLE notes (n int)") // lives as long as the session
	starter.kill()
	exec1(t, open, "INSERT INTO notes VALUES (1)")
	other.leave(t)
}

func TestAKilledKeeperIsReplaced(t *testing.T) {
	dir := folder(t)
	m := startMember(t, dir)
	open := connect(t, m.dsn)
	exec1(t, open, "CREATE TEMP TABLE notes (n int)")
	dead := keeperPID(t, dir, 0)
	kill(t, dead)
	next := keeperPID(t, dir, dead)
	exec1(t, open, "INSERT INTO notes VALUES (1)")

	// The new keeper does a keeper's work.
	kill(t, serverPID(t, dir))
	exec1(t, connect(t, m.dsn), "SELECT 1")
	m.kill()
	eventually(t, "the server stops after the last member was killed", func() bool { return !isUp(dir) })
	if next == dead {
		t.Error("no new keeper")
	}
}

func TestAKilledServerComesBackWithItsData(t *testing.T) {
	dir := folder(t)
	m := startMember(t, dir)
	conn := connect(t, m.dsn)
	exec1(t, conn, "CREATE TABLE notes (n int)")
	exec1(t, conn, "INSERT INTO notes VALUES (1)")
	before := serverPID(t, dir)
	kill(t, before)
	if count(t, connect(t, m.dsn)) != 1 {
		t.Error("a committed row is lost")
	}
	if serverPID(t, dir) == before {
		t.Error("the server was not killed")
	}
}

func TestEverythingKilledAtOnce(t *testing.T) {
	dir := folder(t)
	m := startMember(t, dir)
	conn := connect(t, m.dsn)
	exec1(t, conn, "CREATE TABLE notes (n int)")
	exec1(t, conn, "INSERT INTO notes VALUES (1)")
	keeper, postmaster := keeperPID(t, dir, 0), serverPID(t, dir)
	m.kill()
	kill(t, keeper)
	kill(t, postmaster)

	next := startMember(t, dir)
	if count(t, connect(t, next.dsn)) != 1 {
		t.Error("a committed row is lost")
	}
}

// A server whose keeper and members are all gone is joined, not fought.
func TestAnOrphanedServerIsAdopted(t *testing.T) {
	dir := folder(t)
	m := startMember(t, dir)
	keeper, postmaster := keeperPID(t, dir, 0), serverPID(t, dir)
	kill(t, keeper)
	m.kill()
	next := startMember(t, dir)
	exec1(t, connect(t, next.dsn), "SELECT 1")
	if got := serverPID(t, dir); got != postmaster {
		t.Errorf("server %d, want the running %d", got, postmaster)
	}
}

// After a restart of the machine another program may have the pid that a dead
// server left in postmaster.pid; Postgres itself would refuse to start.
func TestALeftoverPidFileOfAnotherProgram(t *testing.T) {
	dir := folder(t)
	stale := fmt.Sprintf("%d\n%s/data\n1\n5432\n%s\n\n  1 1\nready\n", os.Getpid(), dir, dir)
	if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	m := startMember(t, dir)
	exec1(t, connect(t, m.dsn), "SELECT 1")
}

// A server that somebody else started on the cluster is used where it listens.
func TestABusyClusterIsJoinedWhereItListens(t *testing.T) {
	dir := folder(t)
	at, err := prepare(dir)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := at.findBinaries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(elsewhere) }()
	cmd := exec.Command(bin.program("postgres"), "-D", at.data(), "-k", elsewhere, "-c", "listen_addresses=")
	at.dress(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = cmd.Wait() }()
	eventually(t, "the other server is up", func() bool { return isUp(dir) })
	m := startMember(t, dir)
	if !strings.Contains(m.dsn, elsewhere) {
		t.Errorf("joined %q, want the socket in %s", m.dsn, elsewhere)
	}
	exec1(t, connect(t, m.dsn), "SELECT 1")
}

func TestALongPath(t *testing.T) {
	short := folder(t)
	dir := filepath.Join(t.TempDir(), strings.Repeat("long-and-'quoted' ", 5), "postgres")
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(short, dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { remove(t, dir) })
	m := startMember(t, dir)
	exec1(t, connect(t, m.dsn), "SELECT 1")
	note, err := os.ReadFile(filepath.Join(dir, "socket.dir"))
	if err != nil {
		t.Fatal(err)
	}
	m.leave(t)
	eventually(t, "the short folder of the socket is removed", func() bool {
		_, err := os.Stat(string(note))
		return os.IsNotExist(err)
	})
}

func TestAClusterOfAnotherMajorVersion(t *testing.T) {
	dir := folder(t)
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Join(t.Context(), options(dir))
	if err == nil {
		t.Fatal("joined")
	}
	for _, want := range []string{"made by Postgres 9", "install postgresql-9", "MEGURI_DATA_DIR"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	dir := folder(t)
	opts := options(dir)
	opts.Settings = map[string]string{"shared_buffers": "plenty"}
	_, err := Join(t.Context(), opts)
	if err == nil || !strings.Contains(err.Error(), "shared_buffers") {
		t.Fatalf("got %v; want what Postgres says", err)
	}
	if f, err := tryLock(filepath.Join(dir, "lease.lock"), exclusive); f == nil || err != nil {
		t.Errorf("a failed join keeps its lease: %v", err)
	}
}

func TestLibrariesAreLinked(t *testing.T) {
	root := t.TempDir()
	native := filepath.Join(root, "native")
	if err := os.MkdirAll(filepath.Join(native, "lib"), 0o700); err != nil {
		t.Fatal(err)
	}
	links := `[{"source":"native/lib/libicuuc.so.60.2","target":"native/lib/libicuuc.so.60"}]`
	for name, content := range map[string]string{"pg-symlinks.json": links, "lib/libicuuc.so.60.2": "library"} {
		if err := os.WriteFile(filepath.Join(native, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // again: links that are there do no harm
		if err := linkLibraries(native); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(filepath.Join(native, "lib", "libicuuc.so.60"))
	if err != nil || string(got) != "library" {
		t.Errorf("the link reads %q, %v", got, err)
	}
}

// Root's server in a folder of an ordinary user runs as that user.
func TestRootServesInTheFolderOfAnotherUser(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	dir := folder(t)
	at, err := prepare(dir)
	if err != nil {
		t.Fatal(err)
	}
	if at.owner, err = nobody(); err != nil {
		t.Fatal(err)
	}
	if err := at.giveAll(dir); err != nil {
		t.Fatal(err)
	}
	m := startMember(t, dir)
	exec1(t, connect(t, m.dsn), "SELECT 1")
	var stat syscall.Stat_t
	if err := syscall.Stat(fmt.Sprintf("/proc/%d", serverPID(t, dir)), &stat); err != nil {
		t.Fatal(err)
	}
	if int(stat.Uid) != at.owner.uid {
		t.Errorf("the server runs as %d, want %d", stat.Uid, at.owner.uid)
	}
}
