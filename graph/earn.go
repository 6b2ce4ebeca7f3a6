package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// earnToday is the day in the merchant's zone.
func (r *Resolver) earnToday() points.Day {
	return points.Day(r.Clock.Now().In(r.Zone).Format(time.DateOnly))
}

// earnRules maps rules with what they have given, in one statement for all.
func (r *Resolver) earnRules(ctx context.Context, rules []points.EarnRule) ([]*model.EarnRule, error) {
	ids := make([]int64, len(rules))
	for i, rule := range rules {
		ids[i] = rule.ID
	}
	given, err := r.Points.GivenBy(ctx, ids)
	if err != nil {
		return nil, err
	}
	mapped := make([]*model.EarnRule, len(rules))
	for i, rule := range rules {
		g := given[rule.ID]
		mapped[i] = model.NewEarnRule(rule, r.earnToday())
		mapped[i].Given = &model.EarnGiven{Points: g.Points, People: g.People, Times: g.Times}
	}
	return mapped, nil
}

// changedRule answers with a rule after a change.
func (r *Resolver) changedRule(rule points.EarnRule, err error) (*model.EarnRulePayload, error) {
	if err != nil {
		wrong, err := userErrors(err)
		return &model.EarnRulePayload{UserErrors: wrong}, err
	}
	return &model.EarnRulePayload{Rule: model.NewEarnRule(rule, r.earnToday()), UserErrors: []*model.UserError{}}, nil
}

func (r *Resolver) saveEarnRule(ctx context.Context, in model.SaveEarnRuleInput) (points.EarnRule, error) {
	rule, err := in.Rule(order.BaseCurrency)
	switch {
	case err != nil:
		return rule, err
	case rule.ID == 0:
		return r.Points.CreateRule(ctx, rule)
	default:
		return r.Points.UpdateRule(ctx, rule)
	}
}

func (r *Resolver) stopEarnRule(ctx context.Context, in model.StopEarnRuleInput) (points.EarnRule, error) {
	id, err := gid.Decode("EarnRule", in.ID)
	switch {
	case err != nil:
		return points.EarnRule{}, err
	case in.Stopped:
		return r.Points.StopRule(ctx, id)
	default:
		return r.Points.StartRule(ctx, id)
	}
}

func (r *Resolver) removeEarnRule(ctx context.Context, in model.RemoveEarnRuleInput) error {
	id, err := gid.Decode("EarnRule", in.ID)
	if err != nil {
		return err
	}
	return r.Points.RemoveRule(ctx, id)
}

// awardAction books what an action earns.
func (r *Resolver) awardAction(ctx context.Context, in model.AwardActionInput) (*model.AwardActionPayload, error) {
	var rc points.Receipt
	var b points.Breakdown
	var after db.PointAccount
	act, err := in.Act()
	if err == nil {
		rc, b, err = r.Points.Award(ctx, act)
	}
	if err == nil {
		after, err = r.Points.Balance(ctx, act.CustomerID)
	}
	if err != nil {
		wrong, err := userErrors(err)
		return &model.AwardActionPayload{Parts: []*model.EarnPart{}, UserErrors: wrong}, err
	}
	done := &model.AwardActionPayload{Parts: model.NewEarnParts(b, nil), Points: model.NewPointBalance(after, r.Zone), UserErrors: []*model.UserError{}}
	if rc.Booking.ID != 0 && !rc.Replayed {
		done.Booking = model.NewPointBooking(&rc.Booking)
	}
	return done, nil
}

func (r *Resolver) earnPreview(ctx context.Context, in model.EarnPreviewInput) (points.Preview, error) {
	request, err := in.Request(order.BaseCurrency, r.Clock.Now())
	if err != nil {
		return points.Preview{}, err
	}
	return r.Points.Preview(ctx, request)
}

// unlessMissing is err, or nil where nothing was found.
func unlessMissing(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
