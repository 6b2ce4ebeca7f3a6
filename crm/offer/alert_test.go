package offer_test

import (
	"fmt"
	"reflect"
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
	for _, c := range causes {
		if named, more := c.Figures["campaigns"], c.Figures["moreCampaigns"]; !reflect.DeepEqual(named, []string{c.Subject.Name}) || more != int64(0) {
			t.Errorf("%s names %v and %v more", c.Subject.Name, named, more)
		}
	}
	for i := range 4 { // what is being sent is named before what is scheduled, and three at most
		exec(`WITH c AS (INSERT INTO campaigns (name, status, segment_id, scheduled_at) VALUES (?, 'SCHEDULED', 1, now() + make_interval(days => 4 - ?)) RETURNING id)
			INSERT INTO campaign_variants (campaign_id, mall, offer_id) SELECT id, 'RAKUTEN', ? FROM c`, fmt.Sprintf("later %d", i), i, made["none left"])
	}
	named, err := s.LowPools(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if f := named[0].Figures; !reflect.DeepEqual(f["campaigns"], []string{"none left", "later 3", "later 2"}) || f["moreCampaigns"] != int64(2) {
		t.Errorf("of five campaigns: %v", f)
	}
	full := pool("RAKUTEN")
	create(t, s, full) // without a campaign, without codes: nobody waits for it
	if again, err := s.LowPools(ctx); err != nil || len(again) != len(causes) {
		t.Errorf("%d causes with a pool of no campaign, %v", len(again), err)
	}
}
