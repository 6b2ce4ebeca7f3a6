package campaign_test

import (
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/db"
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

// Every order, read one campaign a page, forth and back, is the order read at once.
func TestCampaignsAreSortedAndPagedAlike(t *testing.T) {
	w := newWorld(t)
	sent := w.send(w.draft())
	planned, undated, alike := w.draft(), w.draft(), w.draft()
	period := campaign.Period{StartsOn: on("2030-12-04")}
	planned, err := w.service.Update(t.Context(), planned.ID, planned.Version, campaign.Change{Period: &period})
	if err != nil {
		t.Fatal(err)
	}
	for by, want := range map[campaign.Sort][]int64{
		campaign.ByCreated: {sent.ID, planned.ID, undated.ID, alike.ID},
		campaign.ByWhen:    {sent.ID, planned.ID, undated.ID, alike.ID},
		campaign.ByName:    {sent.ID, planned.ID, undated.ID, alike.ID}, // all of one name: the id decides
	} {
		for _, descending := range []bool{false, true} {
			var ids []int64
			var after *campaign.Key
			for {
				rows, err := w.service.Page(t.Context(), campaign.Filter{}, campaign.Order{By: by, Descending: descending}, after, 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) == 0 {
					break
				}
				key := w.service.KeyOf(rows[0], by)
				ids, after = append(ids, rows[0].ID), &key
			}
			if descending {
				slices.Reverse(ids)
			}
			if !slices.Equal(ids, want) {
				t.Errorf("by %s (descending %t): %v, want %v", by, descending, ids, want)
			}
		}
	}
	latest, err := w.service.Page(t.Context(), campaign.Filter{}, campaign.Order{By: campaign.ByUpdated, Descending: true}, nil, 10)
	if err != nil || !slices.IsSortedFunc(latest, func(a, b *db.Campaign) int { return b.UpdatedAt.Compare(a.UpdatedAt) }) {
		t.Errorf("the latest change first: %v", err)
	}
}

func TestCampaignsAreNarrowedByTheMallsOfTheirVariants(t *testing.T) {
	w := newWorld(t)
	row := w.draft()
	variants, err := w.service.Variants(t.Context(), []int64{row.ID})
	if err != nil {
		t.Fatal(err)
	}
	mall := variants[0].Variants[0].Mall
	for _, m := range []string{"RAKUTEN", "YAHOO", "AMAZON", "OWN_SITE"} {
		rows, err := w.service.Page(t.Context(), campaign.Filter{Malls: []string{m}}, campaign.Order{By: campaign.ByCreated}, nil, 10)
		if err != nil || (len(rows) == 1) != (m == mall) {
			t.Errorf("%s: %d campaigns, %v; its variant is for %s", m, len(rows), err, mall)
		}
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
