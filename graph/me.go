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
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		wantField(&w, f.Name)
	}
	return w
}

func wantField(w *member.Want, name string) {
	switch name {
	case "points":
		w.Points = true
	case "stage":
		w.Stage = true
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
		wantField(&want, s.(*ast.Field).Name) //nolint:errcheck // object has seen that all are fields
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
		case "by":
			return direct.Scalar(model.MarshalDate, func(n *model.NextStage) time.Time { return n.By })
		}
		return nil
	})
}
