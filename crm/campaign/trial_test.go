package campaign_test

import (
	"context"
	"testing"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/db"
)

// buy places one order per customer on a mall.
func (w *world) buy(customers []int64, mall string, at time.Time, sales int64) []*db.Order {
	w.t.Helper()
	orders := make([]*db.Order, len(customers))
	for i, id := range customers {
		orders[i] = w.order(id, mall, at, sales)
	}
	return orders
}

func idsOf(orders []*db.Order) any {
	ids := make([]int64, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	return pgdialect.Array(ids)
}

func (w *world) people(sql string, args ...any) (ids []int64) {
	w.t.Helper()
	if err := w.db.NewRaw(sql, args...).Scan(context.Background(), &ids); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

func TestLiftCountsEveryOrderOfBothArmsAlike(t *testing.T) {
	w := newWorld(t)
	w.customers(400, true)
	w.customers(20, false)
	rate := 5000
	row := w.send(w.change(w.draft(), campaign.Change{HoldoutRate: &rate}))
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	const arm = `SELECT customer_id FROM messages WHERE campaign_id = ? AND status = ? ORDER BY customer_id LIMIT ?`
	treated, held := w.people(arm, row.ID, "SENT", 60), w.people(arm, row.ID, "HELD_OUT", 5)
	refused := w.people(arm, row.ID, "SUPPRESSED", 5)

	soon := time.Now().Add(time.Minute)
	bought := w.buy(treated, "YAHOO", soon, 3000)
	w.buy(treated[:1], "OWN_SITE", soon, 2000)
	w.buy(held, "RAKUTEN", soon, 1000)
	w.buy(refused, "OWN_SITE", soon, 9000)
	w.buy(held, "OWN_SITE", soon.AddDate(0, 0, 15), 9000)  // after the window
	w.buy(held, "OWN_SITE", soon.Add(-24*time.Hour), 9000) // before it
	m := w.metrics(row)
	if m.Lift.Treated != (campaign.Group{People: m.Total.Sent, Buyers: 60, Sales: 182_000}) || m.Lift.HeldOut != (campaign.Group{People: m.Total.HeldOut, Buyers: 5, Sales: 5_000}) {
		t.Errorf("treated %+v, held out %+v", m.Lift.Treated, m.Lift.HeldOut)
	}
	if !m.Lift.Conversion.Decided() || m.Lift.Conversion.Low <= 0 {
		t.Errorf("60 of about 200 against 5: %+v", m.Lift.Conversion)
	}

	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE id = ANY(?::bigint[])`, idsOf(bought[1:]))
	w.credit(bought...)
	m = w.metrics(row)
	if m.Lift.Treated.Buyers != 1 || m.Lift.Treated.Sales != 5_000 || m.Lift.Conversion.Known {
		t.Errorf("after 59 cancellations: %+v, %+v", m.Lift.Treated, m.Lift.Conversion)
	}
	w.exec(`UPDATE orders SET kind = 'RETURN', net_sales = -3000 WHERE id = ?`, bought[0].ID)
	w.credit(bought[:1]...)
	if m = w.metrics(row); m.Lift.Treated.Buyers != 1 || m.Lift.Treated.Sales != -1_000 {
		t.Errorf("a return takes its money off: %+v", m.Lift.Treated)
	}
	w.exec(`DELETE FROM orders WHERE id = ANY(?::bigint[])`, idsOf(bought))
	w.credit(bought...)
	if m = w.metrics(row); m.Lift.Treated.Buyers != 1 || m.Lift.Treated.Sales != 2_000 || w.scan(`SELECT count(*) FROM trial_orders`) != 6 {
		t.Errorf("after the import was undone: %+v", m.Lift.Treated)
	}
}

func TestWithoutAHoldoutThereIsNoLift(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	row := w.send(w.draft())
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	w.buy(w.people(`SELECT customer_id FROM messages`), "OWN_SITE", time.Now().Add(time.Minute), 1000)
	if m := w.metrics(row); m.Lift != nil || w.scan(`SELECT count(*) FROM trial_orders`) != 0 {
		t.Errorf("lift %+v", m.Lift)
	}
}
