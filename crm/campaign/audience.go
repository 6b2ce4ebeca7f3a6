package campaign

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// chunk is how many customers are judged in one round.
const chunk = 5000

// Preview is who would get what of a campaign if it were sent now.
type Preview struct {
	Total         int64
	Reachable     int64
	Refused       []ReasonCount // by first reason, most first
	ByOrigin      []ShopCount   // reachable, by the shop whose consent lets one speak
	ByDestination []MallCount   // reachable, by the mall whose variant they get
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

// Preview judges the audience as it is now, by the same gate that judges it
// when it is sent. Without a segment it is empty; without a variant nobody has
// a destination.
func (s *Service) Preview(ctx context.Context, row *db.Campaign) (*Preview, error) {
	if row.SegmentID == nil {
		return &Preview{}, nil
	}
	ids, err := s.members(ctx, *row.SegmentID)
	if err != nil {
		return nil, err
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	counts := newSplit()
	for part := range slices.Chunk(ids, chunk) {
		recipients, err := judge(ctx, s.DB, s.Gate, p.destinations(), part)
		if err != nil {
			return nil, err
		}
		counts.add(recipients)
	}
	return counts.preview(int64(len(ids))), nil
}

func (s *Service) members(ctx context.Context, segmentID int64) (ids []int64, err error) {
	sql, args, err := s.Audience.Members(ctx, segmentID)
	if err != nil {
		return nil, err
	}
	err = pgx.BeginTxFunc(ctx, s.DB.Pool, pgx.TxOptions{BeginQuery: "BEGIN READ ONLY; " + segment.RuleSettings}, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, append([]any{pgx.QueryExecModeExec}, args...)...)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	return ids, db.Fault(err)
}

// destinations is a snapshot with no more than what decides who gets which
// variant, and whether he may.
func (p *plan) destinations() *Snapshot {
	s := &Snapshot{Choice: Choice(p.campaign.DestinationChoice)}
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

// recipient is one customer of the audience: the gate's verdict and what he
// would get. Variant is nil only while a draft has none.
type recipient struct {
	message.Verdict
	Variant *SnapshotVariant
}

// judge chooses the destination of customers and asks the gate about them with
// what each would get.
func judge(ctx context.Context, idb bun.IDB, gate *message.Gate, content *Snapshot, ids []int64) ([]recipient, error) {
	usual := map[int64]string{}
	if content.Choice == UsualMall && len(content.Variants) > 1 {
		var err error
		if usual, err = usualMalls(ctx, idb, ids); err != nil {
			return nil, err
		}
	}
	recipients, asked := make([]recipient, len(ids)), make([]message.Asked, len(ids))
	for i, id := range ids {
		asked[i].CustomerID = id
		if len(content.Variants) > 0 {
			recipients[i].Variant = content.variantFor(usual[id])
			asked[i].Letter = recipients[i].Variant.letter
		}
	}
	verdicts, err := gate.Check(ctx, idb, mail, asked)
	if err != nil {
		return nil, err
	}
	for i, v := range verdicts {
		recipients[i].Verdict = v
	}
	return recipients, nil
}

// usualMalls is the mall each customer bought on last; those who never bought
// are left out.
func usualMalls(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]string, error) {
	var rows []struct {
		CustomerID int64
		Mall       string
	}
	err := idb.NewRaw(`
		SELECT DISTINCT ON (customer_id) customer_id, mall FROM customer_mall_stats
		WHERE customer_id = ANY(?::bigint[]) AND orders_count > 0
		ORDER BY customer_id, last_order_at DESC NULLS LAST, mall`, pgdialect.Array(ids)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	malls := make(map[int64]string, len(rows))
	for _, r := range rows {
		malls[r.CustomerID] = r.Mall
	}
	return malls, nil
}

// split counts recipients by what becomes of them.
type split struct {
	refused      map[string]int64
	origins      map[int64]int64
	destinations map[string]int64
	reachable    int64
}

func newSplit() *split {
	return &split{refused: map[string]int64{}, origins: map[int64]int64{}, destinations: map[string]int64{}}
}

func (s *split) add(recipients []recipient) {
	for _, r := range recipients {
		if !r.Allowed() {
			s.refused[r.Reason()]++
			continue
		}
		s.reachable++
		s.origins[r.OriginShopID]++
		if r.Variant != nil {
			s.destinations[r.Variant.Mall]++
		}
	}
}

func (s *split) preview(total int64) *Preview {
	p := &Preview{Total: total, Reachable: s.reachable, Refused: ranked(s.refused)}
	for id, n := range s.origins {
		p.ByOrigin = append(p.ByOrigin, ShopCount{id, n})
	}
	for mall, n := range s.destinations {
		p.ByDestination = append(p.ByDestination, MallCount{mall, n})
	}
	slices.SortFunc(p.ByOrigin, func(a, b ShopCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ShopID, b.ShopID))
	})
	slices.SortFunc(p.ByDestination, func(a, b MallCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Mall, b.Mall)) })
	return p
}
