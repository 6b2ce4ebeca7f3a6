package stage

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxNote is the longest reason, in bytes.
const maxNote = 2000

// GiveRequest asks for a stage that was not earned.
type GiveRequest struct {
	CustomerID int64
	StageID    int64
	Until      *time.Time // the last day, in whatever zone; nil: for good
	Note       string     // why; it stands in the history
}

// Give puts a member on a higher stage than he has earned, until a day; it takes
// the place of what was given before. The caller and the reason stand in the
// history, and the audit log has a line.
// Errors: fault.Invalid (note, until), fault.NotFound (customer, stage),
// fault.Precondition NOT_A_MEMBER or STAGE_NOT_HIGHER.
func (s *Service) Give(ctx context.Context, r GiveRequest) error {
	if err := checkNote(r.Note); err != nil {
		return err
	}
	var until *time.Time
	if r.Until != nil {
		y, m, d := r.Until.Date()
		last := Day{y, m, d}
		if last.Before(DayOf(s.clock.Now(), s.zone)) {
			return fault.New(fault.Invalid, "the last day has gone by").WithCode("DAY_GONE").At("until")
		}
		until = dateOf(last)
	}
	return s.byHand(ctx, r.CustomerID, "stage.give", map[string]any{"stage": r.StageID}, r.Note, until, func(m *member, ladder *Current) error {
		at, ok := ladder.index(r.StageID)
		if !ok {
			return fault.New(fault.NotFound, "there is no such stage").At("stageId")
		}
		if at <= ladder.held(m.MemberStage).At {
			return fault.New(fault.Precondition, "the member has earned this stage or a higher one").WithCode("STAGE_NOT_HIGHER").At("stageId")
		}
		m.ByHandStageID, m.ByHandUntil = &r.StageID, until
		return nil
	})
}

// TakeBack ends a stage that was given by hand: the member is where his purchases
// put him.
// Errors: fault.Invalid (note), fault.NotFound (customer), fault.Precondition
// NOT_A_MEMBER or NOTHING_GIVEN.
func (s *Service) TakeBack(ctx context.Context, customer int64, note string) error {
	if err := checkNote(note); err != nil {
		return err
	}
	return s.byHand(ctx, customer, "stage.take_back", nil, note, nil, func(m *member, _ *Current) error {
		if m.ByHandStageID == nil {
			return fault.New(fault.Precondition, "no stage was given by hand").WithCode("NOTHING_GIVEN")
		}
		m.ByHandStageID, m.ByHandUntil = nil, nil
		return nil
	})
}

func checkNote(note string) error {
	if strings.TrimSpace(note) == "" || len(note) > maxNote {
		return fault.New(fault.Invalid, "say why, in 1 to %d bytes", maxNote).WithCode("REASON_REQUIRED").At("reason")
	}
	return nil
}

// byHand changes what a member was given, and places him anew.
func (s *Service) byHand(ctx context.Context, customer int64, action string, detail map[string]any, note string, until *time.Time, change func(*member, *Current) error) error {
	caller := access.From(ctx)
	because := why{reason: ReasonStaff, note: note, until: until, actorKind: string(caller.Kind)}
	if caller.ID != 0 {
		because.actorID = &caller.ID
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var survivor int64
		if err := tx.NewRaw(`WITH RECURSIVE chain AS (SELECT id, merged_into FROM customers WHERE id = ?
			UNION SELECT c.id, c.merged_into FROM chain JOIN customers c ON c.id = chain.merged_into)
			SELECT id FROM chain WHERE merged_into IS NULL`, customer).Scan(ctx, &survivor); err != nil {
			return db.Fault(err)
		}
		err := tx.Pgx(func(q pgx.Tx) error {
			ladder, err := readLadder(ctx, q)
			if err != nil {
				return err
			}
			members, err := s.lock(ctx, q, []int64{survivor}, ladder)
			if err != nil {
				return err
			}
			if len(members) == 0 {
				return fault.New(fault.Precondition, "only members of the loyalty program have a stage").WithCode("NOT_A_MEMBER").At("customerId")
			}
			if err := change(&members[0], ladder); err != nil {
				return err
			}
			members[0].byHand = true
			return s.place(ctx, q, members, ladder, because)
		})
		if err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Customer", ObjectID: survivor, Detail: detail})
	}))
}
