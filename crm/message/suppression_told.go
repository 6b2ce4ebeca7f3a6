package message

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// ToldSuppression is an address that a former system did not write to.
type ToldSuppression struct {
	CustomerID int64
	Address    string
	Reason     string // OPT_OUT, COMPLAINT, HARD_BOUNCE, STAFF
	At         time.Time
}

// Follow keeps an address from advertising where its owner wanted none at his former
// one, since then: a consent that he gave later lifts it there, too.
func (s Suppressions) Follow(ctx context.Context, tx db.Tx, former, address string) error {
	_, err := tx.NewRaw(`INSERT INTO suppressions AS s (channel, value_hash, reason, at, source, customer_id, opted_out_at)
		SELECT channel, ?1::bytea, 'OPT_OUT', opted_out_at, 'mail_change', customer_id, opted_out_at FROM suppressions
		WHERE channel = 'MAIL' AND value_hash = ?0 AND opted_out_at IS NOT NULL
		ON CONFLICT (channel, value_hash) DO UPDATE SET opted_out_at = excluded.opted_out_at, import_id = NULL WHERE s.opted_out_at IS NULL`,
		AddressHash(former), AddressHash(address)).Exec(ctx)
	return db.Fault(err)
}

// TakeTold suppresses the addresses that are not yet; what is known here stays.
// An opt-out beside another reason is kept with it. It stays when the import
// that told it is undone: whoever wants no mail is not written to by a mistake.
func (s Suppressions) TakeTold(ctx context.Context, tx db.Tx, importID int64, told []ToldSuppression) error {
	if len(told) == 0 {
		return nil
	}
	n := len(told)
	customers, hashes, reasons, times := make([]int64, n), make([][]byte, n), make([]string, n), make([]time.Time, n)
	for i, t := range told {
		customers[i], hashes[i], reasons[i], times[i] = t.CustomerID, AddressHash(t.Address), t.Reason, t.At
	}
	_, err := tx.NewRaw(`INSERT INTO suppressions AS s (channel, value_hash, reason, at, source, customer_id, opted_out_at)
		SELECT DISTINCT ON (hash) 'MAIL', hash, reason, at, ?0, customer_id, min(at) FILTER (WHERE reason IN ('OPT_OUT', 'COMPLAINT')) OVER (PARTITION BY hash)
		FROM unnest(?1::bigint[], ?2::bytea[], ?3::text[], ?4::timestamptz[]) AS t (customer_id, hash, reason, at)
		ORDER BY hash, reason = 'OPT_OUT', at
		ON CONFLICT (channel, value_hash) DO UPDATE SET opted_out_at = coalesce(s.opted_out_at, excluded.opted_out_at), import_id = NULL
		WHERE s.opted_out_at IS NULL AND excluded.opted_out_at IS NOT NULL`,
		fmt.Sprintf("import:%d", importID), pgdialect.Array(customers), pgdialect.Array(hashes), pgdialect.Array(reasons), pgdialect.Array(times)).Exec(ctx)
	return db.Fault(err)
}
