package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/property"
)

func newPreferencesWorld(t *testing.T) *recipientWorld {
	t.Helper()
	w := newRecipientWorld(t)
	w.app.Preferences = &preference.Service{DB: w.app.DB, Clock: w.app.Clock, Mails: w.app.Messages.Responses, Values: property.New(w.app.DB, w.app.Clock)}
	return w
}

func (w *recipientWorld) inForce(t *testing.T) int {
	return w.count(t, `SELECT count(*) FROM (SELECT DISTINCT ON (channel, origin_shop_id) state FROM consents
		ORDER BY channel, origin_shop_id, occurred_at DESC, id DESC) c WHERE state = 'GIVEN'`)
}

func TestThePreferencePageChangesNothingByItself(t *testing.T) {
	w := newPreferencesWorld(t)
	path := link.PreferencesPath + w.token(link.Preferences, 0)
	before := w.count(t, "SELECT count(*) FROM consents")
	for _, method := range []string{"GET", "HEAD"} {
		if got := w.do(method, path, ""); got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %d", method, got.Code)
		}
	}
	page := w.do("GET", path, "").Body.String()
	for _, want := range []string{"h•••@example.com", "めぐり堂からのお知らせ・広告をメールで受け取る", "月1回まで", `value="MAIL" checked`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "hanako@example.com") || strings.Contains(page, "山田") || strings.Contains(page, "<script") {
		t.Error("the page tells who it is, or has a script")
	}
	if english := w.do("GET", path, "", "Accept-Language", "en-GB").Body.String(); !strings.Contains(english, "What you get from us") {
		t.Error("no English")
	}
	if got := w.do("POST", path, "all=off", "Sec-Fetch-Site", "cross-site"); got.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", got.Code)
	}
	if w.count(t, "SELECT count(*) FROM consents") != before {
		t.Error("looking changes what is said")
	}
}

func TestEverythingCanBeTurnedOffAndOnAgain(t *testing.T) {
	w := newPreferencesWorld(t)
	path := link.PreferencesPath + w.token(link.Preferences, 0)
	for range 2 { // twice says it once
		if got := w.do("POST", path, "all=off&reason=TOO_MANY"); got.Code != http.StatusSeeOther {
			t.Fatalf("%d", got.Code)
		}
	}
	if w.inForce(t) != 0 || w.count(t, "SELECT count(*) FROM suppressions WHERE reason = 'OPT_OUT'") != 1 ||
		w.count(t, "SELECT count(*) FROM consents WHERE state = 'WITHDRAWN' AND method = 'PREFERENCES' AND evidence->>'reason' = 'TOO_MANY'") != 1 {
		t.Error("it is not off, or said twice")
	}
	if got := w.do("POST", path, url.Values{"on": {"MAIL", "FAX"}, "perMonth": {"1"}}.Encode()); got.Code != http.StatusSeeOther {
		t.Fatalf("%d", got.Code)
	}
	if w.inForce(t) != 1 || w.count(t, "SELECT count(*) FROM consents WHERE state = 'GIVEN' AND wording = 'めぐり堂からのお知らせ・広告をメールで受け取る' AND evidence->>'sentFrom' = '192.0.2.1'") != 1 {
		t.Error("turning on leaves no evidence")
	}
	if w.count(t, "SELECT coalesce(sum(per_month), 0) FROM contact_wishes") != 1 {
		t.Error("how often is not kept")
	}
	if got := w.do("POST", path, "on=MAIL&perMonth=17"); got.Code == http.StatusSeeOther {
		t.Error("a number that is not offered is taken")
	}
	w.do("POST", path, "on=MAIL&perMonth=0")
	if w.count(t, "SELECT count(*) FROM contact_wishes") != 0 {
		t.Error("the limit stays")
	}
}

func TestLinksToPreferencesCannotBeForged(t *testing.T) {
	w := newPreferencesWorld(t)
	now := w.app.Clock.Now()
	for name, c := range map[string]struct {
		token string
		want  int
	}{
		"of an unsubscribe":    {w.token(link.Unsubscribe, 0), http.StatusNotFound},
		"a pass to confirm":    {w.app.Messages.Signer.Pass(link.Pass{Kind: link.Confirm, ID: w.ref.CustomerID, ExpiresAt: now.Add(time.Hour)}), http.StatusNotFound},
		"an expired pass":      {w.app.Messages.Signer.Pass(link.Pass{Kind: link.Preferences, ID: w.ref.CustomerID, ExpiresAt: now}), http.StatusGone},
		"nobody's":             {w.app.Messages.Signer.Pass(link.Pass{Kind: link.Preferences, ID: 999, ExpiresAt: now.Add(time.Hour)}), http.StatusNotFound},
		"made up":              {"AAAA", http.StatusNotFound},
		"a pass that is valid": {w.app.Messages.Signer.Pass(link.Pass{Kind: link.Preferences, ID: w.ref.CustomerID, ExpiresAt: now.Add(time.Hour)}), http.StatusOK},
	} {
		if got := w.do("GET", link.PreferencesPath+c.token, ""); got.Code != c.want {
			t.Errorf("%s: %d, want %d", name, got.Code, c.want)
		}
		if c.want == http.StatusOK {
			continue
		}
		if got := w.do("POST", link.PreferencesPath+c.token, "all=off"); got.Code != c.want {
			t.Errorf("%s: POST %d, want %d", name, got.Code, c.want)
		}
	}
	if w.inForce(t) != 1 {
		t.Error("a forged link withdraws")
	}
}

func TestAPersonTellsPropertiesAnewAndNobodyReadsThem(t *testing.T) {
	w := newPreferencesWorld(t)
	kept := property.New(w.app.DB, w.app.Clock)
	for _, d := range []property.Draft{
		{Key: "pets", Name: "ペットの数", Type: property.Number, Places: []string{property.OnPreferences}},
		{Key: "likes", Name: "好きなもの", Type: property.Choices, Options: []property.Option{{Value: "tea", Name: "お茶"}, {Value: "cups", Name: "器"}}, Places: []string{property.OnPreferences}},
		{Key: "rank", Name: "社内ランク", Type: property.Text, Places: []string{property.OnProfile}},
	} {
		if _, err := kept.Create(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	path := link.PreferencesPath + w.token(link.Preferences, 0)
	value := func() string {
		var told string
		err := w.app.DB.NewRaw("SELECT coalesce(string_agg(coalesce(number::text, array_to_string(choices, ' ')), ',' ORDER BY property_id), '') FROM property_values").Scan(t.Context(), &told)
		if err != nil {
			t.Fatal(err)
		}
		return told
	}
	if got := w.do("POST", path, "on=MAIL&kept.pets=二匹&kept.likes=tea"); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `id="w-kept-pets"`) ||
		!strings.Contains(got.Body.String(), `value="tea" checked`) || value() != "" {
		t.Errorf("what is no number: %d, kept %q", got.Code, value())
	}
	if got := w.do("POST", path, "on=MAIL&kept.pets=２&kept.likes=cups&kept.likes=tea&kept.rank=gold"); got.Code != http.StatusSeeOther || value() != "2,tea cups" {
		t.Errorf("%d, kept %q", got.Code, value())
	}
	page := w.do("GET", path, "").Body.String()
	if strings.Contains(page, "社内ランク") || strings.Contains(page, `type="text" value="2"`) || strings.Contains(page, `value="tea" checked`) || strings.Count(page, "登録済みです") != 2 {
		t.Error("the page tells what is known, or asks what it should not")
	}
	if got := w.do("POST", path, "on=MAIL&kept.pets=3"); got.Code != http.StatusSeeOther || value() != "3,tea cups" {
		t.Errorf("what is left empty does not stay: %d, kept %q", got.Code, value())
	}
}
