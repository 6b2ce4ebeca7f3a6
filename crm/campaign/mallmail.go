package campaign

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/policy"
)

// MallMails is what campaigns hold for the malls' own mail tools, which nothing
// is sent through from here.
type MallMails interface {
	// FindingsOf are what must or should be mended in those of a campaign.
	FindingsOf(ctx context.Context, idb bun.IDB, campaignID int64) ([]policy.Finding, error)
	// Begin makes the tasks for staff, inside the transaction in which the
	// campaign begins.
	Begin(ctx context.Context, tx bun.IDB, campaignID int64) error
	// Copy gives one campaign those of another.
	Copy(ctx context.Context, tx bun.IDB, from, to int64) error
}

// noMallMails is a merchant without shops on malls that have such tools.
type noMallMails struct{}

func (noMallMails) FindingsOf(context.Context, bun.IDB, int64) ([]policy.Finding, error) {
	return nil, nil
}
func (noMallMails) Begin(context.Context, bun.IDB, int64) error       { return nil }
func (noMallMails) Copy(context.Context, bun.IDB, int64, int64) error { return nil }

func (s *Service) mallMails() MallMails {
	if s.MallMails == nil {
		return noMallMails{}
	}
	return s.MallMails
}

// RefusedBy is how many of a campaign's audience, as it is now, a rule refuses
// first. Errors: fault.NotFound.
func (s *Service) RefusedBy(ctx context.Context, campaignID int64, rule string) (int64, error) {
	row, err := s.Find(ctx, campaignID)
	if err != nil {
		return 0, err
	}
	preview, err := s.Preview(ctx, row)
	if err != nil {
		return 0, err
	}
	for _, refused := range preview.Refused {
		if refused.Reason == rule {
			return refused.Count, nil
		}
	}
	return 0, nil
}
