package member

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/policy/qr"
	"github.com/meguri-crm/meguri/db"
)

// CardStep is how long a card shows the same code. A code is taken in the step it
// was made in and in the one before and after: a code just shown may be scanned,
// and the clocks of two nodes may differ a little.
const CardStep = time.Minute

const (
	markDigits = 8   // of the code behind the number
	staleSteps = 120 // so long a code is told to be old, and not to be wrong
)

// Cards makes and reads the codes of member cards: the member number and 8 digits
// that hold for a minute, 20 digits in all. They are cut from an HMAC of number and
// minute as RFC 4226 cuts them, so that a picture of a card is worth nothing soon
// after, and all digits, so that the code is the smallest QR code there is and half
// the length in Code 128.
type Cards struct{ keys [][]byte } // the first makes, all read

// NewCards derives the keys from the installation's secrets: one or more separated
// by commas, the newest first.
func NewCards(secrets string) (*Cards, error) {
	c := &Cards{}
	for secret := range strings.SplitSeq(secrets, ",") {
		key, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, "meguri member card v1", sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("member: derive the key of cards: %w", err)
		}
		c.keys = append(c.keys, key)
	}
	return c, nil
}

func stepOf(at time.Time) int64 { return at.Unix() / int64(CardStep/time.Second) }

// code is what the card of a number shows at an instant.
func (c *Cards) code(number string, at time.Time) string {
	return number + mark(c.keys[0], number, stepOf(at))
}

func mark(key []byte, number string, step int64) string {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write(binary.BigEndian.AppendUint64([]byte(number), uint64(step)))
	sum := mac.Sum(nil)
	cut := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", markDigits, cut%100_000_000)
}

// check holds the digits behind a number against those of now and of before.
// Errors: fault.NotFound CARD_UNKNOWN for what was never shown, or too long ago;
// fault.Precondition CARD_EXPIRED.
func (c *Cards) check(number, marked string, now time.Time) error {
	step := stepOf(now)
	for back := int64(-1); back <= staleSteps; back++ {
		for _, key := range c.keys {
			if !hmac.Equal([]byte(mark(key, number, step-back)), []byte(marked)) {
				continue
			}
			if back > 1 {
				return fault.New(fault.Precondition, "the code of this card is no longer shown; show the card again").WithCode("CARD_EXPIRED").At("code")
			}
			return nil
		}
	}
	return cardUnknown()
}

func cardUnknown() error {
	return fault.New(fault.NotFound, "this is no code of a member's card").WithCode("CARD_UNKNOWN").At("code")
}

// Card is what a member shows at a till.
type Card struct {
	Number string
	Code   string
	QR     []string // rows of modules, 1 is dark
	Bars   string   // modules of Code 128, 1 is a bar
	// Until is when another code is shown. The code itself holds a step longer.
	Until time.Time
}

// Card is the card of a customer as it stands now. Errors: as Number.
func (s *Service) Card(ctx context.Context, customer int64) (*Card, error) {
	number, err := s.Number(ctx, customer)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	c := &Card{Number: number, Code: s.cards.code(number, now), Until: time.Unix((stepOf(now)+1)*int64(CardStep/time.Second), 0)}
	if c.QR, err = qr.Rows(c.Code); err != nil {
		return nil, err
	}
	c.Bars, err = qr.Bars(c.Code)
	return c, err
}

// Scanned is the member of a card.
type Scanned struct {
	Self
	Number string
	Name   string
	// Live says that the card itself was shown; false: its number was keyed in, or
	// noted by a till without network, which anybody can who has once seen it.
	Live bool
}

// ByCard is the member of what a till has read: the code of a card, which may be
// read again while it holds, or a member number.
// Errors: fault.NotFound CARD_UNKNOWN; fault.Precondition CARD_EXPIRED.
func (s *Service) ByCard(ctx context.Context, code string) (*Scanned, error) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	live := len(code) == numberDigits+markDigits
	if !live && len(code) != numberDigits || !isNumber(code[:numberDigits]) || !isDigits(code) {
		return nil, cardUnknown()
	}
	if live {
		if err := s.cards.check(code[:numberDigits], code[numberDigits:], s.clock.Now()); err != nil {
			return nil, err
		}
	}
	return s.byNumber(ctx, code[:numberDigits], live)
}

// CheckIn is ByCard for a member who comes into a store and shows his card: he gets
// what the rules give for it, once a day in each store, and points says how much came
// of it now.
// Errors: as of ByCard; fault.Precondition CARD_NOT_SHOWN for a number that was keyed
// in, NOT_A_STORE; fault.NotFound for the shop.
func (s *Service) CheckIn(ctx context.Context, code string, shop int64) (came *Scanned, given int64, err error) {
	if came, err = s.ByCard(ctx, code); err != nil {
		return nil, 0, err
	}
	if !came.Live {
		return nil, 0, fault.New(fault.Precondition, "who checks in shows his card itself").WithCode("CARD_NOT_SHOWN").At("code")
	}
	day := s.clock.Now().In(s.zone).Format(time.DateOnly)
	rc, worth, err := points.Desk{Service: s.points}.Award(ctx, points.Act{
		CustomerID: came.CustomerID, Action: points.ActionCheckIn, Ref: fmt.Sprintf("%s:%d", day, shop), ShopID: shop,
	})
	if err != nil {
		return nil, 0, err
	}
	if !rc.Replayed {
		given = worth.Total
	}
	if given > 0 {
		if came.Self, err = s.Self(ctx, came.CustomerID, Want{Points: true, Stage: true}); err != nil {
			return nil, 0, err
		}
	}
	return came, given, nil
}

func (s *Service) byNumber(ctx context.Context, number string, live bool) (*Scanned, error) {
	found := &Scanned{Number: number, Live: live}
	var id int64
	err := s.db.Pool.QueryRow(ctx, `SELECT c.id, trim(c.family_name || ' ' || c.given_name)
		FROM member_cards k JOIN customers c ON c.id = survivor_of(k.customer_id) WHERE k.number = $1 AND c.member_since IS NOT NULL`, number).
		Scan(&id, &found.Name)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, cardUnknown()
	case err != nil:
		return nil, db.Fault(err)
	}
	found.Self, err = s.Self(ctx, id, Want{Points: true, Stage: true, Detail: true})
	return found, err
}
