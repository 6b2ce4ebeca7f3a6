package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Reach is a preview, and of when it is.
type Reach struct {
	*Preview
	AsOf time.Time
	// Stale says that the campaign, the rules or the time have moved on since.
	Stale bool
}

// Reach is Preview as people look at it: what was judged less than a minute ago,
// with all that staff has written and set still the same, is not judged again,
// and the last one may be asked for, whatever has happened since. Who may be sent
// to is never decided by it: the gate is asked anew when the campaign goes out.
func (s *Service) Reach(ctx context.Context, row *db.Campaign, want kept.Wanted) (*Reach, error) {
	if row.SegmentID == nil {
		return &Reach{Preview: &Preview{}, AsOf: s.Clock.Now()}, nil
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	return s.reach(ctx, p, want)
}

func (s *Service) reach(ctx context.Context, p *plan, want kept.Wanted) (*Reach, error) {
	asked, err := s.printOf(ctx, p)
	if err != nil {
		return nil, err
	}
	q := kept.Question{Name: "audience", Of: p.campaign.ID, Print: asked}
	a, err := kept.Ask(ctx, s.Kept, q, want, func(ctx context.Context) (*Preview, error) { return s.preview(ctx, p) })
	if err != nil {
		return nil, err
	}
	return &Reach{Preview: a.Value, AsOf: a.At(s.Clock.Now()), Stale: a.Stale}, nil
}

// printSQL is all that staff writes and sets and that decides who gets what:
// whole rows, so that no column is forgotten.
const printSQL = `
SELECT concat_ws(E'\n',
    (SELECT c::text FROM campaigns c WHERE c.id = ?0),
    (SELECT string_agg(v::text, E'\n' ORDER BY v.id) FROM campaign_variants v WHERE v.campaign_id = ?0),
    (SELECT string_agg(o::text, E'\n' ORDER BY o.id) FROM policy_overrides o WHERE o.campaign_id = ?0),
    (SELECT string_agg(s::text, E'\n' ORDER BY s.id) FROM segments s WHERE s.id = ANY(?1::bigint[])),
    (SELECT string_agg(o::text, E'\n' ORDER BY o.id) FROM offers o),
    (SELECT string_agg(s::text, E'\n' ORDER BY s.id) FROM shops s),
    (SELECT string_agg(s::text, E'\n' ORDER BY s.key) FROM settings s),
    (SELECT count(*) FROM policy_rules))` // versions are only ever added

// printOf names what a preview depends on beside the people.
func (s *Service) printOf(ctx context.Context, p *plan) ([]byte, error) {
	segments := append([]int64{*p.campaign.SegmentID}, p.excluded...)
	var written string
	if err := s.DB.NewRaw(printSQL, p.campaign.ID, pgdialect.Array(segments)).Scan(ctx, &written); err != nil {
		return nil, db.Fault(err)
	}
	var members []any
	for _, id := range segments {
		sql, args, err := s.Audience.Members(ctx, id)
		if err != nil {
			return nil, err
		}
		members = append(members, sql, args)
	}
	return kept.Print(written, members, p.left, policy.Day(s.Clock.Now(), s.Zone))
}
