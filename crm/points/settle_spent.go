package points

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// spending is what one customer spent on an order out of one lot, less what was
// given back.
type spending struct {
	CustomerID int64
	ShopID     int64
	OrderNo    string
	LotID      int64
	Amount     int64
}

// orderKey is how a booking names the order it hangs on.
type orderKey struct {
	shop int64
	no   string
}

// loadSpent finds what was spent on cancelled orders and not given back yet, by
// their customers or, in the name of the same person, by their kin. It loads the
// lots that it was spent from.
func loadSpent(ctx context.Context, q querier, books map[int64]*book, orders []*order) error {
	var asked spent
	for _, o := range orders {
		if o.givesBack() {
			asked.add(o, books)
		}
	}
	if len(asked.customers) == 0 {
		return nil
	}
	found, err := asked.query(ctx, q)
	if err != nil || len(found) == 0 {
		return err
	}
	lots, err := loadLots(ctx, q, books, found)
	if err != nil {
		return err
	}
	byKey := map[orderKey][]spending{}
	for _, f := range found {
		k := orderKey{f.ShopID, f.OrderNo}
		byKey[k] = append(byKey[k], f)
	}
	for _, o := range orders {
		if o.givesBack() {
			o.spent = o.of(byKey[orderKey{o.ShopID, o.OrderNo}], books, lots)
		}
	}
	return nil
}

// givesBack: what was spent on a cancelled order is due, but not on one that
// went back to another of the kin when a merge was undone.
func (o order) givesBack() bool { return o.cancelled() && (!o.Moved || !o.Kin) }

// of sums up what is still spent, by lot. What one customer spent may have been
// given back by another, who had the lot by then.
func (o order) of(all []spending, books map[int64]*book, lots map[int64]*lot) (parts []posting) {
	sums := map[int64]int64{}
	for _, f := range all {
		if f.CustomerID == o.CustomerID || o.Kin && books[f.CustomerID].account.Kin {
			sums[f.LotID] += f.Amount
		}
	}
	for _, id := range slices.Sorted(maps.Keys(sums)) {
		if sums[id] > 0 {
			parts = append(parts, posting{lot: lots[id], amount: sums[id]})
		}
	}
	return parts
}

// spent asks what customers spent on orders, as columns.
type spent struct {
	customers, shops []int64
	numbers          []string
}

func (s *spent) add(o *order, books map[int64]*book) {
	who := []int64{o.CustomerID}
	if o.Kin {
		who = slices.Collect(maps.Keys(books))
	}
	for _, customer := range who {
		if customer == o.CustomerID || books[customer].account.Kin {
			s.customers, s.shops, s.numbers = append(s.customers, customer), append(s.shops, o.ShopID), append(s.numbers, o.OrderNo)
		}
	}
}

func (s *spent) query(ctx context.Context, q querier) ([]spending, error) {
	rows, err := q.Query(ctx, `
		SELECT b.customer_id, b.shop_id, b.order_no, e.lot_id, sum(e.amount)::bigint AS amount
		FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS n (customer_id, shop_id, order_no)) AS o
		JOIN point_bookings b ON b.customer_id = o.customer_id AND b.shop_id = o.shop_id AND b.order_no = o.order_no
		JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id AND e.account = 'REDEEMED'
		GROUP BY b.customer_id, b.shop_id, b.order_no, e.lot_id`, s.customers, s.shops, s.numbers)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[spending])
	return found, db.Fault(err)
}

// loadLots loads the lots of spendings into the books of those who have them
// now, and answers with them by id.
func loadLots(ctx context.Context, q querier, books map[int64]*book, of []spending) (map[int64]*lot, error) {
	ids := make([]int64, len(of))
	for i, f := range of {
		ids[i] = f.LotID
	}
	rows, err := q.Query(ctx, `SELECT `+lotColumns+` FROM point_lots WHERE customer_id = ANY($1::bigint[]) AND id = ANY($2::bigint[]) ORDER BY id`,
		slices.Sorted(maps.Keys(books)), ids)
	if err != nil {
		return nil, db.Fault(err)
	}
	lotRows, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.PointLot])
	if err != nil {
		return nil, db.Fault(err)
	}
	addLots(books, lotRows)
	lots := make(map[int64]*lot, len(lotRows))
	for _, row := range lotRows {
		lots[row.ID] = books[row.CustomerID].lotByID(row.ID)
	}
	return lots, noteLastAct(ctx, q, lots)
}

// noteLastAct tells those of lots that roll and are empty when their holder or his
// kin last earned or spent: no act prolongs a lot that is empty.
func noteLastAct(ctx context.Context, q querier, lots map[int64]*lot) error {
	empty := map[int64][]*lot{} // by holder
	for _, l := range lots {
		if l.Status == lotDone && l.RollingMonths != nil {
			empty[l.CustomerID] = append(empty[l.CustomerID], l)
		}
	}
	if len(empty) == 0 {
		return nil
	}
	rows, err := q.Query(ctx, `SELECT h.id, greatest((SELECT max(earned_at) FROM point_lots WHERE customer_id IN (`+kinIDs("h.id")+`)),
		(SELECT max(occurred_at) FROM point_bookings WHERE customer_id IN (`+kinIDs("h.id")+`) AND kind IN ('REDEEM', 'CAPTURE')))
		FROM unnest($1::bigint[]) AS h (id)`, slices.Sorted(maps.Keys(empty)))
	if err != nil {
		return db.Fault(err)
	}
	var holder int64
	var last time.Time
	_, err = pgx.ForEachRow(rows, []any{&holder, &last}, func() error {
		for _, l := range empty[holder] {
			l.lastAct = last
		}
		return nil
	})
	return db.Fault(err)
}

// giveBackSpent gives what was spent on a cancelled order back into the lots it
// came from, in the books that have them.
func giveBackSpent(books map[int64]*book, now time.Time, o *order, set Settings, zone *time.Location) {
	byHolder := map[int64][]posting{}
	for _, p := range o.spent {
		byHolder[p.lot.CustomerID] = append(byHolder[p.lot.CustomerID], p)
	}
	for _, holder := range slices.Sorted(maps.Keys(byHolder)) {
		b, parts := books[holder], byHolder[holder]
		b.zone = zone
		at := maxTime(now, b.account.UpdatedAt)
		b.advance(at)
		var given int64
		for _, p := range parts {
			given += p.amount
		}
		c := o.cause("CANCELLATION", "restore:%d:%d", at.UnixMicro(), given)
		c.OrderNo = &o.OrderNo // what is given back is taken off what was spent on the order
		b.restore(at, parts, endOfDay(at, 0, set.RestoreGraceDays, zone), c)
	}
	o.spent = nil
}
