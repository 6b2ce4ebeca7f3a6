package campaign

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Compliance is what can be shown to whoever asks how a campaign kept to the
// rules: which were asked, what they found, what staff decided, and who was sent
// to or refused. It holds no data of any person.
type Compliance struct {
	Campaign *db.Campaign
	MadeAt   time.Time // when outcomes were counted
	// Stale says that messages or the time have moved on since.
	Stale bool
	// AsOf is the day whose rules are told: that on which sending began, or today.
	AsOf       time.Time
	Rules      []policy.Rule
	Findings   []policy.Finding
	Exemptions []policy.Exemption
	Outcomes   []OriginOutcome
	Texts      []TextHash
}

// OriginOutcome is how many people of an origin met one fate.
type OriginOutcome struct {
	// Malls is the origin: the mall whose consent lets one speak or, for those
	// without one, all malls they are known from; empty: from none.
	Malls     []string
	Consented bool
	Status    MessageStatus
	Reason    string // the first rule or code that said no
	Count     int64
}

// TextHash names a content exactly: SHA-256 over subject, texts and offer.
type TextHash struct {
	Mall    string // the destination
	Subject string
	Hash    string // hex
}

// originsSQL groups the people of a campaign by where they are from and what
// became of them. The malls of each are a number with a bit for each mall, which
// is put into words once for all who share it; shops name the place of the bit.
const originsSQL = `
WITH shop AS MATERIALIZED (SELECT id, mall, dense_rank() OVER (ORDER BY mall)::int - 1 AS place FROM shops),
places AS MATERIALIZED (SELECT array_agg(shop.place ORDER BY n) AS of FROM generate_series(1, (SELECT max(id) FROM shop)) AS n LEFT JOIN shop ON shop.id = n),
counted AS (
    SELECT m.origin_mall, m.status, m.reason, count(*) AS count,
           CASE WHEN m.origin_mall = '' THEN (SELECT bit_or(1::bigint << p.of[i.shop_id]) FROM identities i WHERE i.customer_id = m.customer_id) END AS malls
    FROM messages m CROSS JOIN places p WHERE m.campaign_id = ? GROUP BY 1, 2, 3, 5
)
SELECT CASE WHEN c.origin_mall <> '' THEN c.origin_mall
            ELSE coalesce((SELECT string_agg(DISTINCT s.mall, ',' ORDER BY s.mall) FROM shop s WHERE c.malls & (1::bigint << s.place) <> 0), '') END AS malls,
       c.origin_mall <> '' AS consented, c.status, c.reason, c.count
FROM counted c ORDER BY 2 DESC, 1, 3, 4`

// Compliance is the report of a campaign as it stands; with the outcomes that
// were counted last, however long ago, where those are wanted.
// Errors: fault.NotFound.
func (s *Service) Compliance(ctx context.Context, id int64, want kept.Wanted) (*Compliance, error) {
	row, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	report := &Compliance{Campaign: row}
	if report.AsOf, err = s.begun(ctx, id); err != nil {
		return nil, err
	}
	if report.Rules, err = policy.Asked(ctx, s.DB, mail, report.AsOf); err != nil {
		return nil, err
	}
	if report.Exemptions, err = policy.ExemptionsOf(ctx, s.DB, id); err != nil {
		return nil, err
	}
	if err := s.countOutcomes(ctx, report, want); err != nil {
		return nil, err
	}
	return report, s.contents(ctx, report)
}

// countOutcomes fills in what became of people. The figures of the campaign tell
// whether anything became of anybody since.
func (s *Service) countOutcomes(ctx context.Context, report *Compliance, want kept.Wanted) error {
	var figures string
	id := report.Campaign.ID
	err := s.DB.NewRaw(`SELECT coalesce(string_agg(k::text, ',' ORDER BY k::text), '') FROM campaign_counters k WHERE campaign_id = ?`, id).Scan(ctx, &figures)
	if err != nil {
		return db.Fault(err)
	}
	asked, err := kept.Print(figures)
	if err != nil {
		return err
	}
	q := kept.Question{Name: "outcomes", Of: id, Print: asked}
	a, err := kept.Ask(ctx, s.Kept, q, want, func(ctx context.Context) ([]OriginOutcome, error) { return s.outcomes(ctx, id) })
	report.Outcomes, report.MadeAt, report.Stale = a.Value, a.At(s.Clock.Now()), a.Stale
	return err
}

// begun is the day on which sending began, or today.
func (s *Service) begun(ctx context.Context, id int64) (time.Time, error) {
	at := s.Clock.Now()
	var began []time.Time
	if err := s.DB.NewRaw(`SELECT created_at FROM deliveries WHERE campaign_id = ? ORDER BY id LIMIT 1`, id).Scan(ctx, &began); err != nil {
		return at, db.Fault(err)
	}
	if len(began) > 0 {
		at = began[0]
	}
	return policy.Day(at, s.Zone), nil
}

func (s *Service) outcomes(ctx context.Context, id int64) ([]OriginOutcome, error) {
	var rows []struct {
		Malls          string
		Consented      bool
		Status, Reason string
		Count          int64
	}
	if err := s.DB.NewRaw(originsSQL, id).Scan(ctx, &rows); err != nil {
		return nil, db.Fault(err)
	}
	list := make([]OriginOutcome, len(rows))
	for i, row := range rows {
		list[i] = OriginOutcome{Consented: row.Consented, Status: MessageStatus(row.Status), Reason: row.Reason, Count: row.Count}
		if row.Malls != "" {
			list[i].Malls = strings.Split(row.Malls, ",")
		}
	}
	return list, nil
}

// contents fills in what the rules of the day find in the contents, whatever
// staff lifted, and the hashes by which overrides name them.
func (s *Service) contents(ctx context.Context, report *Compliance) error {
	p, err := s.loadPlan(ctx, s.DB, report.Campaign)
	if err != nil {
		return err
	}
	rules, err := policy.Load(ctx, s.DB, mail, report.AsOf)
	if err != nil {
		return err
	}
	var malls []string
	if err := s.DB.NewSelect().Table("shops").ColumnExpr("DISTINCT mall").Where("archived_at IS NULL").Order("mall").Scan(ctx, &malls); err != nil {
		return db.Fault(err)
	}
	report.Findings = rules.CheckSender(p.sender)
	for _, v := range p.variants {
		letter := p.letter(v)
		findings, err := s.Gate.Try(ctx, s.DB, rules, letter, malls)
		if err != nil {
			return err
		}
		report.Findings = append(report.Findings, within("variants."+v.Mall, findings)...)
		report.Texts = append(report.Texts, TextHash{Mall: v.Mall, Subject: v.Subject, Hash: hex.EncodeToString(letter.Hash())})
	}
	mallMails, err := s.mallMails().FindingsOf(ctx, s.DB, report.Campaign.ID)
	report.Findings = append(report.Findings, mallMails...)
	return err
}
