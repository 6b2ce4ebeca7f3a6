package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// bookPoints runs one booking and answers with it and the balance after it.
// invalid is what was wrong with the input, if anything.
func (r *Resolver) bookPoints(ctx context.Context, in points.ByHand, invalid error, book func(context.Context, points.ByHand) (points.Receipt, error)) (*model.PointsPayload, error) {
	var rc points.Receipt
	var after db.PointAccount
	err := invalid
	if err == nil {
		rc, err = book(ctx, in)
	}
	if err == nil {
		after, err = r.Points.Balance(ctx, rc.Booking.CustomerID)
	}
	if err != nil {
		wrong, err := userErrors(err)
		return &model.PointsPayload{UserErrors: wrong}, err
	}
	return &model.PointsPayload{Booking: model.NewPointBooking(&rc.Booking), Points: model.NewPointBalance(after, r.Zone), UserErrors: []*model.UserError{}}, nil
}

// bookHold is bookPoints for what is about a hold.
func (r *Resolver) bookHold(ctx context.Context, in points.ByHand, invalid error, book func(context.Context, points.ByHand) (points.Receipt, db.PointHold, error)) (*model.PointHoldPayload, error) {
	var hold db.PointHold
	done, err := r.bookPoints(ctx, in, invalid, func(ctx context.Context, in points.ByHand) (rc points.Receipt, err error) {
		rc, hold, err = book(ctx, in)
		return rc, err
	})
	if err != nil || done.Booking == nil {
		return &model.PointHoldPayload{UserErrors: done.UserErrors}, err
	}
	return &model.PointHoldPayload{Hold: model.NewPointHold(hold), Booking: done.Booking, Points: done.Points, UserErrors: done.UserErrors}, nil
}

// pointHistory is a page of the bookings of a customer, the newest first.
func (r *Resolver) pointHistory(ctx context.Context, customer int64, first int, after *string) (*model.PointBookingConnection, error) {
	p, err := newPage[int64]("pointHistory:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Points.History(ctx, customer, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(b *db.PointBooking) int64 { return b.ID })
	c := model.NewPointBookingConnection(rows, cursors, info)
	for _, e := range c.Edges {
		e.Node.CustomerRow = customer // who has the orders, also those of bookings from before a merge
	}
	return c, nil
}
