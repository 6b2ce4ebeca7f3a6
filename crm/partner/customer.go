package partner

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/entry"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
)

// maxConsents bounds the consents that come with one customer.
const maxConsents = 10

// Entries write people down.
type Entries interface {
	Create(ctx context.Context, e entry.Entry, others *customer.Others) (*db.Customer, error)
	AddTo(ctx context.Context, id int64, e entry.Entry) (*db.Customer, error)
}

// Properties writes values of a customer.
type Properties interface {
	Set(ctx context.Context, customerID int64, values map[string]json.RawMessage) (changed []string, err error)
}

// Upsert is what a program knows of one person.
type Upsert struct {
	customer.Meeting
	CustomerID int64 // 0: not known
	Overwrite  bool  // what is sent replaces what is known
	Consents   []Consent
	Values     map[string]json.RawMessage // by the keys of properties
	Enroll     bool
	// Referral is the code of who sent him; empty: nobody said. It is left out of requests
	// without one, which are told apart by what they were before there were codes.
	Referral string `json:",omitempty"`
}

// Upserted is whom an Upsert was about.
type Upserted struct {
	CustomerID int64
	Created    bool
	// Refused is why the code of who sent him was not taken; nil where it was.
	Refused *fault.Error
}

// Consent is a word of consent that a program heard, for the shop of the Upsert.
type Consent struct {
	Channel, State, Wording string
	At                      time.Time // zero: now
}

// UpsertCustomer makes a customer known or adds to the one who is, and tells
// whether he was made; with a key a repeated request gets the first answer. Each
// part is done in its own transaction and changes nothing when it is repeated:
// after an error the whole may be sent again.
// Errors: as of entry.Create, entry.AddTo, customer.Record and once.Repeat;
// fault.Invalid TOO_MANY.
func (s *Service) UpsertCustomer(ctx context.Context, key string, u Upsert) (Upserted, error) {
	if len(u.Consents) > maxConsents {
		return Upserted{}, fault.New(fault.Invalid, "at most %d consents", maxConsents).WithCode("TOO_MANY").At("consents").With("max", maxConsents)
	}
	upsert := func(ctx context.Context) (Upserted, error) { return s.upsert(ctx, u) }
	if key == "" {
		return upsert(ctx)
	}
	return once.Repeat(ctx, s.Once, once.Request{Action: "upsertCustomer", Key: key, Body: u}, upsert)
}

func (s *Service) upsert(ctx context.Context, u Upsert) (Upserted, error) {
	id, created, err := s.findOrMake(ctx, u)
	if err != nil {
		return Upserted{}, err
	}
	if !created {
		if err := s.complete(ctx, id, u); err != nil {
			return Upserted{}, err
		}
	}
	if err := s.consent(ctx, id, u); err != nil {
		return Upserted{}, err
	}
	if u.Enroll {
		if _, err := s.Customers.Enroll(ctx, id, memberVia); err != nil {
			return Upserted{}, err
		}
	}
	refused, err := s.refer(ctx, id, u.Referral)
	return Upserted{id, created, refused}, err
}

// refer takes down who sent the customer, or says why it does not.
func (s *Service) refer(ctx context.Context, id int64, code string) (refused *fault.Error, err error) {
	if code != "" {
		_, err = s.Referrals.Refer(ctx, nil, id, code, referral.ByAPI)
	}
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Precondition) || fault.Is(err, fault.Conflict) {
		errors.As(err, &refused)
		return refused.At("referralCode"), nil
	}
	return refused, err
}

// findOrMake finds whom the program means, or makes him. Of two calls at once
// one makes him and the other finds him.
func (s *Service) findOrMake(ctx context.Context, u Upsert) (id int64, created bool, err error) {
	if id, err = s.find(ctx, u); !fault.Is(err, fault.NotFound) || u.CustomerID != 0 {
		return id, false, err
	}
	made, err := s.Entries.Create(ctx, entry.Entry{Meeting: u.Meeting, Values: u.Values}, nil)
	if err == nil {
		return made.ID, true, nil
	}
	if fault.Is(err, fault.Conflict) {
		if id, missing := s.find(ctx, u); missing == nil {
			return id, false, nil
		}
	}
	return 0, false, err
}

// find goes by the surest thing that the program tells.
func (s *Service) find(ctx context.Context, u Upsert) (id int64, err error) {
	if u.CustomerID != 0 {
		return s.Customers.Lookup(ctx, customer.Named{CustomerID: u.CustomerID})
	}
	err = fault.New(fault.NotFound, "nobody is known by this")
	if u.MemberID != "" {
		id, err = s.Customers.Lookup(ctx, customer.Named{ShopID: u.ShopID, MemberID: u.MemberID})
	}
	if mail := u.Profile.Email; fault.Is(err, fault.NotFound) && mail != nil && *mail != "" {
		id, err = s.Customers.Lookup(ctx, customer.Named{ShopID: u.ShopID, Mail: *mail})
	}
	return id, err
}

func (s *Service) complete(ctx context.Context, id int64, u Upsert) error {
	if _, err := s.Entries.AddTo(ctx, id, entry.Entry{Meeting: u.Meeting, Values: u.Values}); err != nil || !u.Overwrite {
		return err
	}
	if _, err := s.Customers.Update(ctx, id, u.Profile); err != nil || len(u.Values) == 0 {
		return err
	}
	_, err := s.Properties.Set(ctx, id, u.Values)
	return err
}

// consent records what is not in force already.
func (s *Service) consent(ctx context.Context, id int64, u Upsert) error {
	if len(u.Consents) == 0 {
		return nil
	}
	all, err := s.Customers.ConsentsInForce(ctx, []int64{id})
	if err != nil {
		return err
	}
	inForce := map[string]string{}
	for _, c := range all[id] {
		if c.OriginShopID == u.ShopID {
			inForce[c.Channel] = c.State
		}
	}
	for _, c := range u.Consents {
		if inForce[c.Channel] == c.State {
			continue
		}
		word := customer.Word{CustomerID: id, Channel: c.Channel, State: c.State, OriginShopID: u.ShopID, OccurredAt: c.At, Method: "API", Wording: c.Wording}
		if _, _, err := s.Customers.Record(ctx, word); err != nil {
			return err
		}
	}
	return nil
}
