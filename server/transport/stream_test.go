package transport_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/meguri-crm/meguri/server/transport"
)

type wsMessage struct {
	Type    string          `json:"type"`
	ID      string          `json:"id,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

type wsClient struct {
	*websocket.Conn
	t   testing.TB
	ctx context.Context
}

func dial(t testing.TB, url string, protocols ...string) *wsClient {
	t.Helper()
	if protocols == nil {
		protocols = []string{"graphql-transport-ws"}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	conn, resp, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1), &websocket.DialOptions{Subprotocols: protocols})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &wsClient{conn, t, ctx}
}

func (c *wsClient) send(text string) {
	c.t.Helper()
	if err := c.Write(c.ctx, websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *wsClient) receive() (m wsMessage) {
	c.t.Helper()
	if err := wsjson.Read(c.ctx, c.Conn, &m); err != nil {
		c.t.Fatal(err)
	}
	return m
}

// closed is the code that the server closes with.
func (c *wsClient) closed() websocket.StatusCode {
	for {
		if _, _, err := c.Read(c.ctx); err != nil {
			if c.ctx.Err() != nil {
				c.t.Error("the server does not close")
			}
			return websocket.CloseStatus(err)
		}
	}
}

const initGood = `{"type":"connection_init","payload":{"authorization":"Bearer good"}}`

func (c *wsClient) init() *wsClient {
	c.t.Helper()
	c.send(initGood)
	if m := c.receive(); m.Type != "connection_ack" {
		c.t.Fatalf("%+v, want connection_ack", m)
	}
	return c
}

func (c *wsClient) subscribe(w *world, id string) {
	c.t.Helper()
	c.send(`{"type":"subscribe","id":"` + id + `","payload":{"query":"subscription{ticks}"}}`)
	<-w.ticker.came
}

func TestWebSocketCloseCodes(t *testing.T) {
	soon := func(l *transport.Limits) { l.Init = 50 * time.Millisecond }
	for _, c := range []struct {
		name   string
		limits func(*transport.Limits)
		talk   func(w *world, c *wsClient)
		want   websocket.StatusCode
	}{
		{"no message of the protocol", nil, func(_ *world, c *wsClient) { c.send("hello") }, 4400},
		{"an unknown type", nil, func(_ *world, c *wsClient) { c.init().send(`{"type":"start"}`) }, 4400},
		{"a subscribe without id", nil, func(_ *world, c *wsClient) { c.init().send(`{"type":"subscribe","payload":{}}`) }, 4400},
		{"subscribe before init", nil, func(_ *world, c *wsClient) { c.send(`{"type":"subscribe","id":"1","payload":{"query":"{name}"}}`) }, 4401},
		{"no token", nil, func(_ *world, c *wsClient) { c.send(`{"type":"connection_init"}`) }, 4403},
		{"a token that does not hold", nil, func(_ *world, c *wsClient) {
			c.send(`{"type":"connection_init","payload":{"authorization":"Bearer bad"}}`)
		}, 4403},
		{"no init in time", soon, func(*world, *wsClient) {}, 4408},
		{"an id in use", nil, func(w *world, c *wsClient) {
			c.init().subscribe(w, "1")
			c.send(`{"type":"subscribe","id":"1","payload":{"query":"{name}"}}`)
		}, 4409},
		{"a second init", nil, func(_ *world, c *wsClient) { c.init().send(initGood) }, 4429},
		{"a long message", nil, func(_ *world, c *wsClient) { c.init().send(strings.Repeat("x", 65<<10)) }, websocket.StatusMessageTooBig},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, c.limits)
			client := dial(t, w.URL)
			c.talk(w, client)
			if got := client.closed(); got != c.want {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
		})
	}
	w := newWorld(t, nil)
	if got := dial(t, w.URL, "graphql-ws").closed(); got != 4406 {
		t.Errorf("the old protocol: closed with %d, want 4406", got)
	}
}

func TestWebSocketCarriesOperations(t *testing.T) {
	w := newWorld(t, nil)
	c := dial(t, w.URL).init()
	c.subscribe(w, "a")
	c.send(`{"type":"subscribe","id":"q","payload":{"query":"{name}"}}`)
	for _, want := range []string{"next q", "complete q"} {
		if m := c.receive(); m.Type+" "+m.ID != want {
			t.Fatalf("%+v, want %s", m, want)
		}
	}
	w.ticker.tick("one")
	if m := c.receive(); m.Type != "next" || m.ID != "a" || !strings.Contains(string(m.Payload), `"data":{"ticks":"one"}`) {
		t.Fatalf("%s %s", m.Type, m.Payload)
	}
	c.send(`{"type":"subscribe","id":"bad","payload":{"query":"{nope}"}}`)
	if m := c.receive(); m.Type != "error" || m.ID != "bad" || !strings.HasPrefix(string(m.Payload), "[{") {
		t.Fatalf("%s %s", m.Type, m.Payload)
	}
	c.send(`{"type":"ping","payload":{"n":1}}`)
	if m := c.receive(); m.Type != "pong" || string(m.Payload) != `{"n":1}` {
		t.Fatalf("%+v", m)
	}
	c.send(`{"type":"complete","id":"a"}`)
	<-w.ticker.gone
	c.subscribe(w, "a") // its id is free again
}

func TestWebSocketSubscriptionsAreFew(t *testing.T) {
	w := newWorld(t, func(l *transport.Limits) { l.Subscriptions = 2 })
	c := dial(t, w.URL).init()
	c.subscribe(w, "1")
	c.subscribe(w, "2")
	c.send(`{"type":"subscribe","id":"3","payload":{"query":"subscription{ticks}"}}`)
	if m := c.receive(); m.Type != "error" || m.ID != "3" || !strings.Contains(string(m.Payload), "LIMIT_EXCEEDED") {
		t.Errorf("%s %s", m.Type, m.Payload)
	}
}

func TestStreamsOfACallerAreFew(t *testing.T) {
	w := newWorld(t, func(l *transport.Limits) { l.Streams = 2 })
	first := dial(t, w.URL).init()
	dial(t, w.URL).init()
	c := dial(t, w.URL)
	c.send(initGood)
	if got := c.closed(); got != 4429 {
		t.Errorf("the third: closed with %d, want 4429", got)
	}
	if a := post(t, w.URL, `{"query":"subscription{ticks}"}`, "Accept", "text/event-stream", "Authorization", "Bearer good"); a.status != http.StatusTooManyRequests {
		t.Errorf("an event stream beside them: %d, want 429", a.status)
	}
	first.subscribe(w, "1")
	_ = first.Close(websocket.StatusNormalClosure, "")
	<-w.ticker.gone // its operations end before its place is given back
	for {           // the place is free as soon as the handler has returned
		c := dial(t, w.URL)
		c.send(initGood)
		var m wsMessage
		if err := wsjson.Read(c.ctx, c.Conn, &m); err == nil && m.Type == "connection_ack" {
			return
		} else if websocket.CloseStatus(err) != 4429 {
			t.Fatalf("after one left: %v", err)
		}
	}
}

func TestOtherOriginsAreRefused(t *testing.T) {
	w := newWorld(t, nil)
	for origin, want := range map[string]bool{"https://evil.example": false, "https://crm.example.com": true, w.URL: true} {
		conn, resp, err := websocket.Dial(t.Context(), strings.Replace(w.URL, "http", "ws", 1), &websocket.DialOptions{
			Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {origin}},
		})
		if (err == nil) != want {
			t.Errorf("origin %s: %v", origin, err)
		}
		if resp != nil && resp.Body != nil {
			_ = resp.Body.Close()
		}
		if err == nil {
			_ = conn.CloseNow()
		} else if resp != nil && resp.StatusCode != http.StatusForbidden {
			t.Errorf("origin %s: %d, want 403", origin, resp.StatusCode)
		}
	}
}

func TestStreamsEndWithTheToken(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"expired":       func(w *world) { w.tokens.expires = time.Now().Add(100 * time.Millisecond) },
		"session ended": func(w *world) { w.tokens.end() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(l *transport.Limits) { l.Recheck = 20 * time.Millisecond })
			if name == "expired" {
				spoil(w)
			}
			c := dial(t, w.URL).init()
			c.subscribe(w, "1")
			stream := openStream(t, w, `{"query":"subscription{ticks}"}`)
			<-w.ticker.came
			spoil(w)
			if got := c.closed(); got != 4403 {
				t.Errorf("WebSocket closed with %d, want 4403", got)
			}
			if events := stream.rest(); strings.Contains(events, "complete") {
				t.Errorf("the event stream completed, but was to be cut: %q", events)
			}
			<-w.ticker.gone
			<-w.ticker.gone
		})
	}
}

// stream is an open event stream.
type stream struct {
	t    testing.TB
	resp *http.Response
	*bufio.Scanner
}

func openStream(t testing.TB, w *world, body string) *stream {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer good")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return &stream{t, resp, bufio.NewScanner(resp.Body)}
}

// event is the next event, without comments.
func (s *stream) event() (name, data string) {
	for s.Scan() {
		switch line := s.Text(); {
		case strings.HasPrefix(line, "event: "):
			name = line[7:]
		case strings.HasPrefix(line, "data:"):
			data = strings.TrimSpace(line[5:])
		case line == "" && name != "":
			return name, data
		}
	}
	return "", ""
}

func (s *stream) rest() string {
	var b strings.Builder
	for s.Scan() {
		b.WriteString(s.Text())
	}
	return b.String()
}

func TestEventStream(t *testing.T) {
	w := newWorld(t, nil)
	s := openStream(t, w, `{"query":"subscription{ticks}"}`)
	if got := s.resp.Header.Get("Content-Type"); s.resp.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("%d %s", s.resp.StatusCode, got)
	}
	<-w.ticker.came
	for _, tick := range []string{"one", "two"} {
		w.ticker.tick(tick)
		if name, data := s.event(); name != "next" || !strings.HasPrefix(data, `{"data":{"ticks":"`+tick+`"}`) {
			t.Fatalf("%s %s", name, data)
		}
	}
	_ = s.resp.Body.Close()
	<-w.ticker.gone

	q := openStream(t, w, `{"query":"{name}"}`)
	for _, want := range []string{"next", "complete", ""} {
		if name, _ := q.event(); name != want {
			t.Errorf("a query: event %q, want %q", name, want)
		}
	}
	bad := openStream(t, w, `{"query":"{nope}"}`)
	if name, data := bad.event(); name != "next" || !strings.Contains(data, `"errors"`) {
		t.Errorf("an operation that does not run: %s %s", name, data)
	}
}

// Clients that do not read hold up nobody, and are cut when their time is up.
func TestStalledClientDelaysNobody(t *testing.T) {
	w := newWorld(t, func(l *transport.Limits) { l.Write = time.Second })
	stalled, err := net.Dial("tcp", strings.TrimPrefix(w.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stalled.Close() }()
	if tcp, ok := stalled.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(1 << 10) // so that it stalls sooner
	}
	const body = `{"query":"subscription{ticks}"}`
	_, err = stalled.Write([]byte("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n" +
		"Authorization: Bearer good\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body))
	if err != nil {
		t.Fatal(err)
	}
	<-w.ticker.came
	deaf := dial(t, w.URL).init()
	deaf.subscribe(w, "1") // and never reads again

	lively := dial(t, w.URL).init()
	lively.SetReadLimit(1 << 20)
	lively.subscribe(w, "1")
	large := strings.Repeat("x", 256<<10) // fills the socket buffers of who does not read
	for i := range 40 {
		w.ticker.tick(strconv.Itoa(i) + large)
		if m := lively.receive(); !strings.HasPrefix(string(m.Payload), `{"data":{"ticks":"`+strconv.Itoa(i)+"x") {
			t.Fatalf("tick %d: %.60s", i, m.Payload)
		}
	}
	for range 2 {
		select {
		case <-w.ticker.gone:
		case <-lively.ctx.Done():
			t.Error("a stalled client was never cut")
		}
	}
}

// Who is gone without a word answers no ping, and his place is free again.
func TestASilentClientLosesItsPlace(t *testing.T) {
	w := newWorld(t, func(l *transport.Limits) { l.Ping, l.Streams = 20*time.Millisecond, 1 })
	silent := dial(t, w.URL).init()
	silent.subscribe(w, "1") // and never reads again
	<-w.ticker.gone
	for { // the place is free as soon as the handler has returned
		c := dial(t, w.URL)
		c.send(initGood)
		var m wsMessage
		if err := wsjson.Read(c.ctx, c.Conn, &m); err == nil && m.Type == "connection_ack" {
			return
		} else if websocket.CloseStatus(err) != 4429 {
			t.Fatalf("after a silent one: %v", err)
		}
	}
}

func TestServerStopsStreams(t *testing.T) {
	w := newWorld(t, nil)
	ctx, stop := context.WithCancel(context.Background())
	inner := w.Config.Handler
	w.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { inner.ServeHTTP(rw, r.WithContext(ctx)) })
	c := dial(t, w.URL).init()
	c.subscribe(w, "1")
	stop()
	if got := c.closed(); got != websocket.StatusGoingAway {
		t.Errorf("closed with %d, want %d", got, websocket.StatusGoingAway)
	}
	if errors.Is(c.ctx.Err(), context.DeadlineExceeded) {
		t.Error("too late")
	}
}
