package task

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Key is a place in a list of tasks.
type Key struct {
	DueOn time.Time `json:"d"`
	ID    int64     `json:"i"`
}

// List is at most limit tasks in a state, after a key: open ones that are due
// first come first, the others newest first.
func (s *Service) List(ctx context.Context, status Status, after *Key, limit int) ([]*db.Task, error) {
	var rows []*db.Task
	q := s.DB.NewSelect().Model(&rows).Where("status = ?", status).Limit(int64(limit))
	direction, comparison := "DESC", "<"
	if status == Open {
		direction, comparison = "ASC", ">"
	}
	q = q.OrderExpr("due_on ?, id ?", bun.Safe(direction), bun.Safe(direction))
	if after != nil {
		q = q.Where("(due_on, id) ? (?::date, ?)", bun.Safe(comparison), after.DueOn, after.ID)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Find is one task. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Task, error) {
	row := new(db.Task)
	err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// OfMallMail is the task that was made of a mall mail and not dropped.
// Errors: fault.NotFound.
func (s *Service) OfMallMail(ctx context.Context, campaignID int64, mall string) (*db.Task, error) {
	row := new(db.Task)
	err := s.DB.NewSelect().Model(row).Where("campaign_id = ? AND mall = ? AND status <> ?", campaignID, mall, Cancelled).Scan(ctx)
	return row, db.Fault(err)
}

// Customers is how many customers a task concerns: those of the campaign's
// audience whom the rule that leaves only the mall's tool refuses first. Once
// the campaign has begun, its figures tell it as they stand.
func (s *Service) Customers(ctx context.Context, row *db.Task) (int64, error) {
	tool, err := ToolOf(row.Mall)
	if err != nil {
		return 0, err
	}
	var counted struct {
		Deliveries int64
		Refused    int64
	}
	err = s.DB.NewRaw(`
		SELECT (SELECT count(*) FROM deliveries WHERE campaign_id = ?0) AS deliveries,
		       (SELECT coalesce(sum(value), 0)::bigint FROM campaign_counters
		        WHERE campaign_id = ?0 AND metric = 'SUPPRESSED' AND label = ?1) AS refused`, row.CampaignID, tool.Rule).Scan(ctx, &counted)
	if err != nil {
		return 0, db.Fault(err)
	}
	if counted.Deliveries == 0 && row.Customers != nil {
		return *row.Customers, nil
	}
	return counted.Refused, nil
}

// Results is what a task brought, as the orders stand.
type Results struct {
	Orders    int64
	Customers int64
	Sales     int64 // net, minor unit of order.BaseCurrency
}

// Results counts the orders on the task's mall that name its coupon code since
// the task was made. Orders without a buyer count, as one customer each.
func (s *Service) Results(ctx context.Context, row *db.Task) (Results, error) {
	var r Results
	if row.CouponCode == "" {
		return r, nil
	}
	err := s.DB.NewRaw(`
		SELECT count(*) AS orders, count(DISTINCT o.customer_id) AS customers,
		       coalesce(sum(o.net_sales) FILTER (WHERE o.currency = ?), 0)::bigint AS sales
		FROM orders o JOIN shops s ON s.id = o.shop_id AND s.mall = ?
		WHERE o.coupon_codes <> '{}' AND o.coupon_codes @> ARRAY[?]::text[] AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= ?`,
		order.BaseCurrency, row.Mall, row.CouponCode, row.CreatedAt).Scan(ctx, &r)
	return r, db.Fault(err)
}

// Counts is how many tasks there are.
type Counts struct {
	Open, Done, Cancelled int64
	Overdue               int64 // of the open: due before today
}

// Counts counts tasks by their state.
func (s *Service) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	today := s.Clock.Now().In(s.Zone).Format(time.DateOnly)
	err := s.DB.NewRaw(`
		SELECT count(*) FILTER (WHERE status = 'OPEN') AS open, count(*) FILTER (WHERE status = 'OPEN' AND due_on < ?::date) AS overdue,
		       count(*) FILTER (WHERE status = 'DONE') AS done, count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled
		FROM tasks`, today).Scan(ctx, &c)
	return c, db.Fault(err)
}
