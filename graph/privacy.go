package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// preferencesFor is how long a link to the page of preferences works that was
// not in a mail.
const preferencesFor = 30 * 24 * time.Hour

// preferencesOf is what a customer gets, and a link to where he chooses.
func (r *Resolver) preferencesOf(s *preference.Standing, err error) (*model.ContactPreferences, error) {
	if err != nil {
		return nil, err
	}
	pass := link.Pass{Kind: link.Preferences, ID: s.CustomerID, ExpiresAt: r.Clock.Now().Add(preferencesFor)}
	return model.NewContactPreferences(s, r.Links.PassURL(link.PreferencesPath, pass)), nil
}

func (r *Resolver) updateMyPreferences(ctx context.Context, in model.UpdateMyPreferencesInput) (*model.ContactPreferences, error) {
	id := access.From(ctx).CustomerID()
	if id == nil {
		return nil, nil
	}
	if err := access.Himself(ctx); err != nil {
		return nil, err
	}
	from := ""
	if ip := access.CallerFrom(ctx).IP; ip.IsValid() {
		from = ip.String()
	}
	return r.preferencesOf(r.Preferences.Change(ctx, *id, in.Change(from)))
}

func (r *Resolver) takeConsent(ctx context.Context, in model.TakeConsentInput) (*db.Consent, error) {
	customerID, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, err
	}
	shopID, err := gid.Decode("Shop", in.OriginShopID)
	if err != nil {
		return nil, err
	}
	return r.Customers.Take(ctx, customer.Word{
		CustomerID: customerID, Channel: string(in.Channel), State: string(in.State), OriginShopID: shopID, OccurredAt: deref(in.OccurredAt),
		Method: "API", Wording: in.Wording,
		Evidence: customer.Evidenced{Locale: deref(in.Locale), SentFrom: deref(in.IP), Source: in.Source, Reference: in.IdempotencyKey},
	})
}

func (r *Resolver) createPrivacyRequest(ctx context.Context, in model.CreatePrivacyRequestInput) (*db.PrivacyRequest, error) {
	customerID, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, err
	}
	return r.Privacy.Ask(ctx, privacy.NewRequest{
		CustomerID: customerID, Kind: string(in.Kind), Via: string(in.Via), AskedOn: in.AskedOn, DueOn: in.DueOn,
	})
}

// privacyPayload is a request that was changed, or what was wrong.
func privacyPayload(row *db.PrivacyRequest, err error) (*model.PrivacyRequestPayload, error) {
	wrong, err := userErrors(err)
	return &model.PrivacyRequestPayload{Request: model.NewPrivacyRequest(row), UserErrors: wrong}, err
}

func (r *Resolver) privacyRequests(ctx context.Context, first int, before, customerID *string, open bool) ([]*model.PrivacyRequest, error) {
	p, err := newPage[int64]("privacyRequests", first, nil)
	if err != nil {
		return nil, err
	}
	f := privacy.Filter{Open: open, Limit: p.Limit - 1}
	if f.Before, err = optionalRow("PrivacyRequest", before); err != nil {
		return nil, err
	}
	if f.CustomerID, err = optionalRow("Customer", customerID); err != nil {
		return nil, err
	}
	rows, err := r.Privacy.List(ctx, f)
	return model.NewPrivacyRequests(rows), err
}

func (r *Resolver) erasurePreview(ctx context.Context, customerID string) (*model.ErasurePreview, error) {
	id, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	settings, err := r.Privacy.Settings(ctx)
	if err != nil {
		return nil, err
	}
	p, err := r.Privacy.Preview(ctx, id)
	if err != nil {
		return nil, err
	}
	return model.NewErasurePreview(p, settings.TwoPeople), nil
}
