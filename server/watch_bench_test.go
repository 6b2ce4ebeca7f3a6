package server

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/meguri-crm/meguri/crm/points/pointstest"
	"github.com/meguri-crm/meguri/server/transport"
)

const (
	benchWatchers    = 2_000
	benchWatchRounds = 7
)

const watchQuery = `subscription { myPoints { points { available pending expiringNext { amount on } } stage { name next { name missingAmount by } } } }`

// BenchmarkMyPoints has as many members watch their points, each over a WebSocket
// of his own with a token of his own, beside a bare loop that writes the same bytes
// to as many WebSockets. Of both: memory of one who waits (both ends of the
// connection lie in this process, the other end without buffers and goroutine), and
// messages a second when something happens to all of them at once. ratio is the
// median of product/bare.
func BenchmarkMyPoints(b *testing.B) {
	// The other ends answer no pings.
	defer func(each time.Duration) { transport.DefaultLimits.Ping = each }(transport.DefaultLimits.Ping)
	transport.DefaultLimits.Ping = time.Hour
	w := newBenchWorld(b)
	bare := newBareSockets(b)
	product := w.watch(b)
	for b.Loop() {
		var floors, rates, ratios []float64
		stop := profile(b)
		for range benchWatchRounds {
			p := product.run(b, w.happen)
			f := bare.run(b, product.last)
			rates, floors, ratios = append(rates, p), append(floors, f), append(ratios, p/f)
		}
		stop()
		b.ReportMetric(median(floors), "bare-msg/s")
		b.ReportMetric(median(rates), "msg/s")
		b.ReportMetric(median(ratios), "ratio")
		b.ReportMetric(bare.each, "bare-kB/watcher")
		b.ReportMetric(product.each, "kB/watcher")
	}
}

// watchers are the other ends of sockets on which somebody waits.
type watchers struct {
	conns []*rawSocket
	each  float64 // kB that one of them takes
	last  [][]byte
	round int
}

// memory is what heap and stacks take after some collections.
func memory() uint64 {
	var m runtime.MemStats
	for range 4 { // stacks shrink by half at each
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// watch opens the sockets of members 1 to benchWatchers.
func (w *benchWorld) watch(b *testing.B) *watchers {
	b.Helper()
	addr := w.serveProduct(b)
	tokens := make([]string, benchWatchers)
	for i := range tokens {
		var err error
		if tokens[i], err = w.app.Access.CustomerToken(context.Background(), int64(i+1), time.Hour); err != nil {
			b.Fatal(err)
		}
		if _, err = w.app.Verifier.Verify(context.Background(), tokens[i]); err != nil { // what the verifier keeps is not of the socket
			b.Fatal(err)
		}
	}
	got := &watchers{conns: make([]*rawSocket, benchWatchers), last: make([][]byte, benchWatchers)}
	before := memory()
	atOnce(b, benchWatchers, func(i int) error {
		c, err := dialRaw(addr)
		if err != nil {
			return err
		}
		got.conns[i] = c
		query, _ := json.Marshal(watchQuery) // a string always marshals
		if err := c.write(`{"type":"connection_init","payload":{"authorization":"Bearer ` + tokens[i] + `"}}`); err != nil {
			return err
		}
		if m, err := c.read(); err != nil || !strings.Contains(string(m), "connection_ack") {
			return fmt.Errorf("%s %w", m, err)
		}
		if err := c.write(`{"type":"subscribe","id":"1","payload":{"query":` + string(query) + `}}`); err != nil {
			return err
		}
		m, err := c.read()
		if want := fmt.Sprintf(`"available":%d,`, pointstest.Available(int64(i+1))); err == nil && !strings.Contains(string(m), want) {
			err = fmt.Errorf("%s, want %s", m, want)
		}
		return err
	})
	got.each = float64(memory()-before) / benchWatchers / 1e3
	return got
}

// happen gives everybody who watches a point, and the notice that a booking gives.
func (w *benchWorld) happen(b *testing.B) {
	if _, err := w.app.DB.Pool.Exec(context.Background(), `WITH given AS (
			UPDATE point_accounts SET available = available + 1 WHERE customer_id <= $1 RETURNING customer_id)
		SELECT pg_notify('meguri', 'points:' || customer_id) FROM given`, benchWatchers); err != nil {
		b.Fatal(err)
	}
}

// run is how many messages a second come when something happens to everybody.
func (g *watchers) run(b *testing.B, happen func(*testing.B)) float64 {
	b.Helper()
	g.round++
	begun := time.Now()
	happen(b)
	atOnce(b, len(g.conns), func(i int) (err error) {
		g.last[i], err = g.conns[i].read()
		if want := fmt.Sprintf(`"available":%d,`, pointstest.Available(int64(i+1))+int64(g.round)); err == nil && !strings.Contains(string(g.last[i]), want) {
			err = fmt.Errorf("%s, want %s", g.last[i], want)
		}
		return err
	})
	return float64(len(g.conns)) / time.Since(begun).Seconds()
}

// bareSockets is the floor: a server that accepts WebSockets, keeps them, and
// writes to one after the other.
type bareSockets struct {
	conns []*rawSocket
	mu    sync.Mutex
	ends  []*websocket.Conn // in the order in which they came
	each  float64
}

func newBareSockets(b *testing.B) *bareSockets {
	b.Helper()
	s, l := &bareSockets{conns: make([]*rawSocket, benchWatchers)}, loopback(b)
	srv := &http.Server{ReadHeaderTimeout: readHeaderTimeout, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(rw, r, &websocket.AcceptOptions{Subprotocols: []string{"graphql-transport-ws"}})
		if err != nil {
			return
		}
		s.mu.Lock()
		s.ends = append(s.ends, conn)
		s.mu.Unlock()
		_, _, _ = conn.Read(context.Background()) // until it goes
	})}
	go func() { _ = srv.Serve(l) }()
	before := memory()
	for i := range s.conns { // one after the other, so that both ends stand in the same order
		var err error
		if s.conns[i], err = dialRaw(l.Addr()); err != nil {
			b.Fatal(err)
		}
	}
	b.Cleanup(func() {
		_ = srv.Close()
		for _, c := range s.conns {
			_ = c.Close()
		}
	})
	s.each = float64(memory()-before) / benchWatchers / 1e3
	return s
}

func (s *bareSockets) run(b *testing.B, messages [][]byte) float64 {
	b.Helper()
	begun := time.Now()
	go func() {
		for i, end := range s.ends {
			_ = end.Write(context.Background(), websocket.MessageText, messages[i]) // what fails is not read below
		}
	}()
	atOnce(b, len(s.conns), func(i int) error {
		m, err := s.conns[i].read()
		if err == nil && len(m) == 0 {
			err = io.ErrUnexpectedEOF
		}
		return err
	})
	return float64(len(s.conns)) / time.Since(begun).Seconds()
}

// atOnce runs do(0) … do(n-1) on benchClients goroutines.
func atOnce(b *testing.B, n int, do func(int) error) {
	b.Helper()
	var wg sync.WaitGroup
	failed := make(chan error, benchClients)
	for c := range benchClients {
		wg.Go(func() {
			for i := c; i < n; i += benchClients {
				if err := do(i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-failed:
		b.Fatal(err)
	default:
	}
}

// rawSocket is the client's end of a WebSocket with nothing beside the connection.
// It reads whole text messages and answers no pings.
type rawSocket struct{ net.Conn }

func dialRaw(addr net.Addr) (*rawSocket, error) {
	conn, err := net.Dial(addr.Network(), addr.String())
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "GET /graphql HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n", addr)
	if err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil) // nothing comes after it before the client speaks
	if err == nil {
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusSwitchingProtocols {
			err = fmt.Errorf("%s", resp.Status)
		}
	}
	return &rawSocket{conn}, err
}

// write sends one text message, masked by zeros.
func (s *rawSocket) write(text string) error {
	frame := []byte{0x81, 0x80}
	if len(text) < 126 {
		frame[1] |= byte(len(text))
	} else {
		frame[1] |= 126
		frame = binary.BigEndian.AppendUint16(frame, uint16(len(text)))
	}
	frame = append(frame, 0, 0, 0, 0)
	_, err := s.Write(append(frame, text...))
	return err
}

// read is the next text message.
func (s *rawSocket) read() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(s, head[:2]); err != nil {
		return nil, err
	}
	if head[0] != 0x81 {
		return nil, fmt.Errorf("a frame that begins with %x", head[:2])
	}
	length := int(head[1])
	if length == 126 {
		if _, err := io.ReadFull(s, head[2:]); err != nil {
			return nil, err
		}
		length = int(binary.BigEndian.Uint16(head[2:]))
	}
	m := make([]byte, length)
	_, err := io.ReadFull(s, m)
	return m, err
}
