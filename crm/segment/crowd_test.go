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
		w.referrals(p)
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
		into = new(survivor)
	}
	w.exec(`INSERT INTO customers (id, anonymous, merged_into, member_since, member_via, birth_date, gender, prefecture) VALUES ($1,$2,$3,$4,$5,$6,coalesce(nullif($7, ''), 'UNKNOWN'),$8)`,
		p.id, p.anonymous, into, since, via, p.birth, p.gender, p.home)
	for i, shop := range p.keys {
		w.exec(`INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('MAIL', $1, $2, $3)`, shop, fmt.Sprintf("%d-%d", p.id, i), p.id)
	}
	if p.household != 0 {
		w.exec(`INSERT INTO household_members (customer_id, household_id, since) VALUES ($1, $2, $3)`, p.id, p.household, night)
	}
	for i, c := range p.consents {
		state := map[bool]string{true: "GIVEN", false: "WITHDRAWN"}[c.given]
		w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method) VALUES ($1,$5,$2,$3,$4,'API')`,
			p.id, state, w.shops[c.mall], night.Add(time.Duration(i/2)*time.Hour), c.channel) // pairs share an instant: the later row wins
	}
}

func (w *writer) orders(p *person) {
	if len(p.orders) == 0 { // everybody has his row, as he is made with it
		w.exec(`INSERT INTO customer_stats (customer_id) VALUES ($1)`, p.id)
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
	w.course(p)
	for k, s := range byMall {
		w.exec(`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, first_order_at, last_order_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			p.id, k.mall, k.currency, s.orders, s.net, s.first, s.last)
	}
}

// course writes the rollup of the first orders and malls. Orders of one instant
// are told apart as sales does it, by who came first.
func (w *writer) course(p *person) {
	at, mall := make([]*time.Time, 6), make([]*string, 3)
	var next *string
	var crossed *time.Time
	sales := p.sales("")
	for i := range sales {
		if i < 5 {
			at[i+1] = &sales[i].at
		}
		if i < 2 {
			mall[i+1] = &sales[i].mall
		}
		if next == nil && sales[i].mall != sales[0].mall {
			next, crossed = &sales[i].mall, &sales[i].at
		}
	}
	w.exec(`UPDATE customer_stats SET second_order_at = $2, third_order_at = $3, fourth_order_at = $4, fifth_order_at = $5, second_mall = $6,
		next_mall = $7, next_mall_at = $8, first_order_id = (SELECT id FROM orders WHERE customer_id = $1 AND kind = 'SALE' AND status <> 'CANCELLED'
			ORDER BY ordered_at, id LIMIT 1) WHERE customer_id = $1`, p.id, at[2], at[3], at[4], at[5], mall[2], next, crossed)
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
	if p.available+p.reserved > 0 {
		w.exec(`INSERT INTO point_accounts (customer_id, available, pending, held) VALUES ($1,$2,$3 / 2,$3 - $3 / 2)`, p.id, p.available, p.reserved)
	}
	for i, b := range p.own {
		kind := map[bool]string{true: "EXPIRE", false: "ADJUST"}[b.expired]
		w.exec(`WITH b AS (INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after, outstanding)
				VALUES ($1,$2,$3,$4,$6,'STAFF',abs($5::bigint),0,$5))
			INSERT INTO point_entries (customer_id, booking_id, account, amount) VALUES
			($1,$2,(ARRAY['AVAILABLE','PENDING','HELD'])[1 + $2::int % 3],$5), ($1,$2,'ADJUSTED',-$5)`, p.id, i+1, kind, b.at, b.amount, fmt.Sprint(i))
	}
	w.balance(p)
	for _, r := range p.rose {
		w.exec(`INSERT INTO stage_changes (customer_id, to_stage, at, reason) SELECT $1, id, $2, 'SPEND' FROM stages WHERE code = $3`, p.id, r.at, r.to)
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

// referrals are of and by people who are nobody else here.
func (w *writer) referrals(p *person) {
	write := func(friend, referrer int64, r referral) {
		status, reason := "WAITING", ""
		switch {
		case !r.counts && r.at.Unix()%3 == 0:
			status, reason = "VOID", "REPEATED"
		case !r.counts:
			status, reason = "TAKEN_BACK", "SELF"
		case r.at.Unix()%2 == 0:
			status, reason = "LAPSED", "NO_ORDER"
		}
		w.exec(`INSERT INTO referrals (customer_id, referrer_id, code, way, referred_at, order_by, min_amount, wait_days, first_order, order_id, status, reason, rewarded_at, changed_at)
			VALUES ($1,$2,'CODE','APP',$3,$3,0,0,false,1,$4,$5,CASE $4 WHEN 'TAKEN_BACK' THEN $3::timestamptz END,$3)`, friend, referrer, r.at, status, reason)
	}
	for _, r := range p.friends {
		w.seq++
		write(int64(1_000_000+w.seq), p.id, r)
	}
	for _, r := range p.broughtBy {
		write(p.id, 2_000_000, r)
	}
}

// balance books, long after any day that rules ask for, what makes the ledger
// come to what the account holds.
func (w *writer) balance(p *person) {
	missing := p.available + p.reserved
	for _, b := range p.own {
		missing -= b.amount
	}
	if missing == 0 {
		return
	}
	w.exec(`WITH b AS (INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after, outstanding)
			VALUES ($1,$2,'ADJUST','2099-12-31','balance','STAFF',abs($3::bigint),0,$3))
		INSERT INTO point_entries (customer_id, booking_id, account, amount) VALUES ($1,$2,'AVAILABLE',$3), ($1,$2,'ADJUSTED',-$3)`, p.id, len(p.own)+1, missing)
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
