package customer

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// The states of a candidate.
const (
	Open      = "OPEN"
	Joining   = "JOINING" // sure; Join merges it
	Merged    = "MERGED"
	Rejected  = "REJECTED"  // a person said: two people
	Household = "HOUSEHOLD" // a person said: two people of one house
)

// pairOf names a candidate, the smaller id first.
type pairOf struct{ CustomerID, OtherID int64 }

func newPair(a, b int64) pairOf { return pairOf{min(a, b), max(a, b)} }

// joining are the pairs that surely are one and wait to be merged.
func joining(ctx context.Context, idb bun.IDB) (pairs []pairOf, err error) {
	err = idb.NewRaw("SELECT customer_id, other_id FROM identity_candidates WHERE status = ? ORDER BY created_at, customer_id, other_id", Joining).
		Scan(ctx, &pairs)
	return pairs, db.Fault(err)
}

// toldApart are the pairs of these customers that a person has decided not to
// be one.
func toldApart(ctx context.Context, idb bun.IDB, ids []int64) (pairs []pairOf, err error) {
	err = idb.NewRaw(`SELECT customer_id, other_id FROM identity_candidates
		WHERE decided_score IS NOT NULL AND status <> ? AND customer_id = ANY (?::bigint[])`, Merged, pgdialect.Array(ids)).Scan(ctx, &pairs)
	return pairs, db.Fault(err)
}

// pair keeps who may be one: the customers that one order names, and those who
// share a hint with somebody.
func (b *batch) pair() error {
	found := b.linked()
	hinted, err := b.sharing()
	if err != nil {
		return err
	}
	for p, c := range hinted {
		if found[p] == nil {
			found[p] = c
		}
	}
	return save(b.ctx, b.tx, found, b.now)
}

// linked are the pairs that a piece of evidence named.
func (b *batch) linked() map[pairOf]*db.Candidate {
	found, memberIDs := map[pairOf]*db.Candidate{}, b.memberIDs()
	knownOf := func(customer int64) Known {
		return Known{Normal: normalOf(b.profiles[customer]), MemberIDs: memberIDs[customer]}
	}
	for _, m := range b.matches {
		for _, l := range m.Links {
			p := newPair(b.id(l.A), b.id(l.B))
			c := Compare(knownOf(l.A), knownOf(l.B))
			row := candidate(p, Linked, c.atOdds(l.Score), c, b.now)
			if l.Sure {
				row.Status, row.Score = Joining, l.Score
			}
			if old := found[p]; old == nil || old.Status != Joining && (l.Sure || row.Score > old.Score) {
				found[p] = row
			}
		}
	}
	return found
}

// memberIDs are the member ids of the batch's customers, each alone, by shop.
func (b *batch) memberIDs() map[int64]map[int64][]string {
	ids := map[int64]map[int64][]string{}
	for key, owner := range b.index.owners {
		if key.Kind != MemberID {
			continue
		}
		if ids[owner] == nil {
			ids[owner] = map[int64][]string{}
		}
		ids[owner][key.Shop] = append(ids[owner][key.Shop], key.Value)
	}
	return ids
}

// few is how many pairs one customer makes by what it shares: the likeliest of
// all who share it, so that a crowd makes no crowd squared.
const few = 4

// crowd is how many of those who share a phone or an address are all looked at.
const crowd = 20

// sharing are the pairs that share a phone or an address. Of up to a crowd all
// are looked at; of more only those in whose names something is the same, among
// the first reach.
func (b *batch) sharing() (map[pairOf]*db.Candidate, error) {
	ids := make([]int64, 0, len(b.hinted))
	for c := range b.hinted {
		ids = append(ids, b.id(c))
	}
	if len(ids) == 0 {
		return map[pairOf]*db.Candidate{}, nil
	}
	slices.Sort(ids)
	var rows []pairOf
	err := b.tx.NewRaw(`
		WITH asked AS (SELECT id, hint_phone, hint_address, family_name, given_name, family_kana, given_kana FROM customers a WHERE id = ANY (?0::bigint[])
			AND (EXISTS (SELECT FROM customers c WHERE c.hint_phone = a.hint_phone AND c.id <> a.id)
				OR EXISTS (SELECT FROM customers c WHERE c.hint_address = a.hint_address AND c.id <> a.id)))
		SELECT DISTINCT least(a.id, s.id) AS customer_id, greatest(a.id, s.id) AS other_id
		FROM asked a CROSS JOIN LATERAL (
			SELECT *, row_number() OVER (ORDER BY id) AS place FROM (SELECT id, family_name, given_name, family_kana, given_kana
				FROM customers c WHERE c.hint_phone = a.hint_phone AND c.merged_into IS NULL ORDER BY id LIMIT ?2) p
			UNION ALL
			SELECT *, row_number() OVER (ORDER BY id) AS place FROM (SELECT id, family_name, given_name, family_kana, given_kana
				FROM customers c WHERE c.hint_address = a.hint_address AND c.merged_into IS NULL ORDER BY id LIMIT ?2) p
		) s WHERE s.id <> a.id AND (s.place <= ?1
			OR s.family_name <> '' AND s.family_name = a.family_name OR s.given_name <> '' AND s.given_name = a.given_name
			OR s.family_kana <> '' AND s.family_kana = a.family_kana OR s.given_kana <> '' AND s.given_kana = a.given_kana)`,
		pgdialect.Array(ids), crowd, reach).Scan(b.ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	found, err := doubtful(b.ctx, b.tx, rows, b.now)
	return likeliest(found, ids), err
}

// reach is how far into a crowd one looks for names alike.
const reach = 200

// likeliest keeps, of each of the customers asked for, the few pairs that are
// surest. Those of a household do not take the place of others.
func likeliest(found map[pairOf]*db.Candidate, asked []int64) map[pairOf]*db.Candidate {
	rows := slices.SortedFunc(maps.Values(found), func(a, b *db.Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmpCandidates(a, b))
	})
	type pile struct {
		customer  int64
		household bool
	}
	taken := map[pile]int{}
	kept := map[pairOf]*db.Candidate{}
	for _, c := range rows {
		for _, id := range []int64{c.CustomerID, c.OtherID} {
			if _, ask := slices.BinarySearch(asked, id); !ask || taken[pile{id, c.Household}] >= few {
				continue
			}
			taken[pile{id, c.Household}]++
			kept[newPair(c.CustomerID, c.OtherID)] = c
		}
	}
	return kept
}

// doubtful holds the customers of pairs against each other and keeps those
// worth a look.
func doubtful(ctx context.Context, idb bun.IDB, pairs []pairOf, now time.Time) (map[pairOf]*db.Candidate, error) {
	var ids []int64
	for _, p := range pairs {
		ids = append(ids, p.CustomerID, p.OtherID)
	}
	slices.Sort(ids)
	known := map[int64]*Known{}
	if _, err := loadKnown(ctx, idb, slices.Compact(ids), known); err != nil {
		return nil, err
	}
	found := map[pairOf]*db.Candidate{}
	for _, p := range pairs {
		c := Compare(*known[p.CustomerID], *known[p.OtherID])
		if reason, score, ok := c.doubt(); ok {
			found[p] = candidate(p, reason, score, c, now)
		}
	}
	return found, nil
}

func candidate(p pairOf, reason Reason, score int, c *Comparison, now time.Time) *db.Candidate {
	return &db.Candidate{
		CustomerID: p.CustomerID, OtherID: p.OtherID, Reason: string(reason), Score: score, Agree: words(c.Agree), Differ: words(c.Differ),
		Household: c.household(), Status: Open, CreatedAt: now, UpdatedAt: now,
	}
}

func words(facts []Fact) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = string(f)
	}
	return out
}

// saveSQL adds pairs. A pair that is there already is changed by surer evidence
// only; one that a person has decided comes back, for a person again, when the
// evidence is surer than what was decided on.
const saveSQL = `
INSERT INTO identity_candidates AS c (customer_id, other_id, reason, score, agree, differ, household, status, created_at, updated_at)
SELECT q.customer_id, q.other_id, q.reason, q.score, string_to_array(q.agree, ','), string_to_array(q.differ, ','), q.household, q.status, ?, ?
FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::int[], ?::text[], ?::text[], ?::boolean[], ?::text[])
	AS q (customer_id, other_id, reason, score, agree, differ, household, status)
ON CONFLICT (customer_id, other_id) DO UPDATE SET
	reason = excluded.reason, score = excluded.score, agree = excluded.agree, differ = excluded.differ, household = excluded.household,
	status = CASE WHEN c.decided_score IS NULL THEN excluded.status ELSE 'OPEN' END, updated_at = excluded.updated_at
WHERE c.status = 'OPEN' AND (excluded.score > c.score OR excluded.status = 'JOINING' AND c.decided_score IS NULL)
	OR c.status IN ('REJECTED', 'HOUSEHOLD') AND excluded.score > c.decided_score`

func save(ctx context.Context, tx bun.IDB, found map[pairOf]*db.Candidate, now time.Time) error {
	if len(found) == 0 {
		return nil
	}
	rows := make([]*db.Candidate, 0, len(found))
	for _, c := range found {
		rows = append(rows, c)
	}
	slices.SortFunc(rows, cmpCandidates)
	n := len(rows)
	ids, others, scores := make([]int64, n), make([]int64, n), make([]int64, n)
	reasons, agree, differ, statuses, households := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]bool, n)
	for i, c := range rows {
		ids[i], others[i], scores[i], reasons[i], statuses[i], households[i] = c.CustomerID, c.OtherID, int64(c.Score), c.Reason, c.Status, c.Household
		agree[i], differ[i] = strings.Join(c.Agree, ","), strings.Join(c.Differ, ",")
	}
	_, err := tx.NewRaw(saveSQL, now, now, pgdialect.Array(ids), pgdialect.Array(others), pgdialect.Array(reasons), pgdialect.Array(scores),
		pgdialect.Array(agree), pgdialect.Array(differ), pgdialect.Array(households), pgdialect.Array(statuses)).Exec(ctx)
	return db.Fault(err)
}

func cmpCandidates(a, b *db.Candidate) int {
	if a.CustomerID != b.CustomerID {
		return int(min(max(a.CustomerID-b.CustomerID, -1), 1))
	}
	return int(min(max(a.OtherID-b.OtherID, -1), 1))
}
