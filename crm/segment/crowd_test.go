package segment_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// insertPeople writes people and the rollups that other nouns keep of them.
func insertPeople(t *testing.T, tx pgx.Tx, crowd []*person) {
	t.Helper()
	w := &writer{t: t, tx: tx, shops: map[string]int64{}}
	for _, mall := range someMalls {
		w.shops[mall] = w.id(`INSERT INTO shops (code, name, mall) VALUES (lower($1), $1, $1) RETURNING id`, mall)
	}
	for _, sku := range someSKUs {
		w.exec(`INSERT INTO products (sku, category, seen_at) VALUES ($1, $2, now())`, sku, categoryOf[sku])
	}
	for _, p := range crowd {
		w.profile(p)
		w.orders(p)
		w.programme(p)
		w.behaviour(p)
		w.mails(p)
	}
}

type writer struct {
	t     *testing.T
	tx    pgx.Tx
	shops map[string]int64
	seq   int
}

func (w *writer) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.tx.Exec(context.Background(), sql, args...); err != nil {
		w.t.Fatalf("%v\n%s", err, sql)
	}
}

func (w *writer) id(sql string, args ...any) (id int64) {
	w.t.Helper()
	if err := w.tx.QueryRow(context.Background(), sql, args...).Scan(&id); err != nil {
		w.t.Fatalf("%v\n%s", err, sql)
	}
	return id
}

func (w *writer) profile(p *person) {
	var since *time.Time
	var via *string
	if p.member {
		since, via = &p.since, new(string)
		*via = "SITE"
	}
	var into *int64
	if p.merged {
		into = &p.id
	}
	w.exec(`INSERT INTO customers (id, anonymous, merged_into, member_since, member_via, birth_date, gender, prefecture) VALUES ($1,$2,$3,$4,$5,$6,coalesce(nullif($7, ''), 'UNKNOWN'),$8)`,
		p.id, p.anonymous, into, since, via, p.birth, p.gender, p.home)
	for i, c := range p.consents {
		state := map[bool]string{true: "GIVEN", false: "WITHDRAWN"}[c.given]
		w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method) VALUES ($1,$5,$2,$3,$4,'API')`,
			p.id, state, w.shops[c.mall], night.Add(time.Duration(i/2)*time.Hour), c.channel) // pairs share an instant: the later row wins
	}
}

func (w *writer) orders(p *person) {
	if len(p.orders) == 0 {
		return
	}
	type key struct{ mall, currency string }
	type sums struct {
		orders, net int64
		first, last *time.Time
	}
	all, byMall, malls := sums{}, map[key]*sums{}, []string{}
	for _, o := range p.orders {
		w.order(p, o)
		k := key{o.mall, o.currency}
		if byMall[k] == nil {
			byMall[k] = &sums{}
		}
		for _, s := range []*sums{&all, byMall[k]} {
			if s != &all || o.currency == "JPY" {
				s.net += o.net
			}
			if !o.sale {
				continue
			}
			s.orders++
			if s.first == nil || o.at.Before(*s.first) {
				s.first = &o.at
			}
			if s.last == nil || o.at.After(*s.last) {
				s.last = &o.at
			}
		}
		if o.sale && !slices.Contains(malls, o.mall) {
			malls = append(malls, o.mall)
		}
	}
	slices.Sort(malls)
	coupons, firstMall, firstNet := 0, (*string)(nil), (*int64)(nil)
	for i, o := range p.sales("") {
		if o.coupon {
			coupons++
		}
		if i == 0 {
			firstMall = &o.mall
			if o.currency == "JPY" {
				firstNet = &o.net
			}
		}
	}
	w.exec(`INSERT INTO customer_stats (customer_id, orders_count, net_sales, first_order_at, last_order_at, malls, coupon_orders, first_mall, first_net_sales)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, p.id, all.orders, all.net, all.first, all.last, malls, coupons, firstMall, firstNet)
	for k, s := range byMall {
		w.exec(`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, first_order_at, last_order_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			p.id, k.mall, k.currency, s.orders, s.net, s.first, s.last)
	}
}

func (w *writer) order(p *person, o order) {
	w.seq++
	kind, status, cancelled := "SALE", "COMPLETED", (*time.Time)(nil)
	if !o.sale {
		if o.net < 0 {
			kind = "RETURN"
		} else {
			status, cancelled = "CANCELLED", &o.at
		}
	}
	id := w.id(`INSERT INTO orders (customer_id, shop_id, order_no, kind, status, ordered_at, cancelled_at, currency, net_sales, content_hash)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'') RETURNING id`, p.id, w.shops[o.mall], fmt.Sprint(w.seq), kind, status, o.at, cancelled, o.currency, o.net)
	for i, sku := range o.skus {
		w.exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES ($1,$2,$3,$4,1,1,1)`, p.id, id, fmt.Sprint(i), sku)
	}
}

func (w *writer) programme(p *person) {
	if p.member {
		w.exec(`INSERT INTO member_stages (customer_id, stage_id, since) SELECT $1, id, now() FROM stages WHERE code = $2`, p.id, p.stage)
	}
	if p.available > 0 {
		w.exec(`INSERT INTO point_accounts (customer_id, available) VALUES ($1,$2)`, p.id, p.available)
	}
	for _, l := range p.lots {
		status := map[bool]string{true: "USABLE", false: "PENDING"}[l.usable]
		if l.remaining == 0 {
			status = "DONE"
		}
		w.exec(`INSERT INTO point_lots (customer_id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at) VALUES ($1,1,1000,$2,$3,$4,$4,$5)`,
			p.id, l.remaining, status, night, l.expires)
	}
}

func (w *writer) behaviour(p *person) {
	for _, d := range p.acts {
		w.exec(`INSERT INTO customer_behaviour AS b (customer_id, kind, sku, day, category, events, last_at) VALUES ($1,$2,$3,$4,$5,1,$6)
			ON CONFLICT (customer_id, kind, sku, day) DO UPDATE SET events = b.events + 1, last_at = greatest(b.last_at, excluded.last_at)`,
			p.id, d.action, d.sku, d.at.In(tokyo).Format(time.DateOnly), categoryOf[d.sku], d.at)
	}
}

func (w *writer) mails(p *person) {
	for i, m := range p.mails {
		status := map[bool]string{true: "SENT", false: "SUPPRESSED"}[m.sent != nil]
		w.exec(`INSERT INTO messages (customer_id, delivery_id, delivery_month, status, sent_at, opened_at, clicked_at) VALUES ($1,$2,'2026-11-01',$3,$4,$5,$6)`,
			p.id, i+1, status, m.sent, m.opened, m.clicked)
	}
}
