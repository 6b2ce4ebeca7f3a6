package server

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// policyWorld is a merchant on three grounds, with one person known from each.
type policyWorld struct {
	*site
	token   string
	segment string
	people  map[string]int64 // by mall
}

func newPolicyWorld(t *testing.T) *policyWorld {
	t.Helper()
	w := &policyWorld{site: newSite(t), people: map[string]int64{}}
	b, err := w.app.startBackground(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.stop(t.Context()) })
	for _, mall := range []string{"RAKUTEN", "AMAZON", "OWN_SITE"} {
		shop := &db.Shop{Code: strings.ToLower(mall), Name: mall, Mall: mall}
		if mall == "OWN_SITE" {
			shop.URL = "https://shop.example/"
		}
		w.insert(shop)
		customer := &db.Customer{FamilyName: "佐藤", Email: strings.ToLower(mall) + "@example.com"}
		w.insert(customer)
		w.people[mall] = customer.ID
		w.exec("INSERT INTO customer_stats (customer_id) VALUES (?)", customer.ID)
		w.exec(`INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at) VALUES (?, ?, 'MAIL', ?, 'NEW', now(), now())`,
			customer.ID, shop.ID, customer.Email)
		// Who bought from Amazon of late keeps the address until the sweep's day.
		w.exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, content_hash) VALUES (?, ?, '1', 'COMPLETED', now(), 'JPY', '')`,
			customer.ID, shop.ID)
		if mall == "OWN_SITE" {
			w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES (?, 'MAIL', 'GIVEN', ?, now(), 'SIGN_UP_FORM', '受け取る')`, customer.ID, shop.ID)
		}
	}
	if _, err := w.app.Messages.Senders.Update(t.Context(), message.Sender{
		Name: "めぐり堂", Email: "shop@example.com", PostalAddress: "東京都千代田区1-1", Contact: "03-0000-0000",
	}); err != nil {
		t.Fatal(err)
	}
	w.token = w.signIn()
	w.segment = w.mutate(w.token, "createSegment", `{name:"全員",rule:{all:[]}}`, "segment").ID
	return w
}

func (w *policyWorld) insert(row any) {
	w.t.Helper()
	if _, err := w.app.DB.NewInsert().Model(row).Returning("*").Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *policyWorld) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.app.DB.NewRaw(query, args...).Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// draft is a campaign to everybody with one variant.
func (w *policyWorld) draft(name, content string) made {
	w.t.Helper()
	c := w.mutate(w.token, "createCampaign", fmt.Sprintf(`{name:%q,segmentId:%q}`, name, w.segment), "campaign")
	return w.mutate(w.token, "updateCampaign", fmt.Sprintf(`{id:%q,version:%d,variants:[{mall:OWN_SITE,subject:"お知らせ",
		mjml:"<mjml><mj-body><mj-section><mj-column><mj-text>%s</mj-text></mj-column></mj-section></mj-body></mjml>"}]}`, c.ID, c.Version, content), "campaign")
}

// send sends a campaign and waits until it is over; by mall, the answer is what
// was said about each person: the rules, or SENT.
func (w *policyWorld) send(c made) map[string]string {
	w.t.Helper()
	next := w.watch(w.token, c.ID)
	next()
	w.mutate(w.token, "sendCampaign", fmt.Sprintf(`{id:%q,version:%d,idempotencyKey:%q}`, c.ID, c.Version, c.ID), "campaign")
	for next().Status != "SENT" {
		continue
	}
	said := map[string]string{}
	for mall, id := range w.people {
		var rows []struct {
			Status, Reason string
			Findings       json.RawMessage
		}
		err := w.app.DB.NewRaw(`SELECT m.status, m.reason, coalesce(m.findings, '[]') AS findings FROM messages m JOIN deliveries d ON d.id = m.delivery_id
			WHERE m.customer_id = ? ORDER BY m.id DESC LIMIT 1`, id).Scan(w.t.Context(), &rows)
		if err != nil || len(rows) != 1 {
			w.t.Fatalf("%s: %d messages, %v", mall, len(rows), err)
		}
		var rules []string
		if err := json.Unmarshal(rows[0].Findings, &rules); err != nil {
			w.t.Fatal(err)
		}
		said[mall] = rows[0].Status
		switch {
		case len(rules) > 0:
			said[mall] = strings.Join(rules, " ")
		case rows[0].Status == "SUPPRESSED":
			said[mall] = rows[0].Reason // the only one
		}
	}
	return said
}

type finding struct {
	Code, Place string
	Origins     []string
	Blocks      bool
}

func (w *policyWorld) findings(c made) []finding {
	w.t.Helper()
	return succeed[struct{ Findings []finding }](w.site, w.token, fmt.Sprintf(`{campaign(id:%q){findings{code place origins blocks}}}`, c.ID), "campaign").Findings
}

// TestAMixedAudienceIsSplitByTheRules is the promise about policy: those whom a
// mall or the law forbids are refused by all rules that do, and the others go
// through.
func TestAMixedAudienceIsSplitByTheRules(t *testing.T) {
	w := newPolicyWorld(t)
	clean := w.draft("清い内容", "冬の新作ができました。")
	if found := w.findings(clean); len(found) != 0 {
		t.Errorf("findings of a clean content: %+v", found)
	}
	if got := w.send(clean); got["RAKUTEN"] != "RK-07 LAW-01" || got["AMAZON"] != "AM-02 LAW-01" || got["OWN_SITE"] != "SENT" {
		t.Errorf("clean content: %v", got)
	}

	linked := w.draft("リンクつき", `<a href='https://shop.example/sale'>セール</a>`)
	found := w.findings(linked)
	for _, rule := range []string{"RK-01", "AM-01"} {
		at := slices.IndexFunc(found, func(f finding) bool { return f.Code == rule })
		if at < 0 || found[at].Place != "variants.OWN_SITE.mjml" || found[at].Blocks || len(found[at].Origins) != 1 {
			t.Errorf("%s among %+v", rule, found)
		}
	}
	if got := w.send(linked); got["RAKUTEN"] != "RK-07 LAW-01 RK-01" || got["AMAZON"] != "AM-02 LAW-01 AM-01" || got["OWN_SITE"] != "SENT" {
		t.Errorf("with an own-site link: %v", got)
	}
}

// TestWhatRMailCarriesIsHeldToRakutensRules: a link to the own site keeps the
// campaign from being sent and the task from being made; without it both go on,
// and the task counts those whom only R-Mail may reach.
func TestWhatRMailCarriesIsHeldToRakutensRules(t *testing.T) {
	w := newPolicyWorld(t)
	c := w.draft("楽天のお客様へ", "冬の新作ができました。")
	paste := func(text string) {
		t.Helper()
		payload := succeed[struct{ UserErrors []struct{ Code string } }](w.site, w.token, fmt.Sprintf(
			`mutation{saveMallMail(input:{campaignId:%q,mall:RAKUTEN,subject:"冬の新作",text:%q}){userErrors{code}}}`, c.ID, text), "saveMallMail")
		if len(payload.UserErrors) > 0 {
			t.Fatalf("%+v", payload.UserErrors)
		}
	}
	refused := func(mutation, input string) string {
		t.Helper()
		payload := succeed[struct{ UserErrors []struct{ Code string } }](w.site, w.token,
			fmt.Sprintf(`mutation{%s(input:%s){userErrors{code}}}`, mutation, input), mutation)
		if len(payload.UserErrors) != 1 {
			t.Fatalf("%s: %+v", mutation, payload.UserErrors)
		}
		return payload.UserErrors[0].Code
	}

	paste("こちらから https://shop.example/sale")
	at := slices.IndexFunc(w.findings(c), func(f finding) bool { return f.Code == "RK-01" && f.Place == "mallMails.RAKUTEN.text" && f.Blocks })
	if at < 0 {
		t.Errorf("findings %+v", w.findings(c))
	}
	if code := refused("sendCampaign", fmt.Sprintf(`{id:%q,version:%d,idempotencyKey:"a"}`, c.ID, c.Version)); code != "FINDINGS_BLOCK" {
		t.Errorf("sending with the link: %s", code)
	}
	if code := refused("createMallMailTask", fmt.Sprintf(`{campaignId:%q,mall:RAKUTEN}`, c.ID)); code != "FINDINGS_BLOCK" {
		t.Errorf("a task with the link: %s", code)
	}

	paste("楽天市場の店舗でお待ちしています。")
	if found := w.findings(c); slices.ContainsFunc(found, func(f finding) bool { return f.Code == "RK-01" }) {
		t.Errorf("without the link: %+v", found)
	}
	if got := w.send(c); got["RAKUTEN"] != "RK-07 LAW-01" || got["OWN_SITE"] != "SENT" {
		t.Errorf("sent: %v", got)
	}
	tasks := succeed[struct {
		Edges []struct {
			Node struct {
				Text, Tool string
				Customers  int64
			}
		}
	}](w.site, w.token, `{tasks{edges{node{text tool customers}}}}`, "tasks").Edges
	if len(tasks) != 1 || tasks[0].Node.Tool != "R_MAIL" || tasks[0].Node.Text != "楽天市場の店舗でお待ちしています。" || tasks[0].Node.Customers != 1 {
		t.Errorf("tasks %+v", tasks)
	}
}

// TestARuleOfToday: a version that takes effect today is asked at the send, also
// of a process that has asked before.
func TestARuleOfToday(t *testing.T) {
	w := newPolicyWorld(t)
	if got := w.send(w.draft("前", "必ず当たる福袋"))["OWN_SITE"]; got != "SENT" {
		t.Fatalf("before the rule: %s", got)
	}
	today := w.app.Clock.Now().In(w.app.Config.Zone).Format("2006-01-02")
	save := func(severity, override string) {
		t.Helper()
		payload := succeed[struct{ UserErrors []struct{ Code string } }](w.site, w.token, fmt.Sprintf(`mutation{savePolicyRule(input:{id:"OWN-01",origins:[OWN_SITE],channels:[MAIL],
			condition:"phrases",params:{phrases:["必ず当たる"]},severity:%s,override:%s,messageJa:"断定",messageEn:"Certainty",remedyJa:"直す",remedyEn:"Mend",
			sources:[],certainty:"M",effectiveFrom:%q,enabled:true,note:"社内の決まり"}){userErrors{code}}}`, severity, override, today), "savePolicyRule")
		if len(payload.UserErrors) > 0 {
			t.Fatalf("%+v", payload.UserErrors)
		}
	}
	save("BLOCK", "REASON")
	c := w.draft("後", "必ず当たる福袋")
	if got := w.send(c)["OWN_SITE"]; got != "OWN-01" {
		t.Errorf("with the rule: %s", got)
	}
	lifted := w.draft("例外", "必ず当たる福袋")
	payload := succeed[struct {
		Override   *struct{ CreatedBy string }
		UserErrors []struct{ Code string }
	}](w.site, w.token, fmt.Sprintf(`mutation{overridePolicyFinding(input:{campaignId:%q,ruleId:"OWN-01",place:"variants.OWN_SITE.mjml",reason:"全員に当たります"}){override{createdBy} userErrors{code}}}`, lifted.ID), "overridePolicyFinding")
	if payload.Override == nil || payload.Override.CreatedBy == "" {
		t.Fatalf("the override: %+v", payload)
	}
	if got := w.send(lifted)["OWN_SITE"]; got != "SENT" {
		t.Errorf("lifted: %s", got)
	}
	again := w.draft("次の版", "必ず当たる福袋")
	save("WARN", "NONE")
	if got := w.send(again)["OWN_SITE"]; got != "SENT" {
		t.Errorf("a warning refuses: %s", got)
	}
}
