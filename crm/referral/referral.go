// Package referral is how members bring their friends (紹介).
//
// It owns the code of each member, by which a friend says who sent him. It
// promises that a member has one code, which stays his through a merge, that no
// two members have the same, and that a code can be read out and written down
// without its letters being taken for each other. What a referral earns is left to
// the rules of crm/points.
package referral

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// alphabet leaves out 0 and O, 1, I and L: 31 signs, so that 8 of them are one of
// 850 thousand million.
const (
	alphabet   = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	codeLength = 8
)

// Service keeps the codes.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
}

// Code is the code of a member, which he is given when he first asks.
// Errors: fault.NotFound; fault.Precondition NOT_A_MEMBER.
func (s *Service) Code(ctx context.Context, customer int64) (string, error) {
	code, err := s.codeOf(ctx, customer)
	for err == nil && code == "" {
		if _, err = s.DB.Pool.Exec(ctx, `INSERT INTO referral_codes (customer_id, code, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			customer, draw(), s.Clock.Now()); err != nil {
			return "", db.Fault(err)
		}
		code, err = s.codeOf(ctx, customer)
	}
	return code, err
}

func (s *Service) codeOf(ctx context.Context, customer int64) (code string, err error) {
	var member bool
	err = s.DB.Pool.QueryRow(ctx, `SELECT c.member_since IS NOT NULL, coalesce(r.code, '')
		FROM customers c LEFT JOIN referral_codes r ON r.customer_id = c.id WHERE c.id = $1`, customer).Scan(&member, &code)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", fault.New(fault.NotFound, "there is no such customer")
	case err == nil && !member:
		return "", fault.New(fault.Precondition, "only members of the loyalty program have a code").WithCode("NOT_A_MEMBER")
	}
	return code, db.Fault(err)
}

// Referrer is the member whose code it is, or who survived him in a merge. Case,
// blanks and hyphens do not matter. Errors: fault.NotFound REFERRAL_UNKNOWN.
func (s *Service) Referrer(ctx context.Context, code string) (customer int64, err error) {
	err = s.DB.Pool.QueryRow(ctx, `SELECT c.id FROM referral_codes r JOIN customers c ON c.id = survivor_of(r.customer_id)
		WHERE r.code = $1 AND c.member_since IS NOT NULL`, normal(code)).Scan(&customer)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, fault.New(fault.NotFound, "nobody has this code").WithCode("REFERRAL_UNKNOWN").At("code")
	}
	return customer, db.Fault(err)
}

func normal(code string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(code))
}

// draw is a code by chance. Bytes beyond the last whole turn of the alphabet are
// drawn again, so that all signs are as likely.
func draw() string {
	const fair = 256 - 256%len(alphabet)
	code := make([]byte, 0, codeLength)
	for len(code) < codeLength {
		var drawn [codeLength]byte
		_, _ = rand.Read(drawn[:]) // never fails
		for _, b := range drawn {
			if int(b) < fair && len(code) < codeLength {
				code = append(code, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(code)
}
