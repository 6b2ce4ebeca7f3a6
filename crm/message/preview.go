package message

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// People reads what is filled in for customers; unknown ids are left out.
type People interface {
	People(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]Person, error)
}

// Previewer shows content as one customer would get it, by the code that sends.
type Previewer struct {
	DB      bun.IDB
	Clock   clock.Clock
	Zone    *time.Location
	People  People
	Gate    *Gate
	Senders Senders
	Brands  Brands
	// Properties tells what is kept of customers; nil: not asked.
	Properties Properties
}

// PreviewRequest is the content to show, saved or not, and for whom.
type PreviewRequest struct {
	Source     Source
	SenderName string // "": the sender of the settings
	Mall       string // the destination
	OfferID    int64  // 0: no offer
	CustomerID int64  // 0: an example person
	CampaignID int64  // whose overrides hold; 0: none
}

// Preview is one mail as it would arrive, and what is to mend. What cannot be
// rendered is empty.
type Preview struct {
	Rendered
	From     string
	Findings []policy.Finding
	// SampleCode says that a made-up code stands for the one that is drawn from
	// the offer's pool at the send, for real people, too.
	SampleCode bool
}

// sampleCode stands for a code that is only drawn from the pool at the send.
const sampleCode = "SAMPLE-CODE"

// Preview renders r. Errors: fault.NotFound for the offer or the customer.
func (p *Previewer) Preview(ctx context.Context, r PreviewRequest) (*Preview, error) {
	fixed, code, err := p.fixed(ctx, r)
	if err != nil {
		return nil, err
	}
	person, err := p.person(ctx, r.CustomerID)
	if err != nil {
		return nil, err
	}
	person.OfferCode = code
	compiled, findings := Compile(r.Source)
	unkept, err := p.unkept(ctx, r.Source)
	if err != nil {
		return nil, err
	}
	findings = append(findings, unkept...)
	if !policy.Blocks(findings) {
		findings = append(findings, Unfilled(r.Source, fixed, code != "")...)
		ruled, err := p.ruled(ctx, r, compiled, fixed, code)
		if err != nil {
			return nil, err
		}
		findings = append(findings, ruled...)
	}
	about, err := p.Gate.CheckSender(ctx, p.DB, "MAIL", fixed.Sender)
	if err != nil {
		return nil, err
	}
	shown := &Preview{From: from(fixed.Sender), Findings: append(findings, about...), SampleCode: code == sampleCode}
	if !showable(shown.Findings) {
		return shown, nil
	}
	template, err := Prepare(compiled, fixed)
	if err == nil {
		shown.Rendered, err = template.Preview(person)
	}
	if fault.Is(err, fault.Invalid) {
		shown.Findings = append(shown.Findings, at(placeMJML, 0, findingLiquid(err.Error())))
		return shown, nil
	}
	if err != nil {
		return nil, err
	}
	return shown, nil
}

// ruled is what the rules say of the content, and what staff seem to have
// forgotten in it.
func (p *Previewer) ruled(ctx context.Context, r PreviewRequest, compiled Compiled, fixed Fixed, code string) ([]policy.Finding, error) {
	letter := &Letter{CampaignID: r.CampaignID, Source: &r.Source, Compiled: compiled, Fixed: fixed}
	if r.OfferID != 0 {
		letter.Offer = &policy.Offer{Name: fixed.Offer.Name, Mall: r.Mall}
		if code != sampleCode {
			letter.Offer.Code = code
		}
	}
	findings, err := p.Gate.CheckLetter(ctx, p.DB, "MAIL", letter)
	return append(Forgotten(r.Source, letter.Offer, code != ""), findings...), err
}

// showable reports whether content can be shown although it cannot be sent yet.
func showable(findings []policy.Finding) bool {
	return !slices.ContainsFunc(findings, func(f policy.Finding) bool {
		return f.Severity == policy.Block && f.Version == 0 &&
			!slices.Contains([]string{"SUBJECT_EMPTY", "SUBJECT_LINE_BREAK", "LINK_EMPTY", "LEFT_EMPTY", "LEFT_OUT"}, f.Code)
	})
}

func from(s Sender) string {
	if s.Email == "" {
		return s.Name
	}
	return s.Name + " <" + s.Email + ">"
}

// fixed reads what is the same for all recipients, and the offer's code.
func (p *Previewer) fixed(ctx context.Context, r PreviewRequest) (Fixed, string, error) {
	sender, err := p.Senders.Sender(ctx, p.DB)
	if err != nil {
		return Fixed{}, "", err
	}
	if r.SenderName != "" {
		sender.Name = r.SenderName
	}
	brand, err := p.Brands.Brand(ctx, p.DB)
	if err != nil {
		return Fixed{}, "", err
	}
	fixed := Fixed{Sender: sender, Brand: brand, Zone: p.Zone}
	var shops []db.Shop
	if err := p.DB.NewSelect().Model(&shops).Where("mall = ? AND archived_at IS NULL", r.Mall).OrderExpr("id").Limit(1).Scan(ctx); err != nil {
		return Fixed{}, "", db.Fault(err)
	}
	if len(shops) > 0 {
		fixed.Shop = Shop{Name: shops[0].Name, URL: shops[0].URL}
	}
	if r.OfferID == 0 {
		return fixed, "", nil
	}
	var offer db.Offer
	if err := p.DB.NewSelect().Model(&offer).Where("id = ?", r.OfferID).Scan(ctx); err != nil {
		return Fixed{}, "", db.Fault(err)
	}
	fixed.Offer = Offer{
		Name: offer.Name, Terms: offer.Terms, StartsAt: offer.StartsAt, EndsAt: offer.EndsAt,
		Kind: offer.Kind, Coded: offer.Proof != "NONE",
	}
	switch offer.Proof {
	case "SHARED_CODE":
		return fixed, offer.SharedCode, nil
	case "CODE_POOL":
		return fixed, sampleCode, nil
	}
	return fixed, "", nil
}

func (p *Previewer) person(ctx context.Context, customerID int64) (Person, error) {
	if customerID == 0 {
		return ExamplePerson(p.Clock.Now()), nil
	}
	people, err := p.People.People(ctx, p.DB, []int64{customerID})
	if err != nil {
		return Person{}, err
	}
	person, ok := people[customerID]
	if !ok {
		return Person{}, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	return person, nil
}
