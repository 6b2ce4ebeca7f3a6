package mall_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// memberOf reads one line of a file of members.
func memberOf(t *testing.T, line string) (mall.Person, error) {
	t.Helper()
	f, ok := mall.DetectPeople([]string{mall.WholeLine})
	if !ok || f.Name() != "MEMBERS" {
		t.Fatalf("%v, %v", f, ok)
	}
	d, err := f.BindPeople([]string{mall.WholeLine})
	if err != nil {
		t.Fatal(err)
	}
	return d.Person([]string{line})
}

func TestAMemberLine(t *testing.T) {
	p, err := memberOf(t, `{"memberNo":"M-1","shop":"own","identities":[{"shop":"kyoto","kind":"MEMBER_ID","value":"K-9"}],
		"profile":{"familyName":"佐藤","birthDate":"1980-04-12","mail":"a@mail.example","prefecture":"JP-26"},
		"joinedAt":"2024-11-03","stage":{"code":"GOLD","since":"2025-06-01","until":"2026-12-31"},
		"consents":[{"channel":"LINE","state":"GIVEN","at":"2024-11-03T10:12:00+09:00","method":"SIGN_UP_FORM","wording":"お知らせを受け取る"}],
		"suppressions":[{"reason":"HARD_BOUNCE","at":"2025-03-01"}],
		"pointActions":[{"key":"use","kind":"REDEEM","amount":200,"at":"2025-01-10"},
			{"key":"join","kind":"GRANT","amount":500,"at":"2024-11-03","expiresAt":"2025-11-30"},
			{"key":"gift","kind":"OPENING","amount":5,"at":"2024-11-04","expiresAt":"never"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	m := p.Member
	if p.Buyer.MemberID != "M-1" || p.Buyer.Prefecture != "京都府" || m.Shop != "own" || m.Identities[0] != (mall.Identity{Shop: "kyoto", Kind: "MEMBER_ID", Value: "K-9"}) {
		t.Errorf("%+v %+v", p.Buyer, m)
	}
	if m.JoinedVia != "SITE" || !m.JoinedAt.Equal(time.Date(2024, 11, 2, 15, 0, 0, 0, time.UTC)) || m.Stage.Until.Format(time.DateOnly) != "2026-12-31" {
		t.Errorf("joined %v by %s, until %v", m.JoinedAt, m.JoinedVia, m.Stage.Until)
	}
	if w := m.Consents[0]; w.Purpose != "MARKETING" || w.Method != "SIGN_UP_FORM" || !w.At.Equal(time.Date(2024, 11, 3, 1, 12, 0, 0, time.UTC)) {
		t.Errorf("%+v", w)
	}
	if a := m.Points; a[0].Key != "join" || a[1].Key != "gift" || a[2].Key != "use" || !a[1].Never || !a[0].ExpiresAt.Equal(time.Date(2025, 11, 30, 15, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", a)
	}
	if first, last := m.Span(); first != m.JoinedAt || last.Format(time.DateOnly) != "2025-05-31" {
		t.Errorf("from %v to %v", first, last)
	}
}

// TestMemberLinesThatCannotBeRead say what is wrong, and where.
func TestMemberLinesThatCannotBeRead(t *testing.T) {
	const points = `{"memberNo":"1","joinedAt":"2024-01-01","pointActions":[%]}`
	for line, want := range map[string]string{
		`{"memberNo":`:                       "BAD_JSON JSON",
		`{"memberNo":"1"} {}`:                "BAD_JSON JSON",
		`[]`:                                 "BAD_VALUE",
		`{"memberNo":1}`:                     "BAD_VALUE memberNo",
		`{"profile":{"mial":"a@b.example"}}`: "UNKNOWN_FIELD mial",
		`{"memberNo":"1","joinedAt":"03/01/2024"}`:                                                                                                         "BAD_DATE joinedAt",
		`{"joinedAt":"2024-01-01","joinedVia":"FAX"}`:                                                                                                      "BAD_VALUE joinedVia",
		`{"identities":[{"kind":"MAIL","value":"a@b.example"}]}`:                                                                                           "MISSING_VALUE identities[0].shop",
		`{"consents":[{"channel":"MAIL","state":"GIVEN","at":"2024-01-01"}]}`:                                                                              "MISSING_VALUE consents[0].wording",
		`{"consents":[{"channel":"MAIL","state":"WITHDRAWN"}]}`:                                                                                            "MISSING_VALUE consents[0].at",
		`{"suppressions":[{"reason":"STAFF","at":"2024-01-01"}]}`:                                                                                          "MISSING_VALUE profile.mail",
		`{"memberNo":"1","joinedAt":"2024-01-01","stage":{"code":"GOLD","since":"2024-01-01"}}`:                                                            "MISSING_VALUE stage.until",
		`{"joinedAt":"2024-01-01","pointActions":[{"key":"a","kind":"GRANT","amount":1,"at":"2024-01-01"}]}`:                                               "MISSING_VALUE memberNo",
		`{"memberNo":"1","pointActions":[{"key":"a","kind":"GRANT","amount":1,"at":"2024-01-01"}]}`:                                                        "MISSING_VALUE joinedAt",
		strings.Replace(points, "%", `{"key":"a","kind":"GRANT","amount":0,"at":"2024-01-01"}`, 1):                                                         "BAD_AMOUNT pointActions[0].amount",
		strings.Replace(points, "%", `{"key":"a","kind":"REDEEM","amount":1,"at":"2024-01-01","expiresAt":"2025-01-01"}`, 1):                               "BAD_VALUE pointActions[0].expiresAt",
		strings.Replace(points, "%", `{"key":"a","kind":"GRANT","amount":1,"at":"2024-01-02","expiresAt":"2024-01-01"}`, 1):                                "BAD_DATE pointActions[0].expiresAt",
		strings.Replace(points, "%", `{"key":"a","kind":"GRANT","amount":1,"at":"2024-01-02"},{"key":"a","kind":"GRANT","amount":1,"at":"2024-01-02"}`, 1): "REPEATED_KEY pointActions[1].key",
	} {
		_, err := memberOf(t, line)
		problem, ok := mall.AsProblem(err)
		if !ok || strings.TrimSpace(problem.Code+" "+problem.Column) != want {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
}
