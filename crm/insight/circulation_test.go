package insight_test

import (
	"fmt"
	"reflect"
	"sort"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// crossingsByHand is the matrix from the orders alone, without any rollup: the
// first order, the first one on another mall, and what was sold there.
const crossingsByHand = `WITH o AS (
	SELECT o.customer_id, h.mall, o.ordered_at AS at, o.id, o.net_sales, o.currency, o.kind = 'SALE' AND o.status <> 'CANCELLED' AS sold
	FROM orders o JOIN shops h ON h.id = o.shop_id JOIN customers c ON c.id = o.customer_id AND NOT c.anonymous
), first AS (
	SELECT DISTINCT ON (customer_id) customer_id, mall, at FROM o WHERE sold ORDER BY customer_id, at, id
), crossed AS (
	SELECT DISTINCT ON (o.customer_id) o.customer_id, f.mall AS origin, o.mall AS destination, o.at,
		(o.at AT TIME ZONE 'Asia/Tokyo')::date - (f.at AT TIME ZONE 'Asia/Tokyo')::date AS days
	FROM o JOIN first f USING (customer_id) WHERE o.sold AND o.mall <> f.mall ORDER BY o.customer_id, o.at, o.id
)
SELECT x.origin, x.destination, x.customer_id, x.days,
	(SELECT coalesce(sum(o.net_sales), 0)::bigint FROM o WHERE o.customer_id = x.customer_id AND o.mall = x.destination AND o.currency = 'JPY')
FROM crossed x WHERE x.at >= $1 AND x.at < $2`

// TestTheMatrixIsThatOfTheOrders reckons every cell from the orders of a crowd.
func TestTheMatrixIsThatOfTheOrders(t *testing.T) {
	w := newCrowd(t, 77)
	s, _ := w.services()
	c, err := s.Circulation(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	midnight := func(d time.Time) time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, tokyo) }
	rows, err := w.db.Pool.Query(t.Context(), crossingsByHand, midnight(c.From), midnight(c.To.AddDate(0, 0, 1)))
	if err != nil {
		t.Fatal(err)
	}
	type crossed struct {
		From, To   string
		Customer   int64
		Days, Sold int64
	}
	people, err := pgx.CollectRows(rows, pgx.RowToStructByPos[crossed])
	if err != nil {
		t.Fatal(err)
	}
	days, sales := map[string][]int{}, map[string]int64{}
	for _, p := range people {
		cell := p.From + " " + p.To
		days[cell] = append(days[cell], int(p.Days))
		sales[cell] += p.Sold
	}
	want := map[string]string{}
	for cell, all := range days {
		sort.Ints(all)
		want[cell] = fmt.Sprint(len(all), all[(len(all)-1)/2], sales[cell])
	}
	got := map[string]string{}
	for _, x := range c.Cells {
		got[x.From+" "+x.To] = fmt.Sprint(x.People.Count, int(x.MedianDays), x.NetSales)
	}
	if len(want) < 8 || !reflect.DeepEqual(got, want) {
		t.Errorf("the matrix has %v, the orders %v", got, want)
	}
}
