package points

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// counts is how many bookings, lots and holds are to be numbered.
type counts struct{ bookings, lots, holds int }

// ids are drawn for bookings, lots and holds, each ascending.
type ids struct{ bookings, lots, holds []int64 }

// queue draws them. Whoever draws has locked the accounts, so that the bookings
// of one are numbered in the order in which they were made.
func (n counts) queue(batch *pgx.Batch) {
	batch.Queue(`SELECT 0, nextval('point_bookings_id_seq') FROM generate_series(1, $1)
		UNION ALL SELECT 1, nextval('point_lots_id_seq') FROM generate_series(1, $2)
		UNION ALL SELECT 2, nextval('point_holds_id_seq') FROM generate_series(1, $3)`, n.bookings, n.lots, n.holds)
}

func readIDs(res pgx.BatchResults) (drawn ids, err error) {
	rows, err := res.Query()
	if err != nil {
		return drawn, db.Fault(err)
	}
	of := [3]*[]int64{&drawn.bookings, &drawn.lots, &drawn.holds}
	var which int
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&which, &id}, func() error {
		*of[which] = append(*of[which], id)
		return nil
	})
	for _, list := range of {
		slices.Sort(*list)
	}
	return drawn, db.Fault(err)
}

// upTo are these ids, and as many more as are missing to make n of each.
func (d ids) upTo(ctx context.Context, q querier, n counts) (ids, error) {
	missing := counts{max(0, n.bookings-len(d.bookings)), max(0, n.lots-len(d.lots)), max(0, n.holds-len(d.holds))}
	if missing == (counts{}) {
		return d, nil
	}
	batch := &pgx.Batch{}
	missing.queue(batch)
	res := q.SendBatch(ctx, batch)
	more, err := readIDs(res)
	if err := errors.Join(err, db.Fault(res.Close())); err != nil {
		return d, err
	}
	return ids{slices.Concat(d.bookings, more.bookings), slices.Concat(d.lots, more.lots), slices.Concat(d.holds, more.holds)}, nil
}
