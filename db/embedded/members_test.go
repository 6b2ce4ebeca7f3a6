package embedded

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// The test binary plays three parts: the tests, members (processes that join a
// folder, to be killed), and their keepers.
func TestMain(m *testing.M) {
	var err error
	switch {
	case len(os.Args) > 1 && os.Args[1] == "keeper":
		err = Keep(context.Background(), os.Args[2:])
	case len(os.Args) > 1 && os.Args[1] == "member":
		err = beMember(os.Args[2], os.Args[3:]...)
	default:
		code := m.Run()
		_ = os.RemoveAll(clusterDir)
		os.Exit(code)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func options(dir string) Options {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return Options{Dir: dir, Database: "app", Keeper: []string{exe, "keeper"}, Settings: map[string]string{"shared_buffers": "16MB"}}
}

// beMember joins, tells the DSN, and leaves when its input ends.
func beMember(dir string, flags ...string) error {
	for _, flag := range flags {
		if flag == "no-namespaces" { // holds for this process's own namespace only
			if err := os.WriteFile("/proc/sys/user/max_user_namespaces", []byte("0"), 0o600); err != nil {
				return err
			}
		}
	}
	lease, err := Join(context.Background(), options(dir))
	if err != nil {
		return err
	}
	fmt.Println(lease.DSN)
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return lease.Leave()
}

type member struct {
	dsn   string
	cmd   *exec.Cmd
	stdin io.Closer
}

// launchMember starts a member and does not wait until it has joined.
func launchMember(t *testing.T, dir string, attr *syscall.SysProcAttr, flags ...string) (*member, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"member", dir}, flags...)...)
	cmd.SysProcAttr = attr
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	m := &member{cmd: cmd, stdin: in}
	t.Cleanup(m.kill)
	return m, bufio.NewScanner(out)
}

func startMember(t *testing.T, dir string) *member {
	t.Helper()
	m, lines := launchMember(t, dir, nil)
	m.joined(t, lines)
	return m
}

func (m *member) joined(t *testing.T, lines *bufio.Scanner) {
	t.Helper()
	if !lines.Scan() {
		t.Fatalf("the member did not join: %v", lines.Err())
	}
	m.dsn = lines.Text()
}

// kill is kill -9.
func (m *member) kill() {
	_ = m.cmd.Process.Kill() // may be dead already
	_ = m.cmd.Wait()
}

func (m *member) leave(t *testing.T) {
	t.Helper()
	if err := m.stdin.Close(); err != nil {
		t.Error(err)
	}
	if err := m.cmd.Wait(); err != nil {
		t.Errorf("leave: %v", err)
	}
}

// cluster is a finished cluster that tests copy, because initdb takes a second.
var cluster = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "meguri-cluster-")
	if err != nil {
		return "", err
	}
	clusterDir = dir
	at, err := prepare(dir)
	if err != nil {
		return "", err
	}
	_, err = at.ensure(context.Background(), options(dir).Settings, options(dir).logger())
	if err != nil {
		return "", err
	}
	return at.data(), at.stop()
})

var clusterDir string // removed at the end

// folder is a folder with a stopped cluster, on a path that every user can walk
// (t.TempDir's is not). Whatever runs in it at the end of the test is stopped.
func folder(t *testing.T) string {
	t.Helper()
	from, err := cluster()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "meguri-folder-")
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	if err := os.CopyFS(data, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(data, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { remove(t, dir) })
	return dir
}

// remove removes a folder once it is quiet.
func remove(t *testing.T, dir string) {
	t.Helper()
	at, err := prepare(dir)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the keeper goes", func() bool {
		f, err := tryLock(at.path("keeper.lock"), exclusive)
		return err == nil && f != nil && f.Close() == nil
	})
	if err := at.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	eventually(t, "the folder can be removed", func() bool { return os.RemoveAll(dir) == nil })
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(pollEvery) {
		if holds() {
			return
		}
	}
	t.Fatalf("in vain: %s", what)
}

func isUp(dir string) bool {
	at, err := prepare(dir)
	if err != nil {
		return false
	}
	_, up := at.running()
	return up
}

func serverPID(t *testing.T, dir string) int {
	t.Helper()
	at, err := prepare(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, up := at.running()
	if !up {
		t.Fatal("no server runs")
	}
	return s.pid
}

// keeperPID waits for a keeper other than the dead one.
func keeperPID(t *testing.T, dir string, dead int) int {
	t.Helper()
	var pid int
	eventually(t, "a keeper appears", func() bool {
		content, err := os.ReadFile(filepath.Join(dir, "keeper.lock"))
		if err != nil {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(string(content)))
		return err == nil && pid != dead
	})
	return pid
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// connect waits until the database takes a connection.
func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	var conn *pgx.Conn
	eventually(t, "the database answers", func() bool {
		var err error
		conn, err = pgx.Connect(t.Context(), dsn)
		return err == nil
	})
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func exec1(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func count(t *testing.T, conn *pgx.Conn) int {
	t.Helper()
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM notes").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
