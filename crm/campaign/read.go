package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Find is one campaign.
// Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Campaign, error) {
	row := new(db.Campaign)
	if err := s.DB.NewSelect().Model(row).Where("id = ? AND archived_at IS NULL", id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// ByIDs are the campaigns of ids, in no order; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.Campaign, error) {
	var rows []*db.Campaign
	err := s.DB.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// Totals are the figures of whole campaigns; those without any are left out.
func (s *Service) Totals(ctx context.Context, ids []int64) (map[int64]Figures, error) {
	var rows []struct {
		CampaignID int64
		Metric     Metric
		Label      string
		Value      int64
	}
	err := s.DB.NewRaw(`SELECT campaign_id, metric, label, sum(value)::bigint AS value FROM campaign_counters
		WHERE campaign_id = ANY(?::bigint[]) GROUP BY campaign_id, metric, label`, pgdialect.Array(ids)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	sums := map[int64]*sum{}
	for _, r := range rows {
		at(sums, r.CampaignID).add(counterRow{Metric: r.Metric, Label: r.Label, Value: r.Value})
	}
	totals := make(map[int64]Figures, len(sums))
	for id, s := range sums {
		totals[id] = s.figures()
	}
	return totals, nil
}

// maxPlanned bounds a calendar: more campaigns than anybody can look at.
const maxPlanned = 500

// Planned is a campaign with the days it stands on in a calendar.
type Planned struct {
	Campaign *db.Campaign
	From, To time.Time // midnight UTC; the day it was sent, is scheduled or planned for, to its last one
}

// Calendar is the campaigns that stand on some day between two, both included
// and given as midnight UTC, by their first day; at most 500. Those that were
// cancelled before anything was sent, and drafts without a day, are on none.
func (s *Service) Calendar(ctx context.Context, from, to time.Time) ([]Planned, error) {
	var rows []struct {
		db.Campaign
		From time.Time `bun:"from_day"`
		To   time.Time `bun:"to_day"`
	}
	zone := s.Zone.String()
	err := s.DB.NewRaw(`
		SELECT c.*, d.from_day, greatest(d.from_day, c.ends_on, (c.finished_at AT TIME ZONE ?)::date) AS to_day
		FROM campaigns c, LATERAL (SELECT coalesce((coalesce(c.sent_at, c.scheduled_at) AT TIME ZONE ?)::date, c.starts_on) AS from_day) d
		WHERE c.archived_at IS NULL AND (c.status <> 'CANCELLED' OR c.sent_at IS NOT NULL)
		  AND d.from_day <= ?::date AND greatest(d.from_day, c.ends_on, (c.finished_at AT TIME ZONE ?)::date) >= ?::date
		ORDER BY d.from_day, c.id LIMIT ?`,
		zone, zone, to.Format(time.DateOnly), zone, from.Format(time.DateOnly), maxPlanned).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Planned, len(rows))
	for i := range rows {
		list[i] = Planned{Campaign: &rows[i].Campaign, From: rows[i].From, To: rows[i].To}
	}
	return list, nil
}
