package graph

import (
	"bytes"
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/graph/direct"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/graph/operation"
)

// wantOfSelf looks ahead: what of me the operation reads, so that one statement
// fetches it and nothing else.
func wantOfSelf(ctx context.Context) (w member.Want) {
	op := graphql.GetOperationContext(ctx)
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		wantField(&w, f.Name, func(look func(string)) { collected(op, f.Selections, look) })
	}
	return w
}

// collected lets look see the names of the fields under a selection set.
func collected(op *graphql.OperationContext, set ast.SelectionSet, look func(string)) {
	for _, f := range graphql.CollectFields(op, set, nil) {
		look(f.Name)
		collected(op, f.Selections, look)
	}
}

// plain is collected for a selection set of fields only.
func plain(set ast.SelectionSet, look func(string)) {
	for _, s := range set {
		f := s.(*ast.Field) //nolint:errcheck // object has seen that all are fields
		look(f.Name)
		plain(f.SelectionSet, look)
	}
}

// detailed are the fields of a stage that need more than its row.
var detailed = map[string]bool{
	"loss": true, "missingOrders": true, "missingPoints": true, "progress": true, "counts": true, "benefits": true,
}

// wantField notes a field of me; under shows what is selected of it.
func wantField(w *member.Want, name string, under func(look func(string))) {
	switch name {
	case "points":
		w.Points = true
	case "stage":
		w.Stage = true
		under(func(name string) {
			w.Detail = w.Detail || detailed[name]
		})
	}
}

// Direct answers { me { … } }, the hottest operation there is, as gqlgen would.
// It takes plain selections only: with fragments, directives, a response key
// that occurs twice or a second root field it leaves the operation to gqlgen.
func (r *Resolver) Direct(op *ast.OperationDefinition) operation.Direct {
	if op.Operation != ast.Query || len(op.Directives) > 0 || len(op.SelectionSet) != 1 {
		return nil
	}
	root, ok := op.SelectionSet[0].(*ast.Field)
	if !ok || root.Name != "me" {
		return nil
	}
	write := direct.Object("Query", op.SelectionSet, func(f *ast.Field) direct.Writer[*model.Me] { return direct.Nullable(me(f.SelectionSet)) })
	if write == nil {
		return nil
	}
	var want member.Want
	for _, s := range root.SelectionSet {
		f := s.(*ast.Field) //nolint:errcheck // object has seen that all are fields
		wantField(&want, f.Name, func(look func(string)) { plain(f.SelectionSet, look) })
	}
	return func(ctx context.Context) ([]byte, error) {
		var shown *model.Me
		if id := access.From(ctx).CustomerID(); id != nil {
			self, err := r.Members.Self(ctx, *id, want)
			if err != nil {
				return nil, err
			}
			shown = model.NewMe(self, r.Zone)
		}
		b := bytes.NewBuffer(make([]byte, 0, 512))
		write(b, shown)
		return b.Bytes(), nil
	}
}

func me(set ast.SelectionSet) direct.Writer[*model.Me] {
	return direct.Object("Me", set, func(f *ast.Field) direct.Writer[*model.Me] {
		switch f.Name {
		case "points":
			return direct.Of(pointBalance(f.SelectionSet), func(m *model.Me) *model.PointBalance { return m.Points })
		case "stage":
			return direct.Of(direct.Nullable(myStage(f.SelectionSet)), func(m *model.Me) *model.MyStage { return m.Stage })
		}
		return nil
	})
}

func pointBalance(set ast.SelectionSet) direct.Writer[*model.PointBalance] {
	return direct.Object("PointBalance", set, func(f *ast.Field) direct.Writer[*model.PointBalance] {
		switch f.Name {
		case "available":
			return direct.Scalar(model.MarshalInt64, func(p *model.PointBalance) int64 { return p.Available })
		case "pending":
			return direct.Scalar(model.MarshalInt64, func(p *model.PointBalance) int64 { return p.Pending })
		case "held":
			return direct.Scalar(model.MarshalInt64, func(p *model.PointBalance) int64 { return p.Held })
		case "debt":
			return direct.Scalar(model.MarshalInt64, func(p *model.PointBalance) int64 { return p.Debt })
		case "expiringNext":
			return direct.Of(direct.Nullable(expiringPoints(f.SelectionSet)), func(p *model.PointBalance) *model.ExpiringPoints { return p.ExpiringNext })
		}
		return nil
	})
}

func expiringPoints(set ast.SelectionSet) direct.Writer[*model.ExpiringPoints] {
	return direct.Object("ExpiringPoints", set, func(f *ast.Field) direct.Writer[*model.ExpiringPoints] {
		switch f.Name {
		case "amount":
			return direct.Scalar(model.MarshalInt64, func(e *model.ExpiringPoints) int64 { return e.Amount })
		case "on":
			return direct.Scalar(model.MarshalDate, func(e *model.ExpiringPoints) time.Time { return e.On })
		}
		return nil
	})
}

func myStage(set ast.SelectionSet) direct.Writer[*model.MyStage] {
	return direct.Object("MyStage", set, func(f *ast.Field) direct.Writer[*model.MyStage] {
		switch f.Name {
		case "name":
			return direct.Scalar(graphql.MarshalString, func(s *model.MyStage) string { return s.Name })
		case "since":
			return direct.Scalar(model.MarshalDateTime, func(s *model.MyStage) time.Time { return s.Since })
		case "next":
			return direct.Of(direct.Nullable(nextStage(f.SelectionSet)), func(s *model.MyStage) *model.NextStage { return s.Next })
		case "counts":
			return direct.Of(stageAmounts(f.SelectionSet), func(s *model.MyStage) *model.StageAmounts { return s.Counts })
		case "loss":
			return direct.Of(direct.Nullable(stageLoss(f.SelectionSet)), func(s *model.MyStage) *model.StageLoss { return s.Loss })
		}
		return nil
	})
}

func nextStage(set ast.SelectionSet) direct.Writer[*model.NextStage] {
	return direct.Object("NextStage", set, func(f *ast.Field) direct.Writer[*model.NextStage] {
		switch f.Name {
		case "name":
			return direct.Scalar(graphql.MarshalString, func(n *model.NextStage) string { return n.Name })
		case "missingAmount":
			return direct.Scalar(model.MarshalInt64, func(n *model.NextStage) int64 { return n.MissingAmount })
		case "missingOrders":
			return direct.Scalar(model.MarshalInt64, func(n *model.NextStage) int64 { return n.MissingOrders })
		case "missingPoints":
			return direct.Scalar(model.MarshalInt64, func(n *model.NextStage) int64 { return n.MissingPoints })
		case "by":
			return direct.Scalar(model.MarshalDate, func(n *model.NextStage) time.Time { return n.By })
		}
		return nil
	})
}

func stageLoss(set ast.SelectionSet) direct.Writer[*model.StageLoss] {
	return direct.Object("StageLoss", set, func(f *ast.Field) direct.Writer[*model.StageLoss] {
		switch f.Name {
		case "on":
			return direct.Scalar(model.MarshalDate, func(l *model.StageLoss) time.Time { return l.On })
		case "to":
			return direct.Scalar(graphql.MarshalString, func(l *model.StageLoss) string { return l.To })
		case "missing":
			return direct.Of(stageAmounts(f.SelectionSet), func(l *model.StageLoss) *model.StageAmounts { return l.Missing })
		case "by":
			return direct.Scalar(model.MarshalDate, func(l *model.StageLoss) time.Time { return l.By })
		}
		return nil
	})
}

func stageAmounts(set ast.SelectionSet) direct.Writer[*model.StageAmounts] {
	return direct.Object("StageAmounts", set, func(f *ast.Field) direct.Writer[*model.StageAmounts] {
		switch f.Name {
		case "spend":
			return direct.Scalar(model.MarshalInt64, func(a *model.StageAmounts) int64 { return a.Spend })
		case "orders":
			return direct.Scalar(model.MarshalInt64, func(a *model.StageAmounts) int64 { return a.Orders })
		case "points":
			return direct.Scalar(model.MarshalInt64, func(a *model.StageAmounts) int64 { return a.Points })
		}
		return nil
	})
}
