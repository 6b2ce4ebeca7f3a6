package customer

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/db"
)

// ToldWord is a word of consent as a former system has it, with its own time
// and evidence.
type ToldWord struct {
	CustomerID, ShopID      int64
	Channel, Purpose, State string
	At                      time.Time
	Method, Wording         string
	Line                    int64 // of the file
}

// RecordTold adds the words that are not there yet and returns whose they are. A
// word is known by whose it is, channel, purpose, origin, state and instant, so
// that telling it again adds nothing, and the newest holds whoever told it.
func RecordTold(ctx context.Context, tx db.Tx, importID int64, words []ToldWord, now time.Time) (said []int64, err error) {
	if len(words) == 0 {
		return nil, nil
	}
	n := len(words)
	customers, shops, lines := make([]int64, n), make([]int64, n), make([]int64, n)
	channels, purposes, states := make([]string, n), make([]string, n), make([]string, n)
	methods, wordings, times := make([]string, n), make([]string, n), make([]time.Time, n)
	for i, w := range words {
		customers[i], shops[i], lines[i] = w.CustomerID, w.ShopID, w.Line
		channels[i], purposes[i], states[i] = w.Channel, w.Purpose, w.State
		methods[i], wordings[i], times[i] = w.Method, w.Wording, w.At
	}
	var rows []db.Consent
	err = tx.NewRaw(`INSERT INTO consents (customer_id, channel, purpose, state, origin_shop_id, occurred_at, method, wording, evidence, recorded_at)
		SELECT DISTINCT ON (customer_id, channel, purpose, state, shop_id, at) customer_id, channel, purpose, state, shop_id, at, method, wording,
			jsonb_build_object('import', ?0::bigint, 'line', line), ?1
		FROM unnest(?2::bigint[], ?3::bigint[], ?4::text[], ?5::text[], ?6::text[], ?7::text[], ?8::text[], ?9::timestamptz[], ?10::bigint[])
			AS w (customer_id, shop_id, channel, purpose, state, method, wording, at, line)
		WHERE NOT EXISTS (SELECT FROM consents c WHERE c.customer_id = w.customer_id AND c.channel = w.channel AND c.purpose = w.purpose
			AND c.origin_shop_id = w.shop_id AND c.occurred_at = w.at AND c.state = w.state)
		ORDER BY customer_id, channel, purpose, state, shop_id, at, line
		RETURNING *`, importID, now, pgdialect.Array(customers), pgdialect.Array(shops), pgdialect.Array(channels), pgdialect.Array(purposes),
		pgdialect.Array(states), pgdialect.Array(methods), pgdialect.Array(wordings), pgdialect.Array(times), pgdialect.Array(lines)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	for _, r := range rows {
		said = append(said, r.CustomerID)
	}
	return said, event.Append(ctx, tx, consentEvents(rows)...)
}

// Joined is a membership that another system tells of.
type Joined struct {
	CustomerID int64
	At         time.Time
	Via        string // SITE, APP, STORE_CARD, LINE, API, STAFF
}

// EnrollTold makes customers members since the day another system has enrolled
// them; a membership that is older here stays. What it changes is kept with the
// import. It returns who became a member, or one since an earlier day.
func EnrollTold(ctx context.Context, tx db.Tx, importID int64, list []Joined, now time.Time) (enrolled []int64, err error) {
	first := map[int64]Joined{}
	for _, j := range list {
		if was, ok := first[j.CustomerID]; !ok || j.At.Before(was.At) {
			first[j.CustomerID] = j
		}
	}
	if len(first) == 0 {
		return nil, nil
	}
	var before []db.Customer
	err = tx.NewSelect().Model(&before).Column("id", "member_since", "member_via").
		Where("id = ANY (?::bigint[]) AND NOT anonymous AND merged_into IS NULL", pgdialect.Array(slices.Sorted(maps.Keys(first)))).
		Order("id").For("NO KEY UPDATE").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	var c enrolling
	var events []event.Event
	for _, b := range before {
		j := first[b.ID]
		if b.MemberSince != nil && !b.MemberSince.After(j.At) {
			continue
		}
		c.add(b, j)
		if b.MemberSince == nil {
			events = append(events, event.Event{
				CustomerID: b.ID, OccurredAt: j.At, Kind: event.MemberJoined, Data: map[string]any{"via": j.Via, "import": importID},
			})
		}
	}
	if len(c.ids) == 0 {
		return nil, nil
	}
	if err := c.write(ctx, tx, importID, now); err != nil {
		return nil, err
	}
	return c.ids, event.Append(ctx, tx, events...)
}

// enrolling is who becomes a member, as columns.
type enrolling struct {
	ids       []int64
	told      []time.Time
	via       []string
	before    []*time.Time
	viaBefore []*string
}

func (c *enrolling) add(b db.Customer, j Joined) {
	c.ids, c.told, c.via = append(c.ids, b.ID), append(c.told, j.At), append(c.via, j.Via)
	c.before, c.viaBefore = append(c.before, b.MemberSince), append(c.viaBefore, b.MemberVia)
}

func (c *enrolling) write(ctx context.Context, tx db.Tx, importID int64, now time.Time) error {
	err := db.ExecPrepared(ctx, tx, `UPDATE customers c SET member_since = t.at, member_via = t.via, updated_at = $4
		FROM unnest($1::bigint[], $2::timestamptz[], $3::text[]) AS t (id, at, via) WHERE c.id = t.id`, c.ids, c.told, c.via, now)
	if err != nil {
		return err
	}
	return db.ExecPrepared(ctx, tx, `INSERT INTO import_customers AS i (import_id, customer_id, since_told, since_before, via_before)
		SELECT $1, * FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::text[])
		ON CONFLICT (import_id, customer_id) DO UPDATE SET since_told = excluded.since_told,
			since_before = CASE WHEN i.since_told IS NULL THEN excluded.since_before ELSE i.since_before END,
			via_before = CASE WHEN i.since_told IS NULL THEN excluded.via_before ELSE i.via_before END`,
		importID, c.ids, c.told, c.before, c.viaBefore)
}

// TakeBackEnrollment undoes EnrollTold for these customers of an import, and for
// whom they were merged into: who was no member is none again, who was one is one
// since the day he was. Who has been a member since another day stays one. It
// returns whom it changed.
func TakeBackEnrollment(ctx context.Context, tx db.Tx, importID int64, customerIDs []int64, now time.Time) (changed []int64, err error) {
	const who = `WITH RECURSIVE who AS (
			SELECT i.customer_id AS id, i.since_told, i.since_before, i.via_before FROM import_customers i
			WHERE i.import_id = ?0 AND i.customer_id = ANY (?1::bigint[]) AND i.since_told IS NOT NULL
			UNION SELECT c.merged_into, w.since_told, w.since_before, w.via_before FROM who w JOIN customers c ON c.id = w.id WHERE c.merged_into IS NOT NULL)`
	_, err = tx.NewRaw(who+"SELECT FROM customers WHERE id IN (SELECT id FROM who) ORDER BY id FOR NO KEY UPDATE", importID, pgdialect.Array(customerIDs)).Exec(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	// Of several who are one now, one who was a member before makes him one still.
	err = tx.NewRaw(who+`, before AS (
			SELECT DISTINCT ON (w.id) w.* FROM who w JOIN customers c ON c.id = w.id AND c.member_since = w.since_told ORDER BY w.id, w.since_before NULLS LAST)
		UPDATE customers c SET member_since = w.since_before, member_via = w.via_before, updated_at = ?2
		FROM before w WHERE c.id = w.id RETURNING c.id`, importID, pgdialect.Array(customerIDs), now).Scan(ctx, &changed)
	if err != nil || len(changed) == 0 {
		return nil, db.Fault(err)
	}
	_, err = tx.NewRaw(`DELETE FROM events e USING customers c WHERE e.customer_id = ANY (?0::bigint[]) AND e.kind = ?1 AND e.data->>'import' = (?2)::text
		AND c.id = e.customer_id AND c.member_since IS NULL`, pgdialect.Array(changed), event.MemberJoined, importID).Exec(ctx)
	return changed, db.Fault(err)
}

// KeysOf are the keys by which customers are known.
func KeysOf(ctx context.Context, tx db.Tx, customerIDs []int64) (map[int64][]Key, error) {
	var rows []keyRow
	err := tx.NewRaw("SELECT kind, shop_id, value, customer_id FROM identity_keys WHERE customer_id = ANY (?::bigint[]) ORDER BY customer_id, kind, shop_id, value",
		pgdialect.Array(customerIDs)).Scan(ctx, &rows)
	keys := make(map[int64][]Key, len(customerIDs))
	for _, r := range rows {
		keys[r.CustomerID] = append(keys[r.CustomerID], Key{r.Kind, r.ShopID, r.Value})
	}
	return keys, db.Fault(err)
}

// Names are what e calls the person, surest first, and what else the customer is
// known by, both as hashes. Where e tells a member's number of a shop, another
// number of that shop is not his: it came by a merge.
func (e Evidence) Names(known []Key) (told, others []string) {
	numbered := map[int64]bool{}
	for _, k := range e.Keys {
		told = append(told, k.name())
		numbered[k.Shop] = numbered[k.Shop] || k.Kind == MemberID
	}
	for _, k := range known {
		if !slices.Contains(e.Keys, k) && (k.Kind != MemberID || !numbered[k.Shop]) {
			others = append(others, k.name())
		}
	}
	return told, others
}

// name is the hash of k as text.
func (k Key) name() string { return strconv.FormatUint(uint64(k.hash()), 16) }
