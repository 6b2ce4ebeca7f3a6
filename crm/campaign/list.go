package campaign

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/meguri-crm/meguri/db"
)

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Filter narrows a list of campaigns; the zero value takes all.
type Filter struct {
	Statuses []Status // any of them; none: any
	Malls    []string // has a variant for one of them; none: any
	Missed   bool     // only those whose scheduled start did not happen
	Search   string   // in name or theme
}

// Sort is what a list of campaigns is ordered by; the id decides among equals.
type Sort string

// The orders of the list.
const (
	ByCreated Sort = "CREATED"
	ByUpdated Sort = "UPDATED"
	ByName    Sort = "NAME"
	ByWhen    Sort = "WHEN" // when it was sent, is scheduled or planned for; those without a day are the latest
)

// Order is how a list of campaigns is sorted.
type Order struct {
	By         Sort
	Descending bool
}

// Key is a place in a list: the campaign, and what the list is sorted by.
type Key struct {
	ID   int64      `json:"i"`
	Name string     `json:"n,omitempty"`
	Time *time.Time `json:"t,omitempty"`
}

// KeyOf is the place of a campaign in a list.
func (s *Service) KeyOf(row *db.Campaign, by Sort) Key {
	key := Key{ID: row.ID}
	switch by {
	case ByName:
		key.Name = row.Name
	case ByUpdated:
		key.Time = &row.UpdatedAt
	case ByWhen:
		key.Time = s.when(row)
	case ByCreated:
	}
	return key
}

// when is the instant of ByWhen; nil without any.
func (s *Service) when(row *db.Campaign) *time.Time {
	switch {
	case row.SentAt != nil:
		return row.SentAt
	case row.ScheduledAt != nil:
		return row.ScheduledAt
	case row.StartsOn == nil:
		return nil
	}
	year, month, day := row.StartsOn.Date()
	first := time.Date(year, month, day, 0, 0, 0, 0, s.Zone)
	return &first
}

// List is at most limit campaigns, newest first, from below the id before (0:
// from the newest).
func (s *Service) List(ctx context.Context, f Filter, before int64, limit int) ([]*db.Campaign, error) {
	var after *Key
	if before > 0 {
		after = &Key{ID: before}
	}
	return s.Page(ctx, f, Order{By: ByCreated, Descending: true}, after, limit)
}

// Page is at most limit campaigns in an order, from beyond a place (nil: from
// the beginning).
func (s *Service) Page(ctx context.Context, f Filter, o Order, after *Key, limit int) ([]*db.Campaign, error) {
	var rows []*db.Campaign
	q := f.narrow(s.DB.NewSelect().Model(&rows).Where("campaign.archived_at IS NULL"))
	return rows, db.Fault(s.ordered(q, o, after).Limit(int64(limit)).Scan(ctx))
}

func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if len(f.Statuses) > 0 {
		q = q.Where("campaign.status IN (?)", bun.List(f.Statuses))
	}
	if len(f.Malls) > 0 {
		q = q.Where("EXISTS (SELECT FROM campaign_variants v WHERE v.campaign_id = campaign.id AND v.mall IN (?))", bun.List(f.Malls))
	}
	if f.Search != "" {
		like := "%" + escapeLike.Replace(f.Search) + "%"
		q = q.Where("campaign.name ILIKE ? OR campaign.theme ILIKE ?", like, like)
	}
	if f.Missed {
		q = q.Where("campaign.missed_at IS NOT NULL")
	}
	return q
}

// ordered sorts the list and begins beyond a place in it. A merchant has
// hundreds of campaigns, so that no order needs an index of its own.
func (s *Service) ordered(q *bun.SelectQuery, o Order, after *Key) *bun.SelectQuery {
	direction, beyond := bun.Safe("ASC"), bun.Safe(">")
	if o.Descending {
		direction, beyond = "DESC", "<"
	}
	by := s.sorted(o.By)
	q = q.OrderExpr("? ?, campaign.id ?", by, direction, direction)
	if after == nil {
		return q
	}
	var place any = after.ID
	switch o.By {
	case ByName:
		place = after.Name
	case ByUpdated, ByWhen:
		place = bun.SafeQuery("coalesce(?::timestamptz, 'infinity')", after.Time)
	case ByCreated:
	}
	return q.Where("(?, campaign.id) ? (?, ?)", by, beyond, place, after.ID)
}

// sorted is what a list is ordered by, as an expression.
func (s *Service) sorted(by Sort) schema.QueryWithArgs {
	switch by {
	case ByName:
		return bun.SafeQuery("campaign.name")
	case ByUpdated:
		return bun.SafeQuery("campaign.updated_at")
	case ByWhen:
		return bun.SafeQuery(
			"coalesce(campaign.sent_at, campaign.scheduled_at, campaign.starts_on::timestamp AT TIME ZONE ?, 'infinity')", s.Zone.String())
	case ByCreated:
	}
	return bun.SafeQuery("campaign.id")
}
