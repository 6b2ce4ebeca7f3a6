package command

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/meguri-crm/meguri/server/servertest"
)

// The test binary is also the program.
func TestMain(m *testing.M) { servertest.Main(m, Main) }

func TestServeFromAnEmptyFolder(t *testing.T) {
	in := servertest.New(t)
	first := in.Start(t, "serve")
	in.Serving(t, first)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": `"schema":"ok"`, "/metrics": "meguri_live_watchers", "/": "<!doctype html>", "/customers/1": "<!doctype html>"} {
		if status, body := in.Get(t, path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s; want %q", path, status, body, want)
		}
	}
	if status, _ := in.Get(t, "/assets/none.js"); status != http.StatusNotFound {
		t.Errorf("a missing asset: %d", status)
	}
	signIn := regexp.MustCompile(`sign in  (\S+@\S+)  (\S{16,})`).FindString(first.Output.String())
	if signIn == "" || !strings.Contains(first.Output.String(), "http://"+in.Addr) {
		t.Errorf("it does not say where, and the sign-in:\n%s", first.Output)
	}

	first.Signal(t, syscall.SIGTERM)
	if code := first.Wait(t); code != exitDone {
		t.Errorf("SIGTERM: exit %d\n%s", code, first.Output)
	}
	if in.PostgresRuns() {
		t.Error("Postgres outlives the last process")
	}

	again := in.Start(t) // serving is the default
	in.Serving(t, again)
	if !strings.Contains(again.Output.String(), signIn) {
		t.Errorf("the second start made another sign-in:\n%s", again.Output)
	}
	again.Signal(t, syscall.SIGINT)
	if code := again.Wait(t); code != exitDone {
		t.Errorf("SIGINT: exit %d\n%s", code, again.Output)
	}
}

// kill -9 of any one process leaves the others their database, and the folder
// usable.
func TestKillingOneProcessLeavesTheOthers(t *testing.T) {
	in := servertest.New(t)
	server := in.Start(t, "serve", "--workers=0") // the starter of Postgres
	in.Serving(t, server)
	worker := in.Start(t, "worker")
	worker.Working(t)

	server.Signal(t, syscall.SIGKILL)
	if command := in.Start(t, "migrate"); command.Wait(t) != exitDone || !strings.Contains(command.Output.String(), "up to date") {
		t.Errorf("a command after the kill: %s", command.Output)
	}
	select {
	case <-worker.Done:
		t.Fatalf("the worker died with the server:\n%s", worker.Output)
	default:
	}
	server = in.Start(t, "serve")
	in.Serving(t, server)

	worker.Signal(t, syscall.SIGKILL)
	if status, body := in.Get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("after the worker was killed: %d %s", status, body)
	}
	server.Signal(t, syscall.SIGKILL) // nobody is left to say goodbye
	servertest.Eventually(t, "Postgres stops after the last process was killed", func() bool { return !in.PostgresRuns() })
}

func TestMisuseAndFailureSayWhatToDo(t *testing.T) {
	in := servertest.New(t)
	taken, err := net.Listen("tcp", in.Addr)
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
		"keeper by hand":   {[]string{KeeperCommand}, "", exitFailed, "meguri itself"},
		"database refused": {[]string{"migrate"}, "DATABASE_URL=postgres://nobody@127.0.0.1:1/x", exitFailed, "MEGURI_SECRET"},
	} {
		t.Run(name, func(t *testing.T) {
			p := in.With(c.env).Start(t, c.args...)
			if code := p.Wait(t); code != c.code || !strings.Contains(p.Output.String(), c.want) {
				t.Errorf("exit %d, want %d and %q:\n%s", code, c.code, c.want, p.Output)
			}
		})
	}
}

// Who mistypes MEGURI_DATA_DIR, or forgets it, hears so, and no second database
// is made.
func TestWhatNeedsDataMakesNone(t *testing.T) {
	in := servertest.New(t)
	for _, args := range [][]string{
		{"token", "customer", "--id=1"},
		{"token", "staff", "--email=owner@example.com"},
		{"user", "add", "--email=owner@example.com", "--name=owner", "--role=owner"},
		{"user", "reset", "--email=owner@example.com"},
		{"import", "--shop=own-site", "orders.jsonl"},
		{"events", "--shop=own-site", "events.jsonl"},
		{"worker"},
		{"bounce", "--secret"},
		{"backup", filepath.Join(in.Dir, "backup")},
	} {
		p := in.Start(t, args...)
		if code := p.Wait(t); code != exitFailed || !strings.Contains(p.Output.String(), "there is no data in "+in.Dir+": is MEGURI_DATA_DIR set") {
			t.Errorf("%v: exit %d:\n%s", args, code, p.Output)
		}
	}
	if made, err := os.ReadDir(in.Dir); err != nil || len(made) > 0 {
		t.Errorf("the folder holds %v, %v", made, err)
	}
}
