package insight

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// posted is what bookings up to an instant came to, by what they did.
type posted struct {
	EndsAt                                       time.Time
	Bookings                                     int64
	Issued, Redeemed, Expired, ClawedBack, Other int64
}

// since is what was posted after an earlier instant.
func (p posted) since(q posted) posted {
	return posted{
		EndsAt: p.EndsAt, Bookings: p.Bookings - q.Bookings, Issued: p.Issued - q.Issued, Redeemed: p.Redeemed - q.Redeemed,
		Expired: p.Expired - q.Expired, ClawedBack: p.ClawedBack - q.ClawedBack, Other: p.Other - q.Other,
	}
}

// post adds an amount on a counter-account.
func post(p *posted, account string, amount int64) {
	switch account {
	case "ISSUED":
		p.Issued -= amount
	case "REDEEMED":
		p.Redeemed += amount
	case "EXPIRED":
		p.Expired += amount
	case "CLAWED_BACK":
		p.ClawedBack += amount
	default: // ADJUSTED, DEBT; TRANSFERRED comes to nothing over all customers
		p.Other -= amount
	}
}

// CloseJob asks for CloseMonths.
type CloseJob struct{}

// Kind names the job in the queue.
func (CloseJob) Kind() string { return "insight.close_months" }

// CloseEvery is how soon a month that ended is kept.
const CloseEvery = time.Hour

// CloseMonths keeps what the ledger came to at the end of each month that is
// over. Months stay as they are while no booking was added to them; one can be,
// where an account whose points ran out long ago is looked at only now.
func (s *Service) CloseMonths(ctx context.Context) error {
	ends := s.span(MaxMonths).over()
	return db.Fault(pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		if kept, err := keptEnds(ctx, tx, ends); err != nil || kept != nil {
			return err
		}
		computed, err := computeEnds(ctx, tx, ends)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		for _, e := range computed {
			batch.Queue(`INSERT INTO point_month_ends (ends_at, bookings, issued, redeemed, expired, clawed_back, other) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (ends_at) DO UPDATE SET bookings = excluded.bookings, issued = excluded.issued, redeemed = excluded.redeemed,
					expired = excluded.expired, clawed_back = excluded.clawed_back, other = excluded.other`,
				e.EndsAt, e.Bookings, e.Issued, e.Redeemed, e.Expired, e.ClawedBack, e.Other)
		}
		return tx.SendBatch(ctx, batch).Close()
	}))
}

// over are the instants at which the period began and at which those of its
// months ended that are over.
func (p span) over() []time.Time {
	ends := []time.Time{p.at(p.from)}
	for month := p.from.AddDate(0, 1, 0); !month.After(p.today); month = month.AddDate(0, 1, 0) {
		ends = append(ends, p.at(month))
	}
	return ends
}

// keptEnds are the kept sums at these instants; nil when one is missing or a
// booking was added since.
func keptEnds(ctx context.Context, tx pgx.Tx, ends []time.Time) ([]posted, error) {
	rows, err := tx.Query(ctx, `SELECT ends_at, bookings, issued, redeemed, expired, clawed_back, other FROM point_month_ends WHERE ends_at = ANY ($1) ORDER BY ends_at`, ends)
	if err != nil {
		return nil, err
	}
	kept, err := pgx.CollectRows(rows, pgx.RowToStructByPos[posted])
	if err != nil || len(kept) < len(ends) {
		return nil, err
	}
	var bookings int64
	last := kept[len(kept)-1]
	err = tx.QueryRow(ctx, "SELECT count(*) FROM point_bookings WHERE occurred_at <= $1", last.EndsAt).Scan(&bookings)
	if err != nil || bookings != last.Bookings {
		return nil, err
	}
	return kept, nil
}

// computeEnds adds up all of the ledger up to these instants.
func computeEnds(ctx context.Context, tx pgx.Tx, ends []time.Time) ([]posted, error) {
	list := make([]posted, len(ends))
	rows, err := tx.Query(ctx, `SELECT width_bucket(k.occurred_at - interval '1 microsecond', $1::timestamptz[]), e.account, sum(e.amount)::bigint
			FROM point_bookings AS k JOIN point_entries AS e ON e.customer_id = k.customer_id AND e.booking_id = k.id
			WHERE k.occurred_at <= $2 AND NOT `+balances+` GROUP BY 1, 2
		UNION ALL SELECT width_bucket(k.occurred_at - interval '1 microsecond', $1::timestamptz[]), '', count(*) FROM point_bookings AS k WHERE k.occurred_at <= $2 GROUP BY 1`,
		ends, ends[len(ends)-1])
	if err != nil {
		return nil, err
	}
	var n int
	var account string
	var amount int64
	_, err = pgx.ForEachRow(rows, []any{&n, &account, &amount}, func() error {
		if account == "" {
			list[n].Bookings = amount
		} else {
			post(&list[n], account, amount)
		}
		return nil
	})
	for i := range list {
		if list[i].EndsAt = ends[i]; i > 0 {
			list[i] = list[i].plus(list[i-1])
		}
	}
	return list, err
}

// plus is both together.
func (p posted) plus(q posted) posted {
	return p.since(posted{}.since(q))
}

// flows are what each month of a period posted, the last of them so far.
func flows(ctx context.Context, tx pgx.Tx, p span) ([]posted, error) {
	ends := p.over()
	sums, err := keptEnds(ctx, tx, ends)
	if err == nil && sums == nil {
		sums, err = computeEnds(ctx, tx, ends)
	}
	if err != nil {
		return nil, err
	}
	var list []posted
	for i := range sums[1:] {
		list = append(list, sums[i+1].since(sums[i]))
	}
	var open posted
	rows, err := tx.Query(ctx, `SELECT e.account, sum(e.amount)::bigint FROM point_bookings AS k JOIN point_entries AS e ON e.customer_id = k.customer_id AND e.booking_id = k.id
		WHERE k.occurred_at > $1 AND NOT `+balances+` GROUP BY 1`, sums[len(sums)-1].EndsAt)
	if err != nil {
		return nil, err
	}
	var account string
	var amount int64
	_, err = pgx.ForEachRow(rows, []any{&account, &amount}, func() error {
		post(&open, account, amount)
		return nil
	})
	return slices.Concat(list, []posted{open}), err
}
