package stage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxAhead is how many days ahead a change may be planned.
const maxAhead = 2 * 366

// Plan has l take the place of the ladder on a day to come, in the place of what
// was planned before. The review of that day's first minute places all members by
// it. Until then the ladder of the version stays as it is.
// Errors: as of Save but LADDER_PLANNED; fault.Invalid PLAN_DAY at startsOn for a
// day that has begun, or is further away than two years.
func (s *Service) Plan(ctx context.Context, l Ladder, version int64, on Day) error {
	if today := s.Today(); !today.Before(on) || today.AddDays(maxAhead).Before(on) {
		return fault.New(fault.Invalid, "a change is planned for a day from tomorrow on, two years ahead at most").WithCode("PLAN_DAY").At("startsOn")
	}
	return s.change(ctx, l, version, func(ctx context.Context, tx db.Tx, now *Current) error {
		if err := now.knows(l); err != nil {
			return err
		}
		if err := s.withdraw(ctx, tx); err != nil {
			return err
		}
		day := on.Start(time.UTC)
		if err := keepLadder(ctx, tx, l, db.StageLadder{MadeAt: s.clock.Now(), MadeBy: access.From(ctx).StaffID(), StartsOn: &day}); err != nil {
			return err
		}
		detail := access.Differences(auditedLadder(now.Ladder), auditedLadder(l))
		detail["startsOn"] = day.Format(time.DateOnly)
		return tell(ctx, tx, "settings.stagesPlanned", detail)
	})
}

// Withdraw gives up what was planned. Error: fault.NotFound when nothing is.
func (s *Service) Withdraw(ctx context.Context) error {
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := lockLadder(ctx, tx); err != nil {
			return err
		}
		planned, err := s.planned(ctx, tx)
		if err != nil {
			return err
		}
		if planned == nil {
			return fault.New(fault.NotFound, "no change of the ladder is planned")
		}
		if err := s.withdraw(ctx, tx); err != nil {
			return err
		}
		return tell(ctx, tx, "settings.stagesPlanWithdrawn", map[string]any{"startsOn": planned.StartsOn.Format(time.DateOnly)})
	}))
}

// Planned is the ladder that is planned; nil: none.
func (s *Service) Planned(ctx context.Context) (*HeldLadder, error) {
	row, err := s.planned(ctx, s.db)
	if err != nil || row == nil {
		return nil, err
	}
	return heldLadder(row)
}

// HeldLadder is a ladder that holds, held or is planned.
type HeldLadder struct {
	db.StageLadder
	Ladder Ladder
}

// maxHeld bounds the history of the ladder, which changes a few times a year.
const maxHeld = 50

// Held is the ladders that held, the newest first; the first of them holds now.
// None comes to hold between the making of a plan and its day, so that ids are in
// the order in which they held.
func (s *Service) Held(ctx context.Context) ([]*HeldLadder, error) {
	var rows []*db.StageLadder
	if err := s.db.NewSelect().Model(&rows).Where("held_from IS NOT NULL").OrderExpr("id DESC").Limit(maxHeld).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	list := make([]*HeldLadder, len(rows))
	for i, row := range rows {
		held, err := heldLadder(row)
		if err != nil {
			return nil, err
		}
		list[i] = held
	}
	return list, nil
}

// startPlanned lets the ladder hold whose day has come, in the name of nobody: who
// planned it stands in its row.
func (s *Service) startPlanned(ctx context.Context) error {
	row, err := s.planned(ctx, s.db)
	if err != nil || row == nil || s.Today().Before(dayOfDate(*row.StartsOn)) {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		now, err := lockLadder(ctx, tx)
		if err != nil {
			return err
		}
		// Another node may have started it, or staff withdrawn it, while this one waited.
		row, err := s.planned(ctx, tx)
		if err != nil || row == nil || s.Today().Before(dayOfDate(*row.StartsOn)) {
			return err
		}
		planned, err := heldLadder(row)
		if err != nil {
			return err
		}
		if err := s.hold(ctx, tx, planned.Ladder, now); err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model(row).Set("held_from = ?", s.clock.Now()).WherePK().Exec(ctx)
		return err
	}))
}

func (s *Service) planned(ctx context.Context, q bun.IDB) (*db.StageLadder, error) {
	row := new(db.StageLadder)
	err := q.NewSelect().Model(row).Where("held_from IS NULL AND withdrawn_at IS NULL").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nil: nothing is planned
	}
	return row, db.Fault(err)
}

func (s *Service) withdraw(ctx context.Context, tx db.Tx) error {
	_, err := tx.NewUpdate().Model((*db.StageLadder)(nil)).Set("withdrawn_at = ?", s.clock.Now()).Where("held_from IS NULL AND withdrawn_at IS NULL").Exec(ctx)
	return db.Fault(err)
}

// keepLadder keeps l as a new row of the ladders.
func keepLadder(ctx context.Context, tx db.Tx, l Ladder, row db.StageLadder) error {
	raw, err := json.Marshal(l)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the ladder cannot be written")
	}
	row.Ladder = raw
	_, err = tx.NewInsert().Model(&row).Exec(ctx)
	return db.Fault(err)
}

func heldLadder(row *db.StageLadder) (*HeldLadder, error) {
	held := &HeldLadder{StageLadder: *row}
	if err := json.Unmarshal(row.Ladder, &held.Ladder); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the ladder cannot be read")
	}
	return held, nil
}
