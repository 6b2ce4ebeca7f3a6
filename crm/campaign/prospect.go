package campaign

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// reasonNoVariant says that the campaign has nothing to send yet.
const reasonNoVariant = "NO_VARIANT"

// Prospect is what one customer would get of a campaign if it were sent now.
type Prospect struct {
	CustomerID   int64
	InAudience   bool
	HeldOut      bool
	Mall         string // whose variant; "" while there is none
	OfferID      *int64 // of that variant
	OriginShopID int64  // 0 when refused
	Reasons      []string
	Ref          int64       // what the first reason names
	Message      *db.Message // what became of him when it was sent; nil: nothing did
}

// Reached reports whether he would get a mail.
func (p Prospect) Reached() bool { return p.InAudience && !p.HeldOut && len(p.Reasons) == 0 }

// Prospects is a page of the audience as it is now, in the order of ids, from
// above the id after; at most limit. With a reason, only those whom it refuses
// first, as Preview counts them; the audience is then judged until the page is
// full.
func (s *Service) Prospects(ctx context.Context, row *db.Campaign, reason string, after int64, limit int) ([]Prospect, error) {
	if row.SegmentID == nil {
		return nil, nil
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	round := limit
	if reason != "" {
		round = chunk
	}
	var list []Prospect
	for len(list) < limit {
		ids, err := s.membersWhere(ctx, *row.SegmentID, fmt.Sprintf("id > %d ORDER BY id LIMIT %d", after, round))
		if err != nil {
			return nil, err
		}
		found, err := s.prospects(ctx, p, ids, true)
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			if reason == "" || one.refusedBy() == reason {
				list = append(list, one)
			}
		}
		if len(ids) < round {
			break
		}
		after = ids[len(ids)-1]
	}
	return list[:min(limit, len(list))], nil
}

// refusedBy is the first reason for which he gets nothing, "" for none.
func (p Prospect) refusedBy() string {
	if len(p.Reasons) == 0 {
		return ""
	}
	return p.Reasons[0]
}

// Prospect is one customer, in the audience or not.
// Errors: fault.NotFound for an unknown customer.
func (s *Service) Prospect(ctx context.Context, row *db.Campaign, customerID int64) (*Prospect, error) {
	known, err := s.DB.NewSelect().Model((*db.Customer)(nil)).Where("id = ?", customerID).Exists(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	if !known {
		return nil, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	in := false
	if row.SegmentID != nil {
		ids, err := s.membersWhere(ctx, *row.SegmentID, fmt.Sprintf("id = %d", customerID))
		if err != nil {
			return nil, err
		}
		in = len(ids) > 0
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	list, err := s.prospects(ctx, p, []int64{customerID}, in)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (s *Service) prospects(ctx context.Context, p *plan, ids []int64, inAudience bool) ([]Prospect, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	members, err := s.excludedAmong(ctx, p.excluded, ids)
	if err != nil {
		return nil, err
	}
	recipients, err := judge(ctx, s.DB, s.Gate, p.destinations(), members, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	became, err := s.latestMessages(ctx, p.campaign.ID, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Prospect, len(recipients))
	for i, r := range recipients {
		list[i] = p.prospect(r, inAudience)
		list[i].Message = became[r.CustomerID]
	}
	return list, nil
}

func (p *plan) prospect(r recipient, inAudience bool) Prospect {
	out := Prospect{
		CustomerID: r.CustomerID, InAudience: inAudience, HeldOut: r.HeldOut, OriginShopID: r.OriginShopID,
		Reasons: slices.Clone(r.refusals()), Ref: r.Ref,
	}
	if r.Variant == nil {
		out.Reasons = append(out.Reasons, reasonNoVariant)
		return out
	}
	out.Mall = r.Variant.Mall
	for _, v := range p.variants {
		if v.ID == r.Variant.ID {
			out.OfferID = v.OfferID
		}
	}
	return out
}

// excludedAmong tells of a few customers which segment excludes each.
func (s *Service) excludedAmong(ctx context.Context, exclusions, ids []int64) ([]member, error) {
	by := map[int64]int64{}
	for _, segmentID := range exclusions {
		excluded, err := s.membersWhere(ctx, segmentID, "id IN ("+listed(ids)+")")
		if err != nil {
			return nil, err
		}
		for _, id := range excluded {
			if _, known := by[id]; !known {
				by[id] = segmentID
			}
		}
	}
	members := make([]member, len(ids))
	for i, id := range ids {
		members[i] = member{CustomerID: id, ExcludedBy: by[id]}
	}
	return members, nil
}

func listed(ids []int64) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(parts, ",")
}

// membersWhere is the members of a segment that fulfil a condition made of
// numbers alone.
func (s *Service) membersWhere(ctx context.Context, segmentID int64, condition string) (ids []int64, err error) {
	if condition == "" {
		condition = "true"
	}
	return s.askMembers(ctx, segmentID, "SELECT id FROM (%s) AS member (id) WHERE "+condition)
}

// memberCount is how many members a segment has now.
func (s *Service) memberCount(ctx context.Context, segmentID int64) (int64, error) {
	counts, err := s.askMembers(ctx, segmentID, "SELECT count(*) FROM (%s) AS member (id)")
	if err != nil {
		return 0, err
	}
	return counts[0], nil
}

// askMembers runs a query whose %s are the members of a segment.
func (s *Service) askMembers(ctx context.Context, segmentID int64, query string) (numbers []int64, err error) {
	members, args, err := s.Audience.Members(ctx, segmentID)
	if err != nil {
		return nil, err
	}
	sql := fmt.Sprintf(query, members)
	err = pgx.BeginTxFunc(ctx, s.DB.Pool, pgx.TxOptions{BeginQuery: "BEGIN READ ONLY; " + segment.RuleSettings}, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, append([]any{pgx.QueryExecModeExec}, args...)...)
		if err != nil {
			return err
		}
		numbers, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	return numbers, db.Fault(err)
}

// ChannelState is whether a customer can be reached through a channel now.
type ChannelState struct {
	Channel      string
	OriginShopID int64 // whose consent lets one speak; 0 when closed
	Reasons      []string
}

// Channels tells of every channel campaigns go through whether advertising may
// reach a customer, by the gate that judges every send.
func (s *Service) Channels(ctx context.Context, customerID int64) ([]ChannelState, error) {
	verdicts, err := s.Gate.Check(ctx, s.DB, mail, []message.Asked{{CustomerID: customerID}})
	if err != nil {
		return nil, err
	}
	return []ChannelState{stateOf(mail, verdicts[0])}, nil
}

func stateOf(through string, v message.Verdict) ChannelState {
	return ChannelState{Channel: through, OriginShopID: v.OriginShopID, Reasons: v.Refusals}
}
