package mall

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// WholeLine is the one column of files that have none: each record is a line,
// which its decoder takes apart.
const WholeLine = "JSON"

// The codes of problems of members.
const (
	BadJSON      = "BAD_JSON"
	UnknownField = "UNKNOWN_FIELD"
	BadValue     = "BAD_VALUE" // none of those there are
	InFuture     = "IN_FUTURE" // of what has happened
	RepeatedKey  = "REPEATED_KEY"
)

// Member is what a file says of a person beside his profile: what a former
// system knows of a member of the loyalty program. Times are instants.
type Member struct {
	Shop         string        `json:"shop,omitempty"` // code of the shop his number and profile are of; "": the import's
	Identities   []Identity    `json:"identities,omitempty"`
	JoinedAt     time.Time     `json:"joinedAt,omitzero"` // zero: he is no member
	JoinedVia    string        `json:"joinedVia,omitempty"`
	Stage        *HeldStage    `json:"stage,omitempty"`
	Consents     []DatedWord   `json:"consents,omitempty"`
	Suppressions []Suppression `json:"suppressions,omitempty"`
	Points       []PointAction `json:"points,omitempty"`
}

// Identity is how the person appears on a shop.
type Identity struct {
	Shop  string `json:"shop"`
	Kind  string `json:"kind"` // MEMBER_ID, MAIL, RELAY_MAIL, LINE
	Value string `json:"value"`
}

// HeldStage is a stage that a former system had given.
type HeldStage struct {
	Code  string    `json:"code"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // midnight UTC of the last day; zero: for good
}

// DatedWord is a word of consent with its own evidence.
type DatedWord struct {
	Shop    string    `json:"shop,omitempty"` // code of its origin; "": the person's
	Channel string    `json:"channel"`
	Purpose string    `json:"purpose"`
	State   string    `json:"state"` // GIVEN, WITHDRAWN
	At      time.Time `json:"at"`
	Method  string    `json:"method"`
	Wording string    `json:"wording,omitempty"`
}

// Suppression says that the person's mail address must not be written to.
type Suppression struct {
	Reason string    `json:"reason"` // OPT_OUT, COMPLAINT, HARD_BOUNCE, STAFF
	At     time.Time `json:"at"`
}

// The kinds of point action.
const (
	PointsOpening = "OPENING" // a grant that also closes the books: what was bought before is in it
	PointsGrant   = "GRANT"
	PointsAward   = "AWARD" // something done that earns what the rules gave for it then
	PointsRedeem  = "REDEEM"
	PointsDeduct  = "DEDUCT"
)

// PointAction is a booking of a former system.
type PointAction struct {
	Key       string    `json:"key"` // unique per member
	Kind      string    `json:"kind"`
	Amount    int64     `json:"amount"`           // 0 of AWARD
	Action    string    `json:"action,omitempty"` // of AWARD: JOIN, BIRTHDAY …
	At        time.Time `json:"at"`
	UsableAt  time.Time `json:"usableAt,omitzero"`  // zero: At
	ExpiresAt time.Time `json:"expiresAt,omitzero"` // zero: as the settings say
	Never     bool      `json:"never,omitempty"`    // the points do not expire
	Reason    string    `json:"reason,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// Members is the file with which a merchant moves in from another system: one
// JSON object per line, without a header row. A line is a person: identities on
// any shops, profile, membership, every word of consent with its evidence, and
// what happened to his points. docs/members.md tells every field.
type Members struct{}

// Name is the format's stable name.
func (Members) Name() string { return "MEMBERS" }

// Mall is any mall.
func (Members) Mall() Mall { return "" }

// BindPeople takes files whose records are whole lines.
func (Members) BindPeople(header []string) (PersonDecoder, error) {
	if len(header) != 1 || header[0] != WholeLine {
		return nil, missingColumns([]string{WholeLine})
	}
	zone, err := Mapping{}.location()
	return memberLines{zone}, err
}

type memberLines struct{ zone *time.Location }

// memberLine is a line as it is written; times still as text.
type memberLine struct {
	MemberNo     string            `json:"memberNo"`
	Shop         string            `json:"shop"`
	Identities   []Identity        `json:"identities"`
	Profile      memberProfile     `json:"profile"`
	JoinedAt     string            `json:"joinedAt"`
	JoinedVia    string            `json:"joinedVia"`
	Stage        *heldStageLine    `json:"stage"`
	Consents     []consentLine     `json:"consents"`
	Suppressions []suppressionLine `json:"suppressions"`
	PointActions []pointLine       `json:"pointActions"`
}

type memberProfile struct {
	FamilyName, GivenName, FamilyKana, GivenKana   string
	BirthDate, Gender, Phone, Mail                 string
	PostalCode, Prefecture, City, Address, Country string
}

type heldStageLine struct{ Code, Since, Until string }

type consentLine struct{ Shop, Channel, Purpose, State, At, Method, Wording string }

type suppressionLine struct{ Channel, Reason, At string }

type pointLine struct {
	Key, Kind                 string
	Amount                    int64
	Action                    string
	At, UsableFrom, ExpiresAt string
	Reason, Note              string
}

// Person implements PersonDecoder.
func (d memberLines) Person(rec []string) (Person, error) {
	line, err := parseMemberLine(rec[0])
	if err != nil {
		return Person{}, err
	}
	r := memberReader{zone: d.zone}
	p := Person{Buyer: line.buyer(), Member: &Member{Shop: line.Shop, Identities: r.identities(line.Identities)}}
	m := p.Member
	m.JoinedAt = r.at("joinedAt", line.JoinedAt)
	if !m.JoinedAt.IsZero() {
		m.JoinedVia = r.oneOf("joinedVia", line.JoinedVia, joinedVia)
	}
	m.Stage = r.stage(line.Stage)
	m.Consents = r.consents(line.Consents)
	m.Suppressions = r.suppressions(line.Suppressions, p.Buyer.Mail)
	m.Points = r.points(line)
	if r.problem != nil {
		return Person{}, r.problem
	}
	return p, nil
}

// parseMemberLine reads one line.
func parseMemberLine(text string) (line memberLine, err error) {
	if err = decodeLine(text, &line); err == nil {
		return line, nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return line, misfit(wrong.Field, wrong.Type)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return line, &Problem{Code: UnknownField, Column: strings.Trim(name, `"`)}
	}
	return line, &Problem{Code: BadJSON, Column: WholeLine}
}

func (l memberLine) buyer() Buyer {
	p := l.Profile
	return Buyer{
		MemberID: l.MemberNo, Mail: p.Mail, FamilyName: p.FamilyName, GivenName: p.GivenName, FamilyKana: p.FamilyKana, GivenKana: p.GivenKana,
		Phone: p.Phone, PostalCode: p.PostalCode, Prefecture: prefecture(p.Prefecture), City: p.City, Address: p.Address, Country: p.Country,
		Gender: p.Gender, BirthDate: p.BirthDate,
	}
}

// Span is the first and the last instant of what the line says has happened;
// zero where nothing has. A life or a stage may end later.
func (m *Member) Span() (first, last time.Time) {
	see := func(at time.Time) {
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
		last = later(last, at)
	}
	see(m.JoinedAt)
	if m.Stage != nil {
		see(m.Stage.Since)
	}
	for _, w := range m.Consents {
		see(w.At)
	}
	for _, s := range m.Suppressions {
		see(s.At)
	}
	for _, p := range m.Points {
		see(p.At)
	}
	return first, last
}

// IsJSONLines says that a file beginning so has no header row but an object per line.
func IsJSONLines(beginning []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(beginning, " \t\r\n"), []byte("{"))
}

// LineColumn is the one column of a file of JSON lines that begins so, by the
// first of its lines that tells: behaviours say when they occurred, orders have a
// number, or goods with prices before it, and the others are of members.
func LineColumn(beginning []byte) string {
	for line := range bytes.Lines(bytes.ToLower(beginning)) {
		names := bytes.ReplaceAll(line, []byte("_"), nil)
		switch {
		case bytes.Contains(names, []byte(`"occurredat"`)):
			return EventLine
		case bytes.Contains(names, []byte(`"orderno"`)), bytes.Contains(names, []byte(`"unitprice"`)):
			return OrderLine
		case bytes.Contains(names, []byte(`"memberno"`)):
			return WholeLine
		}
	}
	return WholeLine
}

// Headless says that a file with these columns has no header row but an object
// per line.
func Headless(columns []string) bool {
	return len(columns) == 1 && slices.Contains([]string{WholeLine, EventLine, OrderLine}, columns[0])
}
