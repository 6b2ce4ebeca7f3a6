package policy_test

import (
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// probe is something a rule can be asked about: a content towards an origin, a
// recipient, the merchant himself.
type probe struct {
	channel, origin string // MAIL unless said
	content         *policy.Content
	who             *policy.Recipient
	sender          *policy.Sender
	days            int // how long records of consent are kept
}

func (p probe) rules(t *testing.T, sets map[string]*policy.Set) []string {
	t.Helper()
	channel := p.channel
	if channel == "" {
		channel = "MAIL"
	}
	set := sets[channel]
	var findings []policy.Finding
	switch {
	case p.content != nil:
		findings = set.Read(*p.content).Findings([]string{p.origin})
	case p.who != nil:
		return set.Decide(*p.who, nil).Refusals
	case p.sender != nil:
		findings = set.CheckSender(*p.sender)
	default:
		findings = set.CheckRetention(p.days)
	}
	var ids []string
	for _, f := range findings {
		ids = append(ids, f.Code)
	}
	return ids
}

func to(origin, channel, words string) probe {
	c := text(words)
	return probe{channel: channel, origin: origin, content: &c}
}

func withCode(origin, channel, code string) probe {
	c := text(code)
	c.Parts[0].Link, c.Parts[0].Code = true, true
	return probe{channel: channel, origin: origin, content: &c}
}

func giving(origin string, o policy.Offer) probe {
	c := offered("特典つき", o)
	return probe{origin: origin, content: &c}
}

func person(channel string, r policy.Recipient) probe {
	r.HasAddress = true
	return probe{channel: channel, who: &r}
}

// triple is a probe that breaks a rule, one that does not, and one that nearly
// does.
type triple struct{ breaks, keeps, nearly probe }

func triples() map[string]triple {
	own, amazon, rakuten := consent("OWN_SITE", day(-9)), consent("AMAZON", day(-9)), consent("RAKUTEN", day(-9))
	unrecorded := own
	unrecorded.Recorded = false
	withOwn := policy.Recipient{Consents: []policy.Consent{own}}
	whole := policy.Sender{Name: "めぐり堂", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03-0000-0000"}
	blank := whole
	blank.Contact = "　"
	honten := policy.Offer{Name: "本店10%OFF", Mall: "OWN_SITE"}
	return map[string]triple{
		"RK-01": {withCode("RAKUTEN", policy.RMail, "https://shop.example/line"), to("RAKUTEN", policy.RMail, "https://item.rakuten.co.jp/x/"), withCode("RAKUTEN", policy.RMail, "https://link.rakuten.co.jp/0/1/")},
		"RK-02": {withCode("RAKUTEN", policy.Insert, "https://shop.example/"), to("RAKUTEN", policy.Insert, "ご利用ありがとうございます"), withCode("RAKUTEN", policy.Insert, "https://item.rakuten.co.jp/x/")},
		"RK-03": {to("RAKUTEN", "MAIL", "本店なら送料無料"), to("RAKUTEN", "MAIL", "送料無料です"), to("RAKUTEN", "MAIL", "楽天市場本店なら送料無料")},
		"RK-04": {giving("RAKUTEN", honten), giving("RAKUTEN", policy.Offer{Name: "楽天10%", Mall: "RAKUTEN"}), to("RAKUTEN", "MAIL", "楽天市場で使えるクーポンです")},
		"RK-05": {to("RAKUTEN", policy.Insert, "ご注文は ０９０ー一二三四ー五六七八 まで"), to("RAKUTEN", policy.Insert, "お問い合わせ 03-0000-0000"), to("RAKUTEN", policy.Insert, "ご注文に関するお問い合わせは 090-1234-5678 まで")},
		"RK-06": {to("RAKUTEN", policy.Insert, "ラインのID: meguri_tea を検索"), to("RAKUTEN", policy.Insert, "店舗の新着です"), to("RAKUTEN", policy.Insert, "オンラインで@を使わずに")},
		"RK-07": {person("MAIL", policy.Recipient{KnownFrom: []string{"RAKUTEN"}, Consents: []policy.Consent{rakuten}}), person("MAIL", withOwn), person("MAIL", policy.Recipient{KnownFrom: []string{"RAKUTEN"}, Consents: []policy.Consent{rakuten, own}})},
		"RK-08": {person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Domain: "pc.fw.rakuten.ne.jp"}), person("MAIL", withOwn), person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Domain: "rakuten.ne.jp"})},
		"RK-09": {person(policy.Export, policy.Recipient{KnownFrom: []string{"RAKUTEN"}}), person(policy.Export, withOwn), person(policy.Export, policy.Recipient{KnownFrom: []string{"RAKUTEN", "OWN_SITE"}, Consents: []policy.Consent{own}})},
		"RK-10": {to("RAKUTEN", policy.ReviewRequest, "★5のレビューをお待ちしています"), to("RAKUTEN", policy.ReviewRequest, "率直なレビューをお聞かせください"), to("RAKUTEN", policy.ReviewRequest, "レビューの内容にかかわらずお茶を1袋差し上げます")},

		"AM-01": {withCode("AMAZON", policy.Insert, "https://lin.ee/abc"), to("AMAZON", policy.Insert, "使い方の説明です"), withCode("AMAZON", policy.Insert, "https://www.amazon.co.jp/dp/B000")},
		"AM-02": {person("MAIL", policy.Recipient{Consents: []policy.Consent{amazon}}), person("MAIL", withOwn), person("MAIL", policy.Recipient{KnownFrom: []string{"AMAZON"}, Consents: []policy.Consent{own}})},
		"AM-03": {to("AMAZON", policy.ReviewRequest, "レビューでギフト券をプレゼント"), to("AMAZON", policy.ReviewRequest, "レビューをお願いします"), to("AMAZON", policy.ReviewRequest, "レビューをお願いします。\n\n送料無料の品ではありません")},
		"AM-06": {to("AMAZON", policy.Insert, "https://instagram.com/meguri"), to("AMAZON", policy.Insert, "保証書です"), to("AMAZON", policy.Insert, "https://www.amazon.co.jp/stores/meguri")},

		"YH-01": {to("YAHOO", policy.StoreNewsletter, "https://shop.example/"), to("YAHOO", policy.StoreNewsletter, "新作です"), to("YAHOO", policy.StoreNewsletter, "https://store.shopping.yahoo.co.jp/meguri/")},
		"YH-02": {person("MAIL", policy.Recipient{KnownFrom: []string{"YAHOO"}}), person("MAIL", withOwn), person("MAIL", policy.Recipient{KnownFrom: []string{"YAHOO"}, Consents: []policy.Consent{consent("YAHOO", day(-1))}})},
		"YH-03": {to("YAHOO", "MAIL", "本店の方がお得です"), to("YAHOO", "MAIL", "お得です"), to("YAHOO", "MAIL", "本店で人気の品です")},
		"AU-01": {to("AU_PAY", "MAIL", "https://shop.example/"), to("AU_PAY", "MAIL", "新作です"), to("AU_PAY", "MAIL", "https://wowma.jp/item/1")},

		"LAW-01": {person("MAIL", policy.Recipient{Consents: []policy.Consent{unrecorded}}), person("MAIL", withOwn), person("PUSH", policy.Recipient{})},
		"LAW-02": {probe{sender: &blank}, probe{sender: &whole}, probe{channel: "PUSH", sender: &policy.Sender{}}},
		"LAW-03": {person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "OPT_OUT", SuppressedAt: day(-1)}), person("MAIL", withOwn), person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Suppression: "OPT_OUT", SuppressedAt: day(-10)})},
		"LAW-04": {probe{days: 1094}, probe{days: 0}, probe{days: 1095}},
		"LAW-05": {to("OWN_SITE", "MAIL", "発送のお知らせ。ただいまセール中です"), to("OWN_SITE", "MAIL", "新作です"), to("OWN_SITE", "MAIL", "発送のお知らせ")},
		"LAW-07": {to("OWN_SITE", "MAIL", "３，０００円以上お買い上げで、もれなく601円分のお茶をプレゼント"), to("OWN_SITE", "MAIL", "3,000円以上お買い上げで500円OFFクーポンをプレゼント"), to("OWN_SITE", "MAIL", "3,000円以上お買い上げで、もれなく600円分のお茶をプレゼント")},
		"LAW-08": {to("OWN_SITE", "MAIL", "5,000円以上のお買い物で抽選で10名様に11万円の旅行券をプレゼント"), to("OWN_SITE", "MAIL", "抽選で10名様にお茶をプレゼント"), to("OWN_SITE", "MAIL", "5,000円以上のお買い物で抽選で10名様に10万円の旅行券をプレゼント")},
		"LAW-09": {to("OWN_SITE", "MAIL", "PayPayポイントを進呈します"), to("OWN_SITE", "MAIL", "当店のポイントを進呈します"), to("OWN_SITE", "MAIL", "お支払いに商品券はご利用いただけます")},
		"LAW-10": {to("OWN_SITE", "MAIL", "★5の評価でクーポンを差し上げます"), to("OWN_SITE", "MAIL", "評価をお聞かせください"), to("OWN_SITE", "MAIL", "★5をいただいた煎茶です")},
		"LAW-12": {to("OWN_SITE", "MAIL", "通常価格10,000円が今だけ5,000円"), to("OWN_SITE", "MAIL", "5,000円です"), to("OWN_SITE", "MAIL", "通常価格でのご提供は明日からです")},
		"LAW-13": {person(policy.Export, policy.Recipient{KnownFrom: []string{"OWN_SITE"}}), person(policy.Export, withOwn), person("POSTAL", policy.Recipient{KnownFrom: []string{"OWN_SITE"}})},
		"LAW-14": {person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Age: 15}), person("MAIL", withOwn), person("MAIL", policy.Recipient{Consents: []policy.Consent{own}, Age: 16})},

		"LN-01": {person("LINE", policy.Recipient{KnownFrom: []string{"OWN_SITE"}}), person("LINE", withOwn), person("PUSH", policy.Recipient{KnownFrom: []string{"OWN_SITE"}})},
		"LN-02": {to("RAKUTEN", "LINE", "https://shop.example/"), to("RAKUTEN", "LINE", "新作です"), to("RAKUTEN", "LINE", "https://item.rakuten.co.jp/x/")},
	}
}

// unjudged are the rules that give no findings, because the program keeps them
// itself or only people can check them.
var unjudged = []string{"AM-04", "AM-05", "LAW-06", "LAW-11", "LN-03", "OPS-01"}

// TestEachRuleIsBrokenKeptAndNearlyBroken goes over all rules in force: a rule
// without its three probes fails, and so does a probe of no rule.
func TestEachRuleIsBrokenKeptAndNearlyBroken(t *testing.T) {
	catalog := policy.Catalog{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	rules, err := catalog.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string]*policy.Set{}
	for _, channel := range policy.Channels {
		if sets[channel], err = policy.Load(t.Context(), catalog.DB, channel, today); err != nil {
			t.Fatal(err)
		}
	}
	probes := triples()
	for _, rule := range rules {
		condition, _ := policy.ConditionOf(rule.Condition)
		p, tried := probes[rule.ID]
		delete(probes, rule.ID)
		switch {
		case condition.Judged() == slices.Contains(unjudged, rule.ID):
			t.Errorf("%s: judged is %v", rule.ID, condition.Judged())
		case !condition.Judged():
			continue
		case !tried:
			t.Errorf("%s has no content that breaks it", rule.ID)
			continue
		}
		if got := p.breaks.rules(t, sets); !slices.Contains(got, rule.ID) {
			t.Errorf("%s: what breaks it gives %v", rule.ID, got)
		}
		if got := p.keeps.rules(t, sets); slices.Contains(got, rule.ID) {
			t.Errorf("%s: what keeps to it gives %v", rule.ID, got)
		}
		if got := p.nearly.rules(t, sets); slices.Contains(got, rule.ID) {
			t.Errorf("%s: what only looks like it gives %v", rule.ID, got)
		}
	}
	for id := range probes {
		t.Errorf("%s is no rule", id)
	}
}
