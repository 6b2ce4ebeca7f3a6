// Package mailbox is what mails run into while no SMTP server is set: a server
// of our own that keeps them and passes none on.
//
// It owns the sink, the stored mails and their reading. It promises that a mail
// is stored before the sink says yes to it, that only this process's own sender
// is let in, that nothing is ever relayed, that at most 5,000 mails of the last
// 7 days are kept, and that mails which open an account of staff are shown to
// owners only. It leaves the choice between it and a real server to the
// composition root.
package mailbox

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// What is kept.
const (
	keepMails = 5_000
	keepFor   = 7 * 24 * time.Hour
	trimEvery = 500 // mails taken in
)

// Store is the mails kept.
type Store struct {
	db    *db.DB
	clock clock.Clock
	taken atomic.Int64 // since the start of this process
}

// NewStore makes the store on d.
func NewStore(d *db.DB, c clock.Clock) *Store { return &Store{db: d, clock: c} }

// add stores mails in one COPY and now and then lets go of the old ones.
func (s *Store) add(ctx context.Context, mails []db.MailboxMail) error {
	rows := make([][]any, len(mails))
	for i, m := range mails {
		rows[i] = []any{m.ReceivedAt, m.MailFrom, m.RcptTo, m.FromHeader, m.Subject, m.MessageID, m.Raw, m.Private}
	}
	columns := []string{"received_at", "mail_from", "rcpt_to", "from_header", "subject", "message_id", "raw", "private"}
	if _, err := s.db.Pool.CopyFrom(ctx, pgx.Identifier{"mailbox_mails"}, columns, pgx.CopyFromRows(rows)); err != nil {
		return db.Fault(err)
	}
	before := s.taken.Add(int64(len(mails))) - int64(len(mails))
	if before == 0 || before/trimEvery != (before+int64(len(mails)))/trimEvery {
		return s.trim(ctx)
	}
	return nil
}

// trim deletes what is beyond the limits.
func (s *Store) trim(ctx context.Context) error {
	_, err := s.db.NewDelete().Model((*db.MailboxMail)(nil)).
		Where("received_at < ?", s.clock.Now().Add(-keepFor)).
		WhereOr("id <= (SELECT id FROM mailbox_mails ORDER BY id DESC OFFSET ? LIMIT 1)", keepMails).
		Exec(ctx)
	return db.Fault(err)
}

// List is the mails kept, newest first, those after the mail before (0: from
// the newest), at most limit. search looks in recipient and subject. Private
// mails are among them for owners only.
func (s *Store) List(ctx context.Context, search string, before int64, limit int) ([]*db.MailboxMail, error) {
	var mails []*db.MailboxMail
	q := s.visible(ctx, s.db.NewSelect().Model(&mails)).
		Where("received_at >= ?", s.clock.Now().Add(-keepFor)).
		OrderExpr("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	if search = strings.TrimSpace(search); search != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(search) + "%"
		q = q.Where("(rcpt_to ILIKE ? OR subject ILIKE ?)", like, like)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return mails, nil
}

// Find is one mail. Errors: fault.NotFound, also for a private one that the
// caller may not see.
func (s *Store) Find(ctx context.Context, id int64) (*db.MailboxMail, error) {
	var m db.MailboxMail
	if err := s.visible(ctx, s.db.NewSelect().Model(&m)).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return &m, nil
}

// visible selects what the list shows of the mails that the caller may see.
func (s *Store) visible(ctx context.Context, q *bun.SelectQuery) *bun.SelectQuery {
	q = q.ExcludeColumn("raw").ColumnExpr("octet_length(raw) AS size")
	if !callerSeesPrivate(ctx) {
		q = q.Where("NOT private")
	}
	return q
}

// callerSeesPrivate reports whether the caller may read what opens an account:
// whoever reads such a mail can become its recipient, so it takes an owner.
func callerSeesPrivate(ctx context.Context) bool {
	p := access.From(ctx)
	return p.Role == access.RoleOwner && p.Has(access.ScopeStaffWrite)
}

// Content is what stands in one mail. Errors: fault.NotFound, also for a private
// one that the caller may not see.
func (s *Store) Content(ctx context.Context, id int64) (Content, error) {
	var row struct {
		Raw     []byte
		Private bool
	}
	err := s.db.NewSelect().Model((*db.MailboxMail)(nil)).Column("raw", "private").Where("id = ?", id).Scan(ctx, &row)
	if err != nil {
		return Content{}, db.Fault(err)
	}
	if row.Private && !callerSeesPrivate(ctx) {
		return Content{}, fault.New(fault.NotFound, "not found")
	}
	return Read(row.Raw), nil
}
