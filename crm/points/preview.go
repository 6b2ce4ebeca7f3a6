package points

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// PreviewRequest asks what an order earns: one that is there, or one made up.
type PreviewRequest struct {
	OrderID int64  // 0: found by OrderNo, or made up of the rest
	OrderNo string // with ShopID where several shops have it; "": made up

	CustomerID int64 // 0: a member on the lowest stage, of whom nothing is known
	ShopID     int64
	Currency   string
	At         time.Time
	Purchase   Purchase // goods 0 with lines: their sum
}

// NoEarning is why an order earns nothing whatever the rules.
type NoEarning string

// The reasons.
const (
	NotAMember    NoEarning = "NOT_A_MEMBER"
	BeforeJoining NoEarning = "BEFORE_JOINING"
	ProgrammeOff  NoEarning = "PROGRAMME_OFF"
	NoRate        NoEarning = "NO_RATE" // in its currency
	IsCancelled   NoEarning = "CANCELLED"
	NoSale        NoEarning = "NOT_A_SALE"
	BooksClosed   NoEarning = "BEFORE_OPENING" // of the books that came from a former system
)

// Preview is what an order earns and why, and when.
type Preview struct {
	Breakdown
	Earned    bool      // it has; else it would
	Nothing   NoEarning // why nothing is earned whatever the rules; "" otherwise
	Names     map[int64]string
	Goods     []LineTold // what each line earns
	UsableAt  *time.Time // nil: once it is shipped
	ExpiresAt *time.Time // nil: never
}

// Preview works an order out and books nothing. An order that has earned already
// is worked out by the rules it earned under.
// Errors: fault.NotFound (order, customer, shop); fault.Invalid SEVERAL_SHOPS.
func (s *Service) Preview(ctx context.Context, r PreviewRequest) (p Preview, err error) {
	err = pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if r.OrderNo != "" {
			if r.OrderID, err = numbered(ctx, tx, r.OrderNo, r.ShopID); err != nil {
				return err
			}
		}
		o, lots, opened, err := s.previewed(ctx, tx, r)
		if err != nil {
			return err
		}
		p, err = s.preview(ctx, tx, o, lots, opened, r)
		return err
	})
	return p, db.Fault(err)
}

func (s *Service) preview(ctx context.Context, q querier, o *order, lots []*lot, opened *time.Time, r PreviewRequest) (p Preview, err error) {
	books := map[int64]*book{o.CustomerID: {}}
	programme, err := s.programmeFor(ctx, q, []*order{o}, books, ofOrders, toRead)
	if err != nil {
		return p, err
	}
	programme.byLine = true
	if r.OrderID == 0 {
		o.lines = r.Purchase.Lines
		if err := nameCategories(ctx, q, o.lines); err != nil {
			return p, err
		}
	}
	rule, earns, err := ruleOf(o, lots, programme.Settings)
	if err != nil {
		return p, err
	}
	p.Earned = len(lots) > 0
	p.Nothing = o.nothing(programme.Settings, earns, len(lots) == 0 && opened != nil && o.OrderedAt.Before(*opened))
	if p.Nothing == "" {
		if p.Breakdown, err = programme.work(o, len(lots) == 0, &rule); err != nil {
			return p, err
		}
	}
	if len(lots) == 0 {
		_, others := programme.rules.under(o.occasion(s.zone), "")
		p.Not = append(p.Not, others...)
	}
	p.Names = map[int64]string{}
	for id, versions := range programme.rules.rules {
		p.Names[id] = versions[len(versions)-1].Name
	}
	p.Goods = tell(p.Lines)
	if err := nameGoods(ctx, q, map[BookingRef][]LineTold{{}: p.Goods}); err != nil {
		return p, err
	}
	p.UsableAt = programme.ReleasedAt(o.OrderedAt, o.handedOver(), s.zone)
	p.ExpiresAt = programme.ExpiresAt(o.OrderedAt, rule.Stage, s.zone)
	return p, nil
}

// nothing is why the order earns nothing whatever the rules.
func (o order) nothing(set Settings, earns, closed bool) NoEarning {
	_, rated := set.Rates[o.Currency]
	switch {
	case o.Kind != "SALE":
		return NoSale
	case o.cancelled():
		return IsCancelled
	case o.MemberSince == nil:
		return NotAMember
	case closed:
		return BooksClosed
	case earns:
		return ""
	case !set.Enabled:
		return ProgrammeOff
	case !rated:
		return NoRate
	default:
		return BeforeJoining
	}
}

// numbered is the order of a number, of one shop (0: of any).
func numbered(ctx context.Context, q querier, no string, shop int64) (int64, error) {
	rows, err := q.Query(ctx, `SELECT k.order_id FROM shops s JOIN order_keys k ON k.shop_id = s.id WHERE k.order_no = $1 AND $2::bigint IN (0, s.id) LIMIT 2`, no, shop)
	if err != nil {
		return 0, db.Fault(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	switch {
	case err != nil:
		return 0, db.Fault(err)
	case len(ids) == 0:
		return 0, fault.New(fault.NotFound, "there is no order of this number").At("orderNo")
	case len(ids) > 1:
		return 0, fault.New(fault.Invalid, "several shops have an order of this number: say of which").WithCode("SEVERAL_SHOPS").At("shopId")
	}
	return ids[0], nil
}

// previewed is the order that is asked about, what it earned so far, and when the
// books of its customer were opened.
func (s *Service) previewed(ctx context.Context, q querier, r PreviewRequest) (o *order, lots []*lot, opened *time.Time, err error) {
	if r.OrderID == 0 {
		o, err = s.madeUp(ctx, q, r)
		return o, nil, nil, err
	}
	o, opened, err = s.existing(ctx, q, r.OrderID)
	if err != nil {
		return nil, nil, nil, err
	}
	rows, err := q.Query(ctx, `SELECT `+lotColumns+` FROM point_lots WHERE order_id = $1 AND customer_id = $2 ORDER BY id`, o.ID, o.CustomerID)
	if err != nil {
		return nil, nil, nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.PointLot])
	for _, row := range found {
		lots = append(lots, &lot{PointLot: row, loaded: row})
	}
	return o, lots, opened, db.Fault(err)
}

func (s *Service) existing(ctx context.Context, q querier, id int64) (*order, *time.Time, error) {
	var kind string
	var opened *time.Time
	err := q.QueryRow(ctx, `SELECT o.kind, a.opened_at FROM orders o LEFT JOIN point_accounts a ON a.customer_id = o.customer_id WHERE o.id = $1`, id).Scan(&kind, &opened)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil, fault.New(fault.NotFound, "there is no such order").At("orderId")
	}
	if err != nil {
		return nil, nil, db.Fault(err)
	}
	orders, err := loadOrders(ctx, q, []int64{id})
	if err != nil {
		return nil, nil, err
	}
	for _, o := range orders {
		if !o.Moved {
			return o, opened, nil
		}
	}
	return &order{ID: id, Kind: kind}, opened, nil // of somebody who is no member
}

// madeUp is an order as the request tells it, of the customer as he was then.
func (s *Service) madeUp(ctx context.Context, q querier, r PreviewRequest) (*order, error) {
	o := &order{
		CustomerID: r.CustomerID, ShopID: r.ShopID, Kind: "SALE", Status: "PLACED", OrderedAt: r.At, Currency: r.Currency,
		Goods: r.Purchase.Goods, Shipping: r.Purchase.Shipping, Fees: r.Purchase.Fees, ShopCoupon: r.Purchase.ShopCoupon, PointsUsed: r.Purchase.PointsUsed,
	}
	if o.Goods == 0 {
		for _, l := range r.Purchase.Lines {
			o.Goods += l.Amount
		}
	}
	err := q.QueryRow(ctx, `SELECT coalesce((SELECT mall FROM shops WHERE id = $1), '')`, r.ShopID).Scan(&o.Mall)
	if err == nil && o.Mall == "" && r.ShopID != 0 {
		return nil, fault.New(fault.NotFound, "there is no such shop").At("shopId")
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	err = q.QueryRow(ctx, `
		SELECT c.member_since, coalesce(extract(month FROM c.birth_date), 0)::int, coalesce(s.id, 0), coalesce(s.code, ''), coalesce(s.point_multiplier, 10000)::bigint
		FROM (SELECT 1) AS one LEFT JOIN customers c ON c.id = $1
		LEFT JOIN LATERAL (SELECT h.to_stage FROM stage_changes h WHERE h.customer_id = $1 AND h.at <= $2 ORDER BY h.at DESC, h.id DESC LIMIT 1) h ON true
		LEFT JOIN stages s ON s.id = coalesce(h.to_stage, (SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1))
		WHERE $1 = 0 OR c.id IS NOT NULL`, r.CustomerID, r.At).Scan(&o.MemberSince, &o.BirthMonth, &o.StageID, &o.Stage, &o.Multiplier)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	if r.CustomerID == 0 {
		o.MemberSince = &r.At
	}
	return o, db.Fault(err)
}

// nameCategories finds the categories of made-up lines.
func nameCategories(ctx context.Context, q querier, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	skus := make([]string, len(lines))
	for i, l := range lines {
		skus[i] = l.SKU
	}
	rows, err := q.Query(ctx, `SELECT sku, category FROM products WHERE sku = ANY($1::text[])`, skus)
	if err != nil {
		return db.Fault(err)
	}
	var sku, category string
	_, err = pgx.ForEachRow(rows, []any{&sku, &category}, func() error {
		for i := range lines {
			if lines[i].SKU == sku && lines[i].Category == "" {
				lines[i].Category = category
			}
		}
		return nil
	})
	return db.Fault(err)
}
