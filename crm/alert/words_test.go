package alert

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/db"
)

// figuresOf are figures as the watches give them.
var figuresOf = map[Kind]string{
	ImportFailed:      `{"errorCode": "BAD_HEADER", "undo": false}`,
	QuarantineWaiting: `{"rows": 1234, "days": 3}`,
	BounceJump:        `{"sent": 20000, "bounced": 1500, "complained": 4, "usual": 120, "hours": 12}`,
	CodesLow:          `{"left": 12, "total": 3000, "needed": 4500, "campaigns": ["秋祭り", "冬物市"], "moreCampaigns": 2}`,
	ScheduleMissed:    `{"because": ["LAW-02"]}`,
	ScheduleBlocked:   `{"because": ["NO_CODES"]}`,
	LedgerBroken:      `{"discrepancies": 2}`,
	SenderKey:         `{"keys": 1}`,
	SenderDNS:         `{"records": 2}`,

	ConnectionExpiring: `{"service": "RAKUTEN_RMS", "expired": false, "days": 5, "on": "2026-11-27"}`,
	WatchedFolder:      `{"files": 2}`,
	WebhookFailing:     `{"gone": false, "since": "2026-11-22T00:00:00Z"}`,
	ReferralsFlagged:   `{"referrals": 12, "days": 3}`,
	ConnectionTroubled: `{"service": "RAKUTEN_RMS", "code": "KEY_REFUSED", "since": "2026-11-22T00:00:00Z"}`,
}

func TestEveryKindHasWordsInBothLanguages(t *testing.T) {
	for _, locale := range []string{"ja", "en", "fr"} {
		for _, kind := range Kinds {
			id := int64(7)
			n, err := compose(&db.Alert{Kind: string(kind), SubjectKind: "Import", SubjectID: &id, SubjectName: "冬<b>", Figures: json.RawMessage(figuresOf[kind])}, locale)
			if err != nil {
				t.Errorf("%s in %s: %v", kind, locale, err)
				continue
			}
			text := n.Subject + strings.Join(n.Lines, "\n")
			if strings.Contains(text, "no value") || strings.Contains(text, "{{") || n.Path == "" || n.LinkText == "" || len(n.Lines) == 0 {
				t.Errorf("%s in %s: %+v", kind, locale, n)
			}
			if japanese := strings.ContainsAny(text, "のをが"); japanese != (locale != "en") {
				t.Errorf("%s in %s speaks another language: %s", kind, locale, text)
			}
		}
	}
	codes, err := compose(&db.Alert{Kind: string(CodesLow), SubjectName: "冬の500円引き", Figures: json.RawMessage(figuresOf[CodesLow])}, "ja")
	if want := "キャンペーン「秋祭り」「冬物市」ほか2件"; err != nil || !strings.Contains(strings.Join(codes.Lines, "\n"), want) {
		t.Errorf("%q, %v does not name the campaigns", codes.Lines, err)
	}
	n, err := compose(&db.Alert{Kind: string(BounceJump), Figures: json.RawMessage(figuresOf[BounceJump])}, "en")
	if want := "Of 20,000 mails sent within 12 hours, 1,500 could not be delivered and 4 were reported as spam (usually 1.2% cannot be delivered)."; err != nil || n.Lines[0] != want {
		t.Errorf("got %q, %v", n.Lines, err)
	}
}

func TestEveryKindIsHandledBySomebody(t *testing.T) {
	for _, kind := range Kinds {
		if h := handling[kind]; h.see == "" || h.handle == "" {
			t.Errorf("nobody may see or handle %s", kind)
		}
	}
}
