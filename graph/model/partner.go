package model

import (
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/partner"
)

// NewNamed maps how a customer is named. Errors: fault.Invalid for an id that is none.
func NewNamed(in *CustomerRefInput) (n customer.Named, err error) {
	if in.CustomerID != nil {
		if n.CustomerID, err = gid.Decode("Customer", *in.CustomerID); err != nil {
			return n, err
		}
	}
	if in.ShopID != nil {
		if n.ShopID, err = gid.Decode("Shop", *in.ShopID); err != nil {
			return n, err
		}
	}
	for field, given := range map[*string]*string{&n.MemberID: in.MemberID, &n.LineID: in.LineID, &n.Mail: in.Email} {
		if given != nil {
			*field = *given
		}
	}
	return n, nil
}

// NewCustomerTokenPayload maps a token; nil for none.
func NewCustomerTokenPayload(t *partner.Token) *CustomerTokenPayload {
	if t == nil {
		return &CustomerTokenPayload{}
	}
	id := gid.Encode("Customer", t.CustomerID)
	return &CustomerTokenPayload{AccessToken: &t.Value, ExpiresAt: &t.ExpiresAt, CustomerID: &id}
}
