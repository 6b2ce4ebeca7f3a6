package graph

import (
	"context"
	"strconv"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// pairLimit bounds how many candidates one call decides: each is a transaction.
const pairLimit = 50

func (r *Resolver) candidatePage(ctx context.Context, f customer.CandidateFilter, first int, after *string) (*model.CandidateConnection, error) {
	p, err := newPage[customer.CandidateCursor]("candidates:score:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Customers.Candidates(ctx, f, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(c *db.Candidate) customer.CandidateCursor {
		return customer.CandidateCursor{Score: c.Score, CustomerID: c.CustomerID, OtherID: c.OtherID}
	})
	return model.NewCandidateConnection(rows, cursors, info, f), nil
}

// candidateSides are the two of a pair, who would stay first.
func candidateSides(ctx context.Context, c *db.Candidate) (stay, other db.Customer, err error) {
	first, err := loader.For(ctx).Customer(ctx, c.CustomerID)
	if err != nil {
		return first, other, err
	}
	second, err := loader.For(ctx).Customer(ctx, c.OtherID)
	if first.MemberSince == nil && second.MemberSince != nil {
		return second, first, err
	}
	return first, second, err
}

// nearbyLimit bounds the people beside one customer.
const nearbyLimit = 50

func (r *Resolver) housemates(ctx context.Context, id int64) ([]*model.Customer, error) {
	ids, err := r.Customers.Housemates(ctx, id, nearbyLimit)
	if err != nil {
		return nil, err
	}
	list := make([]*model.Customer, len(ids))
	for i, other := range ids {
		if list[i], err = r.person(ctx, other); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// person is a customer as its own row says, merged or not.
func (r *Resolver) person(ctx context.Context, id int64) (*model.Customer, error) {
	row, err := loader.For(ctx).Customer(ctx, id)
	return r.withStats(ctx, &row, err)
}

func (r *Resolver) staffOf(ctx context.Context, id *int64) (*model.Staff, error) {
	if id == nil {
		return nil, nil
	}
	row, err := loader.For(ctx).Staff(ctx, *id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return model.NewStaff(row), err
}

func decodeTwo(kind, a, b string) (first, second int64, err error) {
	if first, err = gid.Decode(kind, a); err != nil {
		return 0, 0, err
	}
	second, err = gid.Decode(kind, b)
	return first, second, err
}

func (r *Resolver) mergePreview(ctx context.Context, survivorID, mergedID string) (*model.MergePreview, error) {
	survivor, merged, err := decodeTwo("Customer", survivorID, mergedID)
	if err != nil {
		return nil, err
	}
	p, err := r.Customers.Preview(ctx, survivor, merged)
	if err != nil {
		return nil, err
	}
	stay, err := r.withStats(ctx, &p.Survivor, nil)
	if err != nil {
		return nil, err
	}
	gone, err := r.withStats(ctx, &p.Merged, nil)
	return model.NewMergePreview(p, stay, gone), err
}

// decideAll decides pair by pair: one that cannot be decided does not keep the
// others.
func (r *Resolver) decideAll(ctx context.Context, in model.DecideCandidatesInput) (*model.DecideCandidatesPayload, error) {
	out := &model.DecideCandidatesPayload{Candidates: []*model.Candidate{}, Merges: []*model.CustomerMerge{}, UserErrors: []*model.UserError{}}
	if len(in.Ids) > pairLimit {
		out.UserErrors = append(out.UserErrors, model.NewUserError(fault.New(fault.Invalid, "at most %d pairs at once", pairLimit).WithCode("TOO_MANY").At("ids")))
		return out, nil
	}
	for i, id := range in.Ids {
		row, merge, err := r.decideOne(ctx, id, in)
		wrong, err := userErrors(err)
		if err != nil {
			return nil, err
		}
		for _, w := range wrong {
			w.Field = []string{"input", "ids", strconv.Itoa(i)}
			out.UserErrors = append(out.UserErrors, w)
		}
		if row != nil {
			out.Candidates = append(out.Candidates, model.NewCandidate(row))
		}
		if merge != nil {
			out.Merges = append(out.Merges, model.NewCustomerMerge(merge))
		}
	}
	return out, nil
}

func (r *Resolver) decideOne(ctx context.Context, id string, in model.DecideCandidatesInput) (*db.Candidate, *db.Merge, error) {
	a, b, err := gid.DecodePair("Candidate", id)
	if err != nil {
		return nil, nil, err
	}
	var survivor int64
	if in.SurvivorID != nil {
		if survivor, err = gid.Decode("Customer", *in.SurvivorID); err != nil {
			return nil, nil, err
		}
	}
	return r.Customers.Decide(ctx, a, b, customer.Decision(in.Decision), survivor, model.NewFacts(in.Accept))
}

func (r *Resolver) candidate(ctx context.Context, a, b int64) (*model.Candidate, error) {
	row, err := r.Customers.Candidate(ctx, a, b)
	if err != nil {
		return nil, err
	}
	return model.NewCandidate(row), nil
}

func (r *Resolver) customerMerge(ctx context.Context, survivor, id int64) (*model.CustomerMerge, error) {
	row, err := r.Customers.MergeByID(ctx, survivor, id)
	if err != nil {
		return nil, err
	}
	return model.NewCustomerMerge(row), nil
}
