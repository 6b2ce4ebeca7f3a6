package offer_test

import (
	"fmt"
	"testing"

	"github.com/meguri-crm/meguri/crm/alert"
)

func TestLowPools(t *testing.T) {
	s := service(t)
	ctx := t.Context()
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := s.DB.NewRaw(sql, args...).Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	// Codes, 100 unless said, of which free are left; used by a campaign of a status.
	exec(`INSERT INTO segments (id, name, rule, member_count) OVERRIDING SYSTEM VALUE VALUES (1, 'few', '{}', 5), (2, 'many', '{}', 60)`)
	made := map[string]int64{}
	for i, c := range []struct {
		name    string
		free    int
		status  string
		segment int
		total   int
	}{
		{"plenty", 50, "SENDING", 1, 100},
		{"few left", 19, "SENDING", 1, 100},
		{"none left", 0, "PAUSED", 1, 100},
		{"of a draft", 0, "DRAFT", 1, 100},
		{"of what was sent", 0, "SENT", 1, 100},
		{"enough for the schedule", 50, "SCHEDULED", 1, 100},
		{"too few for the schedule", 50, "SCHEDULED", 2, 100},
		{"all of few, being sent", 15, "SENDING", 1, 15},
		{"all of few, enough for the schedule", 15, "SCHEDULED", 1, 15},
	} {
		d := pool("RAKUTEN")
		d.Name = c.name
		row := create(t, s, d)
		made[c.name] = row.ID
		codes := make([]string, c.total)
		for n := range codes {
			codes[n] = fmt.Sprintf("C%d-%d", i, n)
		}
		if _, err := s.AddCodes(ctx, row.ID, codes); err != nil {
			t.Fatal(err)
		}
		exec(`UPDATE offer_codes SET customer_id = 1 WHERE offer_id = ? AND code IN (SELECT code FROM offer_codes WHERE offer_id = ? LIMIT ?)`, row.ID, row.ID, c.total-c.free)
		exec(`WITH c AS (INSERT INTO campaigns (name, status, segment_id, scheduled_at, paused_at)
				VALUES (?0, ?1, ?2, CASE ?1 WHEN 'SCHEDULED' THEN now() END, CASE ?1 WHEN 'PAUSED' THEN now() END) RETURNING id)
			INSERT INTO campaign_variants (campaign_id, mall, offer_id) SELECT id, 'RAKUTEN', ?3 FROM c`, c.name, c.status, c.segment, row.ID)
	}
	causes, err := s.LowPools(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]alert.Severity{"none left": alert.Critical, "few left": alert.Warning, "too few for the schedule": alert.Warning}
	if len(causes) != len(want) {
		t.Errorf("%d causes: %+v", len(causes), causes)
	}
	for _, c := range causes {
		if severity, ok := want[c.Subject.Name]; !ok || severity != c.Severity || c.Subject.ID != made[c.Subject.Name] {
			t.Errorf("%+v", c)
		}
	}
	if left, total := causes[len(causes)-1].Figures["left"], causes[len(causes)-1].Figures["total"]; left != int64(50) || total != int64(100) {
		t.Errorf("figures of the last: %v of %v", left, total)
	}
	full := pool("RAKUTEN")
	create(t, s, full) // without a campaign, without codes: nobody waits for it
	if again, err := s.LowPools(ctx); err != nil || len(again) != len(causes) {
		t.Errorf("%d causes with a pool of no campaign, %v", len(again), err)
	}
}
