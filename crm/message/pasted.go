package message

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/policy"
)

// Pasted is content that staff paste into a mall's own mail tool. Nothing is
// filled in there, and all its recipients are that mall's.
type Pasted struct {
	CampaignID          int64 // whose overrides hold
	Subject, Text, HTML string
	Offer               *policy.Offer // nil: none
}

// Hash names the content with its offer: what an override holds for.
func (p Pasted) Hash() []byte {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "pasted %q %q %q", p.Subject, p.Text, p.HTML)
	if p.Offer != nil {
		_, _ = fmt.Fprintf(h, " %q %q %q", p.Offer.Mall, p.Offer.Name, p.Offer.Code)
	}
	return h.Sum(nil)
}

// CheckPasted is what the rules in force for a mall and its mail tool (R_MAIL,
// STORE_NEWSLETTER) say of the content. Since all recipients are of that mall, a
// rule that refuses them forbids the content. Places are subject, text and html.
// Errors: fault.Internal when a rule in force cannot be checked.
func (g *Gate) CheckPasted(ctx context.Context, idb bun.IDB, tool, mall string, p Pasted) ([]policy.Finding, error) {
	rules, err := g.rules.Set(ctx, idb, tool, g.today())
	if err != nil {
		return nil, err
	}
	content, err := merchantContent(ctx, idb)
	if err != nil {
		return nil, err
	}
	if p.Offer != nil {
		content.Offers = []policy.Offer{*p.Offer}
	}
	if content.Parts, err = decoded(ctx, idb, p.parts()); err != nil {
		return nil, err
	}
	overrides, err := policy.OverridesOf(ctx, idb, p.CampaignID, p.Hash(), g.today())
	if err != nil {
		return nil, err
	}
	findings := rules.Read(content).With(overrides).Findings([]string{mall})
	for i := range findings {
		findings[i].Origins = nil
	}
	return findings, nil
}

// TryPasted is what rules that need not be in force say of a content about
// recipients of the origins, whatever staff have lifted.
func (g *Gate) TryPasted(ctx context.Context, idb bun.IDB, rules *policy.Set, p Pasted, origins []string) ([]policy.Finding, error) {
	content, err := merchantContent(ctx, idb)
	if err != nil {
		return nil, err
	}
	if content.Parts, err = decoded(ctx, idb, p.parts()); err != nil {
		return nil, err
	}
	return rules.Read(content).Findings(origins), nil
}

func (p Pasted) parts() []policy.Part {
	verbatim := func(place string, f form, text string) []policy.Part {
		w := &partWriter{source: text, masked: text, place: place}
		if f == markup {
			w.markup()
		} else {
			w.literal(0, len(text))
		}
		return w.done()
	}
	parts := verbatim(placeSubject, plain, p.Subject)
	parts = append(parts, verbatim(placeText, plain, p.Text)...)
	return append(parts, verbatim("html", markup, p.HTML)...)
}
