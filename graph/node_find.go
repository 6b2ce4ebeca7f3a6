package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// The objects of node(id) that no root field answers.

func (r *Resolver) allShops(ctx context.Context) ([]*model.Shop, error) {
	return r.Query().Shops(ctx, true)
}

func (r *Resolver) staff(ctx context.Context, id string) (*model.Staff, error) {
	row, err := gid.Decode("Staff", id)
	if err != nil {
		return nil, err
	}
	staff, err := r.Access.Find(ctx, row)
	return model.NewStaff(staff), err
}

func (r *Resolver) auditEntry(ctx context.Context, id string) (*model.AuditEntry, error) {
	row, err := gid.Decode("AuditEntry", id)
	if err != nil {
		return nil, err
	}
	entry, err := r.Audit.Find(ctx, row)
	if err != nil {
		return nil, err
	}
	return model.NewAuditEntry(entry), nil
}

func (r *Resolver) variant(ctx context.Context, id string) (*model.CampaignVariant, error) {
	row, err := gid.Decode("CampaignVariant", id)
	if err != nil {
		return nil, err
	}
	v, err := r.Campaigns.VariantByID(ctx, row)
	if err != nil {
		return nil, err
	}
	return model.NewCampaignVariants([]*db.CampaignVariant{v})[0], nil
}

func (r *Resolver) message(ctx context.Context, customer, row int64) (*model.Message, error) {
	m, err := r.Campaigns.MessageByID(ctx, customer, row)
	if err != nil {
		return nil, err
	}
	return model.NewMessage(m), nil
}

func (r *Resolver) order(ctx context.Context, customer, row int64) (*model.Order, error) {
	o, err := r.Orders.Find(ctx, order.Ref{CustomerID: customer, ID: row})
	if err != nil {
		return nil, err
	}
	return model.NewOrder(o), nil
}

func (r *Resolver) pointBooking(ctx context.Context, customer, row int64) (*model.PointBooking, error) {
	b, err := r.Points.BookingByID(ctx, customer, row)
	if err != nil {
		return nil, err
	}
	return model.NewPointBooking(b), nil
}

func (r *Resolver) pointHold(ctx context.Context, customer, row int64) (*model.PointHold, error) {
	h, err := r.Points.HoldByID(ctx, customer, row)
	if err != nil {
		return nil, err
	}
	return model.NewPointHold(*h), nil
}

func (r *Resolver) consent(ctx context.Context, customer, row int64) (*model.Consent, error) {
	rows, err := loader.For(ctx).Consents(ctx, customer)
	for i := range rows {
		if rows[i].ID == row {
			return model.NewConsent(&rows[i]), nil
		}
	}
	return nil, err
}

func (r *Resolver) identity(ctx context.Context, customer, row int64) (*model.Identity, error) {
	rows, err := loader.For(ctx).Identities(ctx, customer)
	for i := range rows {
		if rows[i].ID == row {
			return model.NewIdentityList(rows[i : i+1])[0], nil
		}
	}
	return nil, err
}
