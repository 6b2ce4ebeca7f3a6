// Package servertest runs the program as real processes, for tests that kill
// them.
//
// It owns installations (a data folder with a Postgres of its own), the
// processes started on them, and a GraphQL client. It promises that nothing it
// started outlives the test. The test binary itself is the program: its
// TestMain calls Main. What is done to the processes is left to the tests.
package servertest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asProgram is in the environment of children of the test binary, and so of the
// keepers they start.
const asProgram = "MEGURI_TEST_AS_PROGRAM"

// Main is the TestMain of a package whose test binary is also the program.
func Main(m *testing.M, program func(args []string, stdout, stderr io.Writer) int) {
	if os.Getenv(asProgram) != "" {
		os.Exit(program(os.Args, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// Installation is a data folder and an address.
type Installation struct {
	Dir, Addr string
	Env       []string
}

// New is an empty installation that is gone after the test.
func New(t testing.TB) *Installation {
	t.Helper()
	dir, err := os.MkdirTemp("", "meguri-process-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		Eventually(t, "the data folder can be removed", func() bool { return os.RemoveAll(dir) == nil })
	})
	return Here(t, dir)
}

// Here is the installation of a data folder, which stays after the test.
func Here(t testing.TB, dir string) *Installation {
	t.Helper()
	in := &Installation{Dir: dir, Addr: freeAddr(t)}
	in.Env = append(os.Environ(), asProgram+"=1", "DATABASE_URL=", "MEGURI_SECRET=", "MEGURI_SMTP_URL=", "MEGURI_SEED=off",
		"MEGURI_DATA_DIR="+dir, "MEGURI_ADDR="+in.Addr, "MEGURI_PUBLIC_URL=http://"+in.Addr)
	return in
}

// Keeper is the command that keeps the installation's Postgres for a server in
// the test's own process, where command starts a keeper.
func (in *Installation) Keeper(t testing.TB, command string) []string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(asProgram, "1")
	return []string{exe, command}
}

// Beside is the same installation at another address: a second node.
func (in *Installation) Beside(t testing.TB) *Installation {
	t.Helper()
	other := &Installation{Dir: in.Dir, Addr: freeAddr(t)}
	other.Env = append(append([]string{}, in.Env...), "MEGURI_ADDR="+other.Addr)
	return other
}

// With is the same installation with more variables.
func (in *Installation) With(variables ...string) *Installation {
	return &Installation{Dir: in.Dir, Addr: in.Addr, Env: append(append([]string{}, in.Env...), variables...)}
}

func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// Process is a running meguri.
type Process struct {
	Output *Output
	Done   <-chan struct{}

	cmd *exec.Cmd
	err error // once done
}

// Output is written by the process and read by the test.
type Output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write is the process's.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// String is all that was printed so far.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// Start starts `meguri args…`; it is killed at the end of the test.
func (in *Installation) Start(t testing.TB, args ...string) *Process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	p := &Process{cmd: exec.CommandContext(context.Background(), exe, args...), Output: &Output{}, Done: done}
	p.cmd.Env = in.Env
	p.cmd.Stdout, p.cmd.Stderr = p.Output, p.Output
	p.cmd.WaitDelay = time.Second // a keeper holds no pipe, but be sure
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(done)
	}()
	t.Cleanup(func() { p.Signal(t, syscall.SIGKILL) })
	return p
}

// Signal sends it and waits for the end.
func (p *Process) Signal(t testing.TB, sig syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	select {
	case <-p.Done:
	case <-time.After(40 * time.Second):
		t.Fatalf("%v did not end it:\n%s", sig, p.Output)
	}
}

// Wait waits for the end and answers the exit code.
func (p *Process) Wait(t testing.TB) int {
	t.Helper()
	select {
	case <-p.Done:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(60 * time.Second):
		t.Fatalf("it does not end:\n%s", p.Output)
		return 0
	}
}

// Working waits until a worker works.
func (p *Process) Working(t testing.TB) {
	t.Helper()
	Eventually(t, "the worker works", func() bool {
		select {
		case <-p.Done:
			t.Fatalf("it ended: %v\n%s", p.err, p.Output)
		default:
		}
		return strings.Contains(p.Output.String(), "working")
	})
}

// Serving waits until p answers at the installation's address.
func (in *Installation) Serving(t testing.TB, p *Process) {
	t.Helper()
	Eventually(t, "the server is ready", func() bool {
		select {
		case <-p.Done:
			t.Fatalf("it ended: %v\n%s", p.err, p.Output)
		default:
		}
		status, _ := in.Get(t, "/readyz")
		return status == http.StatusOK
	})
}

// Get answers status 0 when nobody listens.
func (in *Installation) Get(t testing.TB, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+in.Addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, ""
	}
	return res.StatusCode, string(content)
}

// Eventually waits for at most a minute.
func Eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	Within(t, time.Minute, what, holds)
}

// Within waits for at most limit.
func Within(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("in vain: %s", what)
}

// PostgresRuns tells whether the installation's Postgres does.
func (in *Installation) PostgresRuns() bool {
	_, err := os.Stat(in.pidFile())
	return err == nil
}

// Postgres is the process id of the installation's Postgres; 0 while it is down.
func (in *Installation) Postgres() int {
	content, err := os.ReadFile(in.pidFile())
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return 0
	}
	return pid
}

func (in *Installation) pidFile() string {
	return filepath.Join(in.Dir, "postgres", "data", "postmaster.pid")
}
