package customer

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// ErrRace says that another transaction took one of the keys first. Nothing is
// wrong: roll back and do the same again, now seeing its customer.
var ErrRace = errors.New("customer: another transaction identified the same person at the same time")

// Assign finds or makes the customers of a batch of evidence, in order, and
// keeps what the evidence adds: keys, identities with their reasons, profile
// fields that were empty, and pairs of customers who may be one. Pairs that
// surely are wait for Join. Evidence without keys gives 0. made are the ids of
// the customers it made.
//
// tx must hold Together. Two transactions at once make no duplicate: keys are inserted in their order,
// a key that somebody else inserts meanwhile makes the later transaction wait,
// and then fail with ErrRace.
func Assign(ctx context.Context, tx db.Tx, importID int64, evidence []Evidence, now time.Time) (assigned, made []int64, err error) {
	b := &batch{ctx: ctx, tx: tx, importID: importID, now: now, evidence: evidence}
	if err := b.load(); err != nil {
		return nil, nil, err
	}
	b.match()
	if err := b.number(); err != nil {
		return nil, nil, err
	}
	for _, write := range []func() error{b.insertKeys, b.insertCustomers, b.fillProfiles, b.upsertIdentities, b.pair} {
		if err := write(); err != nil {
			return nil, nil, err
		}
	}
	assigned = make([]int64, len(evidence))
	for i, m := range b.matches {
		assigned[i] = b.id(m.Customer)
	}
	return assigned, b.newIDs, nil
}

// batch is the work of one Assign.
type batch struct {
	ctx      context.Context
	tx       db.Tx
	importID int64
	now      time.Time
	evidence []Evidence
	profiles map[int64]*db.Customer // of customers that keys lead to; new ones from -1 down
	index    *Index
	matches  []Match
	newIDs   []int64
	touched  map[int64]bool // existing customers whose profile gained something
	hinted   map[int64]bool // customers, as in profiles, that gained a hint
}

// load reads whom the batch's keys lead to and what is known of them, and of
// those who are one with them.
func (b *batch) load() error {
	b.profiles, b.touched, b.hinted = map[int64]*db.Customer{}, map[int64]bool{}, map[int64]bool{}
	owners, known := map[Key]int64{}, map[int64]*Known{}
	b.index = NewIndex(owners, known)
	kinds, shops, values := b.keyColumns()
	if len(kinds) == 0 {
		return nil
	}
	found, err := b.findKeys(kinds, shops, values)
	if err != nil {
		return db.Fault(err)
	}
	for _, f := range found {
		owners[Key{f.Kind, f.ShopID, f.Value}] = f.CustomerID
	}
	if err := b.countSharing(); err != nil || len(found) == 0 {
		return err
	}
	same, err := joining(b.ctx, b.tx)
	if err != nil {
		return err
	}
	ids := make([]int64, 0, len(found)+2*len(same))
	for _, f := range found {
		ids = append(ids, f.CustomerID)
	}
	for _, s := range same {
		ids = append(ids, s.CustomerID, s.OtherID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if err := b.loadKnown(ids, known); err != nil {
		return err
	}
	return b.relate(ids, same)
}

// keyRow is a key that is somebody's.
type keyRow struct {
	Kind       KeyKind
	ShopID     int64
	Value      string
	CustomerID int64
}

// findKeys is prepared: the keys go as parameters, not as megabytes of SQL. The
// LIMIT has each looked up by itself: a planner that has seen the table small
// would read the whole of it for every batch.
func (b *batch) findKeys(kinds []string, shops []int64, values []string) (found []keyRow, err error) {
	err = b.tx.Pgx(func(tx pgx.Tx) error {
		rows, err := tx.Query(b.ctx, `SELECT k.kind, k.shop_id, k.value, k.customer_id
			FROM unnest($1::text[], $2::bigint[], $3::text[]) AS q (kind, shop_id, value)
			CROSS JOIN LATERAL (SELECT * FROM identity_keys k
				WHERE k.kind = q.kind AND k.shop_id = q.shop_id AND k.value = q.value LIMIT 1) k`, pgx.QueryExecModeCacheStatement, kinds, shops, values)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, pgx.RowToStructByPos[keyRow])
		return err
	})
	return found, err
}

// relate tells the index who is one and who was told apart.
func (b *batch) relate(ids []int64, same []pairOf) error {
	for _, s := range same {
		b.index.Same(s.CustomerID, s.OtherID)
	}
	apart, err := toldApart(b.ctx, b.tx, ids)
	for _, p := range apart {
		b.index.Apart(p.CustomerID, p.OtherID)
	}
	return err
}

// keyColumns are the distinct keys of the batch as columns, in the order of the
// index they are looked up in.
func (b *batch) keyColumns() (kinds []string, shops []int64, values []string) {
	var keys []Key
	for _, e := range b.evidence {
		keys = append(keys, e.Keys...)
	}
	slices.SortFunc(keys, cmpKeys)
	keys = slices.Compact(keys)
	kinds, shops, values = make([]string, len(keys)), make([]int64, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		kinds[i], shops[i], values[i] = string(k.Kind), k.Shop, k.Value
	}
	return kinds, shops, values
}

func (b *batch) loadKnown(ids []int64, known map[int64]*Known) error {
	rows, err := loadKnown(b.ctx, b.tx, ids, known)
	for i := range rows {
		b.profiles[rows[i].ID] = &rows[i]
	}
	return err
}

// loadKnown reads what is known of customers, and answers with their rows.
func loadKnown(ctx context.Context, tx bun.IDB, ids []int64, known map[int64]*Known) ([]db.Customer, error) {
	var rows []db.Customer
	if err := tx.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	for i := range rows {
		known[rows[i].ID] = &Known{Normal: normalOf(&rows[i]), MemberIDs: map[int64][]string{}, hints: hintsOf(&rows[i])}
	}
	var members []struct {
		ShopID     int64
		Value      string
		CustomerID int64
	}
	err := tx.NewRaw("SELECT shop_id, value, customer_id FROM identity_keys WHERE kind = ? AND customer_id IN (?)", MemberID, bun.List(ids)).
		Scan(ctx, &members)
	for _, m := range members {
		k := known[m.CustomerID]
		k.MemberIDs[m.ShopID] = append(k.MemberIDs[m.ShopID], m.Value)
	}
	return rows, db.Fault(err)
}

// match walks through the evidence and gathers what it adds to profiles.
func (b *batch) match() {
	b.matches = make([]Match, len(b.evidence))
	for i, e := range b.evidence {
		if len(e.Keys) == 0 {
			continue
		}
		b.keep(i, b.index.Match(e))
	}
}

// keep gathers what a piece of evidence adds to the profile it was matched to.
func (b *batch) keep(i int, m Match) {
	e := b.evidence[i]
	b.matches[i] = m
	p := b.profiles[m.Customer]
	if p == nil {
		p = &db.Customer{Gender: "UNKNOWN", Country: "JP", CreatedAt: b.now, UpdatedAt: b.now}
		b.profiles[m.Customer] = p
	}
	filled, hinted := fill(p, e.Normal), hint(p, e.Hints)
	if (filled || hinted) && m.Customer > 0 {
		b.touched[m.Customer] = true
	}
	if hinted {
		b.hinted[m.Customer] = true
	}
}

// number takes ids for the new customers.
func (b *batch) number() error {
	if b.index.made == 0 {
		return nil
	}
	err := b.tx.NewRaw(`SELECT nextval(seq) FROM (SELECT pg_get_serial_sequence('customers', 'id')::regclass AS seq OFFSET 0) s, generate_series(1, ?)`,
		b.index.made).Scan(b.ctx, &b.newIDs)
	return db.Fault(err)
}

// id is the row id of a match's customer; 0 for none.
func (b *batch) id(customer int64) int64 {
	if customer < 0 {
		return b.newIDs[-customer-1]
	}
	return customer
}

// insertKeys comes first: it is where transactions that know the same person meet.
func (b *batch) insertKeys() error {
	type owned struct {
		Key
		customer, by int64
	}
	var keys []owned
	for _, m := range b.matches {
		for _, k := range m.NewKeys {
			keys = append(keys, owned{k, b.id(m.Customer), m.By.hash()})
		}
	}
	if len(keys) == 0 {
		return nil
	}
	slices.SortFunc(keys, func(x, y owned) int { return cmpKeys(x.Key, y.Key) })
	err := b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(b.ctx, pgx.Identifier{"identity_keys"}, []string{"kind", "shop_id", "value", "customer_id", "learned_by"},
			pgx.CopyFromSlice(len(keys), func(i int) ([]any, error) {
				k := keys[i]
				return []any{string(k.Kind), k.Shop, k.Value, k.customer, k.by}, nil
			}))
		return err
	})
	if db.Constraint(err) == "identity_keys_pkey" {
		return errors.Join(ErrRace, err)
	}
	return db.Fault(err)
}

func (b *batch) insertCustomers() error {
	if len(b.newIDs) == 0 {
		return nil
	}
	rows := make([][]any, len(b.newIDs))
	for i, id := range b.newIDs {
		p := b.profiles[-int64(i)-1]
		rows[i] = []any{
			id, p.FamilyName, p.GivenName, p.FamilyKana, p.GivenKana, p.Email, p.Phone, p.PostalCode,
			p.Prefecture, p.City, p.AddressLine, p.Country, p.Gender, p.BirthDate, p.SearchText, p.HintPhone, p.HintAddress,
			p.CreatedAt, p.UpdatedAt,
		}
	}
	return b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(b.ctx, pgx.Identifier{"customers"}, []string{
			"id", "family_name", "given_name", "family_kana", "given_kana",
			"email", "phone", "postal_code", "prefecture", "city", "address_line", "country", "gender", "birth_date", "search_text",
			"hint_phone", "hint_address", "created_at", "updated_at",
		}, pgx.CopyFromRows(rows))
		if err != nil {
			return err
		}
		_, err = tx.CopyFrom(b.ctx, pgx.Identifier{"customer_stats"}, []string{"customer_id"}, pgx.CopyFromSlice(len(b.newIDs),
			func(i int) ([]any, error) { return []any{b.newIDs[i]}, nil }))
		return err
	})
}

// fillProfiles writes profiles that gained something: one statement for all.
func (b *batch) fillProfiles() error {
	ids := slices.Sorted(maps.Keys(b.touched))
	if len(ids) == 0 {
		return nil
	}
	if err := b.reload(ids); err != nil {
		return err
	}
	rows := make([]*db.Customer, len(ids))
	for i, id := range ids {
		rows[i] = b.profiles[id]
		rows[i].UpdatedAt = b.now
	}
	_, err := b.tx.NewUpdate().Model(&rows).Column("family_name", "given_name", "family_kana", "given_kana", "email", "phone",
		"postal_code", "prefecture", "city", "address_line", "gender", "birth_date", "search_text", "hint_phone", "hint_address", "updated_at").Bulk().Exec(b.ctx)
	return db.Fault(err)
}

// reload reads profiles again under a lock and fills them anew: staff may have
// changed them since load.
func (b *batch) reload(ids []int64) error {
	var rows []db.Customer
	err := b.tx.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Order("id").For("NO KEY UPDATE").Scan(b.ctx)
	for i := range rows {
		b.profiles[rows[i].ID] = &rows[i]
	}
	for i, e := range b.evidence {
		if b.touched[b.matches[i].Customer] {
			fill(b.profiles[b.matches[i].Customer], e.Normal)
			hint(b.profiles[b.matches[i].Customer], e.Hints)
		}
	}
	return db.Fault(err)
}
