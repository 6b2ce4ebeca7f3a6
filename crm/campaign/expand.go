package campaign

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// expandStep does one chunk of one delivery that is not expanded yet, also of
// one that is paused, or books one chunk of one that was cancelled.
func (e *Engine) expandStep(ctx context.Context) (worked bool, err error) {
	list, err := e.active(ctx, Expanding, Paused, DeliveryCancelled)
	if err != nil {
		return false, err
	}
	for _, d := range list {
		if d.Status == Paused && d.Expanded {
			continue
		}
		step := e.expand
		if d.Status == DeliveryCancelled {
			step = e.withdraw
		}
		if worked, err = step(ctx, d); worked || err != nil {
			return worked, err
		}
	}
	return false, nil
}

// onDelivery runs fn in a transaction that holds the delivery's row, if the
// delivery is in the state given and no other engine has it. The row's lock is
// the lease: it ends with the connection, and at the latest after the server's
// idle limit, so that a dead engine holds nobody up. fn and with it the chunk
// happen wholly or not at all, whenever the process is killed.
func (e *Engine) onDelivery(ctx context.Context, d delivery, fn func(context.Context, db.Tx, *db.Delivery) error) (worked bool, err error) {
	notified := func() {}
	err = db.RunInTx(ctx, e.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = '10s'`); err != nil {
			return err
		}
		var rows []*db.Delivery
		err := tx.NewSelect().Model(&rows).Where("id = ? AND status = ? AND finished_at IS NULL", d.ID, d.Status).For("UPDATE SKIP LOCKED").Scan(ctx)
		if err != nil || len(rows) == 0 {
			return db.Fault(err)
		}
		worked = true
		if err := fn(ctx, tx, rows[0]); err != nil {
			return err
		}
		notified, err = e.notices.inTx(ctx, tx, d.CampaignID)
		return err
	})
	if err != nil {
		return false, err
	}
	notified()
	return worked, nil
}

// expand takes the audience down first, then turns it into messages chunk by
// chunk.
func (e *Engine) expand(ctx context.Context, d delivery) (worked bool, err error) {
	sendable := false
	worked, err = e.onDelivery(ctx, d, func(ctx context.Context, tx db.Tx, row *db.Delivery) error {
		content, err := e.plans.content(row)
		if err != nil {
			return err
		}
		if row.AudienceAt == nil {
			return e.takeAudience(ctx, tx, row, content)
		}
		members, err := nextOfAudience(ctx, tx, row)
		if err != nil {
			return err
		}
		if len(members) == 0 {
			sendable = true
			return e.expanded(ctx, tx, row)
		}
		return e.expandChunk(ctx, tx, row, content, members)
	})
	if err == nil && sendable {
		e.Wake()
	}
	return worked, err
}

// takeAudience keeps who the segment means at this instant, and whom other
// segments exclude, so that rules may change and customers may move in and out
// while the delivery goes on.
func (e *Engine) takeAudience(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot) error {
	if err := e.takeMembers(ctx, tx, row, content); err != nil {
		return err
	}
	for _, segmentID := range content.Exclusions {
		exclude := fmt.Sprintf(`UPDATE delivery_audience a SET excluded_by = %d
			FROM (%%[2]s) AS member (id) WHERE a.customer_id = member.id AND a.delivery_id = %%[1]d AND a.excluded_by IS NULL`, segmentID)
		if err := e.byRule(ctx, tx, exclude, row.ID, segmentID); err != nil {
			return err
		}
	}
	now := e.Clock.Now()
	row.AudienceAt = &now
	return saveDelivery(ctx, tx, row, "audience_at")
}

// takeMembers begins the audience: all whom the segment means or, of the rest,
// those who got no code.
func (e *Engine) takeMembers(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot) error {
	if row.Rest {
		return takeRest(ctx, tx, row)
	}
	take := `INSERT INTO delivery_audience (customer_id, delivery_id) SELECT member.id, %d FROM (%s) AS member (id) ON CONFLICT DO NOTHING`
	return e.byRule(ctx, tx, take, row.ID, content.SegmentID)
}

// byRule runs a statement whose %d is the delivery and whose %s are the members
// of a segment.
func (e *Engine) byRule(ctx context.Context, tx db.Tx, statement string, deliveryID, segmentID int64) error {
	sql, args, err := e.Audience.Members(ctx, segmentID)
	if err != nil {
		return err
	}
	return db.Fault(tx.Pgx(func(p pgx.Tx) error {
		if _, err := p.Exec(ctx, segment.RuleSettings, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		_, err := p.Exec(ctx, fmt.Sprintf(statement, deliveryID, sql), args...)
		return err
	}))
}

func nextOfAudience(ctx context.Context, tx bun.IDB, row *db.Delivery) ([]member, error) {
	var members []member
	err := tx.NewRaw(`
		SELECT customer_id, coalesce(excluded_by, 0) AS excluded_by FROM delivery_audience
		WHERE delivery_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?`,
		row.ID, row.ExpandedTo, chunk).Scan(ctx, &members)
	return members, db.Fault(err)
}

func (e *Engine) expanded(ctx context.Context, tx bun.IDB, row *db.Delivery) error {
	if !row.Rest { // what counts from the expansion on, goes on counting from the first
		now := e.Clock.Now()
		row.ExpandedAt = &now
	}
	row.Rest = false
	if row.Status == string(Expanding) { // a paused one waits to be resumed
		row.Status = string(Sending)
	}
	if err := saveDelivery(ctx, tx, row, "expanded_at", "rest", "status"); err != nil {
		return err
	}
	return dropAudience(ctx, tx, row.ID)
}

func dropAudience(ctx context.Context, tx bun.IDB, deliveryID int64) error {
	_, err := tx.NewRaw(`DELETE FROM delivery_audience WHERE delivery_id = ?`, deliveryID).Exec(ctx)
	return db.Fault(err)
}

func saveDelivery(ctx context.Context, tx bun.IDB, row *db.Delivery, columns ...string) error {
	_, err := tx.NewUpdate().Model(row).Column(columns...).WherePK().Exec(ctx)
	return db.Fault(err)
}
