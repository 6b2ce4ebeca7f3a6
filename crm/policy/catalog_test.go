package policy_test

import (
	"errors"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func ruleOf(t *testing.T, c policy.Catalog, id string) policy.Rule {
	t.Helper()
	versions, err := c.Versions(t.Context(), id)
	if err != nil || len(versions) == 0 {
		t.Fatalf("%s: %v", id, err)
	}
	return versions[0]
}

func TestARuleIsChangedByItsNextVersion(t *testing.T) {
	now := &clock.Fixed{T: today}
	c := policy.Catalog{DB: dbtest.New(t), Clock: now, Zone: time.UTC}
	ctx := t.Context()
	next := ruleOf(t, c, "YH-03")
	next.Params.Phrases, next.Severity = append(next.Params.Phrases, " 送料無料です ", "", "送料無料です"), policy.Block
	next.EffectiveFrom, next.Note = day(2), "送料も"
	saved, err := c.Save(ctx, next)
	if err != nil || saved.Version != 2 || saved.Params.Phrases[len(saved.Params.Phrases)-1] != "送料無料です" {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	shelf := policy.Shelf{}
	for n, want := range map[int]int{0: 0, 1: 0, 2: 1} {
		set, err := shelf.Set(ctx, c.DB, "MAIL", day(n))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(set.Read(text("送料無料です")).Findings([]string{"YAHOO"})); got != want {
			t.Errorf("day %d: %d findings, want %d", n, got, want)
		}
	}
	if inForce, err := c.Rules(ctx); err != nil || len(inForce) != 38 {
		t.Errorf("%d rules in force, %v", len(inForce), err)
	}
	if versions, err := c.Versions(ctx, "YH-03"); err != nil || len(versions) != 2 || versions[0].Version != 2 || versions[1].Severity != policy.Warn {
		t.Errorf("versions %+v, %v", versions, err)
	}
	if _, err := c.DB.NewRaw(`UPDATE policy_rules SET severity = 'INFO' WHERE id = 'YH-03'`).Exec(ctx); err == nil {
		t.Error("a version can be changed")
	}
}

func TestTheShelfSeesWhatIsNew(t *testing.T) {
	c := policy.Catalog{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	shelf := policy.Shelf{}
	read := func() *policy.Set {
		t.Helper()
		set, err := shelf.Set(t.Context(), c.DB, "MAIL", today)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	first := read()
	if read() != first {
		t.Error("the same rules are read anew")
	}
	off := ruleOf(t, c, "YH-03")
	off.Enabled, off.EffectiveFrom, off.Note = false, today, "確かめたため"
	if _, err := c.Save(t.Context(), off); err != nil {
		t.Fatal(err)
	}
	second := read()
	if second == first || len(second.Read(text("本店なら")).Findings([]string{"YAHOO"})) != 0 {
		t.Error("a rule that was switched off still speaks")
	}
}

func TestWhatNoRuleMayBe(t *testing.T) {
	c := policy.Catalog{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	own := policy.Rule{
		ID: "OWN-01", Condition: "phrases", Severity: policy.Warn, Override: policy.OverrideReason, Certainty: "M", EffectiveFrom: today, Enabled: true,
		Message: policy.Text{JA: "断定", EN: "Certainty"}, Remedy: policy.Text{JA: "直す", EN: "Mend"}, Note: "社内の決まり",
	}
	law, rk := ruleOf(t, c, "LAW-01"), ruleOf(t, c, "RK-07")
	law.EffectiveFrom, law.Note, rk.EffectiveFrom, rk.Note = today, "x", today, "x"
	for name, k := range map[string]struct {
		base   policy.Rule
		change func(*policy.Rule)
		code   string
	}{
		"all right":                        {own, func(*policy.Rule) {}, ""},
		"the law in force again":           {law, func(r *policy.Rule) { r.Remedy.JA = "書き替え" }, ""},
		"the law switched off":             {law, func(r *policy.Rule) { r.Enabled = false }, "LAW_STAYS"},
		"the law as a warning":             {law, func(r *policy.Rule) { r.Severity = policy.Warn }, "LAW_STAYS"},
		"the law for some":                 {law, func(r *policy.Rule) { r.Scope.Channel = []string{"SMS"} }, "LAW_STAYS"},
		"a law of one's own":               {own, func(r *policy.Rule) { r.ID = "LAW-99" }, "BAD_ID"},
		"an id that is none":               {own, func(r *policy.Rule) { r.ID = "わが社" }, "BAD_ID"},
		"a condition on people":            {own, func(r *policy.Rule) { r.ID, r.Condition = "OWN-02", "amazon_buyer" }, "UNKNOWN_CONDITION"},
		"yesterday":                        {own, func(r *policy.Rule) { r.ID, r.EffectiveFrom = "OWN-02", day(-1) }, "EFFECTIVE_IN_PAST"},
		"an override for people":           {rk, func(r *policy.Rule) { r.Override = policy.OverrideReason }, "OVERRIDE_NEEDS_CONTENT"},
		"without a reason for the version": {own, func(r *policy.Rule) { r.ID, r.Note = "OWN-02", " " }, "REQUIRED"},
		"a kind of host there is none":     {own, func(r *policy.Rule) { r.ID, r.Params.Classes = "OWN-02", []policy.HostClass{"MOON"} }, "UNKNOWN_VALUE"},
	} {
		rule := k.base
		k.change(&rule)
		_, err := c.Save(t.Context(), rule)
		code := ""
		var f *fault.Error
		if errors.As(err, &f) {
			code = f.CodeOrKind()
		}
		if code != k.code {
			t.Errorf("%s: %q (%v), want %q", name, code, err, k.code)
		}
	}
}

func TestAReviewIsOfTheVersionInForce(t *testing.T) {
	c := policy.Catalog{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	if rule, err := c.Review(t.Context(), "RK-07", "読み直した"); err != nil || !rule.ReviewedOn.Equal(today) {
		t.Fatalf("reviewed %+v, %v", rule, err)
	}
	if got := ruleOf(t, c, "RK-07").ReviewedOn; !got.Equal(today) {
		t.Errorf("last reviewed on %s", got)
	}
	if got := ruleOf(t, c, "RK-01").ReviewedOn; got.Equal(today) {
		t.Error("another rule counts as reviewed too")
	}
	if _, err := c.Review(t.Context(), "XX-01", ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown rule: %v", err)
	}
}
