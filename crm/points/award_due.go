package points

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// AwardJob awards what is known of members and was not awarded yet.
type AwardJob struct{}

// Kind names the job.
func (AwardJob) Kind() string { return "points.award" }

// AwardWindow is how far back AwardDue looks: for as long as a server may stand
// still, or a file may be late, without anybody losing his points.
const AwardWindow = 31 * 24 * time.Hour

// awardBatch is how many people one transaction awards.
const awardBatch = 500

// facts are what the database knows that members did, by action: who, when, on
// which shop, and the reference under which it is awarded. $1 is since when, $2
// the present; of birthdays $6 is the merchant's zone.
var facts = map[Action]string{
	ActionJoin: `SELECT c.id AS customer_id, c.member_since AS at, 'join' AS ref, 0::bigint AS shop_id FROM customers c
		WHERE c.member_since BETWEEN $1 AND $2`,
	ActionMail: agreed("MAIL", "mail"),
	ActionLine: agreed("LINE", "line"),
	// Who was born on 29 February has his birthday on the 28th where there is none.
	ActionBirthday: `SELECT c.id AS customer_id, d.day::timestamp AT TIME ZONE $6 AS at, to_char(d.day, 'YYYY') AS ref, 0::bigint AS shop_id
		FROM (SELECT day::date AS day FROM generate_series(($1::timestamptz AT TIME ZONE $6)::date, ($2::timestamptz AT TIME ZONE $6)::date, interval '1 day') AS g (day)) d
		JOIN customers c ON extract(month FROM c.birth_date) * 100 + extract(day FROM c.birth_date) = ANY (
			CASE WHEN to_char(d.day, 'MMDD') = '0228' AND to_char(d.day + 1, 'MMDD') = '0301' THEN ARRAY[228, 229] ELSE ARRAY[to_char(d.day, 'MMDD')::int] END::numeric[])
		WHERE c.member_since <= d.day::timestamp AT TIME ZONE $6`,
}

// agreed is when members first agreed to be written to, or joined having agreed. A
// word that came with an import which is undone was never said.
func agreed(channel, ref string) string {
	return fmt.Sprintf(`SELECT c.id AS customer_id, greatest(min(k.occurred_at), c.member_since) AS at, '%[2]s' AS ref, (array_agg(k.origin_shop_id ORDER BY k.occurred_at))[1] AS shop_id
		FROM customers c JOIN consents k ON k.customer_id = c.id AND k.channel = '%[1]s' AND k.state = 'GIVEN' AND k.purpose = 'MARKETING'
			AND NOT EXISTS (SELECT FROM imports u WHERE u.id = (k.evidence->>'import')::bigint AND u.mode = 'UNDO')
		WHERE c.member_since IS NOT NULL AND c.id IN (
			SELECT customer_id FROM consents WHERE occurred_at >= $1 AND channel = '%[1]s' AND state = 'GIVEN'
			UNION SELECT id FROM customers WHERE member_since >= $1)
		GROUP BY c.id HAVING greatest(min(k.occurred_at), c.member_since) BETWEEN $1 AND $2`, channel, ref)
}

// AwardDue gives what the rules give for what the database knows of members since
// an instant and nobody awarded yet: that they joined, agreed to mails or to LINE,
// or had their birthday. It answers with how many awards came of it. Whoever does
// such a thing may call Award himself; it is the same award, under the same
// reference. Several nodes may run it at once.
func (s *Service) AwardDue(ctx context.Context, since time.Time) (awarded int, err error) {
	rules, err := s.readRules(ctx, s.db.Pool)
	if err != nil {
		return 0, err
	}
	for _, action := range dueActions {
		if !rules.mayGive(action, since) {
			continue
		}
		for after, more := int64(0), true; more; {
			var n int
			if n, after, more, err = s.awardBatch(ctx, action, since, after); err != nil {
				return awarded, err
			}
			awarded += n
		}
	}
	return awarded, nil
}

// mayGive: some rule has meant the action since an instant.
func (c *catalog) mayGive(action Action, since time.Time) bool {
	for _, versions := range c.rules {
		for i, r := range versions {
			ended := i+1 < len(versions) && versions[i+1].Since.Before(since)
			if r.Action == action && r.Enabled && !ended {
				return true
			}
		}
	}
	return false
}

func (s *Service) awardBatch(ctx context.Context, action Action, since time.Time, after int64) (awarded int, last int64, more bool, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error {
			if _, err := q.Exec(ctx, "SELECT pg_advisory_xact_lock_shared($1)", int64(db.PeopleLock)); err != nil {
				return err
			}
			acts, err := s.factsOf(ctx, q, action, since, after)
			if err != nil || len(acts) == 0 {
				return err
			}
			last, more = acts[len(acts)-1].CustomerID, len(acts) == awardBatch
			given, err := s.awardAll(ctx, q, acts)
			for _, points := range given {
				if points > 0 {
					awarded++
				}
			}
			return err
		})
	})
	return awarded, last, more, db.Fault(err)
}

// factsOf is a batch of what members did and nobody awarded, by customer.
func (s *Service) factsOf(ctx context.Context, q querier, action Action, since time.Time, after int64) ([]Act, error) {
	args := []any{since, s.clock.Now(), after, string(action), awardBatch}
	if action == ActionBirthday {
		args = append(args, s.zone.String())
	}
	rows, err := q.Query(ctx, `SELECT f.customer_id, f.at, f.ref, f.shop_id, next.n FROM (`+facts[action]+`) f JOIN customers c ON c.id = f.customer_id
		CROSS JOIN LATERAL (SELECT 'request:action:' || $4 || ':' || f.ref AS key) first
		CROSS JOIN LATERAL (`+nextAward("f.customer_id", "first.key")+`) next (n)
		WHERE f.customer_id > $3 AND f.at <= $2 AND c.merged_into IS NULL AND NOT c.anonymous AND c.member_since IS NOT NULL
		AND NOT EXISTS (SELECT FROM point_bookings b WHERE b.customer_id = f.customer_id
			AND b.idempotency_key = ANY ((`+keysUpTo("first.key", "next.n")+`)::text[]) AND NOT `+takenBackAward+`)
		ORDER BY f.customer_id, f.at LIMIT $5`, args...)
	if err != nil {
		return nil, db.Fault(err)
	}
	a := Act{Action: action}
	var acts []Act
	_, err = pgx.ForEachRow(rows, []any{&a.CustomerID, &a.At, &a.Ref, &a.ShopID, &a.number}, func() error {
		acts = append(acts, a)
		return nil
	})
	return acts, db.Fault(err)
}

// AwardAll is Award for many acts at once, in a transaction that holds db.PeopleLock,
// and answers with the points of each in their order. Who is no member gets nothing,
// and neither does what was awarded before under the same reference and not taken
// back since. Acts without a time are of now.
func (s *Service) AwardAll(ctx context.Context, tx db.Tx, acts []Act) (given []int64, err error) {
	given = make([]int64, len(acts))
	err = tx.Pgx(func(q pgx.Tx) error {
		fresh, err := s.fresh(ctx, q, acts)
		if err != nil || len(fresh) == 0 {
			return err
		}
		// In the order of accounts, of one account in the order of acts.
		slices.SortStableFunc(fresh, func(a, b freshAct) int { return cmp.Compare(acts[a.At].CustomerID, acts[b.At].CustomerID) })
		sorted := make([]Act, len(fresh))
		for i, f := range fresh {
			sorted[i] = acts[f.At]
			sorted[i].number = f.Number
			if sorted[i].At.IsZero() {
				sorted[i].At = s.clock.Now()
			}
		}
		points, err := s.awardAll(ctx, q, sorted)
		for i, n := range points {
			given[fresh[i].At] = n
		}
		return err
	})
	return given, db.Fault(err)
}

// freshAct is the place of an act that was not awarded yet, and the number of its award.
type freshAct struct {
	At     int
	Number int64
}

// fresh are those acts whose doers are members and who have no award for them.
func (s *Service) fresh(ctx context.Context, q querier, acts []Act) ([]freshAct, error) {
	customers, keys := make([]int64, len(acts)), make([]string, len(acts))
	for i, a := range acts {
		customers[i], keys[i] = a.CustomerID, a.awardKey()
	}
	rows, err := q.Query(ctx, `SELECT a.n::int - 1 AS at, next.n AS number FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS a (customer_id, key, n)
		JOIN customers c ON c.id = a.customer_id AND c.merged_into IS NULL AND NOT c.anonymous AND c.member_since IS NOT NULL
		CROSS JOIN LATERAL (`+nextAward("a.customer_id", "a.key")+`) next (n)
		WHERE NOT EXISTS (SELECT FROM point_bookings b WHERE b.customer_id = a.customer_id
			AND b.idempotency_key = ANY ((`+keysUpTo("a.key", "next.n")+`)::text[]) AND NOT `+takenBackAward+`) ORDER BY a.n`, customers, keys)
	if err != nil {
		return nil, db.Fault(err)
	}
	fresh, err := pgx.CollectRows(rows, pgx.RowToStructByName[freshAct])
	return fresh, db.Fault(err)
}

// awardAll awards many acts, sorted by their customers, in a number of statements that
// does not depend on how many they are, and answers with the points of each. Who was
// awarded while we waited for his account is left out: his points bound themselves by
// how often the action earns.
func (s *Service) awardAll(ctx context.Context, q querier, acts []Act) (given []int64, err error) {
	var customers []int64
	var actions []Action
	for _, a := range acts {
		customers = append(customers, a.CustomerID)
		if !slices.Contains(actions, a.Action) {
			actions = append(actions, a.Action)
		}
	}
	now := s.clock.Now()
	books, err := lock(ctx, q, slices.Compact(customers), now, wanted{})
	if err != nil {
		return nil, err
	}
	who, err := doers(ctx, q, acts)
	if err != nil {
		return nil, err
	}
	p, err := s.programmeFor(ctx, q, who, books, actions, toGive)
	if err != nil {
		return nil, err
	}
	given = make([]int64, len(acts))
	var touched []*book
	for i, a := range acts {
		cause, err := a.identified()
		if err != nil {
			return nil, err
		}
		cause.key += awardNumber(a.number)
		b := books[a.CustomerID]
		b.zone = s.zone
		at := maxTime(now, b.account.UpdatedAt)
		b.advance(at)
		first, worth := b.award(at, who[i], a.Action, a.source(), p, cause)
		if first == nil {
			continue
		}
		given[i] = worth.Total
		if !slices.Contains(touched, b) {
			touched = append(touched, b)
		}
	}
	if err := p.used.save(ctx, q); err != nil {
		return nil, err
	}
	return given, save(ctx, q, touched)
}
