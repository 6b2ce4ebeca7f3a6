package campaign

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// throttleBurst is how much of its rate a delivery may catch up on at once: a
// little more than the pause between two looks of an idle engine, so that
// looking seldom costs no speed, and waiting long brings no flood.
const throttleBurst = 2 * time.Second

// throttleSQL takes the delivery's allowance of this moment under the lock of
// its row, which all workers share. rate_spent_to runs ahead of the clock by one
// mail's share of a minute for each mail claimed (the generic cell rate
// algorithm, ITU-T I.371): what lies between it and now is still free. Instants
// are the database's. A delivery that stopped meanwhile brings no row.
const throttleSQL = `
SELECT d.rate_per_minute,
       extract(epoch FROM now() - greatest(coalesce(d.rate_spent_to, '-infinity'), now() - greatest(60.0 / d.rate_per_minute, $2::float8) * interval '1 second'))::float8
FROM deliveries d WHERE d.id = $1 AND d.status = 'SENDING' FOR UPDATE`

// claimThrottled claims no more than the rate of the delivery allows now. A
// message that is tried again counts again. The rate is read anew each time, so
// that changing it works at once. Over any span the mails of all workers
// together are at most the rate times the span and throttleBurst.
func (e *Engine) claimThrottled(ctx context.Context, d delivery) (batch []claimed, err error) {
	err = pgx.BeginFunc(ctx, e.DB.Pool, func(tx pgx.Tx) error {
		var rate *int
		var unspent float64 // seconds
		err := tx.QueryRow(ctx, throttleSQL, d.ID, throttleBurst.Seconds()).Scan(&rate, &unspent)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if rate == nil {
			batch, err = e.claimUpTo(ctx, tx, d, batchSize)
			return err
		}
		perMail := 60 / float64(*rate)
		// A hair more than nothing: sums of fractions fall short of a whole mail.
		free := min(int(unspent/perMail+1e-6), batchSize)
		if free == 0 {
			return nil
		}
		if batch, err = e.claimUpTo(ctx, tx, d, free); err != nil || len(batch) == 0 {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE deliveries SET rate_spent_to = now() - $2 * interval '1 second' WHERE id = $1`,
			d.ID, unspent-float64(len(batch))*perMail)
		return err
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return batch, nil
}
