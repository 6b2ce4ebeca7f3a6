package policy_test

import (
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/policy"
)

// TestLimitsOfPremiums holds the calculator to the tables of the outline of the
// Consumer Affairs Agency, at and beside their edges.
func TestLimitsOfPremiums(t *testing.T) {
	for _, c := range []struct {
		name              string
		given             policy.Premium
		each, total       int64
		eachOver, allOver bool
	}{
		{"gift, cheap", policy.Premium{Kind: policy.Gift, Price: 999, Value: 200}, 200, 0, false, false},
		{"gift, cheap, a yen over", policy.Premium{Kind: policy.Gift, Price: 999, Value: 201}, 200, 0, true, false},
		{"gift, from 1,000", policy.Premium{Kind: policy.Gift, Price: 1000, Value: 200}, 200, 0, false, false},
		{"gift, fractions left out", policy.Premium{Kind: policy.Gift, Price: 1009, Value: 202}, 201, 0, true, false},
		{"gift, 3,000", policy.Premium{Kind: policy.Gift, Price: 3000, Value: 600}, 600, 0, false, false},
		{"gift for a visit", policy.Premium{Kind: policy.Gift, Value: 200}, 200, 0, false, false},
		{"lottery, below 5,000", policy.Premium{Kind: policy.Lottery, Price: 4999, Value: 99_980, Sales: 10_000_000, Total: 200_000}, 99_980, 200_000, false, false},
		{"lottery, from 5,000", policy.Premium{Kind: policy.Lottery, Price: 5000, Value: 100_001, Sales: 10_000_000, Total: 200_001}, 100_000, 200_000, true, true},
		{"lottery for a visit", policy.Premium{Kind: policy.Lottery, Value: 2001}, 2000, 0, true, false},
		{"joint lottery", policy.Premium{Kind: policy.JointLottery, Price: 100, Value: 300_000, Sales: 1_000_000, Total: 30_001}, 300_000, 30_000, false, true},
		{"absurd figures", policy.Premium{Kind: policy.Gift, Price: 1 << 62, Value: 1 << 62}, 200_000_000_000, 0, true, false},
		{"below zero", policy.Premium{Kind: policy.Gift, Price: -5}, 200, 0, false, false},
	} {
		got := policy.LimitOf(c.given)
		if !got.Bound || got.Each != c.each || got.Total != c.total || got.EachOver != c.eachOver || got.TotalOver != c.allOver || got.Reason.JA == "" || len(got.Sources) == 0 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	for _, kind := range []policy.PremiumKind{policy.Discount, policy.OpenLottery} {
		got := policy.LimitOf(policy.Premium{Kind: kind, Price: 100, Value: 1_000_000})
		if got.Bound || got.EachOver || got.Reason.EN == "" || len(got.Sources) == 0 {
			t.Errorf("%s: %+v", kind, got)
		}
	}
}

func TestPremiumsAreReadOutOfTexts(t *testing.T) {
	for words, want := range map[string]string{
		"もれなく201円分のお茶をプレゼント":                    "LAW-07",
		"もれなく200円分のお茶をプレゼント":                    "",
		"先着100名様に1万円相当の茶器を差し上げます":               "LAW-07",
		"5万円以上のお買い物で1万円相当の茶器を差し上げます":            "",
		"3,000円以上お買い上げの方へ。\n1,000円相当の茶器を差し上げます": "LAW-07",
		"500円分のポイントをプレゼント":                      "",
		"全員に500円引きクーポンをプレゼント":                   "",
		"抽選で2,001円相当の茶器が当たる":                    "LAW-08",
		"抽選で2,000円相当の茶器が当たる":                    "",
		"商店街の共同懸賞で30万円の旅行券が当たる。抽選は来月です":         "",
		"共同懸賞で31万円の旅行券が当たる":                     "LAW-08",
		"深蒸し煎茶 1,080円（税込）。ほうじ茶とあわせてプレゼントにどうぞ":   "",
		"99999999999999999999円分の金塊をプレゼント":       "LAW-07",
	} {
		var got []string
		for _, f := range shipped(t).Read(text(words)).Findings([]string{"OWN_SITE"}) {
			if f.Code == "LAW-07" || f.Code == "LAW-08" {
				got = append(got, f.Code)
				if !strings.Contains(f.Message.JA, "上限") || f.Line == 0 {
					t.Errorf("%q: %+v", words, f)
				}
			}
		}
		if said := strings.Join(got, " "); said != want {
			t.Errorf("%q: %q, want %q", words, said, want)
		}
	}
}
