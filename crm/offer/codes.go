package offer

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// MaxCodes is the most codes one call adds.
const MaxCodes = 50_000

// Added says what became of the codes given to AddCodes.
type Added struct {
	Added      int
	Duplicates int // within what was given, or in the pool already
}

// AddCodes adds codes to the pool of an offer. Blank lines are skipped.
// Errors: fault.NotFound; fault.Precondition when the offer has no pool;
// fault.Invalid at the first code that is none, and then nothing is added.
func (s *Service) AddCodes(ctx context.Context, offerID int64, given []string) (Added, error) {
	codes, repeated, err := clean(given)
	if err != nil {
		return Added{}, err
	}
	var inserted int
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := lockPool(ctx, tx, offerID); err != nil {
			return err
		}
		if inserted, err = insertCodes(ctx, tx, offerID, codes); err != nil {
			return err
		}
		return audit(ctx, tx, "offer.add_codes", offerID, map[string]any{"added": inserted, "given": len(given)})
	})
	if err != nil {
		return Added{}, err
	}
	return Added{Added: inserted, Duplicates: repeated + len(codes) - inserted}, nil
}

// lockPool is an offer with a pool that codes can be added to.
func lockPool(ctx context.Context, tx db.Tx, offerID int64) (*db.Offer, error) {
	row := new(db.Offer)
	if err := tx.NewSelect().Model(row).Where("id = ?", offerID).For("SHARE").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	if Proof(row.Proof) != CodePool || row.ArchivedAt != nil {
		return nil, fault.New(fault.Precondition, "the offer has no code pool to add to").WithCode("NO_POOL").At("offerId")
	}
	return row, nil
}

// clean trims the codes, drops blank ones and counts repetitions.
func clean(given []string) (codes []string, repeated int, err error) {
	if len(given) > MaxCodes {
		return nil, 0, fault.New(fault.Invalid, "at most %d codes a call", MaxCodes).WithCode("TOO_MANY").At("codes").With("max", MaxCodes)
	}
	seen := make(map[string]struct{}, len(given))
	for i, code := range given {
		code = strings.TrimSpace(strings.TrimPrefix(code, "\ufeff"))
		if code == "" {
			continue
		}
		if !validCode(code) {
			return nil, 0, fault.New(fault.Invalid, "a code is 1 to %d visible ASCII characters", maxCode).
				WithCode("BAD_CODE").At("codes."+strconv.Itoa(i)).With("line", i+1)
		}
		if _, ok := seen[code]; ok {
			repeated++
			continue
		}
		seen[code] = struct{}{}
		codes = append(codes, code)
	}
	return codes, repeated, nil
}

// insertCodes goes through a temporary table: COPY is the fastest way in, and
// cannot skip what is there already.
func insertCodes(ctx context.Context, tx db.Tx, offerID int64, codes []string) (inserted int, err error) {
	err = tx.Pgx(func(p pgx.Tx) error {
		if _, err := p.Exec(ctx, `CREATE TEMP TABLE new_codes (code text) ON COMMIT DROP`); err != nil {
			return err
		}
		src := pgx.CopyFromSlice(len(codes), func(i int) ([]any, error) { return []any{codes[i]}, nil })
		if _, err := p.CopyFrom(ctx, pgx.Identifier{"new_codes"}, []string{"code"}, src); err != nil {
			return err
		}
		tag, err := p.Exec(ctx, `INSERT INTO offer_codes (offer_id, code) SELECT $1::bigint, code FROM new_codes ON CONFLICT DO NOTHING`, offerID)
		inserted = int(tag.RowsAffected())
		return err
	})
	return inserted, db.Fault(err)
}

// Figures tell how a pool stands.
type Figures struct {
	OfferID int64
	Total   int64
	Issued  int64
	Used    int64
	Left    int64 // free to be issued
}

// PoolFigures are the figures of the pools of offers, one for each that exists,
// in no order; an offer without codes has zeros.
func (s *Service) PoolFigures(ctx context.Context, offerIDs []int64) ([]Figures, error) {
	var figures []Figures
	err := s.DB.NewRaw(`
		SELECT o.id AS offer_id, count(c.code) AS total, count(c.customer_id) AS issued, count(c.used_at) AS used,
		       count(c.code) - count(c.customer_id) AS "left"
		FROM offers o LEFT JOIN offer_codes c ON c.offer_id = o.id
		WHERE o.id IN (?) GROUP BY o.id`, bun.List(offerIDs)).Scan(ctx, &figures)
	return figures, db.Fault(err)
}

// Take locks up to n free codes of a pool until tx ends. Codes that another
// transaction has locked are skipped, so that two sends never wait for each
// other nor get the same code. Fewer than n come back when the pool runs dry.
func Take(ctx context.Context, tx bun.IDB, offerID int64, n int) ([]string, error) {
	var codes []string
	err := tx.NewRaw(`
		SELECT code FROM offer_codes WHERE offer_id = ? AND customer_id IS NULL
		ORDER BY code LIMIT ? FOR UPDATE SKIP LOCKED`, offerID, n).Scan(ctx, &codes)
	return codes, db.Fault(err)
}

// Issued is one code handed to one message.
type Issued struct {
	Code       string
	CustomerID int64
	MessageID  int64
}

// Issue books codes that Take locked in the same transaction.
func (s *Service) Issue(ctx context.Context, tx bun.IDB, offerID int64, issued []Issued) error {
	if len(issued) == 0 {
		return nil
	}
	codes, customers, messages := make([]string, len(issued)), make([]int64, len(issued)), make([]int64, len(issued))
	for i, v := range issued {
		codes[i], customers[i], messages[i] = v.Code, v.CustomerID, v.MessageID
	}
	_, err := tx.NewRaw(`
		UPDATE offer_codes c SET customer_id = v.customer_id, message_id = v.message_id, issued_at = ?
		FROM unnest(?::text[], ?::bigint[], ?::bigint[]) AS v (code, customer_id, message_id)
		WHERE c.offer_id = ? AND c.code = v.code`,
		s.Clock.Now(), pgdialect.Array(codes), pgdialect.Array(customers), pgdialect.Array(messages), offerID).Exec(ctx)
	return db.Fault(err)
}

// Release gives codes of a pool back whose messages never went out.
func Release(ctx context.Context, tx bun.IDB, offerID int64, codes []string) error {
	_, err := tx.NewRaw(`
		UPDATE offer_codes SET customer_id = NULL, message_id = NULL, issued_at = NULL
		WHERE offer_id = ? AND code = ANY(?::text[]) AND used_at IS NULL`, offerID, pgdialect.Array(codes)).Exec(ctx)
	return db.Fault(err)
}

// Give issues an offer to a customer outside of any message: its shared code, a
// code of its pool, or none where it holds by itself.
// Errors: fault.NotFound; fault.Precondition OFFER_OVER (archived or past its
// end), POOL_DRY.
func Give(ctx context.Context, tx bun.IDB, offerID, customerID int64, now time.Time) (code string, err error) {
	row := new(db.Offer)
	if err := tx.NewSelect().Model(row).Where("id = ?", offerID).For("SHARE").Scan(ctx); err != nil {
		return "", db.Fault(err)
	}
	if row.ArchivedAt != nil || !row.EndsAt.After(now) {
		return "", fault.New(fault.Precondition, "the offer is over").WithCode("OFFER_OVER").At("offerId")
	}
	if Proof(row.Proof) != CodePool {
		return row.SharedCode, nil
	}
	free, err := Take(ctx, tx, offerID, 1)
	if err != nil {
		return "", err
	}
	if len(free) == 0 {
		return "", fault.New(fault.Precondition, "no code of the offer is left").WithCode("POOL_DRY").At("offerId")
	}
	_, err = tx.NewRaw(`UPDATE offer_codes SET customer_id = ?, issued_at = ? WHERE offer_id = ? AND code = ?`, customerID, now, offerID, free[0]).Exec(ctx)
	return free[0], db.Fault(err)
}
