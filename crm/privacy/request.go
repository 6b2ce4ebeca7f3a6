package privacy

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Kinds of request.
const (
	Export  = "EXPORT"
	Erasure = "ERASURE"
)

// dueDays is how long an answer may take unless somebody says otherwise: the
// law wants it without delay (個人情報保護法 33条2項).
const dueDays = 14

const maxRefusal = 300 // characters

var ways = []string{"MAIL", "PHONE", "STORE", "LETTER", "OTHER"}

// NewRequest is a request that somebody made.
type NewRequest struct {
	CustomerID int64
	Kind       string
	Via        string     // how he asked
	AskedOn    *time.Time // a day; nil: today
	DueOn      *time.Time // nil: in two weeks
}

// Ask takes a request down. An export is begun at once; an erasure waits for
// Approve. Errors: fault.NotFound; fault.Invalid; fault.Conflict
// ALREADY_REQUESTED; fault.Precondition ALREADY_ERASED.
func (s *Service) Ask(ctx context.Context, n NewRequest) (*db.PrivacyRequest, error) {
	r, err := s.draft(ctx, n)
	if err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(r).Exec(ctx); err != nil {
			if db.Constraint(err) == "privacy_requests_one_open" {
				return fault.Wrap(fault.Conflict, err, "the same was asked already and waits").WithCode("ALREADY_REQUESTED")
			}
			return db.Fault(err)
		}
		if r.Kind == Export {
			if err := s.Queue.Enqueue(ctx, tx, ExportJob{RequestID: r.ID}); err != nil {
				return err
			}
		}
		return audit(ctx, tx, "privacy.request", r)
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (s *Service) draft(ctx context.Context, n NewRequest) (*db.PrivacyRequest, error) {
	now := s.Clock.Now().In(s.Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	r := &db.PrivacyRequest{
		Kind: n.Kind, AskedVia: n.Via, AskedOn: today, DueOn: today.AddDate(0, 0, dueDays), Status: "OPEN",
		CreatedAt: s.Clock.Now(), CreatedBy: access.From(ctx).StaffID(),
	}
	if n.AskedOn != nil {
		r.AskedOn, r.DueOn = *n.AskedOn, n.AskedOn.AddDate(0, 0, dueDays)
	}
	if n.DueOn != nil {
		r.DueOn = *n.DueOn
	}
	if r.Kind == Export {
		r.Status = "WORKING"
	}
	switch {
	case !slices.Contains(ways, r.AskedVia):
		return nil, fault.New(fault.Invalid, "this cannot be chosen").WithCode("UNKNOWN_VALUE").At("via")
	case r.AskedOn.After(today):
		return nil, fault.New(fault.Invalid, "nobody has asked in the future").WithCode("IN_THE_FUTURE").At("askedOn")
	case r.DueOn.Before(r.AskedOn):
		return nil, fault.New(fault.Invalid, "not before it was asked").WithCode("BEFORE_ASKED").At("dueOn")
	}
	var who []struct {
		ID       int64
		ErasedAt *time.Time
	}
	err := s.DB.NewRaw("SELECT id, erased_at FROM customers WHERE id = survivor_of(?) AND NOT anonymous", n.CustomerID).Scan(ctx, &who)
	switch {
	case err != nil:
		return nil, db.Fault(err)
	case len(who) == 0:
		return nil, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	case who[0].ErasedAt != nil && r.Kind == Erasure:
		return nil, fault.New(fault.Precondition, "nothing of this person is left").WithCode("ALREADY_ERASED")
	}
	r.CustomerID = who[0].ID
	return r, nil
}

// Approve erases the person of a request that waits; it cannot be undone. Where
// the settings ask for a second person, it is not who took the request down.
// Errors: fault.NotFound; fault.Precondition (REQUEST_CLOSED,
// SECOND_PERSON_NEEDED).
func (s *Service) Approve(ctx context.Context, id int64) (*db.PrivacyRequest, error) {
	return s.decide(ctx, id, func(ctx context.Context, tx db.Tx, r *db.PrivacyRequest) error {
		settings, err := s.settings(ctx, tx)
		if err != nil {
			return err
		}
		if me := access.From(ctx).StaffID(); settings.TwoPeople && (me == nil || r.CreatedBy == nil || *me == *r.CreatedBy) {
			return fault.New(fault.Precondition, "somebody else must approve this").WithCode("SECOND_PERSON_NEEDED")
		}
		done, err := s.erase(ctx, tx, r)
		if err != nil {
			return err
		}
		r.Status = "DONE"
		r.Outcome, err = json.Marshal(done)
		return err
	})
}

// Refuse ends a request that will not be done; why holds no personal data.
// Errors: fault.NotFound; fault.Invalid; fault.Precondition REQUEST_CLOSED.
func (s *Service) Refuse(ctx context.Context, id int64, why string) (*db.PrivacyRequest, error) {
	why = strings.TrimSpace(why)
	switch n := utf8.RuneCountInString(why); {
	case n == 0:
		return nil, fault.New(fault.Invalid, "a reason is needed").WithCode("REQUIRED").At("reason")
	case n > maxRefusal:
		return nil, fault.New(fault.Invalid, "at most %d characters", maxRefusal).WithCode("TOO_LONG").At("reason").With("max", maxRefusal)
	}
	return s.decide(ctx, id, func(ctx context.Context, tx db.Tx, r *db.PrivacyRequest) error {
		r.Status, r.Refusal = "REFUSED", why
		return audit(ctx, tx, "privacy.refuse", r)
	})
}

// decide ends an erasure that waits, or an export that failed.
func (s *Service) decide(ctx context.Context, id int64, do func(context.Context, db.Tx, *db.PrivacyRequest) error) (*db.PrivacyRequest, error) {
	r := new(db.PrivacyRequest)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(r).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if r.Status != "OPEN" && r.Status != "FAILED" {
			return fault.New(fault.Precondition, "this request is closed").WithCode("REQUEST_CLOSED")
		}
		now := s.Clock.Now()
		r.DecidedAt, r.DecidedBy = &now, access.From(ctx).StaffID()
		if err := do(ctx, tx, r); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model(r).Where("id = ?", id).Column("status", "decided_at", "decided_by", "refusal", "outcome").Exec(ctx)
		return db.Fault(err)
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Filter narrows the register.
type Filter struct {
	CustomerID int64 // 0: everybody
	Open       bool  // only those that are not done
	Before     int64 // older than this request; 0: from the newest
	Limit      int
}

// List is a page of the register, the newest first.
func (s *Service) List(ctx context.Context, f Filter) ([]db.PrivacyRequest, error) {
	var rows []db.PrivacyRequest
	q := s.DB.NewSelect().Model(&rows).Order("id DESC").Limit(int64(f.Limit))
	if f.CustomerID != 0 {
		q.Where("customer_id = survivor_of(?)", f.CustomerID)
	}
	if f.Open {
		q.Where("status IN ('OPEN','WORKING','FAILED')")
	}
	if f.Before != 0 {
		q.Where("id < ?", f.Before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Fates is what an erasure that is done did.
func Fates(r *db.PrivacyRequest) []Fate {
	var list []Fate
	if r.Kind != Erasure || json.Unmarshal(r.Outcome, &list) != nil {
		return nil
	}
	return list
}

func audit(ctx context.Context, tx bun.IDB, action string, r *db.PrivacyRequest) error {
	return access.Audit(ctx, tx, access.Entry{
		Action: action, ObjectKind: "Customer", ObjectID: r.CustomerID, Detail: map[string]any{"request": r.ID, "kind": r.Kind},
	})
}
