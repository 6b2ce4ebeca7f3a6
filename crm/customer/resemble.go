package customer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Meeting is a person whom staff writes down, and the shop where he was met.
type Meeting struct {
	ShopID   int64
	MemberID string // on that shop; "": none
	Profile  Profile
}

// Resemblance is a customer who may be the person of a meeting.
type Resemblance struct {
	Customer db.Customer
	// Step of the ladder by which an order with these details would be this
	// customer's without anybody being asked; "": none would.
	Step   KeyKind
	Reason Reason
	Score  int // 0 to 100
	*Comparison
	// Exact: member id or mail address are this customer's, and nothing speaks
	// against it, so that nobody else can be made with them.
	Exact bool
	// Asks: staff is to say whether the two are one. A name alone asks nothing.
	Asks bool
}

// Household reports whether the two are rather two people of one house.
func (r *Resemblance) Household() bool { return r.household() }

const (
	// similar is how many resemblances are shown.
	similar = 6
	// namesakes is how many people of one name are looked at.
	namesakes = 20
)

// Resembling are the customers who may be the person of a meeting, likeliest
// first, at most six. It is asked while somebody types: what cannot be read yet
// is not looked for. Errors: fault.NotFound for the shop.
func (s *Service) Resembling(ctx context.Context, m Meeting) (found []Resemblance, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		b, row, err := s.met(ctx, tx, m, Profile.legible)
		if err != nil {
			return err
		}
		found, err = b.resembling(row)
		return err
	})
	return found, err
}

// met is the batch of the one person of a meeting, with the profile that the
// meeting tells, read by write.
func (s *Service) met(ctx context.Context, tx db.Tx, m Meeting, write func(Profile, *db.Customer) error) (*batch, *db.Customer, error) {
	shop := new(db.Shop)
	if err := tx.NewSelect().Model(shop).Where("id = ?", m.ShopID).Scan(ctx); err != nil {
		return nil, nil, db.Fault(err)
	}
	now := s.clock.Now()
	row := &db.Customer{Gender: "UNKNOWN", Country: "JP", CreatedAt: now, UpdatedAt: now}
	if err := write(m.Profile, row); err != nil {
		return nil, nil, err
	}
	e := NewEvidence(m.ShopID, mall.Mall(shop.Mall), buyerOf(row, m.MemberID), now)
	e.Normal.Gender = row.Gender
	b := &batch{ctx: ctx, tx: tx, now: now, evidence: []Evidence{e}}
	return b, row, b.load()
}

// legible writes what can be read of a profile that is being typed.
func (p Profile) legible(row *db.Customer) error {
	if p.Email != nil && !IsPersonalMail(*p.Email) {
		p.Email = nil
	}
	if p.Phone != nil && !IsPhone(*p.Phone) {
		p.Phone = nil
	}
	return p.apply(row)
}

// resembling are the customers whom the batch's one piece of evidence leads to,
// who share a phone or a home with row, or have its name: the likeliest, first.
func (b *batch) resembling(row *db.Customer) ([]Resemblance, error) {
	e := b.evidence[0]
	named := b.index.namedBy(e)
	ids, err := b.alike(row, e.Hints)
	if err != nil {
		return nil, err
	}
	for _, n := range named {
		ids = append(ids, n.customer)
	}
	slices.Sort(ids)
	known := map[int64]*Known{}
	rows, err := loadKnown(b.ctx, b.tx, slices.Compact(ids), known)
	if err != nil {
		return nil, err
	}
	told := Known{Normal: normalOf(row), MemberIDs: map[int64][]string{}}
	told.learn(e)
	var found []Resemblance
	for _, c := range rows {
		r := Resemblance{Customer: c, Comparison: Compare(*known[c.ID], told)}
		if r.judge(named) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(x, y Resemblance) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Customer.ID, y.Customer.ID))
	})
	return found[:min(len(found), similar)], nil
}

// judge says how sure it is that the two are one, and false where nothing
// suggests it. named is whom the keys of the meeting lead to.
func (r *Resemblance) judge(named []named) bool {
	reason, score, doubted := r.doubt()
	if !doubted {
		reason, score, doubted = r.byName()
	}
	r.Reason, r.Score = reason, score
	r.Asks = doubted && (reason != ByName || score > bases[ByName]+worth[FactKana])
	for _, n := range named {
		if n.customer != r.Customer.ID {
			continue
		}
		r.Asks = doubted || n.by.Kind == Mail || !n.refused()
		switch {
		case n.by.Kind == MemberID || n.by.Kind == Mail && !n.refused():
			r.Step, r.Score, r.Exact = n.by.Kind, n.by.score(), true
		case !n.refused() && n.by.score() >= sure:
			r.Step, r.Score = n.by.Kind, n.by.score()
		case !doubted && n.by.Kind == Mail:
			r.Reason, r.Score = ByMail, r.weighed(ByMail)
		default:
			return doubted
		}
		return true
	}
	return doubted
}

// byName is what the same full name is worth, which alone finds nobody but for
// staff who can ask.
func (c *Comparison) byName() (reason Reason, score int, ok bool) {
	if !c.fullName() {
		return "", 0, false
	}
	return ByName, c.weighed(ByName), true
}

func (c *Comparison) weighed(reason Reason) int {
	if c.household() {
		return householdScore
	}
	return c.weigh(reason)
}

// alike are the customers who share a phone or a home with row, or are called
// the same; of one name those first who were born on the same day. Whom only
// Amazon knows is not looked for by his name (rule AM-05).
func (b *batch) alike(row *db.Customer, h Hints) (ids []int64, err error) {
	written, read := strings.ToLower(row.FamilyName+row.GivenName), strings.ToLower(row.FamilyKana+row.GivenKana)
	if row.GivenName == "" {
		written = "" // a surname is a household, not a person
	}
	if row.GivenKana == "" {
		read = ""
	}
	err = b.tx.NewRaw(`(SELECT id FROM customers WHERE ?0 <> 0 AND hint_phone = ?0 AND merged_into IS NULL ORDER BY id LIMIT ?6)
		UNION (SELECT id FROM customers WHERE ?1 <> 0 AND hint_address = ?1 AND merged_into IS NULL ORDER BY id LIMIT ?6)
		UNION (SELECT c.id FROM customers c WHERE c.search_text LIKE ANY (?2::text[]) AND c.merged_into IS NULL AND NOT c.anonymous
			AND NOT EXISTS (SELECT FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.customer_id = c.id AND s.mall = ?3)
			ORDER BY c.birth_date IS DISTINCT FROM ?4::date, c.id LIMIT ?5)`,
		h.Phone, h.Address, pgdialect.Array(calledSo(written, read)), mall.Amazon, row.BirthDate, namesakes, crowd).Scan(b.ctx, &ids)
	return ids, db.Fault(err)
}

// calledSo are patterns of the search text of people with a name: it begins with
// the name as written, and has the reading at the beginning of a line.
func calledSo(written, read string) []string {
	patterns := []string{}
	if written != "" {
		patterns = append(patterns, likeEscaper.Replace(written)+"\n%")
	}
	if read != "" {
		patterns = append(patterns, likeEscaper.Replace(read)+"%", "%\n"+likeEscaper.Replace(read)+"%")
	}
	return patterns
}
