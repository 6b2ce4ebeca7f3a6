package insight_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// crowd is a merchant of random customers whose rollups crm/order has kept: the
// edges of days and months, orders of one instant, cancelled orders, returns,
// other currencies, strangers and merged customers are all in it.
const crowdSize = 400

var crowdMalls = []string{"RAKUTEN", "YAHOO", "OWN_SITE", "STORE"}

func newCrowd(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{t: t, db: dbtest.New(t)}
	r := rand.New(rand.NewPCG(seed, 7))
	for i, mall := range crowdMalls {
		w.exec(`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $2, $3)`, i+1, fmt.Sprint("s", i), mall)
	}
	for i, category := range []string{"お茶", "お茶", "器", "菓子", ""} {
		w.exec(`INSERT INTO products (sku, category, seen_at) VALUES ($1, $2, now())`, fmt.Sprint("SKU-", i), category)
	}
	var ids []int64
	for id := 1; id <= crowdSize; id++ {
		ids = append(ids, int64(id))
		w.somebody(r, id)
	}
	if err := order.Recompute(context.Background(), w.db, ids); err != nil {
		t.Fatal(err)
	}
	return w
}

// somebody is a customer with a few orders, points and stages. Everybody who is
// a multiple of 40 was merged into the one before him and has no orders left.
func (w *world) somebody(r *rand.Rand, id int) {
	merged, member := id%40 == 0, r.IntN(2) == 0
	w.exec(`INSERT INTO customers (id, anonymous, merged_into, member_since, member_via)
		VALUES ($1::bigint, $2, CASE WHEN $3 THEN $1::bigint - 1 END, CASE WHEN $4 THEN now() END, CASE WHEN $4 THEN 'SITE' END)`, id, id%50 == 7, merged, member && id%50 != 7)
	w.exec(`INSERT INTO customer_stats (customer_id) VALUES ($1)`, id)
	if !merged && id%3 > 0 {
		w.exec(`INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('MAIL', $1, $2, $3)`, id%3-1, fmt.Sprint(id), id)
	}
	if !merged {
		for range r.IntN(7) {
			w.somethingBought(r, id)
		}
	}
	if member && id%50 != 7 {
		w.somePoints(r, id)
		w.someStages(r, id)
	}
}

// moment is an instant of the last two years, often the very edge of a day or month.
func moment(r *rand.Rand) time.Time {
	day := time.Date(2026, 11, 21-r.IntN(760), 0, 0, 0, 0, tokyo)
	if r.IntN(4) == 0 {
		day = time.Date(2026, time.Month(11-r.IntN(24)), 1, 0, 0, 0, 0, tokyo)
	}
	at := day.Add([]time.Duration{0, -time.Microsecond, time.Duration(r.IntN(86400)) * time.Second}[r.IntN(3)])
	if at.After(now) {
		return now
	}
	return at
}

func (w *world) somethingBought(r *rand.Rand, id int) {
	w.no++
	at, kind, status, currency, net := moment(r), "SALE", "COMPLETED", "JPY", int64(r.IntN(9)*1000)
	var cancelled *time.Time
	switch r.IntN(12) {
	case 0:
		kind, net = "RETURN", -net
	case 1:
		status, cancelled, net = "CANCELLED", &at, 0
	case 2:
		currency = "GBP"
	case 3:
		at = time.Date(2026, 5, 1, 0, 0, 0, 0, tokyo) // many at once
	}
	w.exec(`INSERT INTO orders (customer_id, id, shop_id, order_no, kind, status, ordered_at, cancelled_at, currency, net_sales, content_hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,'')`,
		id, w.no, 1+r.IntN(len(crowdMalls)), fmt.Sprint(w.no), kind, status, at, cancelled, currency, net)
	for i := range r.IntN(3) {
		w.exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES ($1,$2,$3,$4,1,1,1)`,
			id, w.no, fmt.Sprint(i), fmt.Sprint("SKU-", r.IntN(6))) // one of them is no known product
	}
}

// somePoints are grants whose lots were spent, expired or are left; the ledger,
// the lots and the account agree, as crm/points keeps them.
func (w *world) somePoints(r *rand.Rand, id int) {
	left := map[string]int64{}
	for n := range r.IntN(4) {
		lot, at, amount := id*100+n*10, moment(r), int64(100*(1+r.IntN(5)))
		var expires *time.Time
		if y, m, d := at.In(tokyo).Date(); r.IntN(6) > 0 {
			end := time.Date(y, m+time.Month(3+r.IntN(12)), d+1, 0, 0, 0, 0, tokyo)
			expires = &end
		}
		account := []string{"AVAILABLE", "AVAILABLE", "PENDING"}[r.IntN(3)]
		w.posting(id, lot, "GRANT", at, lot, account, amount, "ISSUED")
		remaining := amount
		if spent := int64(r.IntN(3)) * 50; spent > 0 && account == "AVAILABLE" {
			remaining -= spent
			w.posting(id, lot+1, "REDEEM", at.Add(time.Hour), lot, account, -spent, "REDEEMED")
		}
		if account == "AVAILABLE" && expires != nil && !expires.After(now) {
			if remaining > 0 {
				w.posting(id, lot+2, "EXPIRE", *expires, lot, account, -remaining, "EXPIRED")
			}
			remaining = 0
		} else if expires != nil && !expires.After(now) {
			w.posting(id, lot+2, "CLAWBACK", at.Add(time.Hour), lot, account, -remaining, "CLAWED_BACK")
			remaining = 0
		}
		status := map[bool]string{true: "DONE", false: map[string]string{"AVAILABLE": "USABLE", "PENDING": "PENDING"}[account]}[remaining == 0]
		owner, clawed := id, int64(0)
		if account == "PENDING" && remaining == 0 {
			clawed = amount
		}
		if id%40 == 0 {
			owner = id - 1
		}
		w.exec(`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, clawed_back, status, earned_at, usable_at, expires_at) VALUES ($1,$2,$2,$3,$4,$5,$6,$7,$7,$8)`,
			owner, lot, amount, remaining, clawed, status, at, expires)
		left[account] += remaining
	}
	w.handOver(id, left)
	owner := id
	if id%40 == 0 {
		owner--
	}
	w.exec(`INSERT INTO point_accounts AS a (customer_id, available, pending) VALUES ($1, $2, $3)
		ON CONFLICT (customer_id) DO UPDATE SET available = a.available + excluded.available, pending = a.pending + excluded.pending`, owner, left["AVAILABLE"], left["PENDING"])
}

// handOver books what is left of somebody who was merged for the survivor.
func (w *world) handOver(id int, left map[string]int64) {
	if id%40 != 0 {
		return
	}
	for i, account := range []string{"AVAILABLE", "PENDING"} {
		if amount := left[account]; amount > 0 {
			w.posting(id, id*100+91+i, "TRANSFER_OUT", now, 0, account, -amount, "TRANSFERRED")
			w.posting(id-1, id*100+93+i, "TRANSFER_IN", now, 0, account, amount, "TRANSFERRED")
		}
	}
}

func (w *world) posting(customer, booking int, kind string, at time.Time, lot int, account string, amount int64, counter string) {
	w.exec(`WITH k AS (INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after, outstanding)
			VALUES ($1,$2,$3,$4,$8,'STAFF',abs($6::bigint),0,(CASE WHEN $5 IN ('AVAILABLE','PENDING','HELD') THEN $6::bigint ELSE 0 END)
				- CASE WHEN $9 IN ('AVAILABLE','PENDING','HELD') THEN $6::bigint ELSE 0 END))
		INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id) VALUES ($1,$2,$5,$6,$7), ($1,$2,$9,-$6,$7)`,
		customer, booking, kind, at, account, amount, lot, fmt.Sprint(booking), counter)
}

func (w *world) someStages(r *rand.Rand, id int) {
	stage := 1 + r.IntN(4)
	for range r.IntN(5) {
		w.exec(`INSERT INTO stage_changes (customer_id, to_stage, at, reason) VALUES ($1, $2, $3, 'SPEND')`, id, stage, moment(r))
		stage = 1 + r.IntN(4)
	}
	w.exec(`INSERT INTO member_stages (customer_id, stage_id, since) VALUES ($1, $2, now())`, id, stage)
}

// service is what is tested, and the segments that its rules are for.
func (w *world) services() (*insight.Service, *segment.Service) {
	c := &clock.Fixed{T: now}
	return insight.New(w.db, nil, c, tokyo, "JPY"), segment.New(segment.Config{DB: w.db, Clock: c, Zone: tokyo, Currency: "JPY"})
}

// checkPeople counts the rule of every figure in an answer, wherever it stands.
// It answers with how many figures counted somebody.
func checkPeople(t *testing.T, s *segment.Service, answer any) (some int) {
	t.Helper()
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		if people, ok := v.Interface().(insight.People); ok {
			preview, err := s.Preview(t.Context(), people.Rule, 0)
			if err != nil {
				t.Fatalf("%s: %v\n%s", path, err, people.Rule)
			}
			if preview.Count != people.Count {
				t.Errorf("%s counts %d, its rule %d\n%s", path, people.Count, preview.Count, people.Rule)
			}
			if people.Count > 0 {
				some++
			}
			return
		}
		switch v.Kind() { //nolint:exhaustive // the others hold nothing
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
			}
		case reflect.Struct:
			if _, isTime := v.Interface().(time.Time); isTime {
				return
			}
			for i := range v.NumField() {
				walk(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		default:
		}
	}
	walk(reflect.ValueOf(answer), reflect.TypeOf(answer).Elem().Name())
	return some
}

// TestEveryFigureCountsThePeopleOfItsRule asks every analysis for the people
// behind each of its figures.
func TestEveryFigureCountsThePeopleOfItsRule(t *testing.T) {
	w := newCrowd(t, 2026)
	s, segments := w.services()
	for _, months := range []int{1, 12, 24} {
		for name, compute := range map[string]func() (any, error){
			"dashboard":     func() (any, error) { return s.Dashboard(t.Context(), months*15) },
			"conversion 30": func() (any, error) { return s.Conversion(t.Context(), months, 30) },
			"conversion 90": func() (any, error) { return s.Conversion(t.Context(), months, 90) },
			"repeat":        func() (any, error) { return s.Repeat(t.Context(), months) },
			"circulation":   func() (any, error) { return s.Circulation(t.Context(), months) },
			"stages":        func() (any, error) { return s.Stages(t.Context(), months) },
			"liability":     func() (any, error) { return s.Liability(t.Context(), months) },
		} {
			t.Run(fmt.Sprintf("%s of %d months", name, months), func(t *testing.T) {
				answer, err := compute()
				if err != nil {
					t.Fatal(err)
				}
				if some := checkPeople(t, segments, answer); some == 0 && (months > 1 || name != "conversion 90") {
					t.Error("no figure counts anybody")
				}
			})
		}
	}
}

// TestFiguresOfNobody: an empty database has figures, and they are 0.
func TestFiguresOfNobody(t *testing.T) {
	w := &world{t: t, db: dbtest.New(t)}
	s, segments := w.services()
	for _, compute := range []func() (any, error){
		func() (any, error) { return s.Conversion(t.Context(), 12, 90) },
		func() (any, error) { return s.Repeat(t.Context(), 12) },
		func() (any, error) { return s.Circulation(t.Context(), 12) },
		func() (any, error) { return s.Stages(t.Context(), 12) },
		func() (any, error) { return s.Liability(t.Context(), 12) },
	} {
		answer, err := compute()
		if err != nil {
			t.Fatal(err)
		}
		if some := checkPeople(t, segments, answer); some > 0 {
			raw, _ := json.Marshal(answer)
			t.Errorf("somebody counts among nobody: %s", raw)
		}
	}
}
