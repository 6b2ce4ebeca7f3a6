package job

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// names is the begin of the names under which processes run jobs.
	names = "meguri/"
	// presenceLock is the class of the advisory locks that say which of them live
	// ("jobs" in ASCII).
	presenceLock = 0x6a6f6273
	lookEvery    = 5 * time.Second
)

func newName() string { return names + rand.Text() }

// attend says that the process lives, and looks for jobs of those that died,
// until ctx ends. Without the database nobody runs anything; it begins anew then.
// present is called when the others can see the process for the first time.
func (r *Runner) attend(ctx context.Context, present func()) {
	for ctx.Err() == nil {
		if err := r.attendOnce(ctx, present); err != nil && ctx.Err() == nil {
			r.log.WarnContext(ctx, "jobs of processes that died are not looked for", "error", err)
		}
		pause(ctx, r.lookEvery)
	}
}

// attendOnce is attend on one connection, which has the lock as long as the
// process and the connection live.
func (r *Runner) attendOnce(ctx context.Context, present func()) error {
	pooled, err := r.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	conn := pooled.Hijack()
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(ending) // the lock goes with it either way
	}()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1, hashtext($2))", presenceLock, r.name); err != nil {
		return fmt.Errorf("say that the process lives: %w", err)
	}
	present()
	var missed []string
	for ctx.Err() == nil {
		if missed, err = r.takeUp(ctx, conn, missed); err != nil {
			return err
		}
		pause(ctx, r.lookEvery)
	}
	return nil
}

// takeUp makes jobs of processes available again that are missed for the second
// time: one that only lost its connection is back by then. It answers with those
// that are missed now.
func (r *Runner) takeUp(ctx context.Context, conn *pgx.Conn, missed []string) ([]string, error) {
	rows, err := conn.Query(ctx, `SELECT DISTINCT attempted_by[cardinality(attempted_by)] AS name FROM river_job
		WHERE state = 'running' AND attempted_by[cardinality(attempted_by)] LIKE $1 AND NOT EXISTS (
			SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = $2::bigint::oid
				AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
				AND objid = (hashtext(attempted_by[cardinality(attempted_by)])::bigint & 4294967295)::oid)`, names+"%", presenceLock)
	if err != nil {
		return nil, fmt.Errorf("look for processes that died: %w", err)
	}
	missing, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("look for processes that died: %w", err)
	}
	dead := slices.DeleteFunc(slices.Clone(missing), func(name string) bool { return !slices.Contains(missed, name) })
	if len(dead) == 0 {
		return missing, nil
	}
	done, err := conn.Exec(ctx, "UPDATE river_job SET state = 'available', scheduled_at = now() WHERE state = 'running' AND attempted_by[cardinality(attempted_by)] = ANY ($1)", dead)
	if err != nil {
		return nil, fmt.Errorf("take up jobs of processes that died: %w", err)
	}
	r.log.InfoContext(ctx, "jobs of processes that died are taken up", "jobs", done.RowsAffected())
	return missing, nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
