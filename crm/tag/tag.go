// Package tag owns the tags of customers (顧客タグ): words that staff puts on
// people, one by one or on many at once. The tags that pages of a site carry to
// tell what visitors do (計測タグ) are something else: crm/shop and crm/event.
//
// It promises that a tag has one spelling, whatever case and width it is written
// in, that merging two tags leaves each customer with one, and that no tag goes
// away while a segment names it: a merge puts the other tag into such rules, a
// deletion is refused. It leaves to others: asking by tags (segment), tagging
// many (bulk), and moving them with a merge of customers (customer).
package tag

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Limits.
const (
	MaxTags = 1000
	MaxName = 30 // characters
)

// Rules are the rules of segments, which may name tags by their ids.
type Rules interface {
	// Naming are the names of saved segments whose rules hold an id.
	Naming(ctx context.Context, idb bun.IDB, id string) ([]string, error)
	// Rename puts one id for another into the rules of all saved segments.
	Rename(ctx context.Context, tx bun.IDB, from, to string) error
}

// Service keeps tags.
type Service struct {
	db    *db.DB
	clock clock.Clock
	rules Rules
}

// New is the service.
func New(d *db.DB, c clock.Clock, rules Rules) *Service {
	return &Service{db: d, clock: c, rules: rules}
}

// List is all tags by name.
func (s *Service) List(ctx context.Context) ([]db.CustomerTag, error) {
	var rows []db.CustomerTag
	err := s.db.NewSelect().Model(&rows).Order("name", "id").Scan(ctx)
	return rows, db.Fault(err)
}

// Find is one tag. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.CustomerTag, error) {
	row := new(db.CustomerTag)
	err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// Counts is how many customers have each tag; who was merged away is not counted.
func (s *Service) Counts(ctx context.Context, ids []int64) (map[int64]int, error) {
	var rows []struct {
		TagID  int64
		People int
	}
	err := s.db.NewRaw(`SELECT t.tag_id, count(*) AS people FROM customer_taggings t
		WHERE t.tag_id = ANY (?::bigint[]) AND NOT EXISTS (SELECT FROM customers c WHERE c.id = t.customer_id AND c.merged_into IS NOT NULL) GROUP BY 1`,
		pgdialect.Array(ids)).Scan(ctx, &rows)
	found := make(map[int64]int, len(rows))
	for _, r := range rows {
		found[r.TagID] = r.People
	}
	return found, db.Fault(err)
}

// Of are the tags of customers, by name; who has none is left out.
func (s *Service) Of(ctx context.Context, customerIDs []int64) (map[int64][]db.CustomerTag, error) {
	var rows []struct {
		CustomerID int64
		db.CustomerTag
	}
	err := s.db.NewRaw(`SELECT t.customer_id, g.* FROM customer_taggings t JOIN customer_tags g ON g.id = t.tag_id
		WHERE t.customer_id = ANY (?::bigint[]) ORDER BY g.name, g.id`, pgdialect.Array(customerIDs)).Scan(ctx, &rows)
	found := make(map[int64][]db.CustomerTag, len(customerIDs))
	for _, r := range rows {
		found[r.CustomerID] = append(found[r.CustomerID], r.CustomerTag)
	}
	return found, db.Fault(err)
}

// Create makes a tag. Errors: fault.Invalid TAG_NAME; fault.Conflict
// TAG_NAME_TAKEN; fault.Precondition TOO_MANY_TAGS.
func (s *Service) Create(ctx context.Context, name string) (*db.CustomerTag, error) {
	name, err := spelled(name)
	if err != nil {
		return nil, err
	}
	row := &db.CustomerTag{Name: name, CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID()}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := room(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
			return taken(err)
		}
		return audit(ctx, tx, "tag.create", row, nil)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Rename calls a tag something else; who has it keeps it.
// Errors: as Create; fault.NotFound.
func (s *Service) Rename(ctx context.Context, id int64, name string) (*db.CustomerTag, error) {
	name, err := spelled(name)
	if err != nil {
		return nil, err
	}
	var row *db.CustomerTag
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if row, err = hold(ctx, tx, id); err != nil {
			return err
		}
		was := row.Name
		row.Name = name
		if _, err := tx.NewUpdate().Model(row).Column("name").WherePK().Exec(ctx); err != nil {
			return taken(err)
		}
		return audit(ctx, tx, "tag.rename", row, map[string]any{"name": access.Changed(was, name)})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// MergeInto makes one tag of two: who had either has into, and rules that name
// the other name it. Errors: fault.NotFound; fault.Invalid SAME_TAG.
func (s *Service) MergeInto(ctx context.Context, id, into int64) (*db.CustomerTag, error) {
	if id == into {
		return nil, fault.New(fault.Invalid, "these are one tag already").WithCode("SAME_TAG").At("intoId")
	}
	var stay *db.CustomerTag
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		held := map[int64]*db.CustomerTag{}
		for _, one := range []int64{min(id, into), max(id, into)} {
			row, err := hold(ctx, tx, one)
			if err != nil {
				return err
			}
			held[one] = row
		}
		stay = held[into]
		_, err := tx.NewRaw(`INSERT INTO customer_taggings (customer_id, tag_id, tagged_at, tagged_by)
			SELECT customer_id, ?1, tagged_at, tagged_by FROM customer_taggings WHERE tag_id = ?0 ON CONFLICT DO NOTHING`, id, into).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if err := s.rules.Rename(ctx, tx, gidOf(id), gidOf(into)); err != nil {
			return err
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return audit(ctx, tx, "tag.merge", stay, map[string]any{"was": held[id].Name})
	})
	if err != nil {
		return nil, err
	}
	return stay, nil
}

// Delete takes a tag away from everybody.
// Errors: fault.NotFound; fault.Precondition TAG_IN_USE with the segments that name it.
func (s *Service) Delete(ctx context.Context, id int64) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		naming, err := s.rules.Naming(ctx, tx, gidOf(id))
		if err != nil {
			return err
		}
		if len(naming) > 0 {
			return fault.New(fault.Precondition, "a segment names this tag").WithCode("TAG_IN_USE").At("id").With("segments", strings.Join(naming, "、"))
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return audit(ctx, tx, "tag.delete", row, map[string]any{"name": row.Name})
	})
}

// Change gives tags to a customer and takes others away.
// Errors: fault.NotFound; fault.Precondition ANONYMOUS_CUSTOMER.
func (s *Service) Change(ctx context.Context, customerID int64, add, remove []int64) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := property.Holdable(ctx, tx, customerID); err != nil {
			return err
		}
		return s.ChangeIn(ctx, tx, customerID, add, remove)
	})
}

// ChangeIn is Change for a customer whom the transaction holds or has just made.
func (s *Service) ChangeIn(ctx context.Context, tx db.Tx, customerID int64, add, remove []int64) error {
	add = slices.Compact(slices.Sorted(slices.Values(add)))
	var known int
	if err := tx.NewRaw("SELECT count(*) FROM customer_tags WHERE id = ANY (?::bigint[])", pgdialect.Array(add)).Scan(ctx, &known); err != nil {
		return db.Fault(err)
	}
	if known < len(add) {
		return fault.New(fault.NotFound, "there is no such tag").At("add")
	}
	_, err := tx.NewRaw(`INSERT INTO customer_taggings (customer_id, tag_id, tagged_at, tagged_by) SELECT ?0, unnest(?1::bigint[]), ?2, ?3 ON CONFLICT DO NOTHING`,
		customerID, pgdialect.Array(add), s.clock.Now(), access.From(ctx).StaffID()).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = tx.NewRaw("DELETE FROM customer_taggings WHERE customer_id = ? AND tag_id = ANY (?::bigint[])", customerID, pgdialect.Array(remove)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return access.Audit(ctx, tx, access.Entry{
		Action: "customer.tags", ObjectKind: "Customer", ObjectID: customerID, Detail: map[string]any{"added": len(add), "removed": len(remove)},
	})
}

func gidOf(id int64) string { return gid.Encode("CustomerTag", id) }

// spelled is a name in its one spelling. Errors: fault.Invalid TAG_NAME.
func spelled(name string) (string, error) {
	name = strings.Join(strings.Fields(norm.NFKC.String(name)), " ")
	if name == "" || utf8.RuneCountInString(name) > MaxName || strings.ContainsAny(name, "、,") {
		return "", fault.New(fault.Invalid, "a tag has 1 to %d characters, without commas", MaxName).WithCode("TAG_NAME").At("name").With("max", MaxName)
	}
	return name, nil
}

func hold(ctx context.Context, tx bun.IDB, id int64) (*db.CustomerTag, error) {
	row := new(db.CustomerTag)
	err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx)
	return row, db.Fault(err)
}

func remove(ctx context.Context, tx bun.IDB, id int64) error {
	for _, sql := range []string{"DELETE FROM customer_taggings WHERE tag_id = ?", "DELETE FROM customer_tags WHERE id = ?"} {
		if _, err := tx.NewRaw(sql, id).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

func room(ctx context.Context, tx bun.IDB) error {
	var count int
	if _, err := tx.NewRaw("LOCK TABLE customer_tags IN SHARE ROW EXCLUSIVE MODE").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	err := tx.NewRaw("SELECT count(*) FROM customer_tags").Scan(ctx, &count)
	if err == nil && count >= MaxTags {
		return fault.New(fault.Precondition, "there are %d tags already", MaxTags).WithCode("TOO_MANY_TAGS").With("max", MaxTags)
	}
	return db.Fault(err)
}

func taken(err error) error {
	if db.Constraint(err) == "customer_tags_name_key" {
		return fault.Wrap(fault.Conflict, err, "there is a tag of this name already").WithCode("TAG_NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.CustomerTag, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "CustomerTag", ObjectID: row.ID, Detail: detail})
}

// Put tags customers in tx who have no such tag yet and answers with whom it
// tagged. bulk is the edit of many that does it.
func Put(ctx context.Context, tx bun.IDB, tagID int64, customerIDs []int64, bulk int64, by *int64, now time.Time) (changed []int64, err error) {
	err = tx.NewRaw(`INSERT INTO customer_taggings (customer_id, tag_id, tagged_at, tagged_by, bulk_id)
		SELECT c.id, ?1, ?2, ?3, ?4 FROM customers c WHERE c.id = ANY (?0::bigint[]) AND c.merged_into IS NULL AND NOT c.anonymous
			AND EXISTS (SELECT FROM customer_tags WHERE id = ?1)
		ON CONFLICT DO NOTHING RETURNING customer_id`, pgdialect.Array(customerIDs), tagID, now, by, bulk).Scan(ctx, &changed)
	return changed, db.Fault(err)
}

// Take takes a tag away from customers in tx and answers with whom it was taken from.
func Take(ctx context.Context, tx bun.IDB, tagID int64, customerIDs []int64) (changed []int64, err error) {
	err = tx.NewRaw("DELETE FROM customer_taggings WHERE tag_id = ? AND customer_id = ANY (?::bigint[]) RETURNING customer_id", tagID, pgdialect.Array(customerIDs)).Scan(ctx, &changed)
	return changed, db.Fault(err)
}
