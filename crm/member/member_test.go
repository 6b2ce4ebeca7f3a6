package member_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// What a member sees is right at the instant, without any periodic job.
func TestSelfIsUpToTheInstant(t *testing.T) {
	ctx := context.Background()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}
	ledger, ladder := points.New(d, c, tokyo), stage.New(d, c, tokyo, "JPY")
	cards, err := member.NewCards("a secret of the merchant")
	if err != nil {
		t.Fatal(err)
	}
	members := member.New(d, c, tokyo, ledger, ladder, cards)
	var shop, id int64
	if err := d.Pool.QueryRow(ctx, `INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE') RETURNING id`).Scan(&shop); err != nil {
		t.Fatal(err)
	}
	if err := d.Pool.QueryRow(ctx, `INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	var order int64
	if err := d.Pool.QueryRow(ctx, `INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, shipped_at, currency, goods_amount, net_sales, content_hash)
		VALUES ($1, $2, 'A-1', 'SHIPPED', $3, $3, 'JPY', 30000, 30000, '') RETURNING id`, id, shop, c.Now()).Scan(&order); err != nil {
		t.Fatal(err)
	}
	err = db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		if err := ledger.SettleOrders(ctx, tx, []int64{order}); err != nil {
			return err
		}
		return ladder.Recompute(ctx, tx, []int64{id})
	})
	if err != nil {
		t.Fatal(err)
	}
	see := func(available, pending, expiring int64, on string, stage string, missing int64) {
		t.Helper()
		self, err := members.Self(ctx, id, member.Want{Points: true, Stage: true})
		if err != nil {
			t.Fatal(err)
		}
		p := self.Points
		if p.Available != available || p.Pending != pending || p.ExpiringNextAmount != expiring {
			t.Errorf("on %s: available %d, pending %d, expiring %d; want %d, %d, %d", c.Now(), p.Available, p.Pending, p.ExpiringNextAmount, available, pending, expiring)
		}
		if on != "" && points.LastDay(*p.ExpiringNextOn, tokyo).Format(time.DateOnly) != on {
			t.Errorf("on %s: expires on %s, want %s", c.Now(), p.ExpiringNextOn, on)
		}
		if self.Stage == nil || self.Stage.Name != stage || self.Stage.Next.Missing.Spend != missing {
			t.Errorf("on %s: stage %+v, want %s with %d missing", c.Now(), self.Stage, stage, missing)
		}
	}
	see(0, 300, 0, "", "シルバー", 20000)
	c.T = time.Date(2026, 4, 15, 15, 0, 0, 0, time.UTC) // the end of the 15th in Tokyo
	see(300, 0, 300, "2027-04-01", "シルバー", 20000)
	c.T = time.Date(2027, 3, 31, 15, 0, 0, 0, time.UTC) // the order leaves the window
	see(300, 0, 300, "2027-04-01", "レギュラー", 20000)
	c.Advance(24 * time.Hour)
	see(0, 0, 0, "", "レギュラー", 20000)

	only, err := members.Self(ctx, id, member.Want{Stage: true})
	if err != nil || only.Stage == nil || only.Points.Available != 0 {
		t.Errorf("the stage alone: %+v, %v", only, err)
	}
	if _, err := members.Self(ctx, 1<<40, member.Want{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
}
