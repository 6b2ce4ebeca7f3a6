package task

import (
	"context"
	"strings"
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

// Filter narrows a list of tasks to one state and, where given, further.
type Filter struct {
	Status     Status
	Malls      []string // one of these; none: any
	AssigneeID int64    // whose they are; 0: anybody's
	Late       bool     // only those due before today
	Search     string   // in the subject or the campaign's name
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// List is at most limit tasks by the day they are due, from beyond a key (nil:
// from the beginning).
func (s *Service) List(ctx context.Context, f Filter, descending bool, after *Key, limit int) ([]*db.Task, error) {
	var rows []*db.Task
	q := s.narrow(s.DB.NewSelect().Model(&rows), f).Limit(int64(limit))
	direction, beyond := bun.Safe("ASC"), bun.Safe(">")
	if descending {
		direction, beyond = "DESC", "<"
	}
	q = q.OrderExpr("task.due_on ?, task.id ?", direction, direction)
	if after != nil {
		q = q.Where("(task.due_on, task.id) ? (?::date, ?)", beyond, after.DueOn, after.ID)
	}
	return rows, db.Fault(q.Scan(ctx))
}

func (s *Service) narrow(q *bun.SelectQuery, f Filter) *bun.SelectQuery {
	q = q.Where("task.status = ?", f.Status)
	if len(f.Malls) > 0 {
		q = q.Where("task.mall IN (?)", bun.List(f.Malls))
	}
	if f.AssigneeID != 0 {
		q = q.Where("task.assignee_id = ?", f.AssigneeID)
	}
	if f.Late {
		q = q.Where("task.due_on < ?::date", s.today())
	}
	if f.Search != "" {
		like := "%" + escapeLike.Replace(f.Search) + "%"
		q = q.Where("task.subject ILIKE ? OR EXISTS (SELECT FROM campaigns c WHERE c.id = task.campaign_id AND c.name ILIKE ?)", like, like)
	}
	return q
}

func (s *Service) today() string { return s.Clock.Now().In(s.Zone).Format(time.DateOnly) }

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
		       coalesce(sum(net_sales(o, d)) FILTER (WHERE o.currency = ?), 0)::bigint AS sales
		FROM orders o JOIN shops s ON s.id = o.shop_id AND s.mall = ? JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
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
	err := s.DB.NewRaw(`
		SELECT count(*) FILTER (WHERE status = 'OPEN') AS open, count(*) FILTER (WHERE status = 'OPEN' AND due_on < ?::date) AS overdue,
		       count(*) FILTER (WHERE status = 'DONE') AS done, count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled
		FROM tasks`, s.today()).Scan(ctx, &c)
	return c, db.Fault(err)
}
