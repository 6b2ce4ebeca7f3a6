package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	port = "5432" // part of the socket's name only; the server listens on no network

	startTimeout = 2 * time.Minute // recovery after an unclean stop replays the log first
	stopTimeout  = time.Minute     // the pages in memory are written first
	maxLogBytes  = 10 << 20
)

// server is a running Postgres.
type server struct {
	pid       int
	socketDir string
}

func (s server) dsn(database string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s.socketDir)
	return fmt.Sprintf("host='%s' port=%s user=postgres dbname=%s sslmode=disable", quoted, port, database)
}

// running finds the folder's server through its postmaster.pid, because only
// that tells where its socket is.
func (p place) running() (server, bool) {
	lines := p.pidFile()
	if len(lines) < 5 {
		return server{}, false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil {
		return server{}, false
	}
	s := server{pid: pid, socketDir: strings.TrimSpace(lines[4])}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", filepath.Join(s.socketDir, ".s.PGSQL."+port))
	if err != nil {
		return s, false
	}
	_ = conn.Close()
	return s, true
}

// pidFile reads postmaster.pid: pid, data folder, start, port, socket folder,
// address, shared memory, state. It is nil where there is none.
func (p place) pidFile() []string {
	content, err := os.ReadFile(filepath.Join(p.data(), "postmaster.pid"))
	if err != nil {
		return nil
	}
	return strings.Split(string(content), "\n")
}

// ensure answers a server that takes connections, starting one when there is
// none. Its caller holds start.lock.
func (p place) ensure(ctx context.Context, settings map[string]string, log *slog.Logger) (server, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if s, err := p.join(ctx); !errors.Is(err, errDown) {
		return s, err
	}
	if err := p.clearRemains(ctx); err != nil {
		return server{}, err
	}
	bin, err := p.findBinaries(ctx)
	if err != nil {
		return server{}, err
	}
	if p, bin, err = p.unprivileged(ctx, bin, log); err != nil {
		return server{}, err
	}
	if err := p.createCluster(ctx, bin, log); err != nil {
		return server{}, err
	}
	if err := p.configure(settings); err != nil {
		return server{}, err
	}
	s, err := p.launch(ctx, bin, log)
	if err == nil {
		return s, nil
	}
	// Somebody may have started a server by hand in the same instant.
	if p.clearRemains(ctx) == nil {
		if s, joinErr := p.join(ctx); joinErr == nil {
			return s, nil
		}
	}
	return server{}, err
}

var errDown = errors.New("no server runs")

// join waits until the server that runs takes connections; errDown when none
// runs, or none any more.
func (p place) join(ctx context.Context) (server, error) {
	s, up := p.running()
	if !up {
		return server{}, errDown
	}
	return s, s.ready(ctx, func() bool {
		_, up := p.running()
		return up
	})
}

// clearRemains waits until nothing uses the cluster any more (a server on its
// way down, workers that outlive a killed postmaster) and removes the pid file
// that a dead server left, since Postgres refuses to start when an unrelated
// process has taken over that pid. The file is read first: a live server works
// in the cluster before it writes one.
func (p place) clearRemains(ctx context.Context) error {
	patience := time.Now().Add(stopTimeout)
	for {
		left := p.pidFile()
		users, err := usersOf(p.data(), left)
		if err != nil {
			return err
		}
		if len(users) == 0 {
			if left == nil || !slices.Equal(left, p.pidFile()) {
				return nil
			}
			return os.Remove(filepath.Join(p.data(), "postmaster.pid"))
		}
		if _, up := p.running(); up {
			return nil
		}
		if time.Now().After(patience) {
			return fmt.Errorf("the folder %s is in use by process %v, a Postgres that does not answer: stop it (kill -INT %d) or set MEGURI_DATA_DIR to another folder", p.data(), users, users[0])
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pollEvery):
		}
	}
}

// launch starts the server in a session of its own and waits until it takes
// connections.
func (p place) launch(ctx context.Context, bin binaries, log *slog.Logger) (server, error) {
	if s, err := p.join(ctx); err == nil { // it came up while clearRemains waited
		return s, nil
	}
	out, err := p.openLog()
	if err != nil {
		return server{}, err
	}
	defer func() { _ = out.Close() }()
	begin, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return server{}, err
	}
	socketDir, err := p.socketDir()
	if err != nil {
		return server{}, err
	}
	// Left by a server that was killed; nobody else has sockets here.
	if err := os.Remove(filepath.Join(socketDir, ".s.PGSQL."+port+".lock")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return server{}, err
	}
	// Not bound to ctx: the server outlives the process that started it.
	cmd := exec.Command(bin.program("postgres"), "-D", p.data(), "-c", "config_file="+p.path("postgresql.conf"), "-k", socketDir) //nolint:gosec,noctx // our own binary
	p.dress(cmd)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		return server{}, fmt.Errorf("start Postgres: %w", err)
	}
	gone := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(gone)
	}()
	s := server{pid: cmd.Process.Pid, socketDir: socketDir}
	alive := func() bool {
		select {
		case <-gone:
			return false
		default:
			return true
		}
	}
	if err := s.ready(ctx, alive); err != nil {
		return server{}, fmt.Errorf("start Postgres: %w\n%s", err, tail(p.path("postgres.log"), begin))
	}
	log.Debug("Postgres started", "version", bin.version, "folder", p.dir)
	return s, nil
}

// dress gives a command of the server its user, session and environment. PG…
// variables of the surroundings would change its defaults.
func (p place) dress(cmd *exec.Cmd) {
	cmd.Dir = p.dir
	cmd.SysProcAttr = p.owner.attributes()
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PG") })
}

// ready waits until the server takes connections; errDown when it is not alive
// any more.
func (s server) ready(ctx context.Context, alive func() bool) error {
	for {
		conn, err := pgx.Connect(ctx, s.dsn("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		if !alive() {
			return errDown
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("it does not take connections: %w", err)
		case <-time.After(pollEvery):
		}
	}
}

func (s server) createDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	var exists bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists); err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "42P04" || pg.Code == "23505") { // another process was first
		return nil
	}
	return err
}

// stop ends the server: fast (clients are cut off, the log is flushed), and
// immediate where that takes too long. Its caller holds the lease alone.
func (p place) stop() error {
	s, _ := p.running()
	users, err := usersOf(p.data(), p.pidFile())
	if err != nil {
		return err
	}
	if slices.Contains(users, s.pid) { // else the pid is someone else's by now
		if err := p.end(s.pid, syscall.SIGINT, stopTimeout); err != nil {
			if err := p.end(s.pid, syscall.SIGQUIT, stopTimeout); err != nil {
				return err
			}
		}
	}
	return p.removeSocketDir()
}

func (p place) end(pid int, sig syscall.Signal, patience time.Duration) error {
	if err := syscall.Kill(pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop Postgres: %w", err)
	}
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(pollEvery) {
		users, err := usersOf(p.data(), p.pidFile())
		if err != nil || len(users) == 0 {
			return err
		}
	}
	return fmt.Errorf("stop Postgres: process %d is still there after %s", pid, patience)
}

// openLog opens the log of server and keeper, setting a big one aside.
func (p place) openLog() (*os.File, error) {
	name := p.path("postgres.log")
	if info, err := os.Stat(name); err == nil && info.Size() > maxLogBytes {
		if err := os.Rename(name, name+".1"); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return f, p.owner.give(name)
}

// tail is the end of what was logged after offset.
func tail(name string, offset int64) string {
	content, err := os.ReadFile(name)
	if err != nil || int64(len(content)) < offset {
		return ""
	}
	const most = 2000
	added := content[offset:]
	return strings.TrimSpace(string(added[max(0, len(added)-most):]))
}
