package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// pointStatement is a page of a customer's statement.
func (r *Resolver) pointStatement(ctx context.Context, customer int64, n ledger.Narrow, first int, after *string) (*model.PointStatementConnection, error) {
	p, err := newPage[int64]("pointStatement:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	lines, err := r.Ledger.Statement(ctx, customer, n, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	lines, cursors, info := cut(p, lines, func(l *ledger.Line) int64 { return l.ID })
	return model.NewPointStatement(customer, lines, cursors, info, r.Zone), nil
}

// pointLedger is a page of the bookings of all customers.
func (r *Resolver) pointLedger(ctx context.Context, in model.PointLedgerFilter, first int, after *string) (*model.PointBookingConnection, error) {
	p, err := newPage[ledger.Place]("pointLedger:at:DESC", first, after)
	if err != nil {
		return nil, err
	}
	f, err := in.Filter(r.Zone)
	if err != nil {
		return nil, err
	}
	rows, err := r.Ledger.Search(ctx, f, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, ledger.PlaceOf)
	return model.NewPointBookingConnection(rows, cursors, info), nil
}

// pointQuote is what a customer may pay with points of an order of amount.
func (r *Resolver) pointQuote(ctx context.Context, customerID string, amount int64) (*model.PointQuote, error) {
	id, err := model.IDAt("customerId", "Customer", customerID)
	if err != nil {
		return nil, err
	}
	set, err := r.Points.SpendSettings(ctx)
	if err != nil {
		return nil, err
	}
	account, err := r.Points.Balance(ctx, id)
	most := set.Most(account.Available, amount)
	return &model.PointQuote{Most: most, Amount: &model.Money{Amount: set.Worth(most), Currency: order.BaseCurrency}}, err
}

func (r *Resolver) pointAdjustments(ctx context.Context, first int, after *string) (*model.PointAdjustmentConnection, error) {
	p, err := newPage[int64]("pointAdjustments:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Adjustments.List(ctx, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(a *db.PointAdjustment) int64 { return a.ID })
	return model.NewPointAdjustments(rows, cursors, info), nil
}

func (r *Resolver) pointAdjustmentLines(ctx context.Context, id int64, troubled bool, first int, after *string) (*model.PointAdjustmentLineConnection, error) {
	p, err := newPage[int]("pointAdjustmentLines:line:ASC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Adjustments.Lines(ctx, id, troubled, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(l *db.PointAdjustmentLine) int { return l.LineNo })
	return model.NewPointAdjustmentLines(rows, cursors, info), nil
}

// onAdjustment is the payload of what moves an adjustment on.
func onAdjustment(id string, do func(int64) (*db.PointAdjustment, error)) (*model.PointAdjustmentPayload, error) {
	row, err := model.IDAt("id", "PointAdjustment", id)
	var moved *db.PointAdjustment
	if err == nil {
		moved, err = do(row)
	}
	wrong, err := userErrors(err)
	return &model.PointAdjustmentPayload{Adjustment: model.NewPointAdjustment(moved), UserErrors: wrong}, err
}

func (r *Resolver) saveReward(ctx context.Context, in model.RewardInput) (*db.Reward, error) {
	id, draft, err := in.Draft()
	switch {
	case err != nil:
		return nil, err
	case id == 0:
		return r.Rewards.Create(ctx, draft)
	}
	return r.Rewards.Update(ctx, id, draft)
}

// rewardPayload is the payload of what makes or changes a reward.
func rewardPayload(row *db.Reward, err error) (*model.RewardPayload, error) {
	wrong, err := userErrors(err)
	if len(wrong) > 0 {
		row = nil
	}
	return &model.RewardPayload{Reward: model.NewReward(row), UserErrors: wrong}, err
}

// onExchange is the payload of what closes an exchange.
func onExchange(id string, do func(int64) (*db.RewardExchange, error)) (*model.RewardExchangePayload, error) {
	row, err := model.IDAt("id", "RewardExchange", id)
	if err != nil {
		return exchangePayload(nil, err)
	}
	return exchangePayload(do(row))
}

func exchangePayload(row *db.RewardExchange, err error) (*model.RewardExchangePayload, error) {
	wrong, err := userErrors(err)
	if len(wrong) > 0 {
		row = nil
	}
	return &model.RewardExchangePayload{Exchange: model.NewRewardExchange(row), UserErrors: wrong}, err
}

func (r *Resolver) rewardExchanges(ctx context.Context, first int, after *string, statuses []model.RewardExchangeStatus, customerID *string) (*model.RewardExchangeConnection, error) {
	p, err := newPage[int64]("rewardExchanges:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	f := reward.Filter{}
	for _, s := range statuses {
		f.Status = append(f.Status, string(s))
	}
	if customerID != nil {
		id, err := model.IDAt("customerId", "Customer", *customerID)
		if err != nil {
			return nil, err
		}
		f.CustomerID = &id
	}
	rows, err := r.Rewards.Exchanges(ctx, f, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(e *db.RewardExchange) int64 { return e.ID })
	return model.NewRewardExchanges(rows, cursors, info), nil
}

// changeSpending is the payload of a change of the settings of spending.
func (r *Resolver) changeSpending(ctx context.Context, set points.SpendSettings) (*model.PointSpendSettingsPayload, error) {
	wrong, err := userErrors(r.Points.ChangeSpendSettings(ctx, set))
	if err != nil || len(wrong) > 0 {
		return &model.PointSpendSettingsPayload{UserErrors: wrong}, err
	}
	return &model.PointSpendSettingsPayload{Settings: model.NewPointSpendSettings(set), UserErrors: wrong}, nil
}
