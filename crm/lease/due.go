package lease

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

const (
	dueFor  = 20 * time.Second
	dueBeat = 5 * time.Second
)

// Due is a table of rows that are looked after again and again, each by one
// process at a time: id, status (ACTIVE, or STOPPED by staff), next_at from when
// on a row is due, lease_owner and lease_until.
type Due struct {
	DB    *db.DB
	Table string
}

// Claim takes the lease of the row of t that has been due longest, and answers
// with it and with the name that this claim works under; nil: none is due.
// process is a name that no other process has.
func Claim[Row any](ctx context.Context, t Due, process string, now time.Time) (row *Row, owner string, err error) {
	var rows []Row
	owner = process + "/" + rand.Text()[:8] // two loops of one process are two workers
	err = t.DB.NewRaw(`UPDATE ?0 SET lease_owner = ?1, lease_until = now() + ?2 * interval '1 second'
		WHERE id = (SELECT id FROM ?0 WHERE status = 'ACTIVE' AND next_at <= ?3 AND (lease_until IS NULL OR lease_until < now())
			ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING *`, bun.Ident(t.Table), owner, dueFor.Seconds(), now).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, owner, db.Fault(err)
	}
	return &rows[0], owner, nil
}

// Hold does work on a claimed row while its lease is renewed; see Hold.
func (t Due) Hold(ctx context.Context, id int64, owner string, work func(ctx context.Context) error) error {
	return Hold(ctx, dueBeat, func(ctx context.Context) error { return t.Renew(ctx, t.DB, id, owner) }, work)
}

// Renew renews the lease of a row, in the transactions of its work, too.
// Errors: ErrLost, ErrStopped.
func (t Due) Renew(ctx context.Context, idb bun.IDB, id int64, owner string) error {
	var status []string
	err := idb.NewRaw(`UPDATE ? SET lease_until = now() + ? * interval '1 second' WHERE id = ? AND lease_owner = ? RETURNING status`,
		bun.Ident(t.Table), dueFor.Seconds(), id, owner).Scan(ctx, &status)
	switch {
	case err != nil:
		return db.Fault(err)
	case len(status) == 0:
		return ErrLost
	case status[0] == "STOPPED":
		return ErrStopped
	}
	return nil
}

// Leave gives the lease of a row back and sets columns of it: set is SQL with
// args for its question marks. A row whose lease is another's stays as it is.
func (t Due) Leave(ctx context.Context, id int64, owner, set string, args ...any) error {
	_, err := t.DB.NewRaw(`UPDATE ? SET `+set+`, lease_owner = NULL, lease_until = NULL WHERE id = ? AND lease_owner = ?`,
		append(append([]any{bun.Ident(t.Table)}, args...), id, owner)...).Exec(ctx)
	return db.Fault(err)
}
