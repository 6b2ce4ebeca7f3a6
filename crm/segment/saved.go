package segment

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// Limits of the texts of a saved segment, in characters.
const (
	MaxName        = 100
	MaxDescription = 1000
)

// Draft is what a new segment needs.
type Draft struct {
	Name        string
	Description string
	Rule        json.RawMessage
}

// Change is what an update alters; nil leaves a part as it is.
type Change struct {
	Name        *string
	Description *string
	Rule        json.RawMessage
}

// Create saves a segment and computes who is in it.
// Errors: fault.Invalid, for the rule with the path "rule.…"; fault.Conflict
// with code NAME_TAKEN.
func (s *Service) Create(ctx context.Context, d Draft) (*db.Segment, error) {
	now := s.clock.Now()
	row := &db.Segment{CreatedAt: now, UpdatedAt: now, CreatedBy: staffID(ctx)}
	if err := s.apply(ctx, row, Change{Name: &d.Name, Description: &d.Description, Rule: d.Rule}); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return nameTaken(err)
		}
		if _, err := s.compute(ctx, tx, row); err != nil {
			return err
		}
		return audit(ctx, tx, "segment.create", row, nil)
	})
	s.catalog.forget()
	return row, err
}

// Update changes a segment; with another rule its membership is computed again.
// Errors: as Create; fault.NotFound, also for an archived one.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.Segment, error) {
	var row *db.Segment
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		if row, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if c.Rule != nil {
			if row.Fixed {
				return fault.New(fault.Precondition, "the people of a fixed segment are chosen, it has no rule").WithCode("SEGMENT_FIXED").At("rule")
			}
			if err := lockRules(ctx, tx); err != nil {
				return err
			}
		}
		before, audited := row.Rule, s.audited(ctx, row)
		if err := s.apply(ctx, row, c); err != nil {
			return err
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).Column("name", "description", "rule", "updated_at").WherePK().Exec(ctx); err != nil {
			return nameTaken(err)
		}
		if c.Rule != nil && !sameJSON(before, row.Rule) {
			if _, err := s.compute(ctx, tx, row); err != nil {
				return err
			}
		}
		return audit(ctx, tx, "segment.update", row, access.Differences(audited, s.audited(ctx, row)))
	})
	s.catalog.forget()
	return row, err
}

// audited is what the audit log keeps of a segment: its rule as a sentence, which
// stays true when what the rule names is called otherwise.
func (s *Service) audited(ctx context.Context, row *db.Segment) map[string]any {
	audited := map[string]any{"name": row.Name, "description": row.Description}
	if words, err := s.Sentence(ctx, row.Rule); err == nil && !row.Fixed {
		audited["rule"] = map[string]string{"ja": words.JA, "en": words.EN}
	}
	return audited
}

// Archive takes a segment out of the lists and lets its members go; what was
// sent to it stays. Archiving it again does nothing.
// Errors: fault.NotFound; fault.Conflict SEGMENT_IN_USE while the rule of
// another segment names it.
func (s *Service) Archive(ctx context.Context, id int64) (*db.Segment, error) {
	var row *db.Segment
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		if row, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if err := s.unused(ctx, tx, id); err != nil {
			return err
		}
		now := s.clock.Now()
		row.ArchivedAt, row.UpdatedAt = &now, now
		if _, err := tx.NewUpdate().Model(row).Column("archived_at", "updated_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if _, err := tx.NewRaw("DELETE FROM segment_members WHERE segment_id = ?", id).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "segment.archive", row, nil)
	})
	s.catalog.forget()
	if fault.Is(err, fault.NotFound) {
		return s.Find(ctx, id)
	}
	return row, err
}

// rulesLock is the advisory lock under which rules change ("segm" in ASCII):
// two changes at once could close a circle that neither sees.
const rulesLock = 0x7365676d

func lockRules(ctx context.Context, tx bun.IDB) error {
	_, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", rulesLock).Exec(ctx)
	return db.Fault(err)
}

// unused keeps a segment that others are defined by from going.
func (s *Service) unused(ctx context.Context, tx bun.IDB, id int64) error {
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	catalog, err := s.readCatalog(ctx, s.db.Pool)
	if err != nil {
		return db.Fault(err)
	}
	var users []string
	for _, other := range catalog.merchant.Segments {
		if other.Fixed == id {
			continue // its rule names itself
		}
		if rule, err := catalog.Parse(other.Rule); err == nil && rule.root.names(gid.Encode("Segment", id)) {
			users = append(users, other.Name)
		}
	}
	if len(users) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "other segments are defined by this one").WithCode("SEGMENT_IN_USE").With("segments", strings.Join(users, ", "))
}

// Find is a segment, archived or not. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Segment, error) {
	row := new(db.Segment)
	if err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// List is every segment, the last changed first; merchants have some dozens.
func (s *Service) List(ctx context.Context, includeArchived bool) ([]*db.Segment, error) {
	var rows []*db.Segment
	q := s.db.NewSelect().Model(&rows).Order("updated_at DESC", "id DESC")
	if !includeArchived {
		q.Where("archived_at IS NULL")
	}
	return rows, db.Fault(q.Scan(ctx))
}

// ByIDs are the segments with these ids, in no order.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.Segment, error) {
	var rows []*db.Segment
	err := s.db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// apply checks a change and puts it into the row, the rule in its canonical form.
func (s *Service) apply(ctx context.Context, row *db.Segment, c Change) error {
	if c.Name != nil {
		row.Name = strings.TrimSpace(*c.Name)
		if row.Name == "" || utf8.RuneCountInString(row.Name) > MaxName || strings.IndexFunc(row.Name, unicode.IsControl) >= 0 {
			return fault.New(fault.Invalid, "a name has 1 to %d printable characters", MaxName).WithCode("NAME_INVALID").At("name").With("max", MaxName)
		}
	}
	if c.Description != nil {
		row.Description = strings.TrimSpace(*c.Description)
		if utf8.RuneCountInString(row.Description) > MaxDescription || strings.ContainsRune(row.Description, 0) {
			return fault.New(fault.Invalid, "a description has at most %d characters", MaxDescription).
				WithCode("DESCRIPTION_INVALID").At("description").With("max", MaxDescription)
		}
	}
	if c.Rule == nil {
		return nil
	}
	catalog, err := s.readCatalog(ctx, s.db.Pool)
	if err != nil {
		return db.Fault(err)
	}
	self := ""
	if row.ID != 0 {
		self = gid.Encode("Segment", row.ID)
	}
	rule, err := catalog.ParseFor(self, c.Rule)
	if err != nil {
		for _, p := range Problems(err) {
			p.Field = join("rule", p.Field)
		}
		return err
	}
	row.Rule, err = rule.MarshalJSON()
	return err
}

// lock reads a segment that is not archived, and keeps others from changing or
// computing it until the transaction ends.
func lock(ctx context.Context, tx db.Tx, id int64) (*db.Segment, error) {
	row := new(db.Segment)
	err := tx.NewSelect().Model(row).Where("id = ?", id).Where("archived_at IS NULL").For("UPDATE").Scan(ctx)
	return row, db.Fault(err)
}

func nameTaken(err error) error {
	if db.Constraint(err) == "segments_name_key" {
		return fault.Wrap(fault.Conflict, err, "another segment has this name").WithCode("NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	err := errors.Join(json.Unmarshal(a, &x), json.Unmarshal(b, &y))
	if err != nil {
		return false
	}
	p, _ := json.Marshal(x)
	q, _ := json.Marshal(y)
	return string(p) == string(q)
}

func staffID(ctx context.Context) *int64 { return access.CallerFrom(ctx).Principal.StaffID() }

func audit(ctx context.Context, tx bun.IDB, action string, row *db.Segment, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Segment", ObjectID: row.ID, Detail: detail})
}
