package referral

import (
	"context"
	"fmt"
	"maps"
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
	Friend   int64 // who the friend is by now
	Order    int64
	HandedAt *time.Time
	OnePair  bool
	Repeated bool
	Short    bool
	Looks    []int64 `bun:",array"` // that led here

	raised []Flag
	was    Status
}

// movingSQL locks referrals that may move. Those that had come to rest are there only
// if something was done to them (referral_looks). ?0 is the id to begin behind, ?1 how
// many, ?2 the instant before which those that have lapsed are left alone.
const movingSQL = `
SELECT id FROM referrals
WHERE id IN (
		(SELECT id FROM referrals WHERE id > ?0 AND status IN ('WAITING', 'QUALIFIED', 'FLAGGED', 'TAKEN_BACK') ORDER BY id LIMIT ?1)
		UNION ALL (SELECT id FROM referrals WHERE id > ?0 AND status = 'LAPSED' AND order_by > ?2 ORDER BY id LIMIT ?1)
		UNION ALL (SELECT DISTINCT referral_id FROM referral_looks WHERE referral_id > ?0 ORDER BY referral_id LIMIT ?1))
ORDER BY id LIMIT ?1 FOR UPDATE SKIP LOCKED`

// knownSQL is what is known of referrals that are locked already, so that all of it is
// of one instant: the friend's order that counts, which once they were rewarded is the
// same as then if it still does, and whom the two turned out to be. ?0 are their ids,
// ?1 is the base currency.
const knownSQL = `
SELECT r.*, survivor_of(r.customer_id) AS friend, coalesce(o.id, 0) AS "order", o.handed_at,
	survivor_of(r.customer_id) = survivor_of(r.referrer_id) AS one_pair,
	f.merged_into IS NOT NULL OR EXISTS (WITH RECURSIVE family AS (
			SELECT m.merged_id FROM customer_merges m WHERE m.customer_id = r.customer_id AND m.undone_at IS NULL
			UNION SELECT m.merged_id FROM family JOIN customer_merges m ON m.customer_id = family.merged_id AND m.undone_at IS NULL)
		SELECT FROM family JOIN referrals t ON t.customer_id = family.merged_id AND t.status = 'REWARDED') AS repeated,
	coalesce(NOT was.counts, false) AS short, ARRAY(SELECT l.id FROM referral_looks l WHERE l.referral_id = r.id) AS looks
FROM referrals r
JOIN customers f ON f.id = r.customer_id
LEFT JOIN LATERAL (
	SELECT o.id, ` + handedSQL + ` AS handed_at, o.currency = ?1 AND o.goods_amount - o.shop_coupon >= r.min_amount AS counts
	FROM orders o
	WHERE o.id = r.order_id AND o.customer_id = survivor_of(r.customer_id) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND r.status IN ('REWARDED', 'TAKEN_BACK')) was ON true
LEFT JOIN LATERAL (
	SELECT o.id, o.goods_amount - o.shop_coupon AS amount, ` + handedSQL + ` AS handed_at
	FROM orders o
	WHERE o.customer_id = r.customer_id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= r.referred_at AND o.ordered_at <= r.order_by
		AND (r.first_order OR o.currency = ?1 AND o.goods_amount - o.shop_coupon >= r.min_amount)
	ORDER BY o.ordered_at, o.id LIMIT 1) first ON true
LEFT JOIN LATERAL (
	SELECT was.id, was.handed_at WHERE was.counts
	UNION ALL
	SELECT first.id, first.handed_at FROM orders o
	WHERE was.counts IS NOT TRUE AND o.customer_id = r.customer_id AND o.id = first.id AND o.currency = ?1 AND first.amount >= r.min_amount) o ON true
WHERE r.id = ANY (?0::bigint[])
ORDER BY r.id`

// handedSQL is when the goods of order o were handed over; NULL: not yet.
const handedSQL = `coalesce(o.shipped_at, CASE WHEN o.status = 'COMPLETED' THEN o.ordered_at END)`

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
		var ids []int64
		if err := tx.NewRaw(movingSQL, after, atOnce, now.Add(-lateFor)).Scan(ctx, &ids); err != nil || len(ids) == 0 {
			return db.Fault(err)
		}
		last, more = ids[len(ids)-1], len(ids) == atOnce
		var known []*moving
		if err := tx.NewRaw(knownSQL, pgdialect.Array(ids), s.Currency).Scan(ctx, &known); err != nil {
			return db.Fault(err)
		}
		if err := judge(ctx, tx, known); err != nil {
			return err
		}
		news := slices.DeleteFunc(slices.Clone(known), func(m *moving) bool { return !m.step(now) })
		if back := slices.DeleteFunc(slices.Clone(news), func(m *moving) bool { return !m.losing() }); len(back) > 0 && slices.ContainsFunc(news, (*moving).gaining) {
			known, news = back, back // the accounts of one booking are locked at once: the others are for the next round
			last, more = after, true
		}
		if err := looked(ctx, tx, known); err != nil || len(news) == 0 {
			return err
		}
		moved = len(news)
		return s.carry(ctx, tx, now, news)
	})
	return moved, last, more, db.Fault(err)
}

// looked forgets what led to referrals that were looked at.
func looked(ctx context.Context, tx db.Tx, known []*moving) error {
	var looks []int64
	for _, m := range known {
		looks = append(looks, m.Looks...)
	}
	if len(looks) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`DELETE FROM referral_looks WHERE id = ANY (?::bigint[])`, pgdialect.Array(looks)).Exec(ctx)
	return db.Fault(err)
}

// stands: the order that counts is the one that did before.
func (m *moving) stands() bool { return m.OrderID != nil && *m.OrderID == m.Order }

// judged: its flags are those that are raised now.
func (m *moving) judged() bool {
	known := Status(m.Status) == Rewarded || Status(m.Status) == TakenBack && m.stands()
	return m.Order != 0 && m.ApprovedAt == nil && !m.OnePair && !known
}

// gaining and losing are what a step has led to.
func (m *moving) gaining() bool { return Status(m.Status) == Rewarded && m.was != Rewarded }
func (m *moving) losing() bool  { return Status(m.Status) == TakenBack && m.was == Rewarded }

// step brings the row to where it stands by what is known, and reports whether that
// changes it.
func (m *moving) step(now time.Time) bool {
	if m.was = Status(m.Status); m.was == Refused {
		return false
	}
	f := facts{
		Status: m.was, Reason: m.Reason, OrderBy: m.OrderBy, WaitDays: m.WaitDays, Approved: m.ApprovedAt != nil, OnePair: m.OnePair, Repeated: m.Repeated,
		Ordered: m.Order != 0, Stands: m.stands(), Short: m.Short, HandedAt: m.HandedAt, Flags: m.raised,
	}
	to := f.next(now)
	flags := m.Flags // what was found stays to be read
	if m.judged() {
		flags = words(m.raised)
	}
	order := m.OrderID // of what is taken back, the one that was cancelled or came back
	if m.Order != 0 && to.Status != TakenBack {
		order = &m.Order
	}
	same := to.Status == m.was && to.Reason == m.Reason && equal(to.DueAt, m.DueAt) && equal(order, m.OrderID) && slices.Equal(flags, m.Flags)
	if to.Status != m.was {
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

// carry rewards who is to be rewarded, takes back what is to be taken back, writes
// where all of them stand now, and tells those it concerns.
func (s *Service) carry(ctx context.Context, tx db.Tx, now time.Time, news []*moving) error {
	var rewarded, back []*moving
	told := map[string][]*db.Referral{}
	for _, m := range news {
		switch {
		case m.gaining():
			m.RewardedAt = &now
			rewarded, told["referral.rewarded"] = append(rewarded, m), append(told["referral.rewarded"], &m.Referral)
		case m.losing():
			back, told["referral.takenBack"] = append(back, m), append(told["referral.takenBack"], &m.Referral)
		case Status(m.Status) == Flagged && m.was != Flagged:
			m.RewardedAt, m.ReferrerPoints, m.FriendPoints = nil, 0, 0
			told["referral.flagged"] = append(told["referral.flagged"], &m.Referral)
		}
	}
	if err := s.reward(ctx, tx, rewarded); err != nil {
		return err
	}
	if err := s.takeBack(ctx, tx, back); err != nil {
		return err
	}
	if err := write(ctx, tx, news); err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(told)) {
		if err := tellBoth(ctx, tx, now, kind, kind, told[kind]...); err != nil {
			return err
		}
	}
	return nil
}

// reward gives both sides their points, by the rules that held when the friend was
// brought.
func (s *Service) reward(ctx context.Context, tx db.Tx, rows []*moving) error {
	if len(rows) == 0 {
		return nil
	}
	given, err := s.Rewards.AwardAll(ctx, tx, acts(rows, ""))
	if err != nil {
		return err
	}
	for i, r := range rows {
		r.ReferrerPoints, r.FriendPoints = given[2*i], given[2*i+1]
	}
	return nil
}

// takeBack takes the points of both sides back. The rows go on telling how many.
func (s *Service) takeBack(ctx context.Context, tx db.Tx, rows []*moving) error {
	return s.Rewards.TakeBackAwards(ctx, tx, acts(rows, "REFERRAL_ENDED"))
}

// acts are what earns by referrals, of each that of the referrer and that of the friend.
func acts(rows []*moving, reason string) []points.Act {
	acts := make([]points.Act, 0, 2*len(rows))
	for _, r := range rows {
		act := points.Act{
			Ref: fmt.Sprintf("referral:%d", r.ID), Promised: r.ReferredAt, Cause: points.Cause{Reason: reason, Detail: map[string]any{"referral": r.ID}},
		}
		act.CustomerID, act.Action = r.ReferrerID, points.ActionReferral
		acts = append(acts, act)
		act.CustomerID, act.Action = r.Friend, points.ActionReferred
		acts = append(acts, act)
	}
	return acts
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
		if m.judged() && !m.Repeated {
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
