package points

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Back is goods of a line that came back, as a booking tells it; below zero, goods
// that stand again.
type Back struct {
	Key      string `json:"key"` // of the line
	SKU      string `json:"sku,omitempty"`
	Quantity int64  `json:"quantity,omitempty"`
	Money    int64  `json:"money,omitempty"`
	Points   int64  `json:"points"` // what these goods had earned; caps may have taken back less, and a least amount more
}

// telling adds what came back.
func (c Cause) telling(back []Back) Cause {
	if len(back) > 0 {
		c.Detail = map[string]any{"back": back}
	}
	return c
}

// loadBack finds which goods of orders the books know to have come back, since
// the orders earned what they were sold as.
func loadBack(ctx context.Context, q querier, books map[int64]*book, orders []*order) error {
	byID := map[int64]*order{}
	var ids, since []int64
	for _, o := range orders {
		if lots := books[o.CustomerID].lotsOf(o.ID); o.Kind == "SALE" && !o.Moved && len(lots) > 0 {
			from, err := soldSince(lots)
			if err != nil {
				return err
			}
			if from != 0 {
				byID[o.ID], ids, since = o, append(ids, o.ID), append(since, from)
			}
		}
	}
	if len(byID) == 0 {
		return nil
	}
	rows, err := q.Query(ctx, `SELECT b.order_id, back->>'key', sum(coalesce((back->>'quantity')::bigint, 0))::bigint, sum(coalesce((back->>'money')::bigint, 0))::bigint
		FROM unnest($2::bigint[], $3::bigint[]) AS n (order_id, since)
		JOIN point_bookings b ON b.order_id = n.order_id AND b.id > n.since AND b.customer_id = ANY($1::bigint[])
		CROSS JOIN LATERAL jsonb_array_elements(b.detail->'back') AS back GROUP BY 1, 2`, slices.Sorted(maps.Keys(books)), ids, since)
	if err != nil {
		return db.Fault(err)
	}
	var id int64
	var one Back
	_, err = pgx.ForEachRow(rows, []any{&id, &one.Key, &one.Quantity, &one.Money}, func() error {
		byID[id].back = append(byID[id].back, one)
		return nil
	})
	return db.Fault(err)
}

// soldSince is the booking of the first of the lots that keeps the order as the
// newest does; 0 where that keeps nothing.
func soldSince(lots []*lot) (booking int64, err error) {
	newest, err := lots[len(lots)-1].rule()
	if err != nil || newest.Sold == nil {
		return 0, err
	}
	for _, l := range slices.Backward(lots) {
		r, err := l.rule()
		if err != nil {
			return 0, err
		}
		if !reflect.DeepEqual(r.Sold, newest.Sold) {
			break
		}
		booking = l.BookingID
	}
	return booking, nil
}

// cameBack is what of the goods has come back since the books last told of it, by
// line. Of an order that is cancelled as a whole nothing is told.
func (o order) cameBack(p *programme, rule Rule, lots []*lot) (back []Back) {
	if len(lots) == 0 || rule.Sold == nil || o.cancelled() && len(o.back) == 0 {
		return nil
	}
	rules, err := p.rules.named(rule.Under)
	if err != nil {
		return nil
	}
	rest, kept := make([]*Line, len(rule.Sold.Lines)), true
	if !o.cancelled() {
		rest, kept = o.restOf(&rule, rules)
	}
	if !kept {
		return nil
	}
	before, then := o.before(*rule.Sold)
	left := p.used.left(&o, rules, rule.Under, p.zone)
	had, has := rule.Keep(rules, *rule.Sold, before, then, left), rule.Keep(rules, *rule.Sold, rest, o.amounts(), left)
	for i, l := range rule.Sold.Lines {
		was, is := lineOrNone(before[i]), lineOrNone(rest[i])
		if was.Quantity != is.Quantity || was.Amount != is.Amount {
			back = append(back, Back{
				Key: l.Key, SKU: l.SKU, Quantity: was.Quantity - is.Quantity, Money: was.Amount - is.Amount, Points: had.Lines[i].Points - has.Lines[i].Points,
			})
		}
	}
	return back
}

// before is what was left when the books last told of goods that came back.
func (o order) before(sold Purchase) (rest []*Line, now Amounts) {
	rest, now = make([]*Line, len(sold.Lines)), sold.Amounts
	for i, l := range sold.Lines {
		for _, b := range o.back {
			if b.Key == l.Key {
				l.Quantity, l.Amount, now.Goods = l.Quantity-b.Quantity, l.Amount-b.Money, now.Goods-b.Money
			}
		}
		if l.Quantity > 0 || l.Amount != 0 {
			rest[i] = &l
		}
	}
	return rest, now
}

func lineOrNone(l *Line) Line {
	if l == nil {
		return Line{}
	}
	return *l
}

// LineTold is what a booking says of a line of its order: what its pieces earned
// or, below zero, took back.
type LineTold struct {
	Key, SKU, Name   string // the name of the goods, where it is known
	Quantity, Points int64
}

// LinesOf says of bookings on orders which lines they are about: of the first that
// an order earned by, all of them; of later ones, what came back or stands again.
// Of an order with a single piece, or one that is cancelled as a whole, nothing is told.
// A booking may be asked for in the name of whoever was merged with its customer.
func (s *Service) LinesOf(ctx context.Context, bookings []BookingRef) (map[BookingRef][]LineTold, error) {
	customers, ids := make([]int64, len(bookings)), make([]int64, len(bookings))
	for i, b := range bookings {
		customers[i], ids[i] = b.CustomerID, b.ID
	}
	kin, err := kinOf(ctx, s.db.Pool, customers) // one of them may have the lot now
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT asked.customer_id, asked.id, b.detail->'back', CASE WHEN b.kind = 'GRANT' THEN l.rule END
		FROM unnest($1::bigint[], $2::bigint[]) AS asked (customer_id, id)
		JOIN point_bookings b ON b.customer_id = ANY($3::bigint[]) AND b.id = asked.id AND b.kind IN ('GRANT', 'CLAWBACK') AND b.order_id IS NOT NULL
		LEFT JOIN point_lots l ON l.customer_id = ANY($3::bigint[]) AND l.id = b.lot_id`, customers, ids, kin)
	if err != nil {
		return nil, db.Fault(err)
	}
	type row struct {
		of         BookingRef
		back, rule []byte
	}
	found, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (one row, err error) {
		return one, r.Scan(&one.of.CustomerID, &one.of.ID, &one.back, &one.rule)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	told := map[BookingRef][]LineTold{}
	for _, one := range found {
		if told[one.of], err = s.tellLines(ctx, one.back, one.rule); err != nil {
			return nil, err
		}
	}
	return told, nameGoods(ctx, s.db.Pool, told)
}

// tellLines reads what came back, or else what each line earned.
func (s *Service) tellLines(ctx context.Context, back, rule []byte) (told []LineTold, err error) {
	if back != nil {
		var all []Back
		if err := json.Unmarshal(back, &all); err != nil {
			return nil, fault.Wrap(fault.Internal, err, "what came back cannot be read")
		}
		for _, b := range all {
			told = append(told, LineTold{Key: b.Key, SKU: b.SKU, Quantity: -b.Quantity, Points: -b.Points})
		}
		return told, nil
	}
	if rule == nil {
		return nil, nil
	}
	var r Rule
	if err := json.Unmarshal(rule, &r); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the rule of a lot cannot be read")
	}
	if r.Sold == nil { // what the order was of is not kept of a single piece
		return nil, nil
	}
	known, err := s.readRules(ctx, s.db.Pool)
	if err != nil {
		return nil, err
	}
	rules, err := known.named(r.Under)
	if err != nil {
		return nil, err
	}
	return tell(r.ByLine(rules, *r.Sold, r.gave(rules)).Lines), nil
}

func tell(lines []LinePoints) (told []LineTold) {
	for _, l := range lines {
		told = append(told, LineTold{Key: l.Key, SKU: l.SKU, Quantity: l.Quantity, Points: l.Points})
	}
	return told
}

// gave bounds rules by what they have given.
func (r Rule) gave(rules []EarnRule) map[int64]Left {
	left := map[int64]Left{}
	for _, rule := range rules {
		var points int64
		for _, p := range r.Parts {
			if p.Rule == rule.ID {
				points += p.Points
			}
		}
		left[rule.ID] = Left{First: &points}
	}
	return left
}

// nameGoods tells what the goods of lines are called.
func nameGoods(ctx context.Context, q querier, told map[BookingRef][]LineTold) error {
	var skus []string
	for _, lines := range told {
		for _, l := range lines {
			skus = append(skus, l.SKU)
		}
	}
	if len(skus) == 0 {
		return nil
	}
	rows, err := q.Query(ctx, `SELECT sku, name FROM products WHERE sku = ANY($1::text[])`, skus)
	if err != nil {
		return db.Fault(err)
	}
	names := map[string]string{}
	var sku, name string
	if _, err = pgx.ForEachRow(rows, []any{&sku, &name}, func() error { names[sku] = name; return nil }); err != nil {
		return db.Fault(err)
	}
	for _, lines := range told {
		for i := range lines {
			lines[i].Name = names[lines[i].SKU]
		}
	}
	return nil
}
