package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// MessageFilter narrows a list of messages; the zero value takes all.
type MessageFilter struct {
	Status MessageStatus
	Reason string
	Mall   string // destination
}

// MessageKey is a message's place in the list of its campaign.
type MessageKey struct {
	DeliveryID int64 `json:"d"`
	ID         int64 `json:"i"`
}

// Messages is who is in a campaign's audience and what became of each, in the
// order of the sending, after a place in the list (nil: from the first), at most
// limit of them.
func (s *Service) Messages(ctx context.Context, campaignID int64, f MessageFilter, after *MessageKey, limit int) ([]*db.Message, error) {
	months, err := s.months(ctx, campaignID)
	if err != nil || len(months) == 0 {
		return nil, err
	}
	var rows []*db.Message
	// The months are there so that only their partitions are looked at.
	q := s.DB.NewSelect().Model(&rows).Where("delivery_month IN (?)", bun.List(months)).
		Where("delivery_id IN (SELECT id FROM deliveries WHERE campaign_id = ?)", campaignID).
		Order("delivery_id", "id").Limit(int64(limit))
	if after != nil {
		q = q.Where("(delivery_id, id) > (?, ?)", after.DeliveryID, after.ID)
	}
	if f.Status != "" {
		q = q.Where("status = ?", f.Status)
	}
	if f.Reason != "" {
		q = q.Where("reason = ?", f.Reason)
	}
	if f.Mall != "" {
		q = q.Where("mall = ?", f.Mall)
	}
	return rows, db.Fault(q.Scan(ctx))
}

func (s *Service) months(ctx context.Context, campaignID int64) ([]string, error) {
	var months []time.Time
	err := s.DB.NewRaw(`SELECT DISTINCT delivery_month FROM deliveries WHERE campaign_id = ?`, campaignID).Scan(ctx, &months)
	days := make([]string, len(months))
	for i, m := range months {
		days[i] = m.Format(time.DateOnly)
	}
	return days, db.Fault(err)
}

// MessageByID is one message. Errors: fault.NotFound.
func (s *Service) MessageByID(ctx context.Context, customerID, id int64) (*db.Message, error) {
	row := new(db.Message)
	if err := s.DB.NewSelect().Model(row).Where("customer_id = ? AND id = ?", customerID, id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// CustomerMessages is what a customer was in the audience of, newest first, from
// below the message id before (0: from the newest), at most limit.
func (s *Service) CustomerMessages(ctx context.Context, customerID, before int64, limit int) ([]*db.Message, error) {
	var rows []*db.Message
	q := s.DB.NewSelect().Model(&rows).Where("customer_id = ? AND campaign_id IS NOT NULL", customerID).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// latestMessages is the newest message of a campaign per customer who has one.
func (s *Service) latestMessages(ctx context.Context, campaignID int64, ids []int64) (map[int64]*db.Message, error) {
	var rows []*db.Message
	err := s.DB.NewSelect().Model(&rows).Where("customer_id = ANY(?::bigint[]) AND campaign_id = ?", pgdialect.Array(ids), campaignID).
		Order("id").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	latest := make(map[int64]*db.Message, len(rows))
	for _, row := range rows {
		latest[row.CustomerID] = row
	}
	return latest, nil
}
