package campaign_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestBounceJumpCountsTheDoorAndTheReports(t *testing.T) {
	d, now := dbtest.New(t), time.Date(2026, 11, 22, 12, 0, 30, 0, time.UTC)
	s := &campaign.Service{DB: d, Clock: &clock.Fixed{T: now}}
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := d.NewRaw(sql, args...).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	hours := func(n int) time.Time { return now.Truncate(time.Minute).Add(-time.Duration(n) * time.Hour) }
	exec(`INSERT INTO campaign_series (campaign_id, minute, metric, value) VALUES (1, ?0, 'SENT', 970), (1, ?0, 'BOUNCED', 20), (1, ?0, 'OPENED', 400),
		(2, ?1, 'SENT', 9900), (2, ?1, 'BOUNCED', 60), (2, ?2, 'SENT', 100000)`, hours(2), hours(100), hours(24*40))
	report := func(n int, kind string, at time.Time, delivery any) {
		exec(`INSERT INTO bounces (received_at, digest, kind, delivery_id) SELECT ?0::timestamptz, sha256((?1 || ?0 || g || '-' || coalesce(?3::text, ''))::bytea), ?1, ?3::bigint FROM generate_series(1, ?2) g`, at, kind, n, delivery)
	}
	report(10, "HARD", hours(1), 1)
	report(40, "HARD", hours(90), 1)
	report(50, "SOFT", hours(1), 1)
	report(50, "HARD", hours(1), nil) // belongs to no mail of ours
	report(2, "COMPLAINT", hours(1), 1)
	causes, err := s.BounceJump(t.Context())
	if err != nil || len(causes) != 1 {
		t.Fatalf("%+v, %v", causes, err)
	}
	want := map[string]any{"sent": int64(990), "bounced": int64(30), "complained": int64(2), "usual": int64(100), "hours": 12}
	for key, value := range want {
		if causes[0].Figures[key] != value {
			t.Errorf("%s is %v, want %v", key, causes[0].Figures[key], value)
		}
	}
	if causes[0].Severity != alert.Warning {
		t.Errorf("severity %s", causes[0].Severity)
	}
	exec(`UPDATE campaign_series SET minute = minute - interval '1 day' WHERE campaign_id = 1`)
	if causes, err := s.BounceJump(t.Context()); err != nil || len(causes) != 0 {
		t.Errorf("a day later %+v, %v", causes, err)
	}
}
