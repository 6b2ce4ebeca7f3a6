package dbtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/embedded"
	"github.com/meguri-crm/meguri/db/migrations"
)

// Names of databases, and the classes of their advisory locks (taken in the
// server's database postgres, where every test process has a connection).
const (
	templatePrefix = "meguri_template_" // + schema
	slotPrefix     = "meguri_slot_"     // + schema + number: a database for Tx, used again
	copyPrefix     = "meguri_copy_"     // + token + number: a database of New

	buildLock   = 0x6d670001 // one builds the template, the others wait
	processLock = 0x6d670002 // held by a live process under its token
	slotLock    = 0x6d670003 // held by the process that uses the slot

	staleAfter = 24 * time.Hour // templates of other schemas are dropped then
)

// server is the Postgres of this test process. It is package state because a
// test binary has no other place that lives as long as it does.
type server struct {
	config *pgx.ConnConfig
	lease  *embedded.Lease // nil with DATABASE_URL; kept until the process ends
	admin  *pgxpool.Pool
	held   *pgx.Conn // holds the process's advisory locks for its whole life
	token  int32
	schema string
}

var theServer = sync.OnceValues(func() (*server, error) {
	ctx := context.Background()
	s := &server{token: newToken()}
	dsn, err := s.reach(ctx)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("DATABASE_URL is not a valid address of a Postgres")
	}
	s.config = pool.ConnConfig.Copy()
	pool.ConnConfig.Database = "postgres"
	if s.admin, err = pgxpool.NewWithConfig(ctx, pool); err != nil {
		return nil, err
	}
	if s.held, err = pgx.ConnectConfig(ctx, pool.ConnConfig); err != nil {
		return nil, err
	}
	if _, err := s.held.Exec(ctx, "SELECT pg_advisory_lock($1, $2)", processLock, s.token); err != nil {
		return nil, err
	}
	if s.schema, err = migrations.Hash(); err != nil {
		return nil, err
	}
	if err := s.sweep(ctx); err != nil {
		return nil, fmt.Errorf("drop what dead test runs left: %w", err)
	}
	return s, s.template(ctx)
})

var slotDatabase = sync.OnceValues(func() (*db.DB, error) {
	ctx := context.Background()
	s, err := theServer()
	if err != nil {
		return nil, err
	}
	name, err := s.slot(ctx)
	if err != nil {
		return nil, err
	}
	return db.Open(ctx, s.dsn(name))
})

// reach answers the server's address: DATABASE_URL, or the module's own server.
func (s *server) reach(ctx context.Context) (string, error) {
	if dsn := os.Getenv("DATABASE_URL"); dsn != "" {
		return dsn, nil
	}
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, ".meguri", "test")
	keeper, err := buildKeeper(ctx, dir)
	if err != nil {
		return "", err
	}
	// A test database need not survive a power cut.
	settings := map[string]string{"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "400"}
	if !benchmarks() {
		settings["shared_buffers"] = "128MB"
	}
	s.lease, err = embedded.Join(ctx, embedded.Options{
		Dir: filepath.Join(dir, "postgres"), Database: "postgres", Keeper: []string{keeper}, Linger: 20 * time.Second, Settings: settings,
	})
	if err != nil {
		return "", err
	}
	return s.lease.DSN, nil
}

// benchmarks says that the run measures: it gets the memory that the product's
// own server has.
func benchmarks() bool {
	bench := flag.Lookup("test.bench")
	return bench != nil && bench.Value.String() != ""
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("the tests run outside of the module; set DATABASE_URL")
		}
		dir = parent
	}
}

// buildKeeper builds the keeper into dir. Each process builds a file of its own
// and renames it into place, because a running keeper's file cannot be written.
func buildKeeper(ctx context.Context, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	own := filepath.Join(dir, fmt.Sprintf("keeper.%d", os.Getpid()))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", own, "github.com/meguri-crm/meguri/db/embedded/keeper") //nolint:gosec // our own package
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the keeper of the test database: %w: %s", err, out)
	}
	keeper := filepath.Join(dir, "keeper")
	return keeper, os.Rename(own, keeper)
}

// dsn is the address of database name on the server.
func (s *server) dsn(name string) string {
	c := s.config
	value := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	out := fmt.Sprintf("host='%s' port=%d user='%s' dbname='%s'", value.Replace(c.Host), c.Port, value.Replace(c.User), name)
	if c.Password != "" {
		out += fmt.Sprintf(" password='%s'", value.Replace(c.Password))
	}
	if c.TLSConfig == nil {
		out += " sslmode=disable"
	}
	return out
}

// template builds the schema's template unless another process has done it.
func (s *server) template(ctx context.Context) error {
	return s.locked(ctx, func() error {
		name := templatePrefix + s.schema
		var ready bool
		err := s.admin.QueryRow(ctx, "SELECT coalesce(bool_or(datistemplate), false) FROM pg_database WHERE datname = $1", name).Scan(&ready)
		if err != nil || ready {
			return err
		}
		if err := s.dropStaleSchemas(ctx); err != nil {
			return err
		}
		if err := s.drop(ctx, name); err != nil { // half built by a process that died
			return err
		}
		if err := s.buildTemplate(ctx, name); err != nil {
			return fmt.Errorf("build the template database: %w", err)
		}
		return nil
	})
}

func (s *server) buildTemplate(ctx context.Context, name string) error {
	quoted := pgx.Identifier{name}.Sanitize()
	if _, err := s.admin.Exec(ctx, "CREATE DATABASE "+quoted); err != nil {
		return err
	}
	d, err := db.Open(ctx, s.dsn(name))
	if err != nil {
		return err
	}
	_, err = migrations.Run(ctx, d)
	if err := errors.Join(err, d.Close()); err != nil {
		return err
	}
	if _, err := s.admin.Exec(ctx, fmt.Sprintf("COMMENT ON DATABASE %s IS '%d'", quoted, time.Now().Unix())); err != nil {
		return err
	}
	_, err = s.admin.Exec(ctx, "ALTER DATABASE "+quoted+" IS_TEMPLATE true") // the mark of a finished one
	return err
}

// dropStaleSchemas drops templates, and their slots, that another schema built
// more than a day ago.
func (s *server) dropStaleSchemas(ctx context.Context) error {
	rows, err := s.admin.Query(ctx, `SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '0') FROM pg_database WHERE starts_with(datname, $1)`, templatePrefix)
	if err != nil {
		return err
	}
	stale := map[string]string{}
	var name, built string
	if _, err := pgx.ForEachRow(rows, []any{&name, &built}, func() error {
		stale[name] = built
		return nil
	}); err != nil {
		return err
	}
	for name, built := range stale {
		if at, err := strconv.ParseInt(built, 10, 64); err == nil && time.Since(time.Unix(at, 0)) < staleAfter {
			continue
		}
		if _, err := s.admin.Exec(ctx, "ALTER DATABASE "+pgx.Identifier{name}.Sanitize()+" IS_TEMPLATE false"); err != nil {
			return err
		}
		old := strings.TrimPrefix(name, templatePrefix)
		slots, err := s.names(ctx, slotPrefix+old)
		if err != nil {
			return err
		}
		for _, each := range append(slots, name) {
			if err := s.drop(ctx, each); err != nil {
				return err
			}
		}
	}
	return nil
}

// slot takes the first free database for Tx. A slot is always empty, since all
// its transactions are rolled back, so it is used again by later processes.
func (s *server) slot(ctx context.Context) (string, error) {
	for n := int32(1); ; n++ {
		var free bool
		if err := s.held.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", slotLock, n).Scan(&free); err != nil {
			return "", err
		}
		if !free {
			continue
		}
		name := fmt.Sprintf("%s%s_%d", slotPrefix, s.schema, n)
		err := s.clone(ctx, name)
		var pg *pgconn.PgError
		if errors.As(err, &pg) && pg.Code == "42P04" { // duplicate_database
			return name, nil
		}
		return name, err
	}
}

// sweep drops the databases of test processes that died.
func (s *server) sweep(ctx context.Context) error {
	names, err := s.names(ctx, copyPrefix)
	if err != nil {
		return err
	}
	for _, name := range names {
		token, _, _ := strings.Cut(strings.TrimPrefix(name, copyPrefix), "_")
		owner, err := strconv.ParseInt(token, 10, 32)
		if err != nil {
			continue
		}
		if err := s.dropIfDead(ctx, name, int32(owner)); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) dropIfDead(ctx context.Context, name string, owner int32) error {
	conn, err := s.admin.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var dead bool
	if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", processLock, owner).Scan(&dead); err != nil || !dead {
		return err
	}
	_, err = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
	_, unlockErr := conn.Exec(ctx, "SELECT pg_advisory_unlock($1, $2)", processLock, owner)
	return errors.Join(err, unlockErr)
}

func (s *server) names(ctx context.Context, prefix string) ([]string, error) {
	rows, err := s.admin.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname", prefix)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func (s *server) clone(ctx context.Context, name string) error {
	_, err := s.admin.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", pgx.Identifier{name}.Sanitize(), pgx.Identifier{templatePrefix + s.schema}.Sanitize()))
	if err != nil {
		return fmt.Errorf("copy the template database: %w", err)
	}
	return nil
}

func (s *server) drop(ctx context.Context, name string) error {
	_, err := s.admin.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
	return err
}

// locked runs fn while no other process builds.
func (s *server) locked(ctx context.Context, fn func() error) error {
	if _, err := s.held.Exec(ctx, "SELECT pg_advisory_lock($1)", buildLock); err != nil {
		return err
	}
	err := fn()
	_, unlockErr := s.held.Exec(ctx, "SELECT pg_advisory_unlock($1)", buildLock)
	return errors.Join(err, unlockErr)
}
