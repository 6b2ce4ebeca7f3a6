package mall

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The words that may stand in a line; where none does, the first is meant.
var (
	joinedVia          = []string{"SITE", "APP", "STORE_CARD", "LINE", "API", "STAFF"}
	identityKinds      = []string{"MEMBER_ID", "MAIL", "RELAY_MAIL", "LINE"}
	consentChannels    = []string{"MAIL", "LINE", "SMS", "PUSH", "POSTAL"}
	consentPurposes    = []string{"MARKETING", "TRANSACTIONAL"}
	consentStates      = []string{"GIVEN", "WITHDRAWN"}
	consentMethods     = []string{"IMPORT", "SIGN_UP_FORM", "CHECKOUT", "STAFF", "API", "STORE", "UNSUBSCRIBE_LINK", "ONE_CLICK", "UNSUBSCRIBE_MAIL", "COMPLAINT"}
	suppressionReasons = []string{"OPT_OUT", "COMPLAINT", "HARD_BOUNCE", "STAFF"}
	// pointActions are what earns by the rules of crm/points and a file may tell of.
	pointActions = []string{
		"JOIN", "MAIL_SUBSCRIPTION", "LINE_SUBSCRIPTION", "BIRTHDAY", "SURVEY", "APP_INSTALL", "STORE_CHECK_IN", "PROFILE_COMPLETE", "SNS_FOLLOW", "REFERRAL", "REFERRED",
	}
	pointKinds = []string{PointsGrant, PointsAward, PointsOpening, PointsRedeem, PointsDeduct}
)

// maxPointAmount is the most points one action may be about, as the ledger's.
const maxPointAmount = 10_000_000

// memberReader turns what a line says into what it means, and keeps the first
// problem.
type memberReader struct {
	zone    *time.Location
	problem error
}

func (r *memberReader) fail(code, field, detail string) {
	if r.problem == nil {
		r.problem = &Problem{Code: code, Column: field, Detail: detail}
	}
}

func (r *memberReader) needed(field, value string) string {
	if value = strings.TrimSpace(value); value == "" {
		r.fail(MissingValue, field, "")
	}
	return value
}

// oneOf is a word out of a list; "" means the first.
func (r *memberReader) oneOf(field, value string, words []string) string {
	if value == "" {
		return words[0]
	}
	if !slices.Contains(words, value) {
		r.fail(BadValue, field, "one of "+strings.Join(words, ", "))
	}
	return value
}

// at is an instant; a day is its start in the zone. "" is the zero time.
func (r *memberReader) at(field, value string) time.Time {
	if value == "" {
		return time.Time{}
	}
	if at, err := time.Parse(time.RFC3339Nano, value); err == nil {
		return r.sane(field, at)
	}
	if day, err := time.ParseInLocation(time.DateOnly, value, r.zone); err == nil {
		return r.sane(field, day)
	}
	r.fail(BadDate, field, "a day such as 2026-11-21 or an instant such as 2026-11-21T10:00:00+09:00")
	return time.Time{}
}

// sane refuses what is no time of a loyalty program.
func (r *memberReader) sane(field string, at time.Time) time.Time {
	if at.Year() < 1990 || at.Year() > 2200 {
		r.fail(BadDate, field, "")
	}
	return at.UTC()
}

func (r *memberReader) happened(field, value string) time.Time {
	return r.at(field, r.needed(field, value))
}

// end is the end of a life: an instant, or the end of a last day.
func (r *memberReader) end(field, value string) time.Time {
	at := r.at(field, value)
	if _, err := time.Parse(time.DateOnly, value); err == nil {
		y, m, d := at.In(r.zone).Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, r.zone).UTC()
	}
	return at
}

func (r *memberReader) identities(lines []Identity) []Identity {
	for i, l := range lines {
		field := fmt.Sprintf("identities[%d].", i)
		r.needed(field+"shop", l.Shop)
		r.needed(field+"value", l.Value)
		r.oneOf(field+"kind", r.needed(field+"kind", l.Kind), identityKinds)
	}
	return lines
}

func (r *memberReader) stage(l *heldStageLine) *HeldStage {
	if l == nil {
		return nil
	}
	s := &HeldStage{Code: r.needed("stage.code", l.Code), Since: r.happened("stage.since", l.Since)}
	if until := r.needed("stage.until", l.Until); until != never {
		day, err := time.Parse(time.DateOnly, until)
		if err != nil {
			r.fail(BadDate, "stage.until", "a last day such as 2026-11-21, or never")
		}
		s.Until = day
	}
	return s
}

// never stands where a day would, of what has no end.
const never = "never"

func (r *memberReader) consents(lines []consentLine) []DatedWord {
	words := make([]DatedWord, len(lines))
	for i, l := range lines {
		field := fmt.Sprintf("consents[%d].", i)
		words[i] = DatedWord{
			Shop: l.Shop, Channel: r.oneOf(field+"channel", r.needed(field+"channel", l.Channel), consentChannels),
			Purpose: r.oneOf(field+"purpose", l.Purpose, consentPurposes), State: r.oneOf(field+"state", r.needed(field+"state", l.State), consentStates),
			At: r.happened(field+"at", l.At), Method: r.oneOf(field+"method", l.Method, consentMethods), Wording: strings.TrimSpace(l.Wording),
		}
		if l.State == "GIVEN" { // the law asks for the words that were agreed to
			r.needed(field+"wording", l.Wording)
		}
	}
	return words
}

func (r *memberReader) suppressions(lines []suppressionLine, mail string) []Suppression {
	list := make([]Suppression, len(lines))
	for i, l := range lines {
		field := fmt.Sprintf("suppressions[%d].", i)
		r.oneOf(field+"channel", l.Channel, []string{"MAIL"})
		list[i] = Suppression{Reason: r.oneOf(field+"reason", r.needed(field+"reason", l.Reason), suppressionReasons), At: r.happened(field+"at", l.At)}
		r.needed("profile.mail", mail)
	}
	return list
}

func (r *memberReader) points(line memberLine) []PointAction {
	if len(line.PointActions) > 0 {
		if r.needed("joinedAt", line.JoinedAt); !line.numbered() {
			r.fail(MissingValue, "memberNo", "the number that tells the actions of two members apart")
		}
	}
	keys := map[string]bool{}
	list := make([]PointAction, len(line.PointActions))
	for i, l := range line.PointActions {
		field := fmt.Sprintf("pointActions[%d].", i)
		list[i] = r.point(field, l)
		if keys[l.Key] {
			r.fail(RepeatedKey, field+"key", "")
		}
		keys[l.Key] = true
	}
	slices.SortStableFunc(list, func(a, b PointAction) int { return a.At.Compare(b.At) })
	return list
}

// numbered says that the line has a number that tells its member from others.
func (l memberLine) numbered() bool {
	return strings.TrimSpace(l.MemberNo) != "" || slices.ContainsFunc(l.Identities, func(i Identity) bool { return i.Kind == "MEMBER_ID" })
}

func (r *memberReader) point(field string, l pointLine) PointAction {
	a := PointAction{
		Key: r.needed(field+"key", l.Key), Kind: r.oneOf(field+"kind", r.needed(field+"kind", l.Kind), pointKinds), Amount: l.Amount,
		At: r.happened(field+"at", l.At), Reason: strings.TrimSpace(l.Reason), Note: strings.TrimSpace(l.Note),
	}
	switch {
	case a.Kind != PointsAward && (l.Amount < 1 || l.Amount > maxPointAmount):
		r.fail(BadAmount, field+"amount", "")
	case len(l.Key) > 100 || len(l.Reason) > 100 || len(l.Note) > 2000:
		r.fail(BadValue, field+"key", "at most 100 bytes, a note 2000")
	}
	if a.Kind == PointsAward {
		r.award(field, l, &a)
		return a
	}
	if a.Kind == PointsRedeem || a.Kind == PointsDeduct {
		if l.UsableFrom != "" || l.ExpiresAt != "" {
			r.fail(BadValue, field+"expiresAt", "of grants only")
		}
		return a
	}
	a.UsableAt = r.at(field+"usableFrom", l.UsableFrom)
	if a.Never = l.ExpiresAt == never; !a.Never {
		a.ExpiresAt = r.end(field+"expiresAt", l.ExpiresAt)
	}
	if from := later(a.At, a.UsableAt); !a.ExpiresAt.IsZero() && !a.ExpiresAt.After(from) {
		r.fail(BadDate, field+"expiresAt", "points must be usable before they expire")
	}
	return a
}

// award reads what was done; how many points it is worth, and until when, the
// rules say.
func (r *memberReader) award(field string, l pointLine, a *PointAction) {
	a.Action = r.oneOf(field+"action", r.needed(field+"action", l.Action), pointActions)
	if l.Amount != 0 || l.UsableFrom != "" || l.ExpiresAt != "" {
		r.fail(BadValue, field+"amount", "the rules say how many points, and until when")
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
