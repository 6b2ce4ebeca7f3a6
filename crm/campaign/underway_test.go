package campaign_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestWhatIsUnderwayOfCampaigns(t *testing.T) {
	d := dbtest.New(t)
	s := &campaign.Service{DB: d, Clock: clock.System{}}
	_, err := d.NewRaw(`
		WITH c AS (INSERT INTO campaigns (name, status, sent_at, paused_at) VALUES ('expanding', 'SENDING', now(), NULL), ('sending', 'SENDING', now(), NULL), ('paused', 'PAUSED', now(), now()) RETURNING id, name),
		d AS (INSERT INTO deliveries (campaign_id, delivery_month, content, expanded_at) SELECT id, '2026-11-01', '{}', CASE name WHEN 'expanding' THEN NULL ELSE now() END FROM c RETURNING id, campaign_id)
		INSERT INTO campaign_counters (campaign_id, delivery_id, variant_id, mall, metric, value)
		SELECT campaign_id, id, 1, 'OWN_SITE', m.metric, m.value FROM d, (VALUES ('AUDIENCE', 400), ('QUEUED', 100), ('SENT', 250)) m (metric, value)`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Underway(t.Context())
	if err != nil || len(jobs) != 2 {
		t.Fatalf("%+v, %v", jobs, err)
	}
	if j := jobs[0]; j.Name != "expanding" || j.Progress != nil {
		t.Errorf("while the audience is told apart: %+v", j)
	}
	if j := jobs[1]; j.Name != "sending" || j.Progress == nil || *j.Progress != 0.75 {
		t.Errorf("while it is sent: %+v", j)
	}
}
