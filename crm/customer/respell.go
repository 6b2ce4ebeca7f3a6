package customer

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// spelling is the version of how keys are spelled. Who changes what NewEvidence
// makes of the same buyer counts it up: customers are then known by the new
// spelling, too.
const spelling = 1

// spellingKey is the setting that holds how far that has come.
const spellingKey = "identity.spelling"

// spelledSoFar is its value.
type spelledSoFar struct {
	Version int   `json:"version"`
	UpTo    int64 `json:"upTo"` // customers
	Done    bool  `json:"done"`
}

// respellBatch bounds one transaction.
const respellBatch = 1_000

// respell makes customers known by keys in the present spelling where they have
// some of an older one, a batch of customers after the other. What they were
// known by stays. Buyers of Amazon are left out: their data makes no keys.
func (s *Service) respell(ctx context.Context) error {
	for {
		done := false
		err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) (err error) {
			if err := Together(ctx, tx); err != nil {
				return err
			}
			done, err = s.respellNext(ctx, tx)
			return err
		})
		if err != nil || done {
			return err
		}
	}
}

func (s *Service) respellNext(ctx context.Context, tx db.Tx) (done bool, err error) {
	at, err := spelledUpTo(ctx, tx)
	if err != nil || at.Done {
		return true, err
	}
	var rows []db.Customer
	err = tx.NewSelect().Model(&rows).Where("id > ? AND NOT anonymous AND merged_into IS NULL", at.UpTo).
		Where("NOT EXISTS (SELECT FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.customer_id = customer.id AND s.mall = ?)", mall.Amazon).
		Order("id").Limit(respellBatch).For("NO KEY UPDATE").Scan(ctx)
	if err != nil {
		return false, db.Fault(err)
	}
	if at.Done = len(rows) < respellBatch; len(rows) > 0 {
		at.UpTo = rows[len(rows)-1].ID
		if err := respellRows(ctx, tx, rows); err != nil {
			return false, err
		}
	}
	value, err := json.Marshal(at)
	if err != nil {
		return false, fault.Wrap(fault.Internal, err, "internal error")
	}
	_, err = tx.NewRaw("INSERT INTO settings (key, value, updated_at) VALUES (?0, ?1::jsonb, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
		spellingKey, string(value), s.clock.Now()).Exec(ctx)
	return at.Done, db.Fault(err)
}

// spelledUpTo reads how far it has come, and keeps others from going on meanwhile.
func spelledUpTo(ctx context.Context, tx bun.IDB) (at spelledSoFar, err error) {
	var raw []byte
	err = db.Fault(tx.NewRaw("SELECT value FROM settings WHERE key = ? FOR UPDATE", spellingKey).Scan(ctx, &raw))
	if err == nil {
		err = json.Unmarshal(raw, &at)
	} else if fault.Is(err, fault.NotFound) {
		err = nil
	}
	if at.Version != spelling {
		at = spelledSoFar{Version: spelling}
	}
	return at, err
}

// respellRows adds the keys and hints that the profiles make now.
func respellRows(ctx context.Context, tx db.Tx, rows []db.Customer) error {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	guests, err := guestShops(ctx, tx, ids)
	if err != nil {
		return err
	}
	type owned struct {
		Key
		customer int64
	}
	var keys []owned
	phones, homes := make([]int64, len(rows)), make([]int64, len(rows))
	for i := range rows {
		for _, shop := range append(guests[rows[i].ID], -1) { // -1: keys that hold on every shop
			e := NewEvidence(shop, mall.OwnSite, buyerOf(&rows[i], ""), rows[i].UpdatedAt)
			phones[i], homes[i] = e.Hints.Phone, e.Hints.Address
			for _, k := range e.Keys {
				if k.Kind != MailName && (k.Shop == AnyShop || shop > 0) {
					keys = append(keys, owned{k, rows[i].ID})
				}
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b owned) int { return cmp.Or(cmpKeys(a.Key, b.Key), cmp.Compare(a.customer, b.customer)) })
	keys = slices.CompactFunc(keys, func(a, b owned) bool { return a.Key == b.Key })
	kinds, shops, values, customers := make([]string, len(keys)), make([]int64, len(keys)), make([]string, len(keys)), make([]int64, len(keys))
	for i, k := range keys {
		kinds[i], shops[i], values[i], customers[i] = string(k.Kind), k.Shop, k.Value, k.customer
	}
	err = db.ExecPrepared(ctx, tx, `INSERT INTO identity_keys (kind, shop_id, value, customer_id)
		SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) ON CONFLICT DO NOTHING`, kinds, shops, values, customers)
	if err != nil {
		return err
	}
	return db.ExecPrepared(ctx, tx, `UPDATE customers c SET hint_phone = nullif(n.phone, 0), hint_address = nullif(n.home, 0)
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (id, phone, home)
		WHERE c.id = n.id AND (c.hint_phone, c.hint_address) IS DISTINCT FROM (nullif(n.phone, 0), nullif(n.home, 0))`, ids, phones, homes)
}

// guestShops are the shops on which customers are known by name and address.
func guestShops(ctx context.Context, idb bun.IDB, ids []int64) (map[int64][]int64, error) {
	var rows []struct{ CustomerID, ShopID int64 }
	err := idb.NewRaw("SELECT DISTINCT customer_id, shop_id FROM identities WHERE kind = ? AND customer_id = ANY (?::bigint[])", NameAddress, pgdialect.Array(ids)).
		Scan(ctx, &rows)
	shops := map[int64][]int64{}
	for _, r := range rows {
		shops[r.CustomerID] = append(shops[r.CustomerID], r.ShopID)
	}
	return shops, db.Fault(err)
}
