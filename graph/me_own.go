package graph

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// What a customer sees and does himself. No field here takes the id of a customer:
// he is who the token says.

// membersOnly turns into nothing what a customer has only as a member.
func membersOnly(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Code == "NOT_A_MEMBER" {
		return nil
	}
	return err
}

// self is the customer whose token it is, or who survived him in a merge.
// Errors: fault.Forbidden for a caller who is none.
func (r *Resolver) self(ctx context.Context) (int64, error) {
	id := access.From(ctx).CustomerID()
	if id == nil {
		return 0, fault.New(fault.Forbidden, "only a customer has this")
	}
	self, err := r.Members.Self(ctx, *id, member.Want{})
	return self.CustomerID, err
}

func (r *Resolver) myLots(ctx context.Context, customer int64, first int, after *string) (*model.MyPointLotConnection, error) {
	p, err := newPage[points.LotCursor]("myLots:expiresAt", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Points.LotsLeft(ctx, customer, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(l points.LotLeft) points.LotCursor { return points.LotCursor{ExpiresAt: l.ExpiresAt, ID: l.ID} })
	return model.NewMyPointLots(rows, cursors, info, r.Zone), nil
}

func (r *Resolver) myStatement(ctx context.Context, customer int64, first int, after *string) (*model.MyPointEntryConnection, error) {
	p, err := newPage[int64]("myStatement:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Points.History(ctx, customer, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(b *db.PointBooking) int64 { return b.ID })
	malls := map[int64]string{}
	for _, b := range rows {
		if b.ShopID == nil || malls[*b.ShopID] != "" {
			continue
		}
		shop, err := loader.For(ctx).Shop(ctx, *b.ShopID)
		if err != nil {
			return nil, err
		}
		malls[*b.ShopID] = shop.Mall
	}
	of := make([]ledger.Ref, len(rows))
	for i, b := range rows {
		of[i] = ledger.Ref{CustomerID: b.CustomerID, ID: b.ID}
	}
	did, err := r.Ledger.Parts(ctx, of)
	return model.NewMyStatement(rows, did, malls, cursors, info), err
}

func (r *Resolver) myOrders(ctx context.Context, customer int64, first int, after *string) (*model.MyOrderConnection, error) {
	p, err := newPage[moment]("myOrders:orderedAt:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Orders.List(ctx, customer, (*order.Cursor)(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(o db.Order) moment { return moment{At: o.OrderedAt, ID: o.ID} })
	parts, err := r.myOrderParts(ctx, customer, rows)
	return model.NewMyOrders(rows, parts, cursors, info, r.Zone), err
}

// myOrderParts reads what belongs to a page of orders, at once.
func (r *Resolver) myOrderParts(ctx context.Context, customer int64, rows []db.Order) (parts model.MyOrderParts, err error) {
	refs, ids, shops := make([]order.Ref, len(rows)), make([]int64, len(rows)), make([]int64, 0, len(rows))
	for i, o := range rows {
		refs[i], ids[i] = order.Ref{CustomerID: customer, ID: o.ID}, o.ID
		if !slices.Contains(shops, o.ShopID) {
			shops = append(shops, o.ShopID)
		}
	}
	lines, err := r.Orders.Lines(ctx, refs)
	if err != nil {
		return parts, err
	}
	parts.Lines = map[int64][]db.OrderLine{}
	for ref, of := range lines {
		parts.Lines[ref.ID] = of
	}
	found, err := r.Shops.ByIDs(ctx, shops)
	if err != nil {
		return parts, err
	}
	parts.Shops = map[int64]*db.Shop{}
	for i := range found {
		parts.Shops[found[i].ID] = &found[i]
	}
	parts.Earned, err = r.Points.EarnedOn(ctx, customer, ids)
	return parts, err
}

func (r *Resolver) changeMyOffer(ctx context.Context, in model.MyOfferInput, change func(ctx context.Context, customer, offer int64) (*offer.Mine, error)) (*model.MyOfferPayload, error) {
	var mine *offer.Mine
	id, err := gid.Decode("Offer", in.OfferID)
	if err != nil {
		err = fault.New(fault.Invalid, "this is not a valid id").WithCode("INVALID_ID").At("offerId")
	} else {
		var customer int64
		if customer, err = r.self(ctx); err == nil {
			mine, err = change(ctx, customer, id)
		}
	}
	wrong, err := userErrors(err)
	return &model.MyOfferPayload{Offer: model.NewMyOffer(mine), UserErrors: wrong}, err
}

func (r *Resolver) updateMyProfile(ctx context.Context, in model.UpdateMyProfileInput) (*model.MyProfile, error) {
	if err := access.Himself(ctx); err != nil {
		return nil, err
	}
	customer, err := r.self(ctx)
	if err != nil {
		return nil, err
	}
	row, err := r.Customers.UpdateOwn(ctx, customer, in.Own())
	if err != nil {
		return nil, err
	}
	return r.myProfile(ctx, row.ID)
}

// installed is of the merchant's app.
func (r *Resolver) installed(ctx context.Context, in model.RecordMyAppInstallInput) (given int64, err error) {
	if err := access.Himself(ctx); err != nil {
		return 0, err
	}
	customer, err := r.self(ctx)
	if err != nil {
		return 0, err
	}
	return r.Members.Installed(ctx, customer, in.DeviceID)
}

func (r *Resolver) changeMyMail(ctx context.Context, in model.ChangeMyMailInput) error {
	if err := access.Himself(ctx); err != nil {
		return err
	}
	customer, err := r.self(ctx)
	if err != nil {
		return err
	}
	return r.MailChanges.Ask(ctx, customer, in.Mail, in.Locale)
}

func (r *Resolver) myProfile(ctx context.Context, customer int64) (*model.MyProfile, error) {
	may, err := r.Customers.OwnRules(ctx)
	if err != nil {
		return nil, err
	}
	profile, err := r.Members.Profile(ctx, customer)
	return model.NewMyProfile(profile, may, r.Clock.Now(), r.Zone), err
}

// openMemberPage is the page with a token behind the #.
func (r *Resolver) openMemberPage(ctx context.Context, in model.OpenMemberPageInput) (*string, error) {
	customer, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, fault.New(fault.Invalid, "this is not a valid id").WithCode("INVALID_ID").At("customerId")
	}
	token, err := r.Access.OpenMemberPage(ctx, customer)
	if err != nil {
		return nil, err
	}
	page := r.Origin + "/member#token=" + url.QueryEscape(token)
	return &page, nil
}

// checkIn is of a till, which reads the card of a member.
func (r *Resolver) checkIn(ctx context.Context, in model.CheckInMemberInput) (*model.CheckInMemberPayload, error) {
	shop, err := model.IDAt("shopId", "Shop", in.ShopID)
	p := &model.CheckInMemberPayload{}
	if err == nil {
		var scanned *member.Scanned
		scanned, p.Points, err = r.Members.CheckIn(ctx, in.Code, shop)
		p.Member = model.NewScannedMember(scanned, r.Zone)
	}
	p.UserErrors, err = userErrors(err)
	return p, err
}

// myPoints passes on what crm/member tells.
func (r *Resolver) myPoints(ctx context.Context) (<-chan *model.MyPoints, error) {
	id := access.From(ctx).CustomerID()
	if id == nil {
		return nil, fault.New(fault.Forbidden, "only a customer has this")
	}
	readings, err := r.MemberLive.Watch(ctx, *id)
	if err != nil {
		return nil, err
	}
	out := make(chan *model.MyPoints)
	go func() {
		defer close(out)
		for self := range readings {
			select {
			case out <- model.NewMyPoints(self, r.Zone):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}
