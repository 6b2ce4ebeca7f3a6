package customer

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Together keeps everybody who he is until tx ends, so that what is read of
// customers and written under their ids stays right. Any number of transactions
// hold it at once; merges wait for them, and they for merges.
func Together(ctx context.Context, tx bun.IDB) error {
	_, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", db.PeopleLock).Exec(ctx)
	return db.Fault(err)
}

// alone waits until nobody holds Together, and holds everybody off until tx ends.
func alone(ctx context.Context, tx bun.IDB) error {
	_, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", db.PeopleLock).Exec(ctx)
	return db.Fault(err)
}

// lockRows locks customers in the order of their ids, and answers with them.
// Errors: fault.NotFound when one is missing.
func lockRows(ctx context.Context, tx bun.IDB, strength string, ids ...int64) (map[int64]*db.Customer, error) {
	var rows []*db.Customer
	err := tx.NewSelect().Model(&rows).Where("id = ANY (?::bigint[])", pgdialect.Array(ids)).Order("id").For(strength).Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	found := map[int64]*db.Customer{}
	for _, r := range rows {
		found[r.ID] = r
	}
	for _, id := range ids {
		if found[id] == nil {
			return nil, fault.New(fault.NotFound, "there is no such customer").At("id")
		}
	}
	return found, nil
}

// hold finds the customer that id stands for, and locks the row so that it is
// not merged until tx ends. Errors: fault.NotFound.
func hold(ctx context.Context, tx bun.IDB, id int64, strength string) (*db.Customer, error) {
	for {
		row, err := find(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		rows, err := lockRows(ctx, tx, strength, row.ID)
		if err != nil {
			return nil, err
		}
		if locked := rows[row.ID]; locked.MergedInto == nil {
			return locked, nil
		}
	}
}
