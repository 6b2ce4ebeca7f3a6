// Package offer is what a customer gets, on which mall, when (特典).
//
// It owns offers, their code pools and the figures of the pools. It promises
// that a code of a pool is issued to one message at most, whatever runs at the
// same time, that a member takes an offer once, that adding the same codes twice adds them once, and that the use
// of a code follows the order that used it: a cancelled order gives the use
// back. It leaves who is sent an offer to crm/campaign, and the coupon itself to
// the mall's own tool, which is where most codes come from; where the merchant
// says what a code is, they can be made here.
package offer

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Kind is what an offer gives.
type Kind string

// The kinds of offer, with the unit of their value.
const (
	CouponAmount    Kind = "COUPON_AMOUNT"    // minor unit of the base currency
	CouponRate      Kind = "COUPON_RATE"      // basis points of the price
	FreeShipping    Kind = "FREE_SHIPPING"    // no value
	PointMultiplier Kind = "POINT_MULTIPLIER" // basis points; 20000 = twice the points
)

// Proof is how a customer shows that the offer is his.
type Proof string

// The kinds of proof.
const (
	SharedCode Proof = "SHARED_CODE" // one code for everybody
	CodePool   Proof = "CODE_POOL"   // one code each, from the mall's own coupon tool
	NoProof    Proof = "NONE"        // it holds by itself
)

// Bounds of what can be typed in.
const (
	maxName       = 120
	maxTerms      = 4000
	maxCode       = 64
	maxAmount     = 1_000_000_000 // minor unit
	fullRate      = 10_000        // basis points: everything free
	maxMultiplier = 1_000_000     // basis points: a hundred times
	maxMembers    = 100_000_000
)

// Draft is what is asked for when an offer is made. Values are in the unit of
// their kind.
type Draft struct {
	Name             string
	Mall             string
	Kind             Kind
	Value            int64
	Proof            Proof
	SharedCode       string
	StartsAt, EndsAt time.Time
	Terms            string
	Members          Members
}

// Change is what an update sets; nil leaves a field as it is. Mall, kind and
// proof stay as they were made: messages that went out rely on them.
type Change struct {
	Name             *string
	Value            *int64
	SharedCode       *string
	StartsAt, EndsAt *time.Time
	Terms            *string
	Members          *Members
}

func (c Change) apply(row *db.Offer) {
	set(&row.Name, c.Name)
	set(&row.Value, c.Value)
	set(&row.SharedCode, c.SharedCode)
	set(&row.StartsAt, c.StartsAt)
	set(&row.EndsAt, c.EndsAt)
	set(&row.Terms, c.Terms)
	if c.Members != nil {
		c.Members.apply(row)
	}
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// normalise trims what people type and finds what is wrong with it.
func normalise(row *db.Offer) error {
	row.Name, row.SharedCode, row.Terms = strings.TrimSpace(row.Name), strings.TrimSpace(row.SharedCode), strings.TrimSpace(row.Terms)
	switch {
	case row.Name == "":
		return fault.New(fault.Invalid, "an offer needs a name").WithCode("REQUIRED").At("name")
	case utf8.RuneCountInString(row.Name) > maxName:
		return fault.New(fault.Invalid, "the name is longer than %d characters", maxName).WithCode("TOO_LONG").At("name")
	case utf8.RuneCountInString(row.Terms) > maxTerms:
		return fault.New(fault.Invalid, "the terms are longer than %d characters", maxTerms).WithCode("TOO_LONG").At("terms")
	case !slices.Contains(mall.All, mall.Mall(row.Mall)):
		return fault.New(fault.Invalid, "there is no such mall").At("mall")
	case !row.StartsAt.Before(row.EndsAt):
		return fault.New(fault.Invalid, "an offer ends after it starts").WithCode("PERIOD").At("endsAt")
	}
	if row.MemberLimit != nil && (*row.MemberLimit < 1 || *row.MemberLimit > maxMembers) {
		return fault.New(fault.Invalid, "the limit is 1 to %d members", maxMembers).WithCode("RANGE").At("members.limit").With("min", 1).With("max", maxMembers)
	}
	if err := checkValue(Kind(row.Kind), row.Value); err != nil {
		return err
	}
	return checkSharedCode(Proof(row.Proof), row.SharedCode)
}

func checkValue(kind Kind, value int64) error {
	low, high := int64(0), int64(0)
	switch kind {
	case CouponAmount:
		low, high = 1, maxAmount
	case CouponRate:
		low, high = 1, fullRate
	case FreeShipping:
	case PointMultiplier:
		low, high = fullRate+1, maxMultiplier
	default:
		return fault.New(fault.Invalid, "there is no such kind of offer").At("kind")
	}
	if value < low || value > high {
		return fault.New(fault.Invalid, "the value must be from %d to %d", low, high).
			WithCode("RANGE").At("value").With("min", low).With("max", high)
	}
	return nil
}

func checkSharedCode(proof Proof, code string) error {
	switch proof {
	case SharedCode:
		if !validCode(code) {
			return fault.New(fault.Invalid, "a code is 1 to %d visible ASCII characters", maxCode).WithCode("BAD_CODE").At("sharedCode")
		}
	case CodePool, NoProof:
		if code != "" {
			return fault.New(fault.Invalid, "only an offer with a shared code has one").WithCode("BAD_CODE").At("sharedCode")
		}
	default:
		return fault.New(fault.Invalid, "there is no such proof").At("proof")
	}
	return nil
}

// validCode: malls' coupon tools make codes of visible ASCII; anything else in
// a pool is a pasted header or a broken file.
func validCode(code string) bool {
	if code == "" || len(code) > maxCode {
		return false
	}
	for i := range len(code) {
		if code[i] > unicode.MaxASCII || !unicode.IsGraphic(rune(code[i])) || code[i] == ' ' {
			return false
		}
	}
	return true
}
