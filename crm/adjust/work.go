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

// nextLines are some that wait, by whose points they are now: in the order in which
// accounts are locked. Nobody is merged until the transaction ends.
func nextLines(ctx context.Context, tx db.Tx, adjustment int64) (lines []*db.PointAdjustmentLine, err error) {
	if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", db.PeopleLock).Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	err = tx.NewRaw(`WITH RECURSIVE next AS (
			SELECT * FROM point_adjustment_lines WHERE adjustment_id = ? AND state = 'READY' ORDER BY customer_id, line_no LIMIT ?
		), now AS (
			SELECT customer_id AS named, customer_id AS id FROM next
			UNION SELECT n.named, c.merged_into FROM now n JOIN customers c ON c.id = n.id WHERE c.merged_into IS NOT NULL
		)
		SELECT next.* FROM next LEFT JOIN (now JOIN customers c ON c.id = now.id AND c.merged_into IS NULL) ON named = next.customer_id
		ORDER BY c.id, next.line_no`, adjustment, part).Scan(ctx, &lines)
	return lines, db.Fault(err)
}

func (s *Service) bookLines(ctx context.Context, tx db.Tx, row *db.PointAdjustment) error {
	lines, err := nextLines(ctx, tx, row.ID)
	if err != nil {
		return err
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
