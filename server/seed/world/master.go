package world

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// membersFile is what the member system exports.
const membersFile = "members.jsonl"

// master is a line of the member system: a person as far as something is new.
type master struct {
	MemberNo   string     `json:"memberNo,omitempty"`
	Shop       string     `json:"shop"`
	Identities []identity `json:"identities,omitempty"`
	Profile    *profile   `json:"profile,omitempty"`
	JoinedAt   string     `json:"joinedAt,omitempty"`
	JoinedVia  string     `json:"joinedVia,omitempty"`
	Consents   []word     `json:"consents,omitempty"`
	Deeds      []deed     `json:"pointActions,omitempty"`
}

type identity struct {
	Shop  string `json:"shop"`
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type profile struct {
	FamilyName string `json:"familyName"`
	GivenName  string `json:"givenName"`
	FamilyKana string `json:"familyKana"`
	GivenKana  string `json:"givenKana"`
	BirthDate  string `json:"birthDate,omitempty"`
	Gender     string `json:"gender,omitempty"`
	PostalCode string `json:"postalCode"`
	Prefecture string `json:"prefecture"`
	City       string `json:"city"`
	Address    string `json:"address"`
	Country    string `json:"country"`
	Phone      string `json:"phone"`
	Mail       string `json:"mail,omitempty"`
}

// masterOf is what the member system tells of a person for the time between two
// ticks; nil: nothing.
func (p *Person) masterOf(from, to time.Time) *master {
	m := &master{}
	for _, w := range p.words {
		if newer(w.at, from, to) {
			m.Consents = append(m.Consents, w)
		}
	}
	for _, d := range p.deeds {
		if newer(d.at, from, to) {
			m.Deeds = append(m.Deeds, d)
		}
	}
	joins := !p.Joined.IsZero() && newer(p.Joined, from, to)
	if !joins && m.Consents == nil && m.Deeds == nil {
		return nil
	}
	if p.Joined.IsZero() { // has taken the newsletter of a mall, and is no member
		m.Shop, m.Identities = Yahoo, []identity{{Yahoo, "MAIL", p.mailOn(mall.Yahoo)}}
		return m
	}
	m.Shop, m.MemberNo = p.club()
	m.JoinedAt, m.JoinedVia = rfc3339(p.Joined), p.via()
	if slices.ContainsFunc(m.Consents, func(w word) bool { return w.Channel == "LINE" }) {
		m.Identities = append(m.Identities, identity{m.Shop, "LINE", p.lineID()})
	}
	if joins {
		m.Profile = p.profile()
		if m.Shop == OwnSite && p.buysOn(mall.Store) {
			m.Identities = append(m.Identities, identity{Kyoto, "MEMBER_ID", p.cardNo()})
		}
	}
	return m
}

var genders = map[string]string{"女": "FEMALE", "男": "MALE"}

func (p *Person) profile() *profile {
	out := &profile{
		FamilyName: p.familyOn(mall.Store), GivenName: p.given.kanji, FamilyKana: p.family.kana, GivenKana: p.given.kana,
		Gender: genders[p.gender], PostalCode: p.home.postal, Prefecture: p.home.prefecture, City: p.home.city,
		Address: p.streetOn(mall.Store), Country: "JP", Phone: p.phone, Mail: p.Mail,
	}
	if !p.birth.IsZero() {
		out.BirthDate = p.birth.Format(time.DateOnly)
	}
	return out
}

// lines is an open file of the member system.
type lines struct {
	file *os.File
	buf  *bufio.Writer
	enc  *json.Encoder
}

func createLines(path string) (*lines, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	buf := bufio.NewWriterSize(f, 16<<10)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	return &lines{f, buf, enc}, nil
}

func (l *lines) close() error { return errors.Join(l.buf.Flush(), l.file.Close()) }
