package message

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// FrequencyCap is the reason for a customer who has got as many messages of the
// channel within a day or a week as one person gets at most, or within 30 days
// as he himself wants at most.
const FrequencyCap = "FREQUENCY_CAP"

// paceFresh is how long the gate may go by a pace that has just been changed.
const paceFresh = 2 * time.Second

// paces are the paces of the channels as last read.
type paces struct {
	mu   sync.Mutex
	read map[string]readPaceAt
}

type readPaceAt struct {
	Pace
	at time.Time
}

// pace is the pace of a channel, at most paceFresh old.
func (g *Gate) pace(ctx context.Context, idb bun.IDB, through string) (Pace, error) {
	g.paces.mu.Lock()
	defer g.paces.mu.Unlock()
	if last, ok := g.paces.read[through]; ok && time.Since(last.at) < paceFresh {
		return last.Pace, nil
	}
	p, err := readPace(ctx, idb, through)
	if err != nil {
		return Pace{}, err
	}
	if g.paces.read == nil {
		g.paces.read = map[string]readPaceAt{}
	}
	g.paces.read[through] = readPaceAt{p, time.Now()}
	return p, nil
}

// QuietUntil is when the quiet hours of a channel end; zero outside of them.
func (g *Gate) QuietUntil(ctx context.Context, idb bun.IDB, through string) (time.Time, error) {
	return g.QuietAt(ctx, idb, through, g.now())
}

// QuietAt is when the quiet hours of a channel end in which an instant lies; zero
// when it lies in none.
func (g *Gate) QuietAt(ctx context.Context, idb bun.IDB, through string, at time.Time) (time.Time, error) {
	p, err := g.pace(ctx, idb, through)
	return p.QuietUntil(at.In(g.zone)), err
}

// Admission asks to send messages of one delivery at this moment.
type Admission struct {
	Through       string // the channel
	DeliveryID    int64
	DeliveryMonth time.Time
	Asked         []Asked // one message each
	// IgnoresQuiet and IgnoresCaps let the delivery off. Who may say so is
	// the caller's to see to.
	IgnoresQuiet, IgnoresCaps bool
}

// Admit is the last word before messages go out. In quiet hours it answers
// until when they wait, and no verdicts. Otherwise it judges as Check does, and
// under a cap takes a slot for each message it lets pass: two deliveries that
// ask for the same customer at the same time, in any processes, never both get
// the last one. A message keeps its slot while it waits for another attempt and
// once it is sent, and loses it when it becomes anything else.
// Errors: as Check.
func (g *Gate) Admit(ctx context.Context, d *db.DB, a Admission) (verdicts []Verdict, quietUntil time.Time, err error) {
	p, err := g.pace(ctx, d, a.Through)
	if err != nil {
		return nil, time.Time{}, err
	}
	if !a.IgnoresQuiet {
		if until := p.QuietUntil(g.now()); !until.IsZero() {
			return nil, until, nil
		}
	}
	verdicts, err = g.judge(ctx, d, a.Through, a.Asked)
	if err != nil || a.IgnoresCaps {
		return verdicts, time.Time{}, err
	}
	capped, err := g.capped(ctx, d, a.Through, p, allowedOf(verdicts))
	if err != nil || len(capped) == 0 {
		return verdicts, time.Time{}, err
	}
	passed, err := takeSlots(ctx, d, a, p, capped, g.clock.Now())
	if err != nil {
		return nil, time.Time{}, err
	}
	asked := setOf(capped)
	refuseCapped(verdicts, func(id int64) bool { return asked[id] && !passed[id] })
	return verdicts, time.Time{}, nil
}

// capOut refuses whom the cap of the channel would refuse now. It takes no slots:
// what it lets pass may be refused when it is sent.
func (g *Gate) capOut(ctx context.Context, idb bun.IDB, through string, asked []Asked, verdicts []Verdict) error {
	p, err := g.pace(ctx, idb, through)
	if err != nil {
		return err
	}
	capped, err := g.capped(ctx, idb, through, p, allowedOf(verdicts))
	if err != nil {
		return err
	}
	full, err := full(ctx, idb, through, p, capped, g.clock.Now())
	if err != nil {
		return err
	}
	free := map[int64]bool{}
	for _, a := range asked {
		free[a.CustomerID] = a.IgnoresCaps
	}
	refuseCapped(verdicts, func(id int64) bool { return full[id] && !free[id] })
	return nil
}

// capped are those of customers for whom there is a cap: everybody under the
// merchant's, else who wants one himself.
func (*Gate) capped(ctx context.Context, idb bun.IDB, through string, p Pace, ids []int64) ([]int64, error) {
	if p.Capped() || len(ids) == 0 {
		return ids, nil
	}
	return db.Prepared(ctx, idb, pgx.RowTo[int64], "SELECT customer_id FROM contact_wishes WHERE channel = $1 AND customer_id = ANY ($2) ORDER BY 1", through, ids)
}

func allowedOf(verdicts []Verdict) []int64 {
	var ids []int64
	for _, v := range verdicts {
		if v.Allowed() {
			ids = append(ids, v.CustomerID)
		}
	}
	return distinct(ids)
}

func refuseCapped(verdicts []Verdict, refuse func(id int64) bool) {
	for i, v := range verdicts {
		if v.Allowed() && refuse(v.CustomerID) {
			verdicts[i] = Verdict{CustomerID: v.CustomerID, Refusals: []string{FrequencyCap}}
		}
	}
}

// countedSQL is, for the customer a.id, how many messages of the channel $1
// beside those of the delivery $2 count within the day and the week before $3.
// Messages that are sent count from then, those on their way from when they took
// their slot. A delivery may be sent in a later month than the one it is filed
// under, for which $4 makes room.
const countedSQL = `
    SELECT count(*) FILTER (WHERE at > $3::timestamptz - interval '24 hours') AS day, count(*) AS week
    FROM (` + sentSQL + `) counted
    WHERE at > $3::timestamptz - interval '7 days'`

const sentSQL = `
        SELECT CASE WHEN m.status IN ('SENT', 'UNCERTAIN') THEN m.sent_at ELSE m.slot_at END AS at
        FROM messages m JOIN deliveries d ON d.id = m.delivery_id AND d.channel = $1
        WHERE m.customer_id = a.id AND m.delivery_month >= $4::date AND m.delivery_id <> $2
          AND m.status IN ('QUEUED', 'SENDING', 'SENT', 'UNCERTAIN')`

// wishedSQL says that the customer a.id has had as many messages within 30 days
// as he said he wants at most.
const wishedSQL = `EXISTS (SELECT FROM contact_wishes w WHERE w.customer_id = a.id AND w.channel = $1
        AND (SELECT count(*) FROM (` + sentSQL + `) counted WHERE at > $3::timestamptz - interval '30 days') >= w.per_month)`

const fullSQL = `
SELECT a.id FROM unnest($5::bigint[]) AS a (id) CROSS JOIN LATERAL (` + countedSQL + `) n
WHERE $6::int > 0 AND n.day >= $6 OR $7::int > 0 AND n.week >= $7 OR ` + wishedSQL

// takeSlotsSQL locks the messages in the order in which others lock them. The
// subquery with its OFFSET is a fence: see updateMessagesSQL of crm/campaign.
const takeSlotsSQL = `
WITH passed AS MATERIALIZED (
    SELECT a.id FROM (SELECT id FROM unnest($5::bigint[]) AS asked (id) ORDER BY id) a CROSS JOIN LATERAL (` + countedSQL + `) n
    CROSS JOIN LATERAL (
        SELECT FROM messages m WHERE m.customer_id = a.id AND m.delivery_id = $2 AND m.delivery_month = $8 OFFSET 0 FOR UPDATE
    ) mine
    WHERE ($6::int = 0 OR n.day < $6) AND ($7::int = 0 OR n.week < $7) AND NOT ` + wishedSQL + `
)
UPDATE messages m SET slot_at = $3 FROM passed
WHERE m.customer_id = passed.id AND m.delivery_id = $2 AND m.delivery_month = $8
RETURNING m.customer_id`

// slotKey is the class of the advisory locks under which customers get their
// slots ("slot" in ASCII). Customers who share a key wait for each other for
// nothing, which costs only time.
const slotKey = 0x736c6f74

const lockSlotsSQL = `
SELECT pg_advisory_xact_lock($1, key) FROM (SELECT DISTINCT hashint8(id) AS key FROM unnest($2::bigint[]) AS asked (id) ORDER BY key OFFSET 0) keys`

// takeSlots is the customers who get a slot. The second statement sees all that
// those did who held the locks before.
func takeSlots(ctx context.Context, d *db.DB, a Admission, p Pace, ids []int64, now time.Time) (map[int64]bool, error) {
	if len(ids) == 0 {
		return map[int64]bool{}, nil
	}
	var passed []int64
	err := pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockSlotsSQL, pgx.QueryExecModeCacheStatement, slotKey, ids); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, takeSlotsSQL, pgx.QueryExecModeCacheStatement, a.Through, a.DeliveryID, now, filedSince(now), ids, p.PerDay, p.PerWeek, a.DeliveryMonth)
		if err != nil {
			return err
		}
		passed, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	return setOf(passed), db.Fault(err)
}

// full is the customers who have had their share.
func full(ctx context.Context, idb bun.IDB, through string, p Pace, ids []int64, now time.Time) (map[int64]bool, error) {
	if len(ids) == 0 {
		return map[int64]bool{}, nil
	}
	list, err := db.Prepared(ctx, idb, pgx.RowTo[int64], fullSQL, through, int64(0), now, filedSince(now), ids, p.PerDay, p.PerWeek)
	return setOf(list), err
}

// filedSince is the oldest month in which a delivery is looked for.
func filedSince(now time.Time) time.Time { return now.AddDate(0, -3, 0) }

func setOf(ids []int64) map[int64]bool {
	set := make(map[int64]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
