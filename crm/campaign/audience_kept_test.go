package campaign_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db"
)

// keeping makes the world keep every answer, at a time of its own.
func (w *world) keeping() *clock.Fixed {
	c := &clock.Fixed{T: time.Now()}
	w.service.Kept = kept.NewFrom(w.db, c, 0, -1)
	return c
}

func (w *world) reach(row *db.Campaign, want kept.Wanted) *campaign.Reach {
	w.t.Helper()
	current, err := w.service.Find(w.t.Context(), row.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	reach, err := w.service.Reach(w.t.Context(), current, want)
	if err != nil {
		w.t.Fatal(err)
	}
	return reach
}

// TestAKeptReachIsWhatTheGateSays: whatever staff changes shows at once, what
// people do within the minute, and a kept answer says what a judged one does.
func TestAKeptReachIsWhatTheGateSays(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	w.customers(7, false)
	c := w.keeping()
	row := w.draft(campaign.Variant{Mall: "OWN_SITE"})
	judged, err := w.service.Preview(t.Context(), row)
	if err != nil {
		t.Fatal(err)
	}
	for _, turn := range []string{"computed", "kept"} {
		if got := w.reach(row, kept.Now); !reflect.DeepEqual(got.Preview, judged) || got.Stale || !got.AsOf.Equal(c.Now()) {
			t.Errorf("%s: %+v, judged %+v", turn, got, judged)
		}
	}

	w.customers(1, true)
	if got := w.reach(row, kept.Now); got.Total != 12 {
		t.Errorf("%d people within the minute, want the 12 that are kept", got.Total)
	}
	c.T = c.T.Add(time.Minute)
	if got := w.reach(row, kept.Last); got.Total != 12 || !got.Stale {
		t.Errorf("the last answer: %+v, want 12 people and to be told that it is stale", got)
	}
	if got := w.reach(row, kept.Now); got.Total != 13 || got.Reachable != 6 || got.Stale {
		t.Errorf("after the minute: %+v, want 13 people of whom 6 are reached", got)
	}

	for name, change := range map[string]string{
		"the campaign": `UPDATE campaigns SET frequency_days = 3`,
		"a variant":    `UPDATE campaign_variants SET subject = 'another'`,
		"a shop":       `UPDATE shops SET more_urls = '{https://other.example}'`,
		"a segment":    `UPDATE segments SET updated_at = updated_at + interval '1 second'`,
		"a setting":    `INSERT INTO settings (key, value) VALUES ('pace', '{"MAIL": {"perDay": 1}}') ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
	} {
		w.reach(row, kept.Now)
		w.exec(change)
		if got := w.reach(row, kept.Last); !got.Stale {
			t.Errorf("after a change of %s the last answer is not called stale", name)
		}
	}
}
