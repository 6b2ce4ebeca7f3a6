package adjust

import (
	"context"
	"errors"
	"fmt"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// part is how many lines a transaction books.
const part = 200

// Work books what is approved, until nothing is.
func (s *Service) Work(ctx context.Context) error {
	for {
		more, err := s.bookPart(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// bookPart books some lines of the oldest adjustment that nobody else has in hand.
func (s *Service) bookPart(ctx context.Context) (more bool, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var rows []*db.PointAdjustment
		err := tx.NewSelect().Model(&rows).Where("status = 'APPROVED'").Order("id").Limit(1).For("UPDATE SKIP LOCKED").Scan(ctx)
		if err != nil || len(rows) == 0 {
			return db.Fault(err)
		}
		more = true
		return s.bookLines(ctx, tx, rows[0])
	})
	return more, err
}

// bookLines books in the order in which accounts are locked.
func (s *Service) bookLines(ctx context.Context, tx db.Tx, row *db.PointAdjustment) error {
	var lines []*db.PointAdjustmentLine
	err := tx.NewSelect().Model(&lines).Where("adjustment_id = ? AND state = 'READY'", row.ID).Order("customer_id", "line_no").Limit(part).Scan(ctx)
	if err != nil {
		return db.Fault(err)
	}
	if len(lines) == 0 {
		now := s.clock.Now()
		row.Status, row.BookedAt = Booked, &now
	}
	for _, l := range lines {
		if err := s.bookLine(ctx, tx, row, l); err != nil {
			return err
		}
		if row.Done++; l.Code != "" {
			row.Refused++
		}
		if _, err := tx.NewUpdate().Model(l).WherePK().Column("state", "code", "booking_id").Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	_, err = tx.NewUpdate().Model(row).WherePK().Column("status", "done", "refused", "booked_at").Exec(ctx)
	return db.Fault(err)
}

// bookLine books one line; what the books refuse stands in the line.
func (s *Service) bookLine(ctx context.Context, tx db.Tx, row *db.PointAdjustment, l *db.PointAdjustmentLine) error {
	receipt, err := s.book(ctx, tx, row, l)
	var refused *fault.Error
	if errors.As(err, &refused) && (refused.Kind == fault.Precondition || refused.Kind == fault.NotFound || refused.Kind == fault.Invalid) {
		l.State, l.Code = "REFUSED", refused.CodeOrKind()
		return nil
	}
	l.State, l.BookingID = "BOOKED", &receipt.Booking.ID
	return err
}

func (s *Service) book(ctx context.Context, tx db.Tx, row *db.PointAdjustment, l *db.PointAdjustmentLine) (points.Receipt, error) {
	key := fmt.Sprintf("adjust:%d:%d", row.ID, l.LineNo)
	cause := points.Cause{
		Reason: "ADJUSTMENT", Note: l.Reason, ActorKind: string(access.ActorStaff), ActorID: row.CreatedBy,
		Detail: map[string]any{"adjustment": row.ID, "line": l.LineNo},
	}
	if row.DecidedBy != nil {
		cause.Detail["approvedBy"] = *row.DecidedBy
	}
	if l.Amount < 0 {
		return s.points.Deduct(ctx, &tx, points.SpendRequest{CustomerID: *l.CustomerID, Amount: -l.Amount, Key: key, Cause: cause})
	}
	return s.points.Grant(ctx, &tx, points.GrantRequest{
		CustomerID: *l.CustomerID, Amount: l.Amount, ExpiresAt: s.points.EndOf(l.ExpiresOn), Origin: points.Origin(l.Origin), Key: key, Cause: cause,
	})
}
