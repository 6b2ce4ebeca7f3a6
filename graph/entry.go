package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/entry"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// maxTaken bounds the consents that come with one person.
const maxTaken = 10

func (r *Resolver) createCustomer(ctx context.Context, in model.CreateCustomerInput) (*db.Customer, error) {
	e, err := entryOf(in.ShopID, deref(in.MemberID), in.Profile, in.Consents, in.TagIds)
	if err != nil {
		return nil, err
	}
	e.Values, e.Enroll = model.NewPropertyInputs(in.Properties), in.Enroll
	var others *customer.Others
	if in.DifferentFrom != nil {
		others = new(customer.Others)
		if others.IDs, err = gid.DecodeAll("Customer", in.DifferentFrom); err != nil {
			return nil, err
		}
	}
	return r.Entries.Create(ctx, e, others)
}

func (r *Resolver) addToCustomer(ctx context.Context, in model.AddToCustomerInput) (*db.Customer, error) {
	id, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, err
	}
	e, err := entryOf(in.ShopID, deref(in.MemberID), in.Profile, in.Consents, in.TagIds)
	if err != nil {
		return nil, err
	}
	e.Values, e.Enroll = model.NewPropertyInputs(in.Properties), in.Enroll
	return r.Entries.AddTo(ctx, id, e)
}

func entryOf(shopID, memberID string, profile *model.CustomerProfileInput, taken []*model.TakenConsentInput, tags []string) (e entry.Entry, err error) {
	if len(taken) > maxTaken {
		return e, fault.New(fault.Invalid, "at most %d consents", maxTaken).WithCode("TOO_MANY").At("consents").With("max", maxTaken)
	}
	e.MemberID, e.Profile = memberID, model.NewCustomerProfile(profile)
	if e.ShopID, err = gid.Decode("Shop", shopID); err != nil {
		return e, err
	}
	for _, c := range taken {
		e.Consents = append(e.Consents, entry.Consent{
			Channel: string(c.Channel), Method: string(c.Method), Wording: c.Wording, Source: c.Source, At: deref(c.OccurredAt),
		})
	}
	e.TagIDs, err = gid.DecodeAll("CustomerTag", tags)
	return e, err
}

func (r *Resolver) duplicates(ctx context.Context, in model.CustomerDuplicatesInput) ([]*model.CustomerDuplicate, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	found, err := r.Customers.Resembling(ctx, customer.Meeting{ShopID: shopID, MemberID: deref(in.MemberID), Profile: model.NewCustomerProfile(in.Profile)})
	if err != nil {
		return nil, err
	}
	list := make([]*model.CustomerDuplicate, len(found))
	for i, f := range found {
		who, err := r.withStats(ctx, &f.Customer, nil)
		if err != nil {
			return nil, err
		}
		list[i] = model.NewCustomerDuplicate(f, who)
	}
	return list, nil
}
