package privacy

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/db"
)

// Fate is what an erasure does, or did, with a group of a person's data.
type Fate struct {
	Group  Group `json:"group"`
	Erased int64 `json:"erased"` // rows that go, or lose what tells who it was
	Kept   int64 `json:"kept"`
	// Why the kept rows stay; each once.
	Why []string `json:"why"`
}

// Preview is what an erasure would do.
type Preview struct {
	Fates []Fate
	// PointsLost are usable and pending points that are taken away.
	PointsLost int64
	// Waiting are mails that have not gone out and would not.
	Waiting int64
}

// Preview tells what the erasure of a customer would do. Errors: fault.NotFound.
func (s *Service) Preview(ctx context.Context, customerID int64) (*Preview, error) {
	ids, err := everybody(ctx, s.DB, customerID)
	if err != nil {
		return nil, err
	}
	p := &Preview{}
	if p.Fates, err = fates(ctx, s.DB, ids); err != nil {
		return nil, err
	}
	err = s.DB.NewRaw(`SELECT coalesce((SELECT sum(available + pending) FROM point_accounts WHERE customer_id = ANY (?0::bigint[])), 0) AS points_lost,
		(SELECT count(*) FROM messages WHERE customer_id = ANY (?0::bigint[]) AND status = 'QUEUED') AS waiting`, pgdialect.Array(ids)).Scan(ctx, &p.PointsLost, &p.Waiting)
	return p, db.Fault(err)
}

// fates counts what of each group goes and stays.
func fates(ctx context.Context, idb bun.IDB, ids []int64) ([]Fate, error) {
	of := map[Group]*Fate{Profile: {Group: Profile, Erased: int64(len(ids)), Why: []string{}}}
	for _, t := range tables {
		f := of[t.group]
		if f == nil {
			f = &Fate{Group: t.group, Why: []string{}}
			of[t.group] = f
		}
		goes, stays, err := t.count(ctx, idb, ids)
		if err != nil {
			return nil, err
		}
		f.Erased, f.Kept = f.Erased+goes, f.Kept+stays
		if why := t.reason(); stays > 0 && !slices.Contains(f.Why, why) {
			f.Why = append(f.Why, why)
		}
	}
	var list []Fate
	for _, g := range Groups {
		if f := of[g]; f != nil && f.Erased+f.Kept > 0 {
			list = append(list, *f)
		}
	}
	return list, nil
}

// reason is why rows of t stay; of a table of which only some go, for figures.
func (t table) reason() string {
	if t.why == "" {
		return WhyFigures
	}
	return t.why
}

// count is how many rows of t an erasure takes, and how many stay.
func (t table) count(ctx context.Context, idb bun.IDB, ids []int64) (goes, stays int64, err error) {
	condition := "true"
	switch {
	case t.act == Keep:
		condition = "false"
	case t.where != "":
		condition = t.where
	}
	err = idb.NewRaw("SELECT count(*) FILTER (WHERE "+condition+"), count(*) FILTER (WHERE NOT ("+condition+")) FROM "+t.name+" WHERE "+t.whose(),
		pgdialect.Array(ids)).Scan(ctx, &goes, &stays)
	return goes, stays, db.Fault(err)
}

// whose is the condition that a row of t is of the customers ?0.
func (t table) whose() string {
	if t.name == "identity_candidates" {
		return "(customer_id = ANY (?0::bigint[]) OR other_id = ANY (?0::bigint[]))"
	}
	return "customer_id = ANY (?0::bigint[])"
}

// erase takes everything of a person that is not kept, in tx.
func (s *Service) erase(ctx context.Context, tx db.Tx, r *db.PrivacyRequest) ([]Fate, error) {
	if err := customer.Together(ctx, tx); err != nil {
		return nil, err
	}
	ids, err := everybody(ctx, tx, r.CustomerID)
	if err != nil {
		return nil, err
	}
	if _, err := tx.NewRaw("SELECT FROM customers WHERE id = ANY (?::bigint[]) ORDER BY id FOR UPDATE", pgdialect.Array(ids)).Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	done, err := fates(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	if err := s.remember(ctx, tx, ids); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if err := s.Ledger.Forfeit(ctx, tx, id, r.ID); err != nil {
			return nil, err
		}
	}
	for _, t := range tables {
		if err := t.erase(ctx, tx, ids); err != nil {
			return nil, err
		}
	}
	if err := blank(ctx, tx, ids, s.Clock.Now()); err != nil {
		return nil, err
	}
	if err := access.EndCustomerTokens(ctx, tx, ids, s.Clock.Now()); err != nil {
		return nil, err
	}
	if err := s.Exports.Withdraw(ctx, tx); err != nil {
		return nil, err
	}
	return done, access.Audit(ctx, tx, access.Entry{
		Action: "privacy.erase", ObjectKind: "Customer", ObjectID: r.CustomerID, Detail: map[string]any{"request": r.ID},
	})
}

func (t table) erase(ctx context.Context, tx bun.IDB, ids []int64) error {
	if t.act != Erase {
		return nil
	}
	condition := t.whose()
	if t.where != "" {
		condition += " AND (" + t.where + ")"
	}
	_, err := tx.NewRaw("DELETE FROM "+t.name+" WHERE "+condition, pgdialect.Array(ids)).Exec(ctx)
	return db.Fault(err)
}

// remember keeps the addresses of the person as hashes, and takes his mails out
// of the built-in mailbox.
func (s *Service) remember(ctx context.Context, tx bun.IDB, ids []int64) error {
	var addresses []string
	err := tx.NewRaw(`SELECT lower(btrim(email)) FROM customers WHERE id = ANY (?0::bigint[]) AND email <> ''
		UNION SELECT value FROM identities WHERE customer_id = ANY (?0::bigint[]) AND kind = 'MAIL' AND value LIKE '%@%'
		UNION SELECT value FROM identity_keys WHERE customer_id = ANY (?0::bigint[]) AND kind = 'MAIL' AND value LIKE '%@%'`, pgdialect.Array(ids)).Scan(ctx, &addresses)
	if err != nil {
		return db.Fault(err)
	}
	for _, address := range addresses {
		_, err := tx.NewRaw(`INSERT INTO erased_addresses (hash, erased_at) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET erased_at = excluded.erased_at`,
			hashWith(s.keys[0], address), s.Clock.Now()).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if _, err := tx.NewRaw("DELETE FROM mailbox_mails WHERE lower(rcpt_to) = ?", address).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// blank empties profiles. What hangs on them, orders and figures, hangs on
// nobody in particular from then on.
func blank(ctx context.Context, tx bun.IDB, ids []int64, now time.Time) error {
	_, err := tx.NewRaw(`UPDATE customers SET family_name = '', given_name = '', family_kana = '', given_kana = '', email = '', phone = '', postal_code = '',
		prefecture = '', city = '', address_line = '', gender = 'UNKNOWN', birth_date = NULL, birth_date_told_at = NULL, search_text = '', hint_phone = NULL, hint_address = NULL,
		member_since = NULL, member_via = NULL, erased_at = ?1, updated_at = ?1 WHERE id = ANY (?0::bigint[])`, pgdialect.Array(ids), now).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = tx.NewRaw(`UPDATE messages SET status = 'CANCELLED', due_at = NULL WHERE customer_id = ANY (?::bigint[]) AND status = 'QUEUED'`, pgdialect.Array(ids)).Exec(ctx)
	return db.Fault(err)
}
