package campaign_test

import (
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign"
)

func TestCampaignsAreListedNewestFirst(t *testing.T) {
	w := newWorld(t)
	first, second := w.draft(), w.draft()
	third := w.send(w.draft())
	list := func(before int64, limit int, statuses ...campaign.Status) (ids []int64) {
		rows, err := w.service.List(t.Context(), campaign.Filter{Statuses: statuses}, before, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			ids = append(ids, row.ID)
		}
		return ids
	}
	for name, c := range map[string]struct{ got, want []int64 }{
		"all":           {list(0, 10), []int64{third.ID, second.ID, first.ID}},
		"a page":        {list(third.ID, 1), []int64{second.ID}},
		"drafts":        {list(0, 10, campaign.StatusDraft, campaign.StatusSent), []int64{second.ID, first.ID}},
		"what is going": {list(0, 10, campaign.StatusSending), []int64{third.ID}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	sets, err := w.service.Variants(t.Context(), []int64{first.ID, third.ID + 1})
	if err != nil || len(sets) != 2 || len(sets[0].Variants) != 1 || len(sets[1].Variants) != 0 {
		t.Errorf("variants %+v, %v; want one of the first, none of a campaign that is not there", sets, err)
	}
}

func TestWhoGotItAndWhoDidNotCanBePagedThrough(t *testing.T) {
	w := newWorld(t)
	w.customers(12, false)
	row, _ := w.sent(25)
	var key *campaign.MessageKey
	seen := map[int64]bool{}
	for range 4 {
		page, err := w.service.Messages(t.Context(), row.ID, campaign.MessageFilter{}, key, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page {
			seen[m.CustomerID] = true
			key = &campaign.MessageKey{DeliveryID: m.DeliveryID, ID: m.ID}
		}
	}
	if len(seen) != 37 {
		t.Errorf("%d people in four pages, want all 37", len(seen))
	}
	for name, c := range map[string]struct {
		filter campaign.MessageFilter
		want   int
	}{
		"sent":       {campaign.MessageFilter{Status: campaign.MessageSent}, 25},
		"refused":    {campaign.MessageFilter{Reason: "LAW-01"}, 12},
		"a mall":     {campaign.MessageFilter{Mall: "OWN_SITE"}, 37},
		"other mall": {campaign.MessageFilter{Mall: "RAKUTEN"}, 0},
	} {
		if rows, err := w.service.Messages(t.Context(), row.ID, c.filter, nil, 100); err != nil || len(rows) != c.want {
			t.Errorf("%s: %d, %v; want %d", name, len(rows), err, c.want)
		}
	}
}
