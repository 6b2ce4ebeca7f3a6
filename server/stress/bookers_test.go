package stress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/server/servertest"
)

// bookers are clients who book points and insist until they know that it was
// done. They never ask for more than there is, so that nothing is refused.
type bookers struct {
	m       *merchant
	nodes   []*servertest.Client
	members []int64 // one for each client
	balance []int64
	booked  atomic.Int64
	retried atomic.Int64
	cut     atomic.Int64 // tries that a server took and did not answer

	cancel context.CancelFunc
	wg     sync.WaitGroup
}

func newBookers(m *merchant, nodes []*servertest.Client, n int) *bookers {
	m.t.Helper()
	b := &bookers{m: m, nodes: nodes, balance: make([]int64, n)}
	for range n {
		b.members = append(b.members, m.count(`INSERT INTO customers (member_since, member_via) VALUES ('2026-01-01', 'SITE') RETURNING id`))
	}
	return b
}

func (b *bookers) start() {
	ctx, cancel := context.WithCancel(b.m.t.Context())
	b.cancel = cancel
	for i := range b.members {
		b.wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				b.book(i, n)
			}
		})
	}
}

func (b *bookers) stop() {
	b.cancel()
	b.wg.Wait()
}

// book grants or redeems, asking again with the same key, at either node, until
// there is an answer.
func (b *bookers) book(i, n int) {
	rnd := rand.New(rand.NewPCG(uint64(i), uint64(n)))
	amount, mutation := 1+rnd.Int64N(100), "grantPoints"
	if n%2 == 1 && b.balance[i] >= amount {
		mutation = "redeemPoints"
	}
	query := fmt.Sprintf(`mutation { booked: %s(input: {customerId: %q, amount: %d, idempotencyKey: "%d-%d"}) { points { available } userErrors { code } } }`,
		mutation, gid.Encode("Customer", b.members[i]), amount, i, n)
	for try := 0; ; try++ {
		var data struct {
			Booked struct {
				Points     *struct{ Available int64 }
				UserErrors []struct{ Code string }
			}
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(b.m.t.Context()), 10*time.Second)
		err := b.nodes[(n+try)%len(b.nodes)].Do(ctx, query, nil, &data)
		cancel()
		if err == nil {
			if data.Booked.Points == nil {
				b.m.t.Errorf("%s of %d was refused: %v", mutation, amount, data.Booked.UserErrors)
			}
			break
		}
		b.retried.Add(1)
		if b.wasTaken(i, n, err) {
			b.cut.Add(1)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if mutation == "redeemPoints" {
		amount = -amount
	}
	b.balance[i] += amount
	b.booked.Add(1)
}

// wasTaken tells whether a server worked on a try that got no answer: then it
// is booked. A connection that rested may close while the next request is on its
// way; that one was never read, and to ask again is the client's part in HTTP.
func (b *bookers) wasTaken(i, n int, err error) bool {
	unanswered := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
	return unanswered && b.m.count("SELECT count(*) FROM point_bookings WHERE customer_id = $1 AND idempotency_key = $2",
		b.members[i], fmt.Sprintf("%d-%d", i, n)) > 0
}

// check holds the books against what the clients know.
func (b *bookers) check() {
	t := b.m.t
	t.Helper()
	for i, member := range b.members {
		if got := b.m.count("SELECT available FROM point_accounts WHERE customer_id = $1", member); got != b.balance[i] {
			t.Errorf("member %d has %d points, the client was told %d", member, got, b.balance[i])
		}
	}
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := points.New(b.m.db, clock.System{}, zone).Verify(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v %+v", err, wrong)
	}
	t.Logf("%d bookings, %d tries that had to be repeated", b.booked.Load(), b.retried.Load())
}
