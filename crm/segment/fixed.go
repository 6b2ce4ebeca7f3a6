package segment

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// CreateFixed saves a segment of chosen people: it has no rule but to be one of
// them, and changes by Pick and Drop alone. Whoever was merged away or stands
// for nobody in particular is left out. Errors: as Create.
func (s *Service) CreateFixed(ctx context.Context, name, description string, customers []int64) (*db.Segment, error) {
	now := s.clock.Now()
	row := &db.Segment{CreatedAt: now, UpdatedAt: now, CreatedBy: staffID(ctx), Fixed: true, Rule: json.RawMessage("{}")}
	if err := s.apply(ctx, row, Change{Name: &name, Description: &description}); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return nameTaken(err)
		}
		row.Rule = ownRule(row.ID)
		if _, err := tx.NewUpdate().Model(row).Column("rule").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if _, err := pick(ctx, tx, row.ID, customers); err != nil {
			return err
		}
		if _, err := s.compute(ctx, tx, row); err != nil {
			return err
		}
		return audit(ctx, tx, "segment.create", row, map[string]any{"picked": len(customers)})
	})
	s.catalog.forget()
	if err != nil {
		return nil, err
	}
	return row, nil
}

// ownRule is what stands as the rule of a fixed segment: to be in it.
func ownRule(id int64) json.RawMessage {
	rule, _ := json.Marshal(map[string]any{"field": segmentField, "op": AnyOf, "value": []string{gid.Encode("Segment", id)}})
	return rule
}

// Pick adds people to a fixed segment; who is in it stays.
// Errors: fault.NotFound, also for an archived one; fault.Precondition SEGMENT_NOT_FIXED.
func (s *Service) Pick(ctx context.Context, id int64, customers []int64) (*Moves, error) {
	return s.repick(ctx, id, "segment.pick", func(ctx context.Context, tx db.Tx) (int64, error) { return pick(ctx, tx, id, customers) })
}

// Drop takes people out of a fixed segment. Errors: as Pick.
func (s *Service) Drop(ctx context.Context, id int64, customers []int64) (*Moves, error) {
	return s.repick(ctx, id, "segment.drop", func(ctx context.Context, tx db.Tx) (int64, error) {
		res, err := tx.NewRaw("DELETE FROM segment_picks WHERE segment_id = ? AND customer_id = ANY (?::bigint[])", id, pgdialect.Array(customers)).Exec(ctx)
		if err != nil {
			return 0, db.Fault(err)
		}
		return res.RowsAffected()
	})
}

func (s *Service) repick(ctx context.Context, id int64, action string, change func(context.Context, db.Tx) (int64, error)) (*Moves, error) {
	var moves *Moves
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if !row.Fixed {
			return fault.New(fault.Precondition, "this segment has a rule; people cannot be put into it").WithCode("SEGMENT_NOT_FIXED").At("segmentId")
		}
		changed, err := change(ctx, tx)
		if err != nil {
			return err
		}
		if moves, err = s.compute(ctx, tx, row); err != nil {
			return err
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).Column("updated_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, action, row, map[string]any{"picked": changed})
	})
	return moves, err
}

func pick(ctx context.Context, tx bun.IDB, id int64, customers []int64) (int64, error) {
	res, err := tx.NewRaw(`INSERT INTO segment_picks (customer_id, segment_id)
		SELECT c.id, ?0 FROM customers c WHERE c.id = ANY (?1::bigint[]) AND NOT c.anonymous AND c.merged_into IS NULL
		ON CONFLICT DO NOTHING`, id, pgdialect.Array(customers)).Exec(ctx)
	if err != nil {
		return 0, db.Fault(err)
	}
	return res.RowsAffected()
}

// queryOf is the people of a saved segment.
func (s *Service) queryOf(ctx context.Context, row *db.Segment) (Query, error) {
	if row.Fixed {
		catalog := NewCatalog(Merchant{Zone: s.config.Zone, Currency: s.config.Currency})
		return catalog.Compile(&Rule{root: &Node{Condition: &Condition{Numbers: []int64{row.ID}, field: picked}}}, s.clock.Now()), nil
	}
	query, _, err := s.compile(ctx, row.Rule)
	return query, err
}
