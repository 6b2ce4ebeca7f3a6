package customer

import (
	"context"
	"slices"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// IsPersonalMail reports whether s is a mail address of a person, and not one
// that a mall lends.
func IsPersonalMail(s string) bool {
	address, relay := mail(s)
	return address != "" && !relay
}

// IsPhone reports whether s is a phone number of Japan, or one with its +.
func IsPhone(s string) bool { return phone(s, "JP") != "" }

// PostalCode is a postcode as it is stored: of Japan seven digits.
func PostalCode(s string) string { return postalCode(s) }

// Meet is the customer who has proved, in tx, that a mail address is theirs, and
// made from what they tell of themselves where there is none. The address alone
// finds them: a name and a phone that anybody could have typed lead to nobody's
// account, but to a candidate for staff to look at. What is known of them stays,
// what is not is filled. Errors: fault.Invalid without an address; ErrRace.
func (s *Service) Meet(ctx context.Context, tx db.Tx, shop *db.Shop, b mall.Buyer) (int64, error) {
	if err := Together(ctx, tx); err != nil {
		return 0, err
	}
	now := s.clock.Now()
	e := NewEvidence(shop.ID, mall.Mall(shop.Mall), b, now)
	e.Keys = slices.DeleteFunc(e.Keys, func(k Key) bool { return k.Kind != Mail && k.Kind != MailName })
	if len(e.Keys) == 0 {
		return 0, fault.New(fault.Invalid, "this is no mail address of a person").WithCode("INVALID_EMAIL").At("mail")
	}
	found, _, err := Assign(ctx, tx, 0, []Evidence{e}, now)
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// Enlist makes a customer whom tx holds a member by the site, and reports whether
// he was none.
func (s *Service) Enlist(ctx context.Context, tx db.Tx, id int64) (bool, error) {
	return s.enlist(ctx, tx, id, "SITE")
}

// EnrollIn is Enroll for a customer whom tx holds or has just made.
func (s *Service) EnrollIn(ctx context.Context, tx db.Tx, id int64, via string) error {
	joined, err := s.enlist(ctx, tx, id, via)
	if err != nil || !joined {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{Action: "customer.enroll", ObjectKind: "Customer", ObjectID: id})
}

func (s *Service) enlist(ctx context.Context, tx db.Tx, id int64, via string) (bool, error) {
	now := s.clock.Now()
	done, err := tx.NewRaw("UPDATE customers SET member_since = ?0, member_via = ?2, updated_at = ?0 WHERE id = ?1 AND member_since IS NULL", now, id, via).Exec(ctx)
	if err != nil {
		return false, db.Fault(err)
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		return false, db.Fault(err)
	}
	if s.stages != nil {
		if err := s.stages.Recompute(ctx, tx, []int64{id}); err != nil {
			return false, err
		}
	}
	return true, event.Append(ctx, tx, event.Event{CustomerID: id, OccurredAt: now, Kind: event.MemberJoined, Data: map[string]any{"via": via}})
}
