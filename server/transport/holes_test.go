package transport_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/meguri-crm/meguri/graph/operation/operationtest"
	"github.com/meguri-crm/meguri/server/transport"
	"github.com/vektah/gqlparser/v2/ast"
)

// counting counts how often a server asks for the price of a field.
type counting struct {
	inner *operationtest.Schema
	asked atomic.Int64
}

func (c *counting) Schema() *ast.Schema { return c.inner.Schema() }

func (c *counting) Exec(ctx context.Context) graphql.ResponseHandler { return c.inner.Exec(ctx) }

func (c *counting) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	c.asked.Add(1)
	return 0, false
}

// The holes of a bare gqlgen server, each probed on one and on ours: the probe
// must find the hole there and must not find it here.
func TestHolesOfABareServer(t *testing.T) {
	priced := &counting{inner: operationtest.New()}
	priced.inner.Ticks = newTicker().subscribe
	bareHandler := handler.NewDefaultServer(priced)
	bareHandler.Use(extension.FixedComplexityLimit(100))
	bare := httptest.NewServer(bareHandler)
	t.Cleanup(bare.Close)
	ours := newWorld(t, func(l *transport.Limits) { l.Init = 50 * time.Millisecond })

	for _, hole := range []struct {
		name string
		open func(t *testing.T, url string) bool
	}{
		{"1 a short query of nested fragments makes it count without end", func(t *testing.T, url string) bool {
			before := priced.asked.Load()
			var b strings.Builder
			b.WriteString("{item{...f0}}")
			for i := range 14 {
				fmt.Fprintf(&b, " fragment f%d on Item{...f%d ...f%d}", i, i+1, i+1)
			}
			b.WriteString(" fragment f14 on Item{id}")
			post(t, url, `{"query":"`+b.String()+`"}`)
			return priced.asked.Load()-before > 1<<14
		}},
		{"2 thousands of fields are compared with each other", answers(`{"query":"{item{` + strings.Repeat("name ", 1200) + `}}"}`)},
		{"2 any number of aliases", answers(`{"query":"{` + numbered(200, "a%d:name ") + `}"}`)},
		{"2 any number of directives", answers(`{"query":"{name ` + strings.Repeat("@skip(if:false) ", 1) + numbered(60, "a%d:name @skip(if:false) ") + `}"}`)},
		{"2 any depth", answers(`{"query":"` + strings.Repeat("{item", 50) + `{id}` + strings.Repeat("}", 50) + `"}`)},
		{"2 any number of errors", func(t *testing.T, url string) bool {
			return len(post(t, url, `{"query":"{`+numbered(200, "nope%d ")+`}"}`).body.Errors) >= 200
		}},
		{"3 any length of body", answers(`{"query":"{name}","variables":{"x":"` + strings.Repeat("x", 3<<20) + `"}}`)},
		{"3 null is taken for a request", func(t *testing.T, url string) bool { return post(t, url, `null`).status != 400 }},
		{"3 what was sent is sent back", func(t *testing.T, url string) bool {
			return strings.Contains(post(t, url, `{"query": secret-words`).text, "secret-words")
		}},
		{"3 it helps to guess the schema", func(t *testing.T, url string) bool {
			return strings.Contains(post(t, url, `{"query":"{nam}"}`).text, "Did you mean")
		}},
		{"3 it shows the schema", func(t *testing.T, url string) bool {
			a := post(t, url, `{"query":"{__schema{queryType{name}}}"}`)
			return strings.Contains(string(a.body.Data), "queryType") || len(a.body.Errors) == 0
		}},
		{"4 a WebSocket is acknowledged for anyone", func(t *testing.T, url string) bool {
			c := dial(t, url)
			c.send(`{"type":"connection_init"}`)
			var m wsMessage
			return wsjson.Read(c.ctx, c.Conn, &m) == nil && m.Type == "connection_ack"
		}},
		{"4 a WebSocket waits for ever to be told who it is", func(t *testing.T, url string) bool {
			c := dial(t, url)
			ctx, cancel := context.WithTimeout(c.ctx, time.Second)
			defer cancel()
			_, _, err := c.Read(ctx)
			return websocket.CloseStatus(err) != 4408
		}},
		{"4 a second connection_init is no 4429", wrongCode(4429, initGood, initGood)},
		{"4 an id in use is no 4409", wrongCode(4409, initGood, subscribeTicks, subscribeTicks)},
		{"4 subscribe before init is no 4401", wrongCode(4401, subscribeTicks)},
		{"4 what is no message is no 4400", wrongCode(4400, initGood, "hello")},
		{"4 any number of subscriptions", func(t *testing.T, url string) bool {
			c := dial(t, url)
			c.send(initGood)
			for i := range 60 {
				c.send(fmt.Sprintf(`{"type":"subscribe","id":"%d","payload":{"query":"subscription{ticks}"}}`, i))
			}
			c.send(`{"type":"ping"}`)
			for {
				var m wsMessage
				if err := wsjson.Read(c.ctx, c.Conn, &m); err != nil {
					t.Fatal(err)
				}
				switch m.Type {
				case "error":
					return false
				case "pong":
					return true
				}
			}
		}},
		{"4 messages of any length up to a megabyte", func(t *testing.T, url string) bool {
			c := dial(t, url)
			c.send(initGood)
			_ = c.Write(c.ctx, websocket.MessageText, []byte(`{"type":"ping","payload":{"x":"`+strings.Repeat("x", 500<<10)+`"}}`)) // may be cut in the middle
			c.SetReadLimit(1 << 20)
			for {
				var m wsMessage
				if err := wsjson.Read(c.ctx, c.Conn, &m); err != nil {
					return websocket.CloseStatus(err) != websocket.StatusMessageTooBig
				}
				if m.Type == "pong" {
					return true
				}
			}
		}},
		{"6 input is validated before anyone asks who calls", func(t *testing.T, url string) bool {
			a := post(t, url, `{"query":"mutation($i:ChangeInput!){change(input:$i){id}}","variables":{"i":{"amount":"many"}}}`)
			return a.code() != "UNAUTHENTICATED"
		}},
	} {
		t.Run(hole.name, func(t *testing.T) {
			if !hole.open(t, bare.URL) {
				t.Error("the probe does not find the hole on a bare server: it proves nothing")
			}
			if hole.open(t, ours.URL) {
				t.Error("the hole is open")
			}
		})
	}
}

const subscribeTicks = `{"type":"subscribe","id":"1","payload":{"query":"subscription{ticks}"}}`

// answers probes whether a body gets data or, at least, is worked through.
func answers(body string) func(t *testing.T, url string) bool {
	return func(t *testing.T, url string) bool {
		t.Helper()
		a := post(t, url, body)
		return a.status == 200 && (a.code() == "" || a.code() == "COMPLEXITY_LIMIT_EXCEEDED")
	}
}

// wrongCode probes whether a talk ends otherwise than with code.
func wrongCode(code websocket.StatusCode, talk ...string) func(t *testing.T, url string) bool {
	return func(t *testing.T, url string) bool {
		t.Helper()
		c := dial(t, url)
		for _, text := range talk {
			if c.Write(c.ctx, websocket.MessageText, []byte(text)) != nil {
				break // closed already: the code tells
			}
		}
		ctx, cancel := context.WithTimeout(c.ctx, 2*time.Second)
		defer cancel()
		for {
			if _, _, err := c.Read(ctx); err != nil {
				return websocket.CloseStatus(err) != code
			}
		}
	}
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
