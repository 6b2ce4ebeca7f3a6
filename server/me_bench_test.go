package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/points/pointstest"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// What a merchant's app asks on every start.
const meQuery = `query Me { me { points { available pending expiringNext { amount on } } stage { name next { name missingAmount by } } } }`

const (
	benchMembers = 100_000 // in the database, where a benchmark says nothing else
	benchCallers = 4_096   // of them with a token, so that no one's rate limit is reached
	benchClients = 32
	benchRounds  = 9
	benchRound   = 1500 * time.Millisecond
)

// BenchmarkMe measures me through the whole product (telemetry, tokens, limits,
// cost and rate, gqlgen) beside a bare net/http handler with the same token
// check and the same prepared statement on the same pool, in turns, with bodies
// checked, among 1,000,000 members (or as many as MEGURI_BENCH_MEMBERS says) with
// five bookings each. ratio is the median over the rounds of product/bare; p99 is
// that of all requests of a round, whose clients ask without a pause.
func BenchmarkMe(b *testing.B) {
	members := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("MEGURI_BENCH_MEMBERS")); err == nil {
		members = n
	}
	w := newBenchWorldOf(b, members)
	bare := w.target("bare", w.serveBare(b))
	product := w.target("product", w.serveProduct(b))
	for b.Loop() {
		w.run(b, bare, benchRound)
		w.run(b, product, benchRound)
		var floors, rates, ratios, slow, slowest []float64
		stop := profile(b)
		for range benchRounds {
			f, late := w.run(b, bare, benchRound)
			p, later := w.run(b, product, benchRound)
			floors, rates, ratios, slow, slowest = append(floors, f), append(rates, p), append(ratios, p/f), append(slow, late), append(slowest, later)
		}
		stop()
		b.ReportMetric(median(slow), "bare-p99-ms")
		b.ReportMetric(median(slowest), "me-p99-ms")
		b.ReportMetric(median(floors), "bare-req/s")
		b.ReportMetric(median(rates), "me-req/s")
		b.ReportMetric(median(ratios), "ratio")
	}
}

// profile writes a CPU profile of the rounds where MEGURI_PROFILE names a file.
func profile(b *testing.B) (stop func()) {
	name := os.Getenv("MEGURI_PROFILE")
	if name == "" {
		return func() {}
	}
	f, err := os.Create(name)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		b.Fatal(err)
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

type benchWorld struct {
	app     *App
	callers []benchCaller
}

// benchCaller is a member with a token, and the answer he must get.
type benchCaller struct {
	token string
	want  []byte
}

func newBenchWorld(b *testing.B) *benchWorld { return newBenchWorldOf(b, benchMembers) }

func newBenchWorldOf(b *testing.B, members int) *benchWorld {
	ctx := context.Background()
	d := dbtest.New(b)
	cfg, err := Load(map[string]string{
		"DATABASE_URL": dbtest.DSN(b, d), "MEGURI_SECRET": strings.Repeat("0123456789abcdef", 4), "MEGURI_SEED": "off", "MEGURI_DATA_DIR": b.TempDir(),
	})
	if err != nil {
		b.Fatal(err)
	}
	app, err := Open(ctx, cfg, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = app.Close() })
	now := time.Now().UTC().Truncate(time.Second)
	pointstest.Fill(b, app.DB, members, now)
	for _, sql := range []string{
		`INSERT INTO member_stages (customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at)
			SELECT c.id, s.id, now(), 0, x.id, c.id % 9000, '2099-05-31', '2099-06-01' FROM customers c, stages s, stages x WHERE s.code = 'SILVER' AND x.code = 'GOLD'`,
		`VACUUM ANALYZE member_stages`,
	} {
		if _, err := app.DB.Pool.Exec(ctx, sql); err != nil {
			b.Fatal(err)
		}
	}
	w := &benchWorld{app: app}
	for range benchCallers {
		n := 1 + rand.Int64N(int64(members))
		token, err := app.Access.CustomerToken(ctx, n, time.Hour)
		if err != nil {
			b.Fatal(err)
		}
		var on time.Time
		if err := app.DB.Pool.QueryRow(ctx, `SELECT expiring_next_on FROM point_accounts WHERE customer_id = $1`, n).Scan(&on); err != nil {
			b.Fatal(err)
		}
		w.callers = append(w.callers, benchCaller{token, fmt.Appendf(nil,
			`{"data":{"me":{"points":{"available":%d,"pending":0,"expiringNext":{"amount":%d,"on":"%s"}},"stage":{"name":"シルバー","next":{"name":"ゴールド","missingAmount":%d,"by":"2099-05-31"}}}}`,
			pointstest.Available(n), pointstest.Expiring(n), on.Add(-time.Microsecond).In(cfg.Zone).Format(time.DateOnly), n%9000)})
	}
	return w
}

func (w *benchWorld) serveProduct(b *testing.B) net.Addr {
	addr, _ := serve(b, w.app)
	return addr
}

// The answer of the bare handler, as encoding/json writes it.
type (
	bareAnswer struct {
		Data struct {
			Me struct {
				Points barePoints `json:"points"`
				Stage  *bareStage `json:"stage"`
			} `json:"me"`
		} `json:"data"`
	}
	barePoints struct {
		Available    int64         `json:"available"`
		Pending      int64         `json:"pending"`
		ExpiringNext *bareExpiring `json:"expiringNext"`
	}
	bareExpiring struct {
		Amount int64  `json:"amount"`
		On     string `json:"on"`
	}
	bareStage struct {
		Name string    `json:"name"`
		Next *bareNext `json:"next"`
	}
	bareNext struct {
		Name          string `json:"name"`
		MissingAmount int64  `json:"missingAmount"`
		By            string `json:"by"`
	}
)

// serveBare is the floor: read the body, check the token, run the statement,
// write the answer.
func (w *benchWorld) serveBare(b *testing.B) net.Addr {
	l := loopback(b)
	srv := &http.Server{ReadHeaderTimeout: readHeaderTimeout, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var body struct{ Query string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Query == "" {
			http.Error(rw, "bad request", http.StatusBadRequest)
			return
		}
		p, err := w.app.Verifier.Verify(r.Context(), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		if err != nil || p.Kind != access.ActorCustomer {
			http.Error(rw, "unauthorized", http.StatusUnauthorized)
			return
		}
		answer, err := w.bareMe(r.Context(), p.ID)
		if err != nil {
			http.Error(rw, "internal error", http.StatusInternalServerError)
			return
		}
		rw.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(rw).Encode(answer)
	})}
	go func() { _ = srv.Serve(l) }()
	b.Cleanup(func() { _ = srv.Close() })
	return l.Addr()
}

func (w *benchWorld) bareMe(ctx context.Context, id int64) (a bareAnswer, err error) {
	var merged, missing *int64
	var held, debt, amount int64
	var on, due, since, by, review *time.Time
	var stage, next *string
	var months *int
	p := &a.Data.Me.Points
	err = w.app.DB.Pool.QueryRow(ctx, member.SelfSQL, id).Scan(&merged, &p.Available, &p.Pending, &held, &debt, &on, &amount, &due,
		&stage, &since, &next, &missing, &by, &months, &review)
	if err == nil && merged != nil {
		err = pgx.ErrNoRows
	}
	if err != nil {
		return a, err
	}
	if on != nil {
		p.ExpiringNext = &bareExpiring{amount, on.Add(-time.Microsecond).In(w.app.Config.Zone).Format(time.DateOnly)}
	}
	if stage != nil {
		a.Data.Me.Stage = &bareStage{Name: *stage}
		if next != nil {
			a.Data.Me.Stage.Next = &bareNext{*next, *missing, by.Format(time.DateOnly)}
		}
	}
	return a, nil
}

func loopback(b *testing.B) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// benchTarget is a server with its keep-alive connections.
type benchTarget struct {
	name     string
	conns    []net.Conn
	requests [][]byte // by caller
}

func (w *benchWorld) target(name string, addr net.Addr) *benchTarget {
	body, _ := json.Marshal(map[string]string{"query": meQuery}) // a string always marshals
	t := &benchTarget{name: name, conns: make([]net.Conn, benchClients)}
	for _, c := range w.callers {
		t.requests = append(t.requests, fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			addr, c.token, len(body), body))
	}
	for i := range t.conns {
		t.conns[i], _ = net.Dial(addr.Network(), addr.String()) // a nil connection fails the run
	}
	return t
}

// run loads the target from all clients and answers with requests per second, and
// with the milliseconds in which 99 of 100 were answered.
func (w *benchWorld) run(b *testing.B, t *benchTarget, length time.Duration) (rate, p99 float64) {
	var wg sync.WaitGroup
	waits := make([][]time.Duration, benchClients)
	failed := make(chan error, benchClients)
	start := time.Now()
	for i := range benchClients {
		wg.Go(func() {
			in := bufio.NewReader(t.conns[i])
			buf := make([]byte, 4096)
			for asked := time.Now(); asked.Sub(start) < length; {
				n := rand.IntN(len(w.callers))
				if err := ask(t.conns[i], in, buf, t.requests[n], w.callers[n].want); err != nil {
					failed <- fmt.Errorf("%s: %w", t.name, err)
					return
				}
				answered := time.Now()
				waits[i] = append(waits[i], answered.Sub(asked))
				asked = answered
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	select {
	case err := <-failed:
		b.Fatal(err)
	default:
	}
	all := slices.Concat(waits...)
	slices.Sort(all)
	return float64(len(all)) / elapsed.Seconds(), float64(all[len(all)*99/100]) / float64(time.Millisecond)
}

// ask sends one request and holds the body against want, of which the product's
// answer has its cost after it.
func ask(conn net.Conn, in *bufio.Reader, buf, request, want []byte) error {
	if conn == nil {
		return fmt.Errorf("no connection")
	}
	if _, err := conn.Write(request); err != nil {
		return err
	}
	status, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok := bytes.HasPrefix(status, []byte("HTTP/1.1 200"))
	length := -1
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(": ")); bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length < 0 || length > len(buf) {
		return fmt.Errorf("a body of %d bytes", length)
	}
	if _, err := io.ReadFull(in, buf[:length]); err != nil {
		return err
	}
	if !ok || !bytes.HasPrefix(buf[:length], want) {
		return fmt.Errorf("answer %s, want %s", buf[:length], want)
	}
	return nil
}
