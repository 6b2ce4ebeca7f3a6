package stress

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/server/servertest"
)

// TestExportsSurviveTheirWorkers kills the worker that makes a file of customers
// in its middle. The next goes on behind the last part: what was made stays as it
// was, and the file has everybody once.
func TestExportsSurviveTheirWorkers(t *testing.T) {
	const people, parts = 60_000, "SELECT md5(string_agg(md5(bytes), '' ORDER BY seq)) FROM export_parts WHERE seq <= $1"
	in := servertest.New(t)
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	m := newMerchant(t, in, server)
	m.subscribers(people)

	id := m.object("createExport", `{kind: CUSTOMERS, idempotencyKey: "k"}`, "job", "id").ID
	worker := in.Start(t, "worker")
	servertest.Within(t, time.Minute, "a part is made", func() bool { return m.ask("SELECT objects FROM exports") > 0 })
	dies(t, worker)
	made := m.count("SELECT parts FROM exports WHERE status = 'RUNNING' AND objects < $1", people)
	var was, is string
	if err := m.db.Pool.QueryRow(t.Context(), parts, made).Scan(&was); err != nil {
		t.Fatal(err)
	}
	in.Start(t, "worker")
	servertest.Within(t, 2*time.Minute, "the export is done", func() bool { return m.ask("SELECT count(*) FROM exports WHERE status = 'DONE'") == 1 })
	if err := m.db.Pool.QueryRow(t.Context(), parts, made).Scan(&is); err != nil || is != was {
		t.Errorf("the first %d parts were made again: %v", made, err)
	}

	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("%s/exports/%s/objects.jsonl", m.URL, id), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+m.Token())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	seen := map[string]bool{}
	lines := json.NewDecoder(answer.Body)
	for lines.More() {
		var who struct{ ID string }
		if err := lines.Decode(&who); err != nil {
			t.Fatal(err)
		}
		if seen[who.ID] {
			t.Fatalf("%s is told twice", who.ID)
		}
		seen[who.ID] = true
	}
	if len(seen) != people {
		t.Errorf("%d people are told of %d", len(seen), people)
	}
}
