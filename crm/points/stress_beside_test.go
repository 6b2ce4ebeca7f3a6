package points_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/adjust"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
)

// giftsThere is the stock of the one gift, which runs out.
const giftsThere = 30

func refusedAs(err error, code string) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.CodeOrKind() == code
}

// exchange takes a gift for points.
func (c *client) exchange() {
	c.insist(c.rnd, asked{c.key, "REDEEM", c.gift.Points}, func(ctx context.Context) error {
		x, err := c.rewards.Exchange(ctx, c.customer, c.gift.ID, c.key)
		if err == nil {
			c.exchanged = append(c.exchanged, mine{x.CustomerID, x.ID})
		}
		return err
	})
}

// closeExchange hands the gift over or takes it back.
func (c *client) closeExchange(x mine) {
	c.insist(c.rnd, asked{}, func(ctx context.Context) (err error) {
		if c.amount%2 == 0 {
			_, err = c.rewards.HandOver(ctx, x.id)
		} else {
			_, err = c.rewards.Cancel(ctx, x.id, "not wanted")
		}
		return err
	})
}

// compareExchanges: what stands was paid for, what was cancelled was given back,
// nothing was paid without either, and the stock is what is left.
func (s *storm) compareExchanges(ctx context.Context) {
	var wrong, unpaid, stock, standing int64
	s.must(s.db.Pool.QueryRow(ctx, `SELECT
		(SELECT count(*) FROM reward_exchanges x
			LEFT JOIN point_bookings b ON b.customer_id = x.booked_for AND b.id = x.booking_id AND b.kind = 'REDEEM' AND b.amount = x.points
			CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount), 0) AS amount FROM point_reversals v
				JOIN point_bookings r ON r.customer_id = v.customer_id AND r.id = v.booking_id
				WHERE v.of_customer = x.booked_for AND v.of_booking = x.booking_id) back
			WHERE b.id IS NULL OR back.amount <> CASE x.status WHEN 'CANCELLED' THEN x.points ELSE 0 END),
		(SELECT count(*) FROM point_bookings b WHERE b.reason = 'REWARD' AND NOT EXISTS (
			SELECT FROM reward_exchanges x WHERE x.booked_for = b.customer_id AND x.booking_id = b.id)),
		(SELECT stock FROM rewards), (SELECT count(*) FROM reward_exchanges WHERE status <> 'CANCELLED')`).Scan(&wrong, &unpaid, &stock, &standing))
	if wrong > 0 || unpaid > 0 || stock+standing != giftsThere {
		s.t.Errorf("%d exchanges were not booked as they stand, %d bookings have none; %d gifts are left, %d given, of %d", wrong, unpaid, stock, standing, giftsThere)
	}
}

// bringFiles brings one file of adjustments after the other, and has a second
// person decide on the large ones.
func (s *storm) bringFiles(stop <-chan struct{}) {
	as := func(id int64) context.Context {
		return access.As(context.Background(), access.Principal{Kind: access.ActorStaff, ID: id})
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case <-time.After(20 * time.Millisecond):
		}
		file, err := s.files.Take(as(1), "file.csv", strings.NewReader(s.file(rnd)))
		if err != nil { // a cut may have left a draft behind
			continue
		}
		s.step("NOT_A_DRAFT", func() error { _, err := s.files.Submit(as(1), file.ID); return err })
		s.step("NOT_WAITING", func() error {
			switch _, err := s.files.Approve(as(1), file.ID, ""); {
			case err == nil:
				s.t.Errorf("file %d was approved by who brought it", file.ID)
				return nil
			case !refusedAs(err, "SAME_PERSON"):
				return err
			}
			if n%3 == 0 {
				_, err := s.files.Reject(as(2), file.ID, "too much")
				return err
			}
			_, err := s.files.Approve(as(2), file.ID, "")
			return err
		})
	}
}

// step asks again until it is done, or was done by a try that had no answer.
func (s *storm) step(taken string, do func() error) {
	for !s.done.Load() {
		if err := do(); err == nil || refusedAs(err, taken) {
			return
		}
	}
}

// file names few or many customers, some more than once.
func (s *storm) file(rnd *rand.Rand) string {
	var b strings.Builder
	b.WriteString("顧客ID,ポイント,理由,有効期限,区分\n")
	for range 2 + rnd.IntN(15) {
		amount, origin, until := 1+rnd.Int64N(40), "", ""
		switch rnd.IntN(4) {
		case 0:
			origin = "有償"
		case 1:
			until = s.clock.Now().AddDate(0, 0, 5+rnd.IntN(20)).Format(time.DateOnly)
		case 2:
			amount = -amount
		}
		fmt.Fprintf(&b, "%s,%d,file,%s,%s\n", gid.Encode("Customer", s.customers[rnd.IntN(len(s.customers))]), amount, until, origin)
	}
	return b.String()
}

// compareFiles: a line is booked once, as it stands there, or not at all; nothing is
// booked of a file that nobody let through.
func (s *storm) compareFiles(ctx context.Context) {
	var lines, files int64
	s.must(s.db.Pool.QueryRow(ctx, `SELECT
		(SELECT count(*) FROM (
				SELECT idempotency_key AS key, count(*) AS times, min(id) AS id, min(CASE kind WHEN 'GRANT' THEN amount WHEN 'ADJUST' THEN -amount END) AS amount
				FROM point_bookings WHERE idempotency_key LIKE 'request:adjust:%' GROUP BY 1) b
			FULL JOIN (SELECT l.*, a.status = $1 AS through FROM point_adjustment_lines l JOIN point_adjustments a ON a.id = l.adjustment_id) l
				ON b.key = format('request:adjust:%s:%s', l.adjustment_id, l.line_no)
			WHERE b.times > 1 OR (b.key IS NOT NULL) <> coalesce(l.state = 'BOOKED' AND l.through AND l.booking_id = b.id AND l.amount = b.amount, false)
				OR l.state = 'BOOKED' AND b.key IS NULL),
		(SELECT count(*) FROM point_adjustments a WHERE status = 'APPROVED' OR status = $1 AND NOT EXISTS (
			SELECT FROM point_adjustment_lines l WHERE l.adjustment_id = a.id
			HAVING count(*) FILTER (WHERE state IN ('BOOKED', 'REFUSED')) = a.done AND count(*) FILTER (WHERE state = 'REFUSED') = a.refused AND a.done = a.lines))`,
		adjust.Booked).Scan(&lines, &files))
	if lines > 0 || files > 0 {
		s.t.Errorf("%d lines of files and %d files are not booked as they stand", lines, files)
	}
}

// compareReport: the months and half-years that accountants see come to what the
// accounts and the lots have.
func (s *storm) compareReport(ctx context.Context) {
	r, err := s.reports.Report(ctx, 120)
	s.must(err)
	for _, m := range r.Months {
		if m.Transferred != 0 || m.Opening+m.Issued-m.Redeemed+m.Restored-m.Expired-m.ClawedBack+m.Adjusted+m.Debt != m.Closing {
			s.t.Errorf("a month does not add up: %+v", m)
		}
	}
	for i, p := range r.Paid[:len(r.Paid)-1] {
		if before := r.Paid[i+1].Unused; before+p.Issued-p.Used-p.Other != p.Unused {
			s.t.Errorf("a half-year of bought points does not add up: %d and %+v", before, p)
		}
	}
	var all, paid int64
	s.must(s.db.Pool.QueryRow(ctx, `SELECT (SELECT sum(available + pending + held) FROM point_accounts), (SELECT sum(remaining) FROM point_lots WHERE origin = $1)`, points.Paid).Scan(&all, &paid))
	if closing := r.Months[len(r.Months)-1].Closing; closing != all || r.Paid[0].Unused != paid {
		s.t.Errorf("the report says %d, the accounts %d; of bought points %d, the lots %d", closing, all, r.Paid[0].Unused, paid)
	}
}
