package transport_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/graph"
)

// The reference implementations judge the server: see testdata/clients.mjs.
func TestReferenceClients(t *testing.T) {
	w := newWorld(t, nil)
	mux := http.NewServeMux()
	mux.Handle("/graphql", w.Config.Handler)
	mux.HandleFunc("/tick", func(_ http.ResponseWriter, r *http.Request) { w.ticker.tick(r.FormValue("event")) })
	mux.HandleFunc("/subscribed", func(http.ResponseWriter, *http.Request) { <-w.ticker.came })
	mux.HandleFunc("/unsubscribed", func(http.ResponseWriter, *http.Request) { <-w.ticker.gone })
	server := httptest.NewServer(mux)
	audited := serve(t, graph.NewSchema(&graph.Resolver{}), w.tokens, nil) // the audits ask the schema only
	t.Cleanup(server.Close)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	// Node 20 has WebSocket behind a flag; later versions take the flag, too.
	node := exec.CommandContext(ctx, "node", "--experimental-websocket", "--no-warnings", "--test-reporter=spec", "testdata/clients.mjs")
	node.Env = append(os.Environ(), "GRAPHQL_URL="+server.URL+"/graphql", "AUDITED_URL="+audited.URL)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "pass 6") {
		t.Fatalf("not all tests ran:\n%s", out)
	}
}
