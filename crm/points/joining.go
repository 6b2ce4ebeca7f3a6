package points

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Entrance is a registration form by which people become members.
type Entrance struct {
	Form, Shop int64
	Title      string
}

// JoiningPoints is what a new member who comes by the entrance gets now, before
// any bound on all together.
func (s *Service) JoiningPoints(ctx context.Context, at Entrance) (points int64, err error) {
	err = pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(q pgx.Tx) error {
		rules, err := s.joiningRules(ctx, q, at)
		points = WorkAction(rules, nil).Total
		return err
	})
	return points, db.Fault(err)
}

// ActionPoints is what a member on the lowest stage of whom nothing else is known gets
// now for something he does, before any bound.
func (s *Service) ActionPoints(ctx context.Context, action Action) (points int64, err error) {
	err = pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(q pgx.Tx) error {
		rules, err := s.rulesNow(ctx, q, Entrance{}, action)
		points = WorkAction(rules, nil).Total
		return err
	})
	return points, db.Fault(err)
}

// joiningRules are the rules that a new member who comes by the entrance falls under.
func (s *Service) joiningRules(ctx context.Context, q querier, at Entrance) ([]EarnRule, error) {
	return s.rulesNow(ctx, q, at, ActionJoin)
}

// rulesNow are the rules that somebody falls under who does something at the entrance.
func (s *Service) rulesNow(ctx context.Context, q querier, at Entrance, action Action) ([]EarnRule, error) {
	o := Occasion{At: s.clock.Now().In(s.zone), Shop: at.Shop, Form: at.Form}
	err := q.QueryRow(ctx, `SELECT coalesce((SELECT mall FROM shops WHERE id = $1), ''), coalesce((SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1), 0)`, at.Shop).
		Scan(&o.Mall, &o.Stage)
	if err != nil {
		return nil, db.Fault(err)
	}
	known, err := s.readRules(ctx, q)
	if err != nil {
		return nil, err
	}
	rules, _ := known.under(o, action)
	return rules, nil
}

// PromiseJoining lets new members who come by the entrance get so many points: the
// rule that means this entrance alone is made, changed or stopped for it. Where the
// rules give as much already, nothing happens.
// Errors: fault.Precondition JOINING_GIVES_MORE, where rules that mean others too
// give more; as of CreateRule.
func (d Desk) PromiseJoining(ctx context.Context, tx db.Tx, at Entrance, points int64) error {
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	var rules []EarnRule
	err := tx.Pgx(func(q pgx.Tx) (err error) {
		rules, err = d.joiningRules(ctx, q, at)
		return err
	})
	if err != nil {
		return db.Fault(err)
	}
	given := WorkAction(rules, nil).Total
	i := slices.IndexFunc(rules, func(r EarnRule) bool { return slices.Equal(r.Forms, []int64{at.Form}) })
	switch {
	case given == points:
		return nil
	case i < 0 && given > points || i >= 0 && given-rules[i].Points > points:
		return fault.New(fault.Precondition, "rules of the point programme give new members more").WithCode("JOINING_GIVES_MORE").At("joinPoints").With("points", given)
	case i < 0:
		_, err = d.create(ctx, tx, EarnRule{Name: joiningName(at), Kind: EarnAction, Action: ActionJoin, Points: points - given, Conditions: Conditions{Forms: []int64{at.Form}}})
		return err
	}
	own := rules[i]
	if rest := points - (given - own.Points); rest == 0 {
		own.Enabled = false
	} else {
		own.Points = rest
	}
	_, err = d.writeVersion(ctx, tx, own, "earn_rule.update")
	return err
}

// joiningName is what the rule of an entrance is called.
func joiningName(at Entrance) string {
	name := []rune("入会特典 " + at.Title)
	return string(name[:min(len(name), 100)])
}
