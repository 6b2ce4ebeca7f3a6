// Package referral is how members bring their friends (紹介).
//
// It owns the code of each member, by which a friend says who sent him, and what
// becomes of each referral until both have their points. It promises that a member
// has one code, which stays his through a merge, that no two members have the same,
// and that a code can be read out and written down without its letters being taken
// for each other; that a friend is brought once, that what was promised then holds
// whatever the settings say later, that nobody gets points before the friend's order
// can no longer come back, that what looks like one person at both ends waits for
// staff, that each side is rewarded once, whatever dies on the way, and that both lose
// it again where the order is cancelled or comes back all the same, or both turn out
// to be one person, until that is undone. How many
// points a referral earns is left to the rules of crm/points for REFERRAL and
// REFERRED, those that held when the friend was brought.
//
// A referral is moved on by what is known at the moment (Advance), never by a message
// that could be lost. One that has come to rest is looked at again when its order or
// its people change: triggers note that with the change (referral_looks). Locks are
// taken in one order: people, referrals, point accounts.
package referral

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// alphabet leaves out 0 and O, 1, I and L: 31 signs, so that 8 of them are one of
// 850 thousand million.
const (
	alphabet   = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	codeLength = 8
)

// Queue enqueues jobs in a transaction.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Rewards gives points for what people did.
type Rewards interface {
	// AwardAll gives what the rules give for acts, and says how much for each.
	AwardAll(ctx context.Context, tx db.Tx, acts []points.Act) ([]int64, error)
	// TakeBackAwards takes back what was given for acts, which may be given again.
	TakeBackAwards(ctx context.Context, tx db.Tx, acts []points.Act) error
}

// Service keeps the codes and the referrals.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Queue    Queue
	Rewards  Rewards
	Currency string // the base currency, in which orders count
	Zone     *time.Location
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
	return referrer(ctx, s.DB, code)
}

func referrer(ctx context.Context, idb bun.IDB, code string) (int64, error) {
	var found []int64
	err := idb.NewRaw(`SELECT c.id FROM referral_codes r JOIN customers c ON c.id = survivor_of(r.customer_id)
		WHERE r.code = ? AND c.member_since IS NOT NULL`, normal(code)).Scan(ctx, &found)
	switch {
	case err != nil:
		return 0, db.Fault(err)
	case len(found) == 0:
		return 0, fault.New(fault.NotFound, "nobody has this code").WithCode("REFERRAL_UNKNOWN").At("code")
	}
	return found[0], nil
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
