package message

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// What somebody is suppressed by. By a mail address he is wherever he comes
// from; by a member's number or a phone also under an address that nobody knew
// when the list came in, once he is a customer.
const (
	ByMail   = "MAIL"
	ByMember = "MEMBER_NO"
	ByPhone  = "PHONE"
)

// suppressed are the rows of suppressions that files of them leave.
var suppressed = imprint.Table{
	Of: imprint.Suppression, Name: "suppressions", Key: []string{"channel", "value_hash"},
	Columns: []string{"reason", "at", "source", "customer_id", "status", "opted_out_at", "import_id"},
}

// Marks is what files of suppressed people leave.
func (Suppressions) Marks() []imprint.Mark { return []imprint.Mark{suppressed} }

// entry is one way in which a row of a file knows somebody.
type entry struct {
	way
	reason string
	at     time.Time
	line   int64
	row    int
}

// Take suppresses the people of a file. Who is suppressed stays so, for the
// reason that is known; an opt-out is kept beside it. A row knows its person by
// the mail address and by the member's number that it tells, or else by the
// phone, whether he is a customer or is yet to come.
func (s Suppressions) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	var t mall.Tally
	entries := entriesOf(from, rows, &t)
	if err := suppressed.InTurn(ctx, tx); err != nil {
		return t, err
	}
	fresh, made, err := news(ctx, tx, entries)
	if err != nil {
		return t, err
	}
	if err := s.write(ctx, tx, from, fresh); err != nil {
		return t, err
	}
	did := map[int]bool{} // rows that changed something, and whether they made an entry
	for i, e := range fresh {
		did[e.row] = did[e.row] || made[i]
	}
	for i := range rows {
		makes, changes := did[i]
		switch {
		case t.Refused[i] != nil:
		case makes:
			t.Added++
		case changes:
			t.Changed++
		default:
			t.Same++
		}
	}
	if t.Added+t.Changed == 0 {
		return t, nil
	}
	return t, access.Audit(ctx, tx, access.Entry{Action: "suppression.import", ObjectKind: "Import", ObjectID: from.ImportID, Detail: map[string]any{
		"added": t.Added, "changed": t.Changed,
	}})
}

// entriesOf is how rows know their people, each way once.
func entriesOf(from mall.Origin, rows []mall.Row, t *mall.Tally) (entries []entry) {
	seen := map[string]bool{}
	for i, r := range rows {
		p := *r.Suppressed
		at := p.At
		if at.IsZero() {
			at = from.At
		}
		if at.After(from.At.Add(24 * time.Hour)) { // clocks and zones differ
			t.Refuse(i, &mall.Problem{Code: mall.InFuture, Detail: at.Format(time.DateTime)})
			continue
		}
		ways := waysTo(from.ShopID, p, at)
		if len(ways) == 0 {
			t.Refuse(i, &mall.Problem{Code: mall.Nobody, Detail: "no mail address, number of a member or phone that can be read"})
			continue
		}
		for _, w := range ways {
			if key := w.by + string(w.hash()); !seen[key] {
				seen[key] = true
				entries = append(entries, entry{way: w, reason: p.Reason, at: at, line: from.Lines[i], row: i})
			}
		}
	}
	return entries
}

// way is a key that somebody is suppressed by.
type way struct {
	by    string
	shop  int64 // of a member's number; 0: any
	value string
}

// hash is what is kept of it; the gate makes the same of customers.
func (w way) hash() []byte {
	text := w.value
	if w.shop != 0 {
		text = fmt.Sprintf("%d:%s", w.shop, w.value)
	}
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// waysTo are the keys by which a row knows somebody.
func waysTo(shopID int64, p mall.Suppressed, at time.Time) (ways []way) {
	e := customer.NewEvidence(shopID, "", mall.Buyer{Mail: p.Mail, MemberID: p.MemberID, Phone: p.Phone}, at)
	if e.Normal.Mail != "" {
		ways = append(ways, way{ByMail, 0, e.Normal.Mail})
	}
	if e.Normal.MemberID != "" {
		ways = append(ways, way{ByMember, shopID, e.Normal.MemberID})
	}
	if len(ways) == 0 && e.Normal.Phone != "" {
		ways = append(ways, way{ByPhone, 0, e.Normal.Phone})
	}
	return ways
}

// news are the entries that are not there yet, or say of one that is there that
// it opted out besides; made tells the former.
func news(ctx context.Context, tx db.Tx, entries []entry) (fresh []entry, made []bool, err error) {
	bys, hashes := make([]string, len(entries)), make([][]byte, len(entries))
	for i, e := range entries {
		bys[i], hashes[i] = e.by, e.hash()
	}
	var there []struct {
		At     int
		OptOut bool
	}
	err = tx.NewRaw(`SELECT g.at - 1 AS at, s.opted_out_at IS NOT NULL AS opt_out
		FROM unnest(?::text[], ?::bytea[]) WITH ORDINALITY AS g (channel, value_hash, at) JOIN suppressions s USING (channel, value_hash)
		ORDER BY s.channel, s.value_hash FOR UPDATE OF s`, pgdialect.Array(bys), pgdialect.Array(hashes)).Scan(ctx, &there)
	known := map[int]bool{}
	optedOut := map[int]bool{}
	for _, r := range there {
		known[r.At], optedOut[r.At] = true, r.OptOut
	}
	for i, e := range entries {
		if !known[i] || saysNo(e.reason) && !optedOut[i] {
			fresh, made = append(fresh, e), append(made, !known[i])
		}
	}
	return fresh, made, db.Fault(err)
}

// saysNo is true of reasons that are the person's own word.
func saysNo(reason string) bool { return reason == SuppressedOptOut || reason == "COMPLAINT" }

// write keeps entries that are news.
func (s Suppressions) write(ctx context.Context, tx db.Tx, from mall.Origin, fresh []entry) error {
	if len(fresh) == 0 {
		return nil
	}
	n := len(fresh)
	rows, bys, hashes, reasons, times := make([]imprint.Row, n), make([]string, n), make([][]byte, n), make([]string, n), make([]time.Time, n)
	shops, values := make([]int64, n), make([]string, n)
	for i, e := range fresh {
		bys[i], hashes[i], reasons[i], times[i], shops[i], values[i] = e.by, e.hash(), e.reason, e.at, e.shop, e.value
		rows[i] = imprint.Row{Line: e.line, Key: []any{e.by, `\x` + hex.EncodeToString(hashes[i])}}
	}
	if _, err := suppressed.Keep(ctx, tx, from.ImportID, rows); err != nil {
		return err
	}
	_, err := tx.NewRaw(`INSERT INTO suppressions AS s (channel, value_hash, reason, at, source, customer_id, opted_out_at, import_id)
		SELECT g.by, g.hash, g.reason, g.at, ?6, k.customer_id, CASE WHEN g.reason IN ('OPT_OUT', 'COMPLAINT') THEN g.at END, ?7
		FROM unnest(?0::text[], ?1::bytea[], ?2::text[], ?3::timestamptz[], ?4::bigint[], ?5::text[]) AS g (by, hash, reason, at, shop, value)
		LEFT JOIN identity_keys k ON k.kind = CASE g.by WHEN 'MAIL' THEN 'MAIL' WHEN 'MEMBER_NO' THEN 'MEMBER_ID' END AND k.shop_id = g.shop AND k.value = g.value
		ORDER BY g.by, g.hash
		ON CONFLICT (channel, value_hash) DO UPDATE SET opted_out_at = excluded.opted_out_at, import_id = excluded.import_id`,
		pgdialect.Array(bys), pgdialect.Array(hashes), pgdialect.Array(reasons), pgdialect.Array(times), pgdialect.Array(shops), pgdialect.Array(values),
		fmt.Sprintf("import:%d", from.ImportID), from.ImportID).Exec(ctx)
	return db.Fault(err)
}
