package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) stageLadder(ctx context.Context) (*model.StageLadder, error) {
	ladder, err := r.Ladder.Current(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := r.Ladder.List(ctx)
	return model.NewStageLadder(ladder, rows, r.Ladder.Today(), order.BaseCurrency), err
}

// mostMovers bounds how many of those who move are shown by name.
const mostMovers = 50

// tryLadder tries a ladder at the rate at which points are earned now.
func (r *Resolver) tryLadder(ctx context.Context, in model.StageLadderInput) (*model.StageTrial, error) {
	l, err := in.Ladder()
	if err != nil {
		return nil, err
	}
	set, err := r.Points.Settings(ctx)
	if err != nil {
		return nil, err
	}
	rate := set.Rates[order.BaseCurrency]
	trial, err := r.Ladder.Try(ctx, l, stage.Rate{PerAmount: rate.PerAmount, Points: rate.Points})
	if err != nil {
		return nil, err
	}
	stages, err := r.Ladder.ByID(ctx)
	return model.NewStageTrial(trial, stages, order.BaseCurrency), err
}

func (r *Resolver) saveLadder(ctx context.Context, in model.SaveStageLadderInput) (*model.StageLadder, error) {
	l, err := in.Ladder.Ladder()
	switch {
	case err != nil:
	case in.StartsOn != nil:
		err = r.Ladder.Plan(ctx, l, in.Version, stage.DayOf(*in.StartsOn, time.UTC))
	default:
		err = r.Ladder.Save(ctx, l, in.Version)
	}
	if err != nil {
		return nil, err
	}
	return r.stageLadder(ctx)
}

func (r *Resolver) withdrawLadder(ctx context.Context) (*model.StageLadder, error) {
	if err := r.Ladder.Withdraw(ctx); err != nil {
		return nil, err
	}
	return r.stageLadder(ctx)
}

// changeStage does what was asked by hand, and answers with where the member
// stands after it. invalid is what was wrong with the input, if anything.
func (r *Resolver) changeStage(ctx context.Context, customer int64, invalid error, do func() error) (*model.MemberStagePayload, error) {
	err := invalid
	if err == nil {
		err = do()
	}
	if err != nil {
		wrong, err := userErrors(err)
		return &model.MemberStagePayload{UserErrors: wrong}, err
	}
	row, err := r.Customers.Find(ctx, customer)
	if err != nil {
		return nil, err
	}
	places, err := r.Ladder.Places(ctx, []int64{row.ID})
	if err != nil || len(places) == 0 {
		return nil, err
	}
	return &model.MemberStagePayload{Stage: model.NewMemberStage(places[0], order.BaseCurrency), UserErrors: []*model.UserError{}}, nil
}
