package transport_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/meguri-crm/meguri/graph/operation/operationtest"
)

// What a query costs apart from its resolvers: identify, read, document cache,
// authorize, price, charge, write.
func BenchmarkPost(b *testing.B) {
	unlimited := operation.Rate{Maximum: 1 << 40, Restore: 1 << 40}
	h := newHandler(b, operationtest.New(), &tokens{expires: time.Now().Add(time.Hour)}, nil,
		operation.Rates{Staff: unlimited, Customer: unlimited, Anonymous: unlimited})
	const body = `{"query":"query($n:Int!){items(first:$n){nodes{id name item{id}}} secret}","variables":{"n":3}}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer good")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}
