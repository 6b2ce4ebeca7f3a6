package server

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// The malls' sales as the program knows them decide who bought in one: to the
// minute, on their own mall only, and not where only a window is known.
func TestWhoBoughtInSales(t *testing.T) {
	d, now := dbtest.New(t), &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	calendars := &calendar.Service{DB: d, Clock: now}
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := d.Pool.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1,'r','R','RAKUTEN'), (2,'y','Y','YAHOO'), (3,'a','A','AMAZON')`)
	for i, o := range []struct {
		shop int
		at   string
	}{
		{1, "2026-06-04 20:00:00"}, // 1: the sale begins
		{1, "2026-06-11 01:59:59"}, // 2: its last second
		{1, "2026-06-11 02:00:00"}, // 3: over
		{2, "2026-06-05 12:00:00"}, // 4: a day with 5 of another mall, which is no large sale
		{1, "2026-05-05 12:00:00"}, // 5: in May only a window is known
		{1, "2026-02-21 12:00:00"}, // 6: the second marathon of February, announced
		{3, "2024-11-27 12:00:00"}, // 7: the rule would have it, the announcement has not
		{3, "2024-12-06 23:59:30"}, // 8
		{2, "2026-11-03 12:00:00"}, // 9: the merchant's own day
	} {
		at, err := time.ParseInLocation(time.DateTime, o.at, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		exec(`INSERT INTO customers (id) VALUES ($1)`, i+1)
		exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, content_hash) VALUES ($1,$2,$1::bigint::text,'COMPLETED',$3,'JPY','')`, i+1, o.shop, at)
		exec(`INSERT INTO customer_stats (customer_id, orders_count, first_order_at, first_mall) SELECT $1, 1, $2, mall FROM shops WHERE id = $3`, i+1, at, o.shop)
		exec(`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales) SELECT $1, mall, 'JPY', 1, 0 FROM shops WHERE id = $2`, i+1, o.shop)
	}
	from := time.Date(2026, 11, 3, 0, 0, 0, 0, calendar.Zone)
	if _, err := calendars.Add(t.Context(), calendar.Draft{Name: "創業祭", Mall: "YAHOO", StartsAt: from, EndsAt: from.Add(24*time.Hour - time.Minute)}); err != nil {
		t.Fatal(err)
	}
	segments := segment.New(segment.Config{DB: d, Clock: now, Zone: calendar.Zone, Currency: "JPY", Calendar: segmentCalendar{calendars, now}})
	for rule, want := range map[string]int64{
		`{"field":"event_share","op":"gte","value":100}`:                                               5, // 1 2 6 8 9
		`{"field":"event_share","op":"lte","value":0}`:                                                 4,
		`{"field":"first_in_event","op":"is","value":true}`:                                            5,
		`{"field":"event_order","op":"since","value":"2026-06-01","events":["RAKUTEN_SUPER_SALE"]}`:    2,
		`{"field":"event_order","op":"since","value":"2026-06-11","events":["RAKUTEN_SUPER_SALE"]}`:    1,
		`{"field":"event_order","op":"within_days","value":365,"events":["RAKUTEN_MARATHON"]}`:         1,
		`{"field":"event_order","op":"within_days","value":365,"events":["YAHOO_5","YAHOO_3"]}`:        2, // 4, and 9 on the third of November
		`{"field":"event_order","op":"during","value":["2026-11-01","2026-11-30"],"events":["OWN"]}`:   1,
		`{"field":"event_order","op":"during","value":["2026-05-01","2026-05-31"],"mall":"RAKUTEN"}`:   0,
		`{"field":"first_in_event","op":"is","value":false,"events":["AMAZON_BLACK_FRIDAY","OWN"]}`:    7,
		`{"field":"event_share","op":"gte","value":1,"events":["AMAZON_BLACK_FRIDAY"]}`:                1,
		`{"field":"event_share","op":"lte","value":50,"mall":"RAKUTEN"}`:                               2, // 3 5
		`{"field":"event_share","op":"gte","value":1,"mall":"AMAZON","events":["RAKUTEN_SUPER_SALE"]}`: 0,
	} {
		if got, err := segments.Count(t.Context(), json.RawMessage(rule)); err != nil || got != want {
			t.Errorf("%s: %d, want %d; %v", rule, got, want, err)
		}
	}
}
