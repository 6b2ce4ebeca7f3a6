package customer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// sealedPrefix begins the value of a key that does not tell what it was made of.
const sealedPrefix = "sha256:"

// sealed is a value as one knows it again without keeping it: the addresses that
// Amazon lends may not be kept (rule AM-04), but who comes again is to be
// counted as one. They are random, so that nobody finds them by trying.
func sealed(value string) string {
	if value == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(value))
	return sealedPrefix + hex.EncodeToString(sum[:16])
}

// keepAmazonFor is how long the data of a buyer of Amazon is kept after the
// latest order was shipped, or given up. Source: Amazon's data protection policy
// as rule AM-04 of crm/policy has it, 30 days after delivery; files do not tell
// deliveries.
const keepAmazonFor = 30 * 24 * time.Hour

// AmazonSweepJob removes what may no longer be kept of buyers of Amazon; its
// handler calls SweepAmazon.
type AmazonSweepJob struct{}

// Kind names the job.
func (AmazonSweepJob) Kind() string { return "customer.amazon_sweep" }

// amazonBatch bounds one transaction of the sweeping.
const amazonBatch = 2_000

// SweepAmazon empties the profiles of customers who are known from Amazon only,
// once the time for it has come: names, address, phone and birth date go, also
// from the search. Orders, figures and the prefecture stay; who is a member, or
// known from elsewhere, keeps what was told there.
func (s *Service) SweepAmazon(ctx context.Context, log *slog.Logger) error {
	for {
		n, err := s.sweepAmazon(ctx)
		if err != nil || n == 0 {
			return err
		}
		log.InfoContext(ctx, "data of Amazon buyers was removed", "customers", n)
	}
}

func (s *Service) sweepAmazon(ctx context.Context) (n int, err error) {
	now := s.clock.Now()
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := Together(ctx, tx); err != nil {
			return err
		}
		var due []int64
		err := tx.NewRaw(`SELECT c.id FROM customers c
			WHERE NOT c.anonymous AND c.member_since IS NULL
				AND (c.family_name, c.given_name, c.family_kana, c.given_kana, c.email, c.phone, c.postal_code, c.city, c.address_line) <> ('', '', '', '', '', '', '', '', '')
				AND EXISTS (SELECT FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.customer_id = c.id AND s.mall = ?0)
				AND NOT EXISTS (SELECT FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.customer_id = c.id AND s.mall <> ?0)
				AND NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND coalesce(o.shipped_at, o.cancelled_at, o.ordered_at) > ?1)
			ORDER BY c.id LIMIT ?2 FOR NO KEY UPDATE OF c SKIP LOCKED`, mall.Amazon, now.Add(-keepAmazonFor), amazonBatch).Scan(ctx, &due)
		if n = len(due); err != nil || n == 0 {
			return db.Fault(err)
		}
		err = db.ExecPrepared(ctx, tx, `UPDATE customers SET family_name = '', given_name = '', family_kana = '', given_kana = '', email = '', phone = '',
			postal_code = '', city = '', address_line = '', birth_date = NULL, search_text = '', hint_phone = NULL, hint_address = NULL, updated_at = $2
			WHERE id = ANY ($1::bigint[])`, due, now)
		if err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "amazon.purge", ObjectKind: "Customer", Detail: map[string]any{"customers": n, "days": int(keepAmazonFor.Hours() / 24)}})
	})
	return n, err
}
