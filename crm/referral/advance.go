package referral

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// AdvanceJob moves referrals on.
type AdvanceJob struct{}

// Kind names the job.
func (AdvanceJob) Kind() string { return "referral.advance" }

// AdvanceEvery is how often referrals are looked at.
const AdvanceEvery = 2 * time.Minute

// moving is a referral with what is known of it now.
type moving struct {
	db.Referral
	Order    int64
	HandedAt *time.Time
	OnePair  bool
	Repeated bool

	raised []Flag
}

// knownSQL are referrals that may move, locked, with what is known of them: the
// friend's order that counts, and whom the two turned out to be. ?0 is the id to
// begin behind, ?1 how many, ?2 the base currency, ?3 the instant before which those
// that have lapsed are left alone.
const knownSQL = `
SELECT r.*, coalesce(o.id, 0) AS "order", o.handed_at,
	survivor_of(r.customer_id) = survivor_of(r.referrer_id) AS one_pair,
	f.merged_into IS NOT NULL OR EXISTS (WITH RECURSIVE family AS (
			SELECT m.merged_id FROM customer_merges m WHERE m.customer_id = r.customer_id AND m.undone_at IS NULL
			UNION SELECT m.merged_id FROM family JOIN customer_merges m ON m.customer_id = family.merged_id AND m.undone_at IS NULL)
		SELECT FROM family JOIN referrals t ON t.customer_id = family.merged_id AND t.status = 'REWARDED') AS repeated
FROM referrals r
JOIN customers f ON f.id = r.customer_id
LEFT JOIN LATERAL (
	SELECT o.id, o.goods_amount - o.shop_coupon AS amount, coalesce(o.shipped_at, CASE WHEN o.status = 'COMPLETED' THEN o.ordered_at END) AS handed_at
	FROM orders o
	WHERE o.customer_id = r.customer_id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= r.referred_at AND o.ordered_at <= r.order_by
		AND (r.first_order OR o.currency = ?2 AND o.goods_amount - o.shop_coupon >= r.min_amount)
	ORDER BY o.ordered_at, o.id LIMIT 1) first ON true
LEFT JOIN LATERAL (SELECT first.id, first.handed_at FROM orders o
	WHERE o.customer_id = r.customer_id AND o.id = first.id AND o.currency = ?2 AND first.amount >= r.min_amount) o ON true
WHERE r.id IN (
		(SELECT id FROM referrals WHERE id > ?0 AND status IN ('WAITING', 'QUALIFIED', 'FLAGGED') ORDER BY id LIMIT ?1)
		UNION ALL (SELECT id FROM referrals WHERE id > ?0 AND status = 'LAPSED' AND order_by > ?3 ORDER BY id LIMIT ?1))
	AND r.status IN ('WAITING', 'QUALIFIED', 'FLAGGED', 'LAPSED')
ORDER BY r.id LIMIT ?1 FOR UPDATE OF r SKIP LOCKED`

// Advance moves every referral on as far as what is known allows, and answers with
// how many have moved. Several nodes may run it at once, and it may end at any
// point: it goes on where things stand.
func (s *Service) Advance(ctx context.Context) (moved int, err error) {
	for after, more := int64(0), true; more; {
		var n int
		if n, after, more, err = s.advanceBatch(ctx, after); err != nil {
			return moved, err
		}
		moved += n
	}
	return moved, nil
}

func (s *Service) advanceBatch(ctx context.Context, after int64) (moved int, last int64, more bool, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", int64(db.PeopleLock)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		now := s.Clock.Now()
		var known []*moving
		if err := tx.NewRaw(knownSQL, after, atOnce, s.Currency, now.Add(-lateFor)).Scan(ctx, &known); err != nil || len(known) == 0 {
			return db.Fault(err)
		}
		last, more = known[len(known)-1].ID, len(known) == atOnce
		if err := judge(ctx, tx, known); err != nil {
			return err
		}
		news := slices.DeleteFunc(known, func(m *moving) bool { return !m.step(now) })
		if len(news) == 0 {
			return nil
		}
		moved = len(news)
		return s.carry(ctx, tx, now, news)
	})
	return moved, last, more, db.Fault(err)
}

// step brings the row to where it stands by what is known, and reports whether that
// changes it.
func (m *moving) step(now time.Time) bool {
	f := facts{
		Status: Status(m.Status), OrderBy: m.OrderBy, WaitDays: m.WaitDays, Approved: m.ApprovedAt != nil, OnePair: m.OnePair, Repeated: m.Repeated,
		Ordered: m.Order != 0, HandedAt: m.HandedAt, Flags: m.raised,
	}
	to := f.next(now)
	flags := words(m.raised)
	if m.Order == 0 || m.ApprovedAt != nil {
		flags = m.Flags // what was found stays to be read
	}
	order := m.OrderID
	if m.Order != 0 {
		order = &m.Order
	}
	same := to.Status == Status(m.Status) && to.Reason == m.Reason && equal(to.DueAt, m.DueAt) && equal(order, m.OrderID) && slices.Equal(flags, m.Flags)
	if to.Status != Status(m.Status) {
		m.ChangedAt = now
	}
	m.Status, m.Reason, m.DueAt, m.OrderID, m.Flags = string(to.Status), to.Reason, to.DueAt, order, flags
	return !same
}

func equal[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

func words(flags []Flag) []string {
	list := make([]string, len(flags))
	for i, f := range flags {
		list[i] = string(f)
	}
	return list
}

// carry rewards who is to be rewarded, writes where all of them stand now, and tells
// those it concerns.
func (s *Service) carry(ctx context.Context, tx db.Tx, now time.Time, news []*moving) error {
	var rewarded, flagged []*db.Referral
	for _, m := range news {
		switch {
		case Status(m.Status) == Rewarded:
			m.RewardedAt = &now
			rewarded = append(rewarded, &m.Referral)
		case Status(m.Status) == Flagged && m.ChangedAt.Equal(now):
			flagged = append(flagged, &m.Referral)
		}
	}
	if err := s.reward(ctx, tx, rewarded); err != nil {
		return err
	}
	if err := write(ctx, tx, news); err != nil {
		return err
	}
	if err := tellBoth(ctx, tx, now, "referral.rewarded", "referral.rewarded", rewarded...); err != nil {
		return err
	}
	return tellBoth(ctx, tx, now, "referral.flagged", "referral.flagged", flagged...)
}

// reward gives both sides their points, by the rules that held when the friend was
// brought.
func (s *Service) reward(ctx context.Context, tx db.Tx, rows []*db.Referral) error {
	if len(rows) == 0 {
		return nil
	}
	acts := make([]points.Act, 0, 2*len(rows))
	for _, r := range rows {
		act := points.Act{Ref: fmt.Sprintf("referral:%d", r.ID), Promised: r.ReferredAt, Cause: points.Cause{Detail: map[string]any{"referral": r.ID}}}
		act.CustomerID, act.Action = r.ReferrerID, points.ActionReferral
		acts = append(acts, act)
		act.CustomerID, act.Action = r.CustomerID, points.ActionReferred
		acts = append(acts, act)
	}
	given, err := s.Rewards.AwardAll(ctx, tx, acts)
	if err != nil {
		return err
	}
	for i, r := range rows {
		r.ReferrerPoints, r.FriendPoints = given[2*i], given[2*i+1]
	}
	return nil
}

// write writes rows back in one statement.
func write(ctx context.Context, tx db.Tx, rows []*moving) error {
	n := len(rows)
	ids, statuses, reasons, orders := make([]int64, n), make([]string, n), make([]string, n), make([]*int64, n)
	flags, dues, changes, rewarded := make([]string, n), make([]*time.Time, n), make([]time.Time, n), make([]*time.Time, n)
	theirs, his := make([]int64, n), make([]int64, n)
	for i, m := range rows {
		ids[i], statuses[i], reasons[i], orders[i], dues[i], changes[i] = m.ID, m.Status, m.Reason, m.OrderID, m.DueAt, m.ChangedAt
		flags[i], rewarded[i], theirs[i], his[i] = joined(m.Flags), m.RewardedAt, m.ReferrerPoints, m.FriendPoints
	}
	return tx.Pgx(func(q pgx.Tx) error {
		_, err := q.Exec(ctx, `UPDATE referrals r SET status = n.status, reason = n.reason, order_id = n.order_id, due_at = n.due_at, changed_at = n.changed_at,
				flags = string_to_array(n.flags, ' '), rewarded_at = n.rewarded_at, referrer_points = n.theirs, friend_points = n.his
			FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::bigint[], $10::bigint[])
				AS n (id, status, reason, order_id, due_at, changed_at, flags, rewarded_at, theirs, his)
			WHERE r.id = n.id`, ids, statuses, reasons, orders, dues, changes, flags, rewarded, theirs, his)
		return db.Fault(err)
	})
}

// judgeSQL raises the flags of referrals, all at once. ?0 are their ids.
const judgeSQL = `
SELECT r.id, array_to_string(array_remove(ARRAY[
	CASE WHEN EXISTS (SELECT FROM identity_candidates i WHERE i.customer_id = least(f.id, g.id) AND i.other_id = greatest(f.id, g.id)
		AND NOT i.household AND i.status IN ('OPEN', 'JOINING')) THEN 'SAME_PERSON' END,
	CASE WHEN f.email <> '' AND g.email <> '' AND mailbox_of(f.email) = mailbox_of(g.email) OR EXISTS (
		SELECT FROM identity_keys a JOIN identity_keys b ON mailbox_of(a.value) = mailbox_of(b.value)
		WHERE a.customer_id = f.id AND b.customer_id = g.id AND a.kind = 'MAIL' AND b.kind = 'MAIL' AND a.value LIKE '%@%' AND b.value LIKE '%@%') THEN 'SAME_MAILBOX' END,
	CASE WHEN f.hint_phone = g.hint_phone OR f.phone <> '' AND f.phone = g.phone THEN 'SAME_PHONE' END,
	CASE WHEN f.hint_address = g.hint_address THEN 'SAME_ADDRESS' END,
	CASE WHEN f.family_name <> '' AND f.given_name <> '' AND (f.family_name, f.given_name) = (g.family_name, g.given_name) THEN 'SAME_NAME' END,
	CASE WHEN EXISTS (SELECT FROM sign_ups a JOIN sign_ups b ON b.ip = a.ip WHERE a.customer_id = f.id AND a.ip <> '' AND b.customer_id = g.id)
		OR (SELECT count(DISTINCT t.customer_id) FROM referrals t JOIN sign_ups b ON b.customer_id = t.customer_id JOIN sign_ups a ON a.ip = b.ip AND a.customer_id = f.id AND a.ip <> ''
			WHERE t.referrer_id = g.id AND t.referred_at BETWEEN r.referred_at - ?1 * interval '1 second' AND r.referred_at + ?1 * interval '1 second') >= ?3 THEN 'SAME_NETWORK' END,
	CASE WHEN EXISTS (SELECT FROM orders o WHERE o.customer_id = f.id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at < r.referred_at) THEN 'KNOWN_BEFORE' END,
	CASE WHEN (SELECT count(*) FROM referrals t WHERE t.referrer_id = g.id AND t.referred_at > r.referred_at - ?1 * interval '1 second' AND t.referred_at <= r.referred_at) >= ?2
		OR (SELECT count(*) FROM referrals t WHERE t.referrer_id = g.id AND t.referred_at >= r.referred_at AND t.referred_at < r.referred_at + ?1 * interval '1 second') >= ?2 THEN 'MANY_IN_A_WEEK' END,
	CASE WHEN EXISTS (SELECT FROM referrals t WHERE t.customer_id = g.id AND t.referrer_id = f.id) THEN 'EACH_OTHER' END
], NULL), ' ') AS flags
FROM referrals r JOIN customers f ON f.id = r.customer_id JOIN customers g ON g.id = r.referrer_id
WHERE r.id = ANY (?0::bigint[])`

// judge raises the flags of those that have an order and nobody has looked at.
func judge(ctx context.Context, tx bun.IDB, known []*moving) error {
	var ids []int64
	byID := map[int64]*moving{}
	for _, m := range known {
		if m.Order != 0 && m.ApprovedAt == nil && !m.OnePair && !m.Repeated {
			ids = append(ids, m.ID)
			byID[m.ID] = m
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var raised []struct {
		ID    int64
		Flags string
	}
	if err := tx.NewRaw(judgeSQL, pgdialect.Array(ids), week.Seconds(), manyInAWeek, manyOnOneNetwork).Scan(ctx, &raised); err != nil {
		return db.Fault(err)
	}
	for _, r := range raised {
		byID[r.ID].raised = parted(r.Flags)
	}
	return nil
}

// joined and parted write flags as one text: an array of arrays is no array of rows.
func joined(flags []string) string { return strings.Join(flags, " ") }

func parted(text string) (flags []Flag) {
	for f := range strings.FieldsSeq(text) {
		flags = append(flags, Flag(f))
	}
	return flags
}
