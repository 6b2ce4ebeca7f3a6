package campaign

import (
	"context"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Lift records an override for a finding in a variant of a draft, as the content
// stands now.
// Errors: fault.NotFound; fault.Precondition (NOT_DRAFT, or as of policy.Lift);
// fault.Invalid at the field.
func (s *Service) Lift(ctx context.Context, l policy.Lift) (lifted *policy.Override, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.Campaign)
		if err := lock(ctx, tx, row, l.CampaignID); err != nil {
			return err
		}
		if err := mustBeDraft(row, row.Version); err != nil {
			return err
		}
		p, err := s.loadPlan(ctx, tx, row)
		if err != nil {
			return err
		}
		for _, v := range p.variants {
			place := "variants." + v.Mall
			if !strings.HasPrefix(l.Place, place+".") {
				continue
			}
			letter := p.letter(v)
			findings, err := s.Gate.CheckLetter(ctx, tx, mail, letter)
			if err != nil {
				return err
			}
			lifted, err = l.Record(ctx, tx, within(place, findings), letter.Hash(), policy.Day(s.Clock.Now(), s.Zone))
			return err
		}
		return fault.New(fault.Precondition, "there is no such variant").WithCode("NOTHING_TO_LIFT")
	})
	return lifted, err
}

// letter is a variant as staff wrote it.
func (p *plan) letter(v *db.CampaignVariant) *message.Letter {
	source := sourceOf(v)
	compiled, _ := message.Compile(source)
	sv := p.freeze(v, compiled)
	sv.seal(p.campaign.ID, p.sender)
	sv.letter.Source = &source
	return sv.letter
}
