package campaign

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// chunk is how many customers are judged in one round.
const chunk = 5000

// DefaultPreviewBudget is how long a preview judges people before it draws
// conclusions from those it has judged.
const DefaultPreviewBudget = 3 * time.Second

// Preview is who would get what of a campaign if it were sent now.
type Preview struct {
	Total     int64
	Reachable int64 // would get a mail
	Excluded  int64 // part of Refused: by the campaign's own exclusions
	HeldOut   int64 // could get a mail, and are drawn to get none
	// Estimated says that only a random part was judged, and every figure but
	// Total is scaled up from it.
	Estimated     bool
	Refused       []ReasonCount // by first reason, most first
	ByOrigin      []ShopCount   // reachable, by the shop whose consent lets one speak
	ByDestination []MallCount   // reachable, by the mall whose variant they get
	Routes        []Route       // reachable, by both
	Short         []Shortage    // pools with fewer codes than there are people for them
}

// ShopCount is how many have a shop as their origin.
type ShopCount struct {
	ShopID int64
	Count  int64
}

// MallCount is how many get a mall's variant.
type MallCount struct {
	Mall  string
	Count int64
}

// Route is how many are reached through a shop and get a mall's variant.
type Route struct {
	ShopID int64
	Mall   string
	Count  int64
}

// Preview judges the audience as it is now, by the same gate that judges it
// when it is sent. Without a segment it is empty; without a variant nobody has
// a destination. A big audience is judged in random order until the budget is
// spent.
func (s *Service) Preview(ctx context.Context, row *db.Campaign) (*Preview, error) {
	if row.SegmentID == nil {
		return &Preview{}, nil
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	return s.preview(ctx, p)
}

func (s *Service) preview(ctx context.Context, p *plan) (*Preview, error) {
	audience, err := s.audience(ctx, p.campaign)
	if err != nil {
		return nil, err
	}
	if len(audience) > chunk {
		rand.Shuffle(len(audience), func(i, j int) { audience[i], audience[j] = audience[j], audience[i] })
	}
	content, counts, began, judged := p.destinations(), newSplit(), time.Now(), 0
	for part := range slices.Chunk(audience, chunk) {
		recipients, err := judge(ctx, s.DB, s.Gate, content, part, s.Clock.Now())
		if err != nil {
			return nil, err
		}
		counts.add(recipients)
		if judged += len(part); time.Since(began) > cmp.Or(s.PreviewBudget, DefaultPreviewBudget) {
			break
		}
	}
	counts.handOut(p.left, int64(len(audience)), int64(judged))
	return counts.preview(int64(len(audience)), int64(judged)), nil
}

// audience is everybody the segment means now, with what excludes him.
func (s *Service) audience(ctx context.Context, row *db.Campaign) ([]member, error) {
	ids, err := s.members(ctx, *row.SegmentID)
	if err != nil {
		return nil, err
	}
	exclusions, err := exclusionsOf(ctx, s.DB, row.ID)
	if err != nil {
		return nil, err
	}
	by := map[int64]int64{}
	for _, segmentID := range exclusions {
		excluded, err := s.members(ctx, segmentID)
		if err != nil {
			return nil, err
		}
		for _, id := range excluded {
			if _, known := by[id]; !known {
				by[id] = segmentID
			}
		}
	}
	audience := make([]member, len(ids))
	for i, id := range ids {
		audience[i] = member{CustomerID: id, ExcludedBy: by[id]}
	}
	return audience, nil
}

func (s *Service) members(ctx context.Context, segmentID int64) ([]int64, error) {
	return s.membersWhere(ctx, segmentID, "")
}

// destinations is a snapshot with no more than what decides who gets which
// variant, and whether he may.
func (p *plan) destinations() *Snapshot {
	s := &Snapshot{
		CampaignID: p.campaign.ID, Choice: Choice(p.campaign.DestinationChoice),
		HoldoutRate: p.campaign.HoldoutRate, FrequencyDays: p.campaign.FrequencyDays, IgnoresCaps: p.campaign.IgnoresCaps,
	}
	for _, v := range p.variants {
		compiled, findings := compile(v)
		sv := p.freeze(v, compiled)
		if !policy.Blocks(findings) {
			sv.seal(p.campaign.ID, p.sender)
		}
		s.Variants = append(s.Variants, sv)
	}
	return s
}

// split counts recipients by what becomes of them.
type split struct {
	refused      map[string]int64
	origins      map[int64]int64
	destinations map[string]int64
	routes       map[Route]int64 // by shop and mall; their Count is 0
	reachable    int64
	heldOut      int64
	pooled       map[*SnapshotVariant][]recipient // who get a code each, not counted before it is known how far the codes go
	short        []Shortage
}

func newSplit() *split {
	return &split{refused: map[string]int64{}, origins: map[int64]int64{}, destinations: map[string]int64{}, routes: map[Route]int64{}, pooled: map[*SnapshotVariant][]recipient{}}
}

func (s *split) add(recipients []recipient) {
	for _, r := range recipients {
		if reason := r.refusal(); reason != "" {
			s.refused[reason]++
			continue
		}
		if r.Variant != nil && r.Variant.pooled() {
			s.pooled[r.Variant] = append(s.pooled[r.Variant], r)
			continue
		}
		s.allowed(r)
	}
}

// allowed counts one whom nothing stands against.
func (s *split) allowed(r recipient) {
	if r.HeldOut {
		s.heldOut++
		return
	}
	s.reachable++
	s.origins[r.OriginShopID]++
	if r.Variant != nil {
		s.destinations[r.Variant.Mall]++
		s.routes[Route{ShopID: r.OriginShopID, Mall: r.Variant.Mall}]++
	}
}

// scaled is n of judged people, drawn up to total.
func scaled(n, total, judged int64) int64 {
	if judged == total {
		return n
	}
	return int64(math.Round(float64(n) * float64(total) / float64(judged)))
}

// preview scales what was counted of judged people up to total.
func (s *split) preview(total, judged int64) *Preview {
	scale := func(n int64) int64 { return scaled(n, total, judged) }
	p := &Preview{Total: total, Reachable: scale(s.reachable), HeldOut: scale(s.heldOut), Estimated: judged != total, Refused: ranked(s.refused), Short: s.short}
	for i, r := range p.Refused {
		p.Refused[i].Count = scale(r.Count)
		if excludes(r.Reason) {
			p.Excluded += p.Refused[i].Count
		}
	}
	for id, n := range s.origins {
		p.ByOrigin = append(p.ByOrigin, ShopCount{id, scale(n)})
	}
	for mall, n := range s.destinations {
		p.ByDestination = append(p.ByDestination, MallCount{mall, scale(n)})
	}
	for route, n := range s.routes {
		route.Count = scale(n)
		p.Routes = append(p.Routes, route)
	}
	slices.SortFunc(p.Routes, func(a, b Route) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ShopID, b.ShopID), cmp.Compare(a.Mall, b.Mall))
	})
	slices.SortFunc(p.ByOrigin, func(a, b ShopCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ShopID, b.ShopID))
	})
	slices.SortFunc(p.ByDestination, func(a, b MallCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Mall, b.Mall)) })
	return p
}
