package command

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
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The test binary is also the program: children find asProgram in their
// environment, as do the keepers they start.
const asProgram = "MEGURI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// installation is a data folder and an address.
type installation struct {
	dir, addr string
	env       []string
}

func newInstallation(t *testing.T) *installation {
	t.Helper()
	dir, err := os.MkdirTemp("", "meguri-process-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		eventually(t, "the data folder can be removed", func() bool { return os.RemoveAll(dir) == nil })
	})
	in := &installation{dir: dir, addr: freeAddr(t)}
	in.env = append(os.Environ(), asProgram+"=1", "DATABASE_URL=", "MEGURI_SECRET=", "MEGURI_SMTP_URL=", "MEGURI_SEED=off",
		"MEGURI_DATA_DIR="+dir, "MEGURI_ADDR="+in.addr, "MEGURI_PUBLIC_URL=http://"+in.addr)
	return in
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// process is a running meguri.
type process struct {
	cmd  *exec.Cmd
	out  *output
	done chan struct{}
	err  error // once done
}

// output is written by the process and read by the test.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func (in *installation) start(t *testing.T, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(exe, args...), out: &output{}, done: make(chan struct{})}
	p.cmd.Env = in.env
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	p.cmd.WaitDelay = time.Second // a keeper holds no pipe, but be sure
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() { p.signal(t, syscall.SIGKILL) })
	return p
}

func (p *process) signal(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	select {
	case <-p.done:
	case <-time.After(40 * time.Second):
		t.Fatalf("%v did not end it:\n%s", sig, p.out)
	}
}

func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(60 * time.Second):
		t.Fatalf("it does not end:\n%s", p.out)
		return 0
	}
}

func (in *installation) serving(t *testing.T, p *process) {
	t.Helper()
	eventually(t, "the server is ready", func() bool {
		select {
		case <-p.done:
			t.Fatalf("it ended: %v\n%s", p.err, p.out)
		default:
		}
		status, _ := in.get(t, "/readyz")
		return status == http.StatusOK
	})
}

// get answers status 0 when nobody listens.
func (in *installation) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+in.addr+path, nil)
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
		t.Fatal(err)
	}
	return res.StatusCode, string(content)
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("in vain: %s", what)
}

func (in *installation) postgresRuns() bool {
	_, err := os.Stat(filepath.Join(in.dir, "postgres", "data", "postmaster.pid"))
	return err == nil
}

func TestServeFromAnEmptyFolder(t *testing.T) {
	in := newInstallation(t)
	first := in.start(t, "serve")
	in.serving(t, first)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": `"schema":"ok"`, "/metrics": "meguri_live_watchers", "/": "<!doctype html>", "/customers/1": "<!doctype html>"} {
		if status, body := in.get(t, path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s; want %q", path, status, body, want)
		}
	}
	if status, _ := in.get(t, "/assets/none.js"); status != http.StatusNotFound {
		t.Errorf("a missing asset: %d", status)
	}
	signIn := regexp.MustCompile(`sign in  (\S+@\S+)  (\S{16,})`).FindString(first.out.String())
	if signIn == "" || !strings.Contains(first.out.String(), "http://"+in.addr) {
		t.Errorf("it does not say where, and the sign-in:\n%s", first.out)
	}

	first.signal(t, syscall.SIGTERM)
	if code := first.wait(t); code != exitDone {
		t.Errorf("SIGTERM: exit %d\n%s", code, first.out)
	}
	if in.postgresRuns() {
		t.Error("Postgres outlives the last process")
	}

	again := in.start(t) // serving is the default
	in.serving(t, again)
	if !strings.Contains(again.out.String(), signIn) {
		t.Errorf("the second start made another sign-in:\n%s", again.out)
	}
	again.signal(t, syscall.SIGINT)
	if code := again.wait(t); code != exitDone {
		t.Errorf("SIGINT: exit %d\n%s", code, again.out)
	}
}

// kill -9 of any one process leaves the others their database, and the folder
// usable.
func TestKillingOneProcessLeavesTheOthers(t *testing.T) {
	in := newInstallation(t)
	server := in.start(t, "serve", "--workers=0") // the starter of Postgres
	in.serving(t, server)
	worker := in.start(t, "worker")
	eventually(t, "the worker works", func() bool { return strings.Contains(worker.out.String(), "working") })

	server.signal(t, syscall.SIGKILL)
	if command := in.start(t, "migrate"); command.wait(t) != exitDone || !strings.Contains(command.out.String(), "up to date") {
		t.Errorf("a command after the kill: %s", command.out)
	}
	select {
	case <-worker.done:
		t.Fatalf("the worker died with the server:\n%s", worker.out)
	default:
	}
	server = in.start(t, "serve")
	in.serving(t, server)

	worker.signal(t, syscall.SIGKILL)
	if status, body := in.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("after the worker was killed: %d %s", status, body)
	}
	server.signal(t, syscall.SIGKILL) // nobody is left to say goodbye
	eventually(t, "Postgres stops after the last process was killed", func() bool { return !in.postgresRuns() })
}

func TestMisuseAndFailureSayWhatToDo(t *testing.T) {
	in := newInstallation(t)
	taken, err := net.Listen("tcp", in.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for name, c := range map[string]struct {
		args []string
		env  string
		code int
		want string
	}{
		"port in use":      {[]string{"serve"}, "", exitFailed, "MEGURI_ADDR"},
		"bad variable":     {[]string{"migrate"}, "MEGURI_TZ=Mars", exitFailed, "MEGURI_TZ"},
		"unknown flag":     {[]string{"serve", "--worker=1"}, "", exitMisuse, "worker"},
		"unknown command":  {[]string{"serv"}, "", exitMisuse, "meguri help"},
		"no number":        {[]string{"serve", "--workers=many"}, "", exitMisuse, "workers"},
		"negative":         {[]string{"serve", "--workers=-1"}, "", exitMisuse, "less than 0"},
		"no worker":        {[]string{"worker", "--workers=0"}, "", exitMisuse, "less than 1"},
		"argument":         {[]string{"migrate", "now"}, "", exitMisuse, "now"},
		"keeper by hand":   {[]string{keeperCommand}, "", exitFailed, "meguri itself"},
		"database refused": {[]string{"migrate"}, "DATABASE_URL=postgres://nobody@127.0.0.1:1/x", exitFailed, "MEGURI_SECRET"},
	} {
		t.Run(name, func(t *testing.T) {
			mine := *in
			mine.env = append(append([]string{}, in.env...), c.env)
			p := mine.start(t, c.args...)
			if code := p.wait(t); code != c.code || !strings.Contains(p.out.String(), c.want) {
				t.Errorf("exit %d, want %d and %q:\n%s", code, c.code, c.want, p.out)
			}
		})
	}
}
