package policy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var today = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

func day(n int) time.Time { return today.AddDate(0, 0, n) }

// shipped is the rules that the migrations bring.
func shipped(t *testing.T) *policy.Set {
	t.Helper()
	set, err := policy.Load(context.Background(), dbtest.Tx(t), "MAIL", today)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func consent(mall string, at time.Time) policy.Consent {
	return policy.Consent{ShopID: 1, Mall: mall, OccurredAt: at, Recorded: true}
}

func TestEachRule(t *testing.T) {
	set := shipped(t)
	own, store, yahoo := consent("OWN_SITE", day(-90)), consent("STORE", day(-1)), consent("YAHOO", day(-1))
	unrecorded := policy.Consent{ShopID: 1, Mall: "OWN_SITE", OccurredAt: day(-5)}
	cases := []struct {
		name    string
		who     policy.Recipient
		refused []string
		origin  string
	}{
		{"own consent speaks", policy.Recipient{Consents: []policy.Consent{own}, HasAddress: true}, nil, "OWN_SITE"},
		{"own site before a newer consent of a store or a mall", policy.Recipient{Consents: []policy.Consent{yahoo, store, own}, HasAddress: true}, nil, "OWN_SITE"},
		{"store before a mall", policy.Recipient{Consents: []policy.Consent{yahoo, store}, HasAddress: true}, nil, "STORE"},
		{"a mall's consent speaks where nothing better does", policy.Recipient{Consents: []policy.Consent{yahoo}, HasAddress: true}, nil, "YAHOO"},

		{"LAW-01 no record", policy.Recipient{KnownFrom: []string{"OWN_SITE"}, HasAddress: true}, []string{"LAW-01"}, ""},
		{"LAW-01 a record that shows nothing", policy.Recipient{Consents: []policy.Consent{unrecorded}, HasAddress: true}, []string{"LAW-01"}, ""},

		{"LAW-03 complaint, whatever the consent", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "COMPLAINT", SuppressedAt: day(-200), HasAddress: true}, []string{"LAW-03"}, ""},
		{"LAW-03 bounce", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "HARD_BOUNCE", SuppressedAt: day(-1), HasAddress: true}, []string{"LAW-03"}, ""},
		{"LAW-03 opt-out after the consent", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "OPT_OUT", SuppressedAt: day(-1), HasAddress: true}, []string{"LAW-03"}, ""},
		{"an opt-out is lifted by a later consent", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "OPT_OUT", SuppressedAt: day(-100), HasAddress: true}, nil, "OWN_SITE"},
		{"LAW-03 withdrawn", policy.Recipient{KnownFrom: []string{"OWN_SITE"}, Withdrawn: true, HasAddress: true}, []string{"LAW-03", "LAW-01"}, ""},
		{"withdrawn at one shop, given at another", policy.Recipient{Consents: []policy.Consent{store}, Withdrawn: true, HasAddress: true}, nil, "STORE"},

		{"RK-07 known only from Rakuten", policy.Recipient{KnownFrom: []string{"RAKUTEN"}, HasAddress: true}, []string{"RK-07", "LAW-01"}, ""},
		{"RK-07 Rakuten's newsletter consent is no own consent", policy.Recipient{KnownFrom: []string{"RAKUTEN"}, Consents: []policy.Consent{consent("RAKUTEN", day(-1))}, HasAddress: true}, []string{"RK-07"}, ""},
		{"Rakuten buyer with an own consent", policy.Recipient{KnownFrom: []string{"RAKUTEN"}, Consents: []policy.Consent{consent("RAKUTEN", day(-1)), own}, HasAddress: true}, nil, "OWN_SITE"},
		{"known from Rakuten and the own site", policy.Recipient{KnownFrom: []string{"OWN_SITE", "RAKUTEN"}, HasAddress: true}, []string{"LAW-01"}, ""},

		{"AM-02 Amazon buyer", policy.Recipient{KnownFrom: []string{"AMAZON"}, HasAddress: true}, []string{"AM-02", "LAW-01"}, ""},
		{"AM-02 a consent said to come from Amazon", policy.Recipient{KnownFrom: []string{"AMAZON"}, Consents: []policy.Consent{consent("AMAZON", day(-1))}, HasAddress: true}, []string{"AM-02"}, ""},
		{"Amazon buyer with an own consent", policy.Recipient{KnownFrom: []string{"AMAZON"}, Consents: []policy.Consent{own}, HasAddress: true}, nil, "OWN_SITE"},
		{"Amazon and Rakuten only", policy.Recipient{KnownFrom: []string{"AMAZON", "RAKUTEN"}}, []string{"AM-02", "RK-07", "LAW-01", "NO_ADDRESS"}, ""},

		{"NO_ADDRESS", policy.Recipient{Consents: []policy.Consent{own}}, []string{"NO_ADDRESS"}, ""},
		{"nothing is known", policy.Recipient{}, []string{"LAW-01", "NO_ADDRESS"}, ""},
	}
	for _, c := range cases {
		got := set.Decide(c.who, nil)
		if !slices.Equal(got.Refusals, c.refused) || got.Origin.Mall != c.origin {
			t.Errorf("%s: refused by %v from %q, want %v from %q", c.name, got.Refusals, got.Origin.Mall, c.refused, c.origin)
		}
	}
}

func TestSenderMustBeWhole(t *testing.T) {
	set := shipped(t)
	whole := policy.Sender{Name: "めぐり堂", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03-0000-0000"}
	if got := set.CheckSender(whole); len(got) != 0 {
		t.Errorf("findings %+v", got)
	}
	whole.PostalAddress = "  "
	got := set.CheckSender(whole)
	if len(got) != 1 || got[0].Code != "LAW-02" || got[0].Place != "sender.postalAddress" || !policy.Blocks(got) || got[0].Message.JA == "" || len(got[0].Sources) == 0 {
		t.Errorf("findings %+v", got)
	}
	if got := set.CheckSender(policy.Sender{}); len(got) != 4 {
		t.Errorf("%d findings for nothing at all, want 4", len(got))
	}
}

func TestVersionsTakeEffectOnTheirDay(t *testing.T) {
	rule := policy.Rule{ID: "X-1", Version: 1, EffectiveFrom: day(-10), Condition: "no_consent_record", Severity: policy.Block, Enabled: true}
	off, later := rule, rule
	off.Version, off.Enabled, off.EffectiveFrom = 2, false, day(0)
	later.Version, later.EffectiveFrom = 3, day(1)
	all := []policy.Rule{later, off, rule}
	for n, refused := range map[int]bool{-11: false, -1: true, 0: false, 1: true} {
		set, err := policy.NewSet(all, "MAIL", day(n))
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Decide(policy.Recipient{HasAddress: true}, nil); got.Allowed() == refused {
			t.Errorf("day %d: allowed is %v", n, got.Allowed())
		}
	}
}

func TestRulesBindTheirChannelOnly(t *testing.T) {
	rule := policy.Rule{ID: "X-1", Version: 1, Condition: "amazon_buyer", Severity: policy.Block, Enabled: true, Scope: policy.Scope{Channel: []string{"LINE"}}}
	set, err := policy.NewSet([]policy.Rule{rule}, "MAIL", today)
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Decide(policy.Recipient{KnownFrom: []string{"AMAZON"}, HasAddress: true}, nil); !got.Allowed() {
		t.Errorf("refused by %v", got.Refusals)
	}
}

func TestAnUnknownConditionStopsSending(t *testing.T) {
	rule := policy.Rule{ID: "X-1", Version: 1, Condition: "phase_of_the_moon", Severity: policy.Block, Enabled: true}
	if _, err := policy.NewSet([]policy.Rule{rule}, "MAIL", today); !fault.Is(err, fault.Internal) {
		t.Errorf("err = %v, want Internal", err)
	}
}

func TestNoRulesAtAllStopSending(t *testing.T) {
	tx := dbtest.Tx(t)
	if _, err := tx.NewRaw("TRUNCATE policy_rules CASCADE").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := policy.Load(t.Context(), tx, "MAIL", today); !fault.Is(err, fault.Internal) {
		t.Errorf("err = %v, want Internal", err)
	}
}

func TestTheCatalogNamesWhatARuleRestsOn(t *testing.T) {
	catalog := policy.Catalog{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	rules, err := catalog.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
		if r.Message.JA == "" || r.Message.EN == "" || r.Remedy.JA == "" || r.Remedy.EN == "" || len(r.Sources) == 0 || r.Certainty == "" || r.ReviewedOn.IsZero() {
			t.Errorf("%s is not complete: %+v", r.ID, r)
		}
	}
	if want := []string{
		"AM-01", "AM-02", "AM-03", "AM-04", "AM-05", "AM-06", "AU-01", "LAW-01", "LAW-02", "LAW-03", "LAW-04", "LAW-05", "LAW-06", "LAW-07",
		"LAW-08", "LAW-09", "LAW-10", "LAW-11", "LAW-12", "LAW-13", "LAW-14", "LN-01", "LN-02", "LN-03", "OPS-01",
		"RK-01", "RK-02", "RK-03", "RK-04", "RK-05", "RK-06", "RK-07", "RK-08", "RK-09", "RK-10", "YH-01", "YH-02", "YH-03",
	}; !slices.Equal(ids, want) {
		t.Errorf("rules %v, want %v", ids, want)
	}
}
