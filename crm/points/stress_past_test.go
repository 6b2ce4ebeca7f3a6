package points_test

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// memory is what a customer had at an instant, as it was seen then.
type memory struct {
	at  time.Time
	was db.PointAccount
}

// mostRemembered bounds what is asked again at the end.
const mostRemembered = 3000

// remember looks at random accounts while nobody else can book on them, with
// connections of its own: those of the pool may all wait for the account.
func (s *storm) remember(stop <-chan struct{}) {
	ctx := context.Background()
	own, err := db.Open(ctx, s.db.Pool.Config().ConnString())
	if err != nil {
		s.t.Error(err)
		return
	}
	defer func() { _ = own.Close() }()
	rnd := rand.New(rand.NewPCG(5, 5))
	for {
		select {
		case <-stop:
			return
		case <-time.After(5 * time.Millisecond):
		}
		var m memory
		err := db.RunInTx(ctx, own, func(ctx context.Context, tx db.Tx) error {
			customer := s.customers[rnd.IntN(len(s.customers))]
			if err := tx.NewRaw(`SELECT customer_id FROM point_accounts WHERE customer_id = ? FOR UPDATE`, customer).Scan(ctx, &customer); err != nil {
				return err
			}
			m.at = time.UnixMicro(s.clock.at.Add(2) - 1).UTC() // nobody else is told this instant
			m.was, err = points.New(own, &clock.Fixed{T: m.at}, tokyo).Balance(ctx, customer)
			return err
		})
		if err == nil && len(s.past) < mostRemembered { // else its connection was cut, perhaps before it had looked
			s.past = append(s.past, m)
		}
	}
}

// comparePast: a replay says what was seen then, whatever was booked, merged and
// parted since.
func (s *storm) comparePast(ctx context.Context) {
	for _, m := range s.past {
		is, err := s.BalanceAt(ctx, m.was.CustomerID, m.at)
		s.must(err)
		if is.Available != m.was.Available || is.Pending != m.was.Pending || is.Held != m.was.Held || is.Debt != m.was.Debt {
			s.t.Errorf("customer %d at %v: the replay says %d, %d, %d, %d; seen was %d, %d, %d, %d", m.was.CustomerID, m.at,
				is.Available, is.Pending, is.Held, is.Debt, m.was.Available, m.was.Pending, m.was.Held, m.was.Debt)
		}
	}
}

// life is a lot that lives by what its owners do.
type life struct {
	ID, BookingID int64
	EarnedAt      time.Time
	ExpiresAt     time.Time
	RollingMonths int
	RollingTo     points.PeriodEnd
	AtLeast       bool // it came from another lot, or a restoring has given it days of grace
	owners        []owning
}

// owning is since which booking somebody has a lot.
type owning struct{ customer, booking int64 }

// act is something that lets the points of a customer live longer.
type act struct {
	booking int64
	at      time.Time
}

// compareLives: what rolls ends so long after the last time that one of its owners,
// while it was his, earned or spent.
func (s *storm) compareLives(ctx context.Context) {
	acts := s.acts(ctx)
	for _, l := range s.lives(ctx) {
		lifetime := points.Lifetime{Months: l.RollingMonths, To: l.RollingTo}
		want := lifetime.End(l.EarnedAt, tokyo)
		for i, o := range l.owners {
			for _, a := range acts[o.customer] {
				if a.booking < o.booking || i+1 < len(l.owners) && a.booking >= l.owners[i+1].booking {
					continue
				}
				if end := lifetime.End(a.at, tokyo); end.After(want) {
					want = end
				}
			}
		}
		if l.ExpiresAt.Before(want) || l.ExpiresAt.After(want) && !l.AtLeast {
			s.t.Errorf("lot %d of %v ends %v, want %v", l.ID, l.EarnedAt, l.ExpiresAt, want)
		}
	}
}

// acts are what customers did, by the bookings of it.
func (s *storm) acts(ctx context.Context) map[int64][]act {
	rows, err := s.db.Pool.Query(ctx, `SELECT b.customer_id, b.id, CASE b.kind WHEN 'GRANT' THEN l.earned_at ELSE b.occurred_at END
		FROM point_bookings b LEFT JOIN point_lots l ON l.id = b.lot_id WHERE b.kind IN ('GRANT', 'REDEEM', 'CAPTURE') ORDER BY b.id`)
	s.must(err)
	acts := map[int64][]act{}
	var customer int64
	var a act
	_, err = pgx.ForEachRow(rows, []any{&customer, &a.booking, &a.at}, func() error {
		acts[customer] = append(acts[customer], a)
		return nil
	})
	s.must(err)
	return acts
}

// lives are the lots that roll and hold points, with who has had them.
func (s *storm) lives(ctx context.Context) map[int64]*life {
	rows, err := s.db.Pool.Query(ctx, `SELECT id, booking_id, earned_at, expires_at, rolling_months, rolling_to, parent_id IS NOT NULL OR EXISTS (
			SELECT FROM point_entries e WHERE e.lot_id = l.id AND e.account = 'REDEEMED' AND e.amount < 0) AS at_least
		FROM point_lots l WHERE status <> 'DONE' AND rolling_months IS NOT NULL`)
	s.must(err)
	all, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByNameLax[life])
	s.must(err)
	lives := map[int64]*life{}
	for _, l := range all {
		lives[l.ID] = l
	}
	rows, err = s.db.Pool.Query(ctx, `SELECT l.id, b.customer_id, b.id FROM point_lots l JOIN point_bookings b ON b.id = l.booking_id
		UNION SELECT e.lot_id, e.customer_id, e.booking_id FROM point_entries e
			JOIN point_bookings b ON b.customer_id = e.customer_id AND b.id = e.booking_id AND b.kind = 'TRANSFER_IN' WHERE e.account = 'TRANSFERRED'
		ORDER BY 3`)
	s.must(err)
	var id int64
	var o owning
	_, err = pgx.ForEachRow(rows, []any{&id, &o.customer, &o.booking}, func() error {
		if l := lives[id]; l != nil {
			l.owners = append(l.owners, o)
		}
		return nil
	})
	s.must(err)
	return lives
}
