package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/preference"
)

func newPreferencesWorld(t *testing.T) *recipientWorld {
	t.Helper()
	w := newRecipientWorld(t)
	w.app.Preferences = &preference.Service{DB: w.app.DB, Clock: w.app.Clock, Mails: w.app.Messages.Responses}
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
