package bulk

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// How many customers a transaction changes: points are booked one by one.
const (
	part      = 2000
	pointPart = 200
)

// Work does what waits, until nothing does.
func (s *Service) Work(ctx context.Context) error {
	for {
		more, err := s.step(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// step does one part of the oldest edit that nobody else has in hand.
func (s *Service) step(ctx context.Context) (more bool, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var rows []*db.BulkEdit
		err := tx.NewSelect().Model(&rows).Where("status IN ('RUNNING','UNDOING')").Order("id").Limit(1).For("UPDATE SKIP LOCKED").Scan(ctx)
		if err != nil || len(rows) == 0 {
			return db.Fault(err)
		}
		more = true
		p := &parting{s: s, tx: tx, row: rows[0], now: s.clock.Now()}
		if p.row.Status == Undoing {
			err = p.undo(ctx)
		} else {
			err = p.do(ctx)
		}
		if err != nil {
			return err
		}
		return live.Notify(ctx, tx, live.Bulk, p.row.ID)
	})
	return more, err
}

// parting is one part of an edit at work.
type parting struct {
	s   *Service
	tx  db.Tx
	row *db.BulkEdit
	now time.Time
}

// who are the next customers in a state, in the order in which customers are locked.
func (p *parting) who(ctx context.Context, state string, limit int) (ids []int64, err error) {
	err = p.tx.NewRaw("SELECT customer_id FROM bulk_edit_customers WHERE bulk_id = ? AND state = ? ORDER BY customer_id LIMIT ?", p.row.ID, state, limit).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

func (p *parting) do(ctx context.Context) error {
	limit := part
	if Action(p.row.Action) == GrantPoints {
		limit = pointPart
	}
	ids, err := p.who(ctx, "WAITING", limit)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return p.finish(ctx, Done)
	}
	if err := p.lock(ctx, ids); err != nil {
		return err
	}
	changed, refused, before, err := p.apply(ctx, ids)
	if err != nil {
		return err
	}
	_, err = p.tx.NewRaw(`UPDATE bulk_edit_customers e SET before = b.before, state = CASE WHEN e.customer_id = ANY (?2::bigint[]) THEN 'CHANGED'
			WHEN e.customer_id = ANY (?3::bigint[]) THEN 'REFUSED' ELSE 'SAME' END
		FROM unnest(?1::bigint[]) AS i (customer_id) LEFT JOIN unnest(?4::bigint[], ?5::text[]) AS t (customer_id, text) USING (customer_id)
			CROSS JOIN LATERAL (SELECT t.text::jsonb AS before) b
		WHERE e.bulk_id = ?0 AND e.customer_id = i.customer_id`,
		p.row.ID, pgdialect.Array(ids), pgdialect.Array(changed), pgdialect.Array(refused), pgdialect.Array(before.ids), pgdialect.Array(before.values)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	p.row.Done, p.row.Changed, p.row.Refused = p.row.Done+len(ids), p.row.Changed+len(changed), p.row.Refused+len(refused)
	_, err = p.tx.NewUpdate().Model(p.row).Column("done", "changed", "refused").WherePK().Exec(ctx)
	return db.Fault(err)
}

// lock keeps merges from moving these customers meanwhile: merges as such first,
// as whoever books points does, so that the two never wait for each other.
func (p *parting) lock(ctx context.Context, ids []int64) error {
	if err := customer.Together(ctx, p.tx); err != nil {
		return err
	}
	_, err := p.tx.NewRaw("SELECT FROM customers WHERE id = ANY (?::bigint[]) ORDER BY id FOR NO KEY UPDATE", pgdialect.Array(ids)).Exec(ctx)
	return db.Fault(err)
}

// earlier is what was there before, by customer.
type earlier struct {
	ids    []int64
	values []string
}

func (p *parting) apply(ctx context.Context, ids []int64) (changed, refused []int64, before earlier, err error) {
	switch Action(p.row.Action) {
	case Tag:
		changed, err = tag.Put(ctx, p.tx, *p.row.TagID, ids, p.row.ID, p.row.CreatedBy, p.now)
	case Untag:
		changed, err = tag.Take(ctx, p.tx, *p.row.TagID, ids)
	case SetProperty:
		changed, before, err = p.set(ctx, ids)
	case GrantPoints:
		changed, refused, err = p.grant(ctx, ids)
	}
	return changed, refused, before, err
}

func (p *parting) set(ctx context.Context, ids []int64) (changed []int64, before earlier, err error) {
	var living []int64
	err = p.tx.NewRaw("SELECT id FROM customers WHERE id = ANY (?::bigint[]) AND merged_into IS NULL AND NOT anonymous ORDER BY id", pgdialect.Array(ids)).Scan(ctx, &living)
	if err != nil {
		return nil, before, db.Fault(err)
	}
	held, err := property.Of(ctx, p.tx, living)
	if err != nil {
		return nil, before, err
	}
	var writes []property.Write
	for _, id := range living {
		was, there := held[id][*p.row.PropertyID]
		if !there {
			was = property.Nothing
		}
		if property.Same(was, p.row.Value) {
			continue
		}
		changed = append(changed, id)
		before.ids, before.values = append(before.ids, id), append(before.values, string(was))
		writes = append(writes, property.Write{CustomerID: id, Property: property.Definition{ID: *p.row.PropertyID}, Value: p.row.Value})
	}
	return changed, before, property.Put(ctx, p.tx, writes, p.now, 0)
}

func (p *parting) grant(ctx context.Context, ids []int64) (changed, refused []int64, err error) {
	key := "bulk:" + strconv.FormatInt(p.row.ID, 10)
	for _, id := range ids {
		err := p.s.granter.GrantInBulk(ctx, p.tx, id, *p.row.Points, p.row.Note, key, p.row.CreatedBy)
		switch {
		case err == nil:
			changed = append(changed, id)
		case fault.Is(err, fault.Precondition) || fault.Is(err, fault.NotFound):
			refused = append(refused, id)
		default:
			return nil, nil, err
		}
	}
	return changed, refused, nil
}

func (p *parting) finish(ctx context.Context, status string) error {
	p.row.Status = status
	if status == Done {
		p.row.FinishedAt = &p.now
	}
	_, err := p.tx.NewUpdate().Model(p.row).Column("status", "finished_at").WherePK().Exec(ctx)
	return db.Fault(err)
}

func (p *parting) undo(ctx context.Context) error {
	ids, err := p.who(ctx, "CHANGED", part)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return p.finish(ctx, Undone)
	}
	if err := p.lock(ctx, ids); err != nil {
		return err
	}
	if err := p.putBack(ctx, ids); err != nil {
		return err
	}
	_, err = p.tx.NewRaw("UPDATE bulk_edit_customers SET state = 'UNDONE' WHERE bulk_id = ? AND customer_id = ANY (?::bigint[])", p.row.ID, pgdialect.Array(ids)).Exec(ctx)
	return db.Fault(err)
}

// whoNow selects these customers (?0) and whom they were merged into since, as
// id and now.
const whoNow = `WITH RECURSIVE who (id, now) AS (SELECT unnest(?0::bigint[]), unnest(?0::bigint[])
	UNION SELECT w.id, c.merged_into FROM who w JOIN customers c ON c.id = w.now WHERE c.merged_into IS NOT NULL) `

func (p *parting) putBack(ctx context.Context, ids []int64) error {
	var err error
	switch Action(p.row.Action) {
	case Tag:
		_, err = p.tx.NewRaw(whoNow+"DELETE FROM customer_taggings t USING who w WHERE t.customer_id = w.now AND t.bulk_id = ?1", pgdialect.Array(ids), p.row.ID).Exec(ctx)
	case Untag:
		_, err = p.tx.NewRaw(whoNow+`INSERT INTO customer_taggings (customer_id, tag_id, tagged_at, tagged_by)
			SELECT DISTINCT w.now, g.id, ?2::timestamptz, ?3::bigint FROM who w JOIN customers c ON c.id = w.now AND c.merged_into IS NULL JOIN customer_tags g ON g.id = ?1
			ON CONFLICT DO NOTHING`, pgdialect.Array(ids), *p.row.TagID, p.now, p.row.UndoneBy).Exec(ctx)
	case SetProperty:
		err = p.valuesBack(ctx, ids)
	case GrantPoints: // Undo refuses them
	}
	return db.Fault(err)
}

// valuesBack puts back what was there where the value of the edit still is.
func (p *parting) valuesBack(ctx context.Context, ids []int64) error {
	var rows []struct {
		ID     int64
		Before json.RawMessage
	}
	err := p.tx.NewRaw(whoNow+`SELECT DISTINCT ON (w.now) w.now AS id, e.before FROM who w
		JOIN customers c ON c.id = w.now AND c.merged_into IS NULL
		JOIN bulk_edit_customers e ON e.bulk_id = ?1 AND e.customer_id = w.id ORDER BY w.now, w.id`, pgdialect.Array(ids), p.row.ID).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	now := make([]int64, len(rows))
	for i, r := range rows {
		now[i] = r.ID
	}
	held, err := property.Of(ctx, p.tx, now)
	if err != nil {
		return err
	}
	var writes []property.Write
	for _, r := range rows {
		is, there := held[r.ID][*p.row.PropertyID]
		if !there {
			is = property.Nothing
		}
		if property.Same(is, p.row.Value) {
			writes = append(writes, property.Write{CustomerID: r.ID, Property: property.Definition{ID: *p.row.PropertyID}, Value: r.Before})
		}
	}
	return property.Put(ctx, p.tx, writes, p.now, 0)
}

// maxUnderway bounds what is told of at the same time.
const maxUnderway = 20

// Underway are the edits at work.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	var rows []db.BulkEdit
	err := s.db.NewSelect().Model(&rows).Where("status IN ('RUNNING','UNDOING')").Order("id").Limit(maxUnderway).Scan(ctx)
	jobs := make([]underway.Job, len(rows))
	for i, r := range rows {
		share := float64(r.Done) / float64(max(1, r.Total))
		jobs[i] = underway.Job{Kind: underway.Bulk, SubjectKind: "BulkEdit", SubjectID: r.ID, Progress: &share, StartedAt: r.CreatedAt}
		if r.Status == Undoing {
			jobs[i].Progress = nil
		}
	}
	return jobs, db.Fault(err)
}
