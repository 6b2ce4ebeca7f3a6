package oidc

import (
	"context"

	"github.com/golang-jwt/jwt/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// What becomes of a member id that nobody has.
const (
	Refuse = "REFUSE" // the token is refused
	Link   = "LINK"   // whoever has the verified mail address gets the member id, too
	Create = "CREATE" // so, or a customer is made
)

const (
	maxMemberID = 255
	memberVia   = "API"
)

// person is the customer whom the claims mean.
func (s *Service) person(ctx context.Context, row *db.TokenIssuer, claims jwt.MapClaims) (int64, error) {
	member, _ := claims[row.MemberClaim].(string)
	if member == "" || len(member) > maxMemberID {
		return 0, refused(ClaimMissing, nil)
	}
	named := customer.Named{ShopID: row.ShopID, MemberID: member}
	id, err := s.people.Lookup(ctx, named)
	if fault.Is(err, fault.NotFound) && row.FirstSeen != Refuse {
		id, err = s.firstSeen(ctx, row, named, claims)
	}
	switch {
	case fault.Is(err, fault.NotFound):
		return 0, refused(CustomerUnknown, err)
	case err != nil || !row.Enroll:
		return id, err
	}
	_, err = s.people.Enroll(ctx, id, memberVia)
	return id, err
}

// firstSeen links or makes the customer of a member id that nobody has. Two
// requests of one shopper may come at the same time: who comes second finds what
// the first one made.
func (s *Service) firstSeen(ctx context.Context, row *db.TokenIssuer, named customer.Named, claims jwt.MapClaims) (id int64, err error) {
	ctx = access.As(ctx, access.Principal{Kind: access.ActorSystem})
	mail := verifiedMail(claims)
	if mail != "" {
		id, err = s.people.Lookup(ctx, customer.Named{Mail: mail})
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return 0, err
	}
	if id != 0 {
		if id, mail, err = s.unlessKnown(ctx, id, row.ShopID, mail); err != nil {
			return 0, err
		}
	}
	if id == 0 && row.FirstSeen != Create {
		return 0, fault.New(fault.NotFound, "nobody is known by this")
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		meeting := customer.Meeting{ShopID: row.ShopID, MemberID: named.MemberID}
		if id != 0 {
			_, err := s.people.CompleteIn(ctx, tx, id, meeting)
			return err
		}
		meeting.Profile = profileOf(claims, mail)
		made, err := s.people.CreateIn(ctx, tx, meeting, nil)
		if err == nil {
			id = made.ID
		}
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return s.people.Lookup(ctx, named)
	}
	return id, err
}

// unlessKnown lets go of a customer whom the shop knows by another member id: an
// address that came into other hands must not open his account.
func (s *Service) unlessKnown(ctx context.Context, id, shop int64, mail string) (int64, string, error) {
	var known bool
	err := s.db.NewRaw("SELECT EXISTS (SELECT FROM identity_keys WHERE customer_id = ? AND shop_id = ? AND kind = ?)", id, shop, string(customer.MemberID)).Scan(ctx, &known)
	if known {
		return 0, "", db.Fault(err)
	}
	return id, mail, db.Fault(err)
}

// verifiedMail is the address that the provider has checked; "" for none.
func verifiedMail(claims jwt.MapClaims) string {
	mail, _ := claims["email"].(string)
	verified, _ := claims["email_verified"].(bool)
	if !verified || !customer.IsPersonalMail(mail) {
		return ""
	}
	return mail
}

// profileOf is what the standard claims tell of a person (OpenID Connect Core
// 1.0, section 5.1).
func profileOf(claims jwt.MapClaims, mail string) (p customer.Profile) {
	for name, field := range map[string]**string{"family_name": &p.FamilyName, "given_name": &p.GivenName} {
		if text, _ := claims[name].(string); text != "" {
			*field = &text
		}
	}
	if mail != "" {
		p.Email = &mail
	}
	return p
}
