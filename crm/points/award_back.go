package points

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// TakeBackAwards takes back what acts were awarded, by counter-bookings that tell the
// cause of the act, from whoever has it now: their doers, or kin of theirs. What of it
// has expired is gone already; what was spent becomes a debt or is forgiven, as the
// programme says. What it has given is free of the caps of rules again. What was not
// awarded, or is taken back already, is left alone; the same acts earn again after it.
//
// The transaction holds db.PeopleLock.
func (s *Service) TakeBackAwards(ctx context.Context, tx db.Tx, acts []Act) error {
	if len(acts) == 0 {
		return nil
	}
	var doers []int64
	for _, a := range acts {
		doers = append(doers, a.CustomerID)
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		kin, err := kinOf(ctx, q, doers)
		if err != nil {
			return err
		}
		if err := holdAccounts(ctx, q, kin); err != nil { // somebody else may take the same awards back
			return err
		}
		awards, lots := make([][]awarded, len(acts)), make([][]toldBooking, len(acts))
		for i, a := range acts {
			if awards[i], err = standingAwards(ctx, q, a); err != nil {
				return err
			}
			if lots[i], err = lotsOfAwards(ctx, q, awards[i], kin); err != nil {
				return err
			}
		}
		books, err := lock(ctx, q, kin, s.clock.Now(), wanted{lots: lotsIn(slices.Concat(lots...))})
		if err != nil {
			return err
		}
		set, err := s.readSettings(ctx, q)
		if err != nil {
			return err
		}
		for i, a := range acts {
			u := undoingTold{books: books, now: s.clock.Now(), set: set, zone: s.zone, why: a.Cause}
			for _, t := range lots[i] {
				u.takeBack(t)
			}
		}
		if err := save(ctx, q, slices.Collect(maps.Values(books))); err != nil {
			return err
		}
		return forget(ctx, q, nil, slices.Concat(awards...))
	}))
}

// standingAwards are the awards for an act that are not taken back, with who has
// their lots now.
func standingAwards(ctx context.Context, q querier, a Act) ([]awarded, error) {
	rows, err := q.Query(ctx, `WITH family AS (`+kinIDs("$1::bigint")+`), next (n) AS (`+nextAward("$1::bigint", "$2::text")+`),
		keys (all_of) AS MATERIALIZED (`+keysUpTo("$2::text", "(SELECT n FROM next)")+`)
		SELECT b.customer_id, b.id, l.customer_id
		FROM family f JOIN point_bookings b ON b.customer_id = f.id AND b.idempotency_key = ANY ((SELECT all_of FROM keys)::text[])
		JOIN point_lots l ON l.customer_id IN (SELECT id FROM family) AND l.id = b.lot_id
		WHERE NOT `+takenBackAward+` ORDER BY b.id`, a.CustomerID, a.awardKey())
	if err != nil {
		return nil, db.Fault(err)
	}
	one := awarded{Action: a.Action, Ref: a.Ref}
	var all []awarded
	_, err = pgx.ForEachRow(rows, []any{&one.CustomerID, &one.ID, &one.Holder}, func() error {
		all = append(all, one)
		return nil
	})
	return all, db.Fault(err)
}
