package insight_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// smallWorld is a merchant small enough to reckon by hand, on 2026-11-21. Days
// are counted back from there: 100 is 2026-08-13, 200 is 2026-05-05.
//
//	1  Rakuten 200, Rakuten 150, own site 120, own site 110   F2 after 50 days, F3 after 30, F4 after 10; crossed after 80
//	2  Rakuten 200, own site 105                              F2 after 95 days, and crossed then
//	3  Rakuten 100                                            once; its 90 days are over
//	4  own site 30, own site 20                               F2 after 10 days; its 90 days are not over
//	5  own site 500, Rakuten 400                              the year before: F2 and crossed after 100 days
//	6  own site 450                                           the year before: once
func smallWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: dbtest.New(t)}
	w.exec(`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1,'r','R','RAKUTEN'), (2,'o','O','OWN_SITE')`)
	w.exec(`INSERT INTO products (sku, category, seen_at) VALUES ('TEA','お茶',now()), ('CUP','器',now()), ('BOX','',now())`)
	for id := range 6 {
		w.customer(id+1, nil)
	}
	for _, o := range []struct{ customer, shop, ago, net int }{
		{1, 1, 200, 1000},
		{1, 1, 150, 1000},
		{1, 2, 120, 3000},
		{1, 2, 110, 4000},
		{2, 1, 200, 2000},
		{2, 2, 105, 500},
		{3, 1, 100, 700},
		{4, 2, 30, 100},
		{4, 2, 20, 100},
		{5, 2, 500, 5000},
		{5, 1, 400, 600},
		{6, 2, 450, 100},
	} {
		w.order(o.customer, o.shop, o.ago, int64(o.net), "")
	}
	w.order(3, 2, 90, 0, "cancelled")
	w.order(2, 2, 100, -100, "return")
	w.exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount)
		SELECT o.customer_id, o.id, x.sku, x.sku, 1, 1, 1 FROM orders AS o JOIN (VALUES ('1','TEA'), ('1','CUP'), ('2','CUP'), ('5','TEA'), ('7','BOX')) AS x (no, sku) ON x.no = o.order_no`)
	for customer, shop := range map[int]int{1: 0, 2: 1, 3: 1, 4: 0, 5: 0} { // 0: a key that holds on every shop; 6 has none
		w.exec(`INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('MAIL', $1, $2::bigint::text, $2)`, shop, customer)
	}
	w.rollups()
	return w
}

func counts(r insight.Rate) [2]int64 { return [2]int64{r.Hit.Count, r.Of.Count} }

func TestConversionByHand(t *testing.T) {
	s, _ := smallWorld(t).services()
	c, err := s.Conversion(context.Background(), 12, 90)
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(c.F2); got != [2]int64{1, 3} || *c.F2.Share() != 3333 || c.F2.Previous == nil || *c.F2.Previous != 0 {
		t.Errorf("F2 %v, before %v", got, c.F2.Previous)
	}
	if got := counts(c.Again); got != [2]int64{3, 4} || *c.MedianDays != 50 {
		t.Errorf("again %v, median %d days", got, *c.MedianDays)
	}
	var steps [][2]int64
	for _, step := range c.Steps {
		steps = append(steps, counts(step.Rate))
	}
	// The second order of 4 is no 90 days ago, nor is anybody's fifth there.
	if want := [][2]int64{{1, 3}, {1, 2}, {1, 1}, {0, 1}}; !reflect.DeepEqual(steps, want) {
		t.Errorf("steps %v, want %v", steps, want)
	}
	if len(c.ByMall) != 2 || c.ByMall[0].Mall != "RAKUTEN" || counts(c.ByMall[0].Rate) != [2]int64{1, 3} || *c.ByMall[0].MedianDays != 50 || counts(c.ByMall[1].Rate) != [2]int64{0, 0} {
		t.Errorf("by mall %+v", c.ByMall)
	}
	categories := map[string][2]int64{}
	for _, k := range c.ByCategory {
		categories[k.Category] = counts(k.Rate)
	}
	// 1 held both in the first order; the product of 3 has no category.
	if want := map[string][2]int64{"お茶": {1, 2}, "器": {1, 1}, "": {0, 1}}; !reflect.DeepEqual(categories, want) {
		t.Errorf("by category %v, want %v", categories, want)
	}
	may := c.Cohorts[5]
	if may.Month.Month() != time.May || may.First.Count != 2 || may.Again.Count != 2 {
		t.Errorf("May %+v", may)
	}
	for i, want := range []int64{0, 1, 1, 2} {
		if w := may.Within[i]; w.People.Count != want || w.Complete != (w.Days < 180) {
			t.Errorf("within %d days: %+v, want %d", w.Days, w, want)
		}
	}
	october := c.Cohorts[10]
	if w := october.Within[0]; october.First.Count != 1 || w.People.Count != 1 || w.Complete {
		t.Errorf("October %+v", october)
	}
}

func TestRepeatByHand(t *testing.T) {
	s, _ := smallWorld(t).services()
	r, err := s.Repeat(context.Background(), 12)
	if err != nil {
		t.Fatal(err)
	}
	total, rakuten := r.Total, r.ByMall[0]
	if counts(total.Rate) != [2]int64{3, 4} || total.Same.Count != 2 || total.Elsewhere.Count != 1 || total.Orders != 9 || total.NetSales != 12300 {
		t.Errorf("total %+v", total)
	}
	// As it stood at the end of last November, one of two had come back.
	if total.Rate.Previous == nil || *total.Rate.Previous != 5000 {
		t.Errorf("before: %v", total.Rate.Previous)
	}
	if rakuten.Mall != "RAKUTEN" || counts(rakuten.Rate) != [2]int64{2, 3} || rakuten.Same.Count != 1 || rakuten.Elsewhere.Count != 1 || rakuten.NetSales != 12100 || *rakuten.MedianDays != 50 {
		t.Errorf("Rakuten %+v", rakuten)
	}
}

func TestCirculationByHand(t *testing.T) {
	s, _ := smallWorld(t).services()
	c, err := s.Circulation(context.Background(), 12)
	if err != nil {
		t.Fatal(err)
	}
	if counts(c.Rate) != [2]int64{3, 6} || *c.Rate.Previous != 5000 {
		t.Errorf("rate %v, before %d", counts(c.Rate), *c.Rate.Previous)
	}
	if len(c.Cells) != 1 || c.Cells[0].From != "RAKUTEN" || c.Cells[0].To != "OWN_SITE" || c.Cells[0].People.Count != 2 || c.Cells[0].MedianDays != 80 || c.Cells[0].NetSales != 7400 {
		t.Errorf("cells %+v", c.Cells)
	}
	overlap := map[[2]string]int64{}
	for _, o := range c.Overlap {
		overlap[[2]string{o.A, o.B}] = o.People.Count
	}
	if want := map[[2]string]int64{{"OWN_SITE", "OWN_SITE"}: 5, {"OWN_SITE", "RAKUTEN"}: 3, {"RAKUTEN", "RAKUTEN"}: 4}; !reflect.DeepEqual(overlap, want) {
		t.Errorf("overlap %v, want %v", overlap, want)
	}
	covered := map[string][5]int64{}
	for _, k := range c.Covered {
		covered[k.Mall] = [5]int64{k.Orders, k.Nameless, k.Joinable, k.People.Count, k.Known.Count}
	}
	if want := map[string][5]int64{"RAKUTEN": {5, 0, 3, 4, 2}, "OWN_SITE": {7, 0, 5, 5, 3}}; !reflect.DeepEqual(covered, want) {
		t.Errorf("covered %v, want %v", covered, want)
	}
	july, august := c.Months[7], c.Months[8]
	if july.Day != time.Date(2026, 7, 31, 0, 0, 0, 0, time.UTC) || counts(july.Rate) != [2]int64{2, 4} || counts(august.Rate) != [2]int64{3, 5} {
		t.Errorf("July %+v, August %+v", july, august)
	}
	if c.One.People.Count != 3 || c.One.NetSales != 1000 || c.Several.People.Count != 3 || c.Several.NetSales != 17000 || c.Several.Orders != 8 {
		t.Errorf("one %+v, several %+v", c.One, c.Several)
	}
}

func TestStagesByHand(t *testing.T) {
	w := smallWorld(t)
	stand := func(customer, stage int, changes ...[2]int) {
		w.exec(`INSERT INTO member_stages (customer_id, stage_id, since) VALUES ($1, $2, now())`, customer, stage)
		for _, c := range changes {
			w.exec(`INSERT INTO stage_changes (customer_id, to_stage, at, reason) VALUES ($1, $2, $3, 'SPEND')`, customer, c[1], daysAgo(c[0]))
		}
	}
	stand(1, 2, [2]int{400, 1}, [2]int{100, 2}) // rose
	stand(2, 1, [2]int{400, 3}, [2]int{25, 1})  // fell, in October
	stand(3, 1, [2]int{40, 1})                  // joined
	s, _ := w.services()
	got, err := s.Stages(context.Background(), 12)
	if err != nil {
		t.Fatal(err)
	}
	moves := map[[2]string]int64{}
	for _, m := range got.Moves {
		moves[[2]string{m.From, m.To}] = m.People.Count
	}
	if want := map[[2]string]int64{{"REGULAR", "SILVER"}: 1, {"GOLD", "REGULAR"}: 1, {"", "REGULAR"}: 1}; !reflect.DeepEqual(moves, want) {
		t.Errorf("moves %v, want %v", moves, want)
	}
	var ladder, before []int64
	for _, g := range got.Ladder {
		ladder, before = append(ladder, g.People.Count), append(before, g.Previous)
	}
	if want := []int64{2, 1, 0, 0}; !reflect.DeepEqual(ladder, want) {
		t.Errorf("now %v, want %v", ladder, want)
	}
	if want := []int64{1, 0, 1, 0}; !reflect.DeepEqual(before, want) {
		t.Errorf("before %v, want %v", before, want)
	}
	for at, want := range map[int][]int64{0: {1, 0, 1, 0}, 9: {0, 1, 1, 0}, 10: {2, 1, 0, 0}, 11: {2, 1, 0, 0}} {
		var people []int64
		for _, p := range got.Months[at].People {
			people = append(people, p.Count)
		}
		if !reflect.DeepEqual(people, want) {
			t.Errorf("%s: %v, want %v", got.Months[at].Day.Format(time.DateOnly), people, want)
		}
	}
}

func TestAnalysesRefuseOtherPeriods(t *testing.T) {
	s, _ := (&world{t: t, db: dbtest.New(t)}).services()
	for _, months := range []int{0, insight.MaxMonths + 1} {
		if _, err := s.Repeat(t.Context(), months); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d months: %v", months, err)
		}
	}
	if _, err := s.Conversion(t.Context(), 12, 45); !fault.Is(err, fault.Invalid) {
		t.Errorf("a window of 45 days: %v", err)
	}
}
