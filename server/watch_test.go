package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/points"
)

// serve has the app answer on an address of its own until stop.
func serve(t testing.TB, app *App) (addr net.Addr, stop func()) {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- app.Serve(ctx, l, 0, func() { close(ready) }) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	<-app.Hub.Ready()
	return l.Addr(), stop
}

// watcher is a member's phone that shows his points.
type watcher struct {
	*websocket.Conn
	t testing.TB
}

// watchPoints connects, and subscribes to the points of whose token it is.
func watchPoints(t testing.TB, addr net.Addr, token string) (*watcher, error) {
	t.Helper()
	conn, resp, err := websocket.Dial(t.Context(), "ws://"+addr.String()+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, err
	}
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	type message map[string]any
	for _, m := range []message{
		{"type": "connection_init", "payload": message{"authorization": "Bearer " + token}},
		{"type": "subscribe", "id": "1", "payload": message{"query": "subscription { myPoints { points { available } } }"}},
	} {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			return nil, err
		}
	}
	var ack message
	if err := wsjson.Read(t.Context(), conn, &ack); err != nil || ack["type"] != "connection_ack" {
		return nil, fmt.Errorf("%v, want connection_ack: %w", ack, err)
	}
	return &watcher{conn, t}, nil
}

// next is the balance that the next message tells.
func (w *watcher) next() (int64, error) {
	var m struct {
		Type    string
		Payload struct {
			Data struct {
				MyPoints struct {
					Points struct{ Available int64 }
				}
			}
		}
	}
	err := wsjson.Read(w.t.Context(), w.Conn, &m)
	if err == nil && m.Type != "next" {
		err = errors.New("a message of type " + m.Type)
	}
	return m.Payload.Data.MyPoints.Points.Available, err
}

// shows fails unless the next messages tell these balances.
func (w *watcher) shows(want ...int64) {
	w.t.Helper()
	for _, available := range want {
		if got, err := w.next(); err != nil || got != available {
			w.t.Fatalf("%d, %v; want %d", got, err, available)
		}
	}
}

// closed is the code with which the server closes, after which nothing came.
func (w *watcher) closed() websocket.StatusCode {
	w.t.Helper()
	_, raw, err := w.Read(w.t.Context())
	if err == nil {
		w.t.Fatalf("%s, want the end", raw)
	}
	return websocket.CloseStatus(err)
}

// Each of thousands hears of his own points and of nothing else: not of the points of
// others, and not twice of the same.
func TestThousandsWatchTheirPoints(t *testing.T) {
	const (
		members  = 2_000
		dialling = 20 // at once: one network may not open many more
	)
	s := newSite(t)
	addr, _ := serve(t, s.app)
	if _, err := s.app.DB.Pool.Exec(t.Context(), `INSERT INTO customers (id, member_since, member_via) SELECT n, '2025-01-01', 'APP' FROM generate_series(1, $1::int) n`, members); err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	watchers := make([]*watcher, members)
	all := func(do func(i int) error) {
		t.Helper()
		var wg sync.WaitGroup
		failed := make(chan error, members)
		for begin := range dialling {
			wg.Go(func() {
				for i := begin; i < members; i += dialling {
					if err := do(i); err != nil {
						failed <- fmt.Errorf("member %d: %w", i+1, err)
						return
					}
				}
			})
		}
		wg.Wait()
		select {
		case err := <-failed:
			t.Fatal(err)
		default:
		}
	}
	hears := func(i int, want int64) error {
		got, err := watchers[i].next()
		if err == nil && got != want {
			err = fmt.Errorf("hears of %d points, want %d", got, want)
		}
		return err
	}
	all(func(i int) (err error) {
		if watchers[i], err = watchPoints(t, addr, s.customerToken(int64(i+1))); err != nil {
			return err
		}
		return hears(i, 0)
	})
	defer func() {
		for _, w := range watchers {
			_ = w.CloseNow()
		}
	}()
	// On the server: who reads the socket, who runs the operation, who follows the points.
	if most, have := 3*members+200, runtime.NumGoroutine()-before; have > most {
		t.Errorf("%d goroutines for %d who wait, want %d at most", have, members, most)
	}
	// What came to somebody in between would come before what his own points bring.
	has := make([]int64, members)
	for round, to := range []struct{ each, amount int64 }{{50, 3}, {7, 20}, {1, 100}} {
		all(func(i int) error {
			if int64(i)%to.each != 0 {
				return nil
			}
			has[i] += to.amount
			_, err := s.app.Points.Grant(t.Context(), nil, points.GrantRequest{
				CustomerID: int64(i + 1), Amount: to.amount, Key: strconv.Itoa(round), Cause: points.Cause{Reason: "STAFF"},
			})
			if err != nil {
				return err
			}
			return hears(i, has[i])
		})
	}
}

// A token's end is the socket's end, and so is the server's; whoever comes back has
// the present state first.
func TestWhoWatchesIsToldOfTheEnd(t *testing.T) {
	s := newSite(t)
	addr, stop := serve(t, s.app)
	staff, mine, other := s.signIn(), s.newShopper("佐藤"), s.newShopper("鈴木")
	grant := func(to shopper, amount int) {
		t.Helper()
		s.data(staff, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: %d, idempotencyKey: "%d"}) { userErrors { code } } }`, to.id, amount, amount))
	}
	watch := func(token string) *watcher {
		t.Helper()
		w, err := watchPoints(t, addr, token)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.CloseNow() })
		return w
	}
	short, err := s.app.Access.CustomerToken(t.Context(), mine.row, 2*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	ending := watch(short)
	ending.shows(0)
	long, others := watch(mine.token), watch(other.token)
	long.shows(0)
	others.shows(0)
	grant(mine, 100)
	long.shows(100)
	ending.shows(100)
	if got := ending.closed(); got != 4403 {
		t.Errorf("the token ended: closed with %d, want 4403", got)
	}
	if err := s.app.Access.RevokeCustomerTokens(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), mine.row); err != nil {
		t.Fatal(err)
	}
	if got := long.closed(); got != 4403 {
		t.Errorf("the token was taken back: closed with %d, want 4403", got)
	}
	if _, err := watchPoints(t, addr, mine.token); websocket.CloseStatus(err) != 4403 {
		t.Errorf("a token that was taken back opens a socket: %v", err)
	}
	grant(mine, 7) // while nobody listens
	again := watch(s.customerToken(mine.row))
	again.shows(107)
	grant(mine, 1)
	again.shows(108)
	grant(other, 5)
	others.shows(5) // whom none of this concerned
	ended := make(chan websocket.StatusCode, 2)
	for _, w := range []*watcher{again, others} {
		go func() { ended <- w.closed() }()
	}
	stop()
	for range 2 {
		if got := <-ended; got != websocket.StatusGoingAway {
			t.Errorf("the server stopped: closed with %d, want %d", got, websocket.StatusGoingAway)
		}
	}
}
