package server

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/kept"
)

// seedFindings holds the campaigns of the demonstration merchant to the rules:
// they go out, and split their audience for the reasons a marketer would expect.
func seedFindings(t *testing.T, a *App, at time.Time) {
	t.Helper()
	ctx := context.Background()
	now, err := a.On(at)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := now.Campaigns.List(ctx, campaign.Filter{}, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range rows {
		findings, err := now.Campaigns.Findings(ctx, row, kept.Now)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, f := range findings {
			codes = append(codes, f.Code)
			if f.Version > 0 && f.Blocks() {
				t.Errorf("%s: %s at %s blocks it", row.Name, f.Code, f.Place)
			}
		}
		slices.Sort(codes)
		got[row.Name] = strings.Join(slices.Compact(codes), " ")
	}
	for name, codes := range got {
		if codes != seedExpected[name] {
			t.Errorf("%s: %q, want %q", name, codes, seedExpected[name])
		}
	}
	if len(got) != len(seedExpected) {
		t.Errorf("%d campaigns, want %d", len(got), len(seedExpected))
	}
}

// seedExpected is every finding about each campaign of the demonstration
// merchant: all lead to the own site, with an offer of it.
var seedExpected = map[string]string{
	"2回目のお茶はいかがですか":     "AM-01 OFFER_ENDED RK-01 RK-04 YH-01",
	"優良会員さまへのお茶だより":     "AM-01 RK-01 RK-04 YH-01",
	"季節のお茶まつり":          "AM-01 CODE_MISSING NO_COUPON_CODE RK-01 RK-04 YH-01",
	"おかえりなさいキャンペーン":     "AM-01 RK-01 RK-04 YH-01",
	"会員のみなさまへ 来月のお茶だより": "AM-01 RK-01 RK-04 YH-01",
	"まもなく失効するポイントのお知らせ": "AM-01 RK-01 RK-04 YH-01",
}
