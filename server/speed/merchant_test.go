package speed

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/server"
	"github.com/meguri-crm/meguri/server/command"
	"github.com/meguri-crm/meguri/server/servertest"
)

// callers are as many members of staff, and as many customers, as ask in turns,
// so that nobody's allowance is used up.
const callers = 32

// merchant is the demo merchant behind a server without background work.
type merchant struct {
	app     *server.App
	url     string
	staff   []string // tokens
	members []string // tokens of the customers with the most orders
	asked   int
	meter   *meter // nil where the processor time is not to be had
	http    *http.Client
}

// open starts the server on a data folder, filling an empty one.
func open(b *testing.B) *merchant {
	b.Helper()
	in := installation(b)
	cfg, err := server.Load(map[string]string{
		"MEGURI_DATA_DIR": in.Dir, "MEGURI_ADDR": in.Addr, "MEGURI_SEED": orElse(os.Getenv("MEGURI_BENCH_CUSTOMERS"), "20000"),
	})
	if err != nil {
		b.Fatal(err)
	}
	app, err := server.Open(b.Context(), cfg, slog.New(slog.DiscardHandler), in.Keeper(b, command.KeeperCommand))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = app.Close() })
	if err := app.SeedFirst(b.Context(), b.Output()); err != nil {
		b.Fatal(err)
	}
	if _, err := app.DB.Pool.Exec(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}
	m := &merchant{app: app, url: "http://" + in.Addr + "/graphql", http: &http.Client{Timeout: 5 * time.Minute}}
	m.hire(b)
	m.invite(b)
	m.settle(b)
	m.serve(b, in.Addr)
	var backend int
	if err := app.DB.Pool.QueryRow(b.Context(), `SELECT pg_backend_pid()`).Scan(&backend); err != nil {
		b.Fatal(err)
	}
	m.meter = newMeter(b, backend)
	return m
}

// installation is the data folder that is given, or one that is gone afterwards.
func installation(b *testing.B) *servertest.Installation {
	b.Helper()
	dir := os.Getenv("MEGURI_BENCH_DATA")
	if dir == "" {
		return servertest.New(b)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		b.Fatal(err)
	}
	return servertest.Here(b, dir)
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// hire makes owners, where an earlier run did not, and gives each a token.
func (m *merchant) hire(b *testing.B) {
	b.Helper()
	ctx := access.As(b.Context(), access.Principal{Kind: access.ActorCommand})
	for n := range callers {
		email := fmt.Sprintf("bench-%d@merchant.example", n)
		token, err := m.app.Access.StaffToken(ctx, email, time.Hour)
		if fault.KindOf(err) == fault.NotFound {
			_, err = m.app.Access.Create(ctx, access.NewStaff{Email: email, Name: "Bench", Role: access.RoleOwner, Password: rand.Text()})
			if err == nil {
				token, err = m.app.Access.StaffToken(ctx, email, time.Hour)
			}
		}
		if err != nil {
			b.Fatal(err)
		}
		m.staff = append(m.staff, token)
	}
}

// invite gives tokens to the members who have the most to see.
func (m *merchant) invite(b *testing.B) {
	b.Helper()
	rows, err := m.app.DB.Pool.Query(b.Context(), `SELECT s.customer_id FROM customer_stats AS s JOIN customers AS c ON c.id = s.customer_id
		WHERE c.member_since IS NOT NULL AND c.merged_into IS NULL ORDER BY s.orders_count DESC, s.customer_id LIMIT $1`, callers)
	if err != nil {
		b.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		b.Fatal(err)
	}
	for _, id := range ids {
		token, err := m.app.Access.CustomerToken(access.As(b.Context(), access.Principal{Kind: access.ActorCommand}), id, time.Hour)
		if err != nil {
			b.Fatal(err)
		}
		m.members = append(m.members, token)
	}
}

// settle does what the background work of a server has long done when somebody
// asks: bookings are added to their days in two runs, a while apart.
func (m *merchant) settle(b *testing.B) {
	b.Helper()
	for range 2 {
		if err := m.app.Ledger.AddUp(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func (m *merchant) serve(b *testing.B, addr string) {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(b.Context()))
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- m.app.Serve(ctx, l, 0, func() { close(ready) }) }()
	b.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	select {
	case <-ready:
	case err := <-done:
		done <- nil
		b.Fatal(err)
	}
}

// Somebody has used up what he may ask for a while, or asked for more at once
// than anybody may.
var (
	errThrottled = errors.New("throttled")
	errTooMuch   = errors.New("too much at once")
)

// patience is how often ask comes back, a second later, when everybody has used
// up what he may ask for.
const patience = 60

// ask asks once and gives the data of the answer.
func (m *merchant) ask(q question, variables map[string]any) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": q.text, "variables": variables})
	if err != nil {
		return nil, err
	}
	tokens := m.staff
	if q.member {
		tokens = m.members
	}
	for range patience {
		for range callers {
			m.asked++
			data, err := m.post(body, tokens[m.asked%len(tokens)])
			if !errors.Is(err, errThrottled) {
				return data, err
			}
		}
		time.Sleep(time.Second)
	}
	return nil, errThrottled
}

// post sends a request in the name of whom the token is of.
func (m *merchant) post(body []byte, token string) (json.RawMessage, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, m.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := m.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("%w: %.200s", err, raw)
	}
	switch {
	case len(answer.Errors) == 0:
		return answer.Data, nil
	case answer.Errors[0].Extensions.Code == "THROTTLED":
		return nil, errThrottled
	case answer.Errors[0].Extensions.Code == "COST_EXCEEDED":
		return nil, errTooMuch
	}
	return nil, fmt.Errorf("%s: %s", answer.Errors[0].Extensions.Code, answer.Errors[0].Message)
}
