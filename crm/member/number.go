package member

import (
	"context"
	"crypto/rand"
	"errors"
	"math/big"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// numberDigits is the length of a member number: an even one packs tightest into
// Code 128, and one in a million guesses hits a member where there are 100,000.
const numberDigits = 12

// Number is the member number of a customer, which he is given when he first asks.
// Errors: fault.NotFound; fault.Precondition NOT_A_MEMBER.
func (s *Service) Number(ctx context.Context, customer int64) (string, error) {
	number, err := s.numberOf(ctx, customer)
	if err != nil || number != "" {
		return number, err
	}
	return s.giveNumber(ctx, customer)
}

// numberOf is the number that a member has, or "".
func (s *Service) numberOf(ctx context.Context, customer int64) (number string, err error) {
	var member bool
	err = s.db.Pool.QueryRow(ctx, `SELECT c.member_since IS NOT NULL, coalesce(k.number, '')
		FROM customers c LEFT JOIN member_cards k ON k.customer_id = c.id WHERE c.id = $1`, customer).Scan(&member, &number)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", fault.New(fault.NotFound, "there is no such customer")
	case err == nil && !member:
		return "", NotAMember()
	}
	return number, db.Fault(err)
}

// giveNumber draws until it meets a number that nobody has. Whoever is asked for
// twice at once gets one.
func (s *Service) giveNumber(ctx context.Context, customer int64) (string, error) {
	for {
		tag, err := s.db.Pool.Exec(ctx, `INSERT INTO member_cards (customer_id, number, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			customer, drawNumber(), s.clock.Now())
		if err != nil {
			return "", db.Fault(err)
		}
		number, err := s.numberOf(ctx, customer)
		if err != nil || number != "" || tag.RowsAffected() > 0 {
			return number, err
		}
	}
}

// NotAMember says that something is for members only.
func NotAMember() error {
	return fault.New(fault.Precondition, "only members of the loyalty program have this").WithCode("NOT_A_MEMBER")
}

// drawNumber is a number by chance. Its first digit is no 0, which spreadsheets drop.
func drawNumber() string {
	span := big.NewInt(90_000_000_000)
	n, err := rand.Int(rand.Reader, span)
	if err != nil {
		panic(err) // the system has no randomness left to give
	}
	digits := n.Add(n, big.NewInt(10_000_000_000)).String()
	return digits + string(luhn(digits))
}

// luhn is the check digit behind digits (ISO/IEC 7812-1, Annex B): it finds every
// single wrong digit and nearly every swap of two, as they happen when a number is
// keyed in at a till.
func luhn(digits string) byte {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// isNumber reports whether text may be a member number: digits with their check digit.
func isNumber(text string) bool {
	return len(text) == numberDigits && isDigits(text) && luhn(text[:numberDigits-1]) == text[numberDigits-1]
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
