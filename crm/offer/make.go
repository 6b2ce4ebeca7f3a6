package offer

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// MaxMade is the most codes one call makes.
const MaxMade = 10_000

// ownCodes are the malls where the merchant says what a coupon's code is; the
// others make the codes themselves, and one that Meguri made would be unknown
// to them.
var ownCodes = map[mall.Mall]bool{
	mall.Shopify: true, mall.Futureshop: true, mall.Makeshop: true, mall.OwnSite: true, mall.Store: true,
}

// MakesCodes reports whether codes for offers of a mall can be made here.
func MakesCodes(of string) bool { return ownCodes[mall.Mall(of)] }

const (
	// alphabet leaves out what people take for one another: 0 and O, 1, I and L.
	alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	// madeLength gives 31⁸ codes: of 10,000 made, a guess hits one in 85 million.
	madeLength = 8
	maxPrefix  = 16
)

// MakeCodes adds count new codes to the pool of an offer, each the prefix with
// letters and digits drawn by chance behind it, and answers with them, so that
// they can be taken to where they will be honoured.
// Errors: fault.NotFound; fault.Precondition (NO_POOL, or MALL_MAKES_CODES where
// the mall makes them itself); fault.Invalid at count (RANGE) or prefix
// (BAD_CODE, TOO_LONG).
func (s *Service) MakeCodes(ctx context.Context, offerID int64, count int, prefix string) ([]string, error) {
	prefix = strings.TrimSpace(prefix)
	switch {
	case count < 1 || count > MaxMade:
		return nil, fault.New(fault.Invalid, "from 1 to %d codes a call", MaxMade).WithCode("RANGE").At("count").With("min", 1).With("max", MaxMade)
	case len(prefix) > maxPrefix:
		return nil, fault.New(fault.Invalid, "the prefix is longer than %d characters", maxPrefix).WithCode("TOO_LONG").At("prefix").With("max", maxPrefix)
	case prefix != "" && !validCode(prefix):
		return nil, fault.New(fault.Invalid, "a code is made of visible ASCII characters").WithCode("BAD_CODE").At("prefix")
	}
	codes := drawn(count, prefix)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lockPool(ctx, tx, offerID)
		if err != nil {
			return err
		}
		if !MakesCodes(row.Mall) {
			return fault.New(fault.Precondition, "the mall makes the codes of its coupons itself").WithCode("MALL_MAKES_CODES").At("offerId")
		}
		inserted, err := insertCodes(ctx, tx, offerID, codes)
		if err != nil {
			return err
		}
		if inserted < count { // once in a million calls; the answer must name only what is in the pool
			return fault.New(fault.Conflict, "a code was there already").WithCode("DRAWN_TWICE")
		}
		return audit(ctx, tx, "offer.make_codes", offerID, map[string]any{"added": count})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// drawn are count different codes.
func drawn(count int, prefix string) []string {
	codes, seen := make([]string, 0, count), make(map[string]bool, count)
	for len(codes) < count {
		if code := prefix + draw(); !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}

// draw is one code by chance, every one as likely as any other.
func draw() string {
	code, size := make([]byte, madeLength), big.NewInt(int64(len(alphabet)))
	for i := range code {
		at, _ := rand.Int(rand.Reader, size) // never fails (crypto/rand)
		code[i] = alphabet[at.Int64()]
	}
	return string(code)
}
