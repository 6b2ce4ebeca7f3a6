// Package bounce takes in what comes back: bounces (RFC 3464 and the plain text
// of older servers), complaints (RFC 5965) and unsubscribe mails.
//
// It owns the reading of such mails, the verdict hard or soft, and what follows
// for the address. It promises that a report is believed only where it carries
// something this installation signed or, as long as no bounce domain is set,
// speaks of an address that was written to of late; that only a mailbox that does not exist suppresses an address at
// once, a full or unreachable one after several days, and a refusal for policy
// or spam never; and that the same report counts once. How mails get here is
// left to the command, the HTTP endpoint and the mail server in front of them,
// the figures to the Recorder.
package bounce

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
)

// MaxReport is the longest report that is taken, in bytes.
const MaxReport = 4 << 20

// Soft bounces suppress an address once there were softCount of them on
// softDays different days within softWindow.
const (
	softCount  = 4
	softDays   = 4
	softWindow = 30 * 24 * time.Hour
)

// trustAddress is how long after a mail a report that carries no signature is
// still believed because it names the address, where nothing better is to be
// had: bounces of an installation with a bounce domain come to signed addresses,
// and a report without one can be written by anybody.
const trustAddress = 14 * 24 * time.Hour

// Result is what became of a report.
type Result struct {
	Kind       Kind   `json:"kind"`
	Status     string `json:"status,omitempty"`
	Matched    bool   `json:"matched"`    // the message it speaks of was found
	Duplicate  bool   `json:"duplicate"`  // it was taken before
	Suppressed bool   `json:"suppressed"` // the address is not written to any more
}

// Withdrawer withdraws the consents of the customer of a message.
type Withdrawer interface {
	Withdraw(ctx context.Context, tx db.Tx, ref link.Ref, method response.Method) error
}

// Service takes reports in.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Signer   *link.Signer
	Recorder response.Recorder
	Consents Withdrawer
}

// Take takes one mail in, with the address it came to, if that is known ("").
// When it returns, all that follows is committed. Errors: fault.Invalid with
// code FORGED for a bounce address that this installation did not make,
// TOO_LARGE; fault.Unavailable: try again later.
func (s *Service) Take(ctx context.Context, raw []byte, to string) (Result, error) {
	if len(raw) > MaxReport {
		return Result{}, fault.New(fault.Invalid, "the mail is longer than %d bytes", MaxReport).WithCode("TOO_LARGE")
	}
	report := Parse(raw)
	local, _, _ := strings.Cut(strings.ToLower(strings.Trim(strings.TrimSpace(to), "<>")), "@")
	switch {
	case link.IsBounceLocal(local): // the envelope is surer than what stands in the mail
		report.Locals = []string{local}
	case strings.HasPrefix(local, unsubscribePrefix) && link.IsBounceLocal(bounceLocal(local)):
		report = Report{Kind: Unsubscribe, Locals: []string{bounceLocal(local)}, MessageID: report.MessageID}
	}
	var result Result
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) (err error) {
		result, err = s.take(ctx, tx, report, digest(raw, report))
		return err
	})
	return result, err
}

// Mails to u-… unsubscribe whom b-… names.
const unsubscribePrefix = "u-"

func bounceLocal(unsubscribe string) string {
	return "b-" + strings.TrimPrefix(unsubscribe, unsubscribePrefix)
}

// Addresses are where bounces of a message go, and where a mail unsubscribes
// its recipient: both at domain.
func Addresses(s *link.Signer, ref link.BounceRef, domain string) (envelope, unsubscribe string) {
	local := s.BounceLocal(ref)
	return local + "@" + domain, unsubscribePrefix + strings.TrimPrefix(local, "b-") + "@" + domain
}

// digest tells reports apart: by their Message-ID, because a mail that passes
// two servers twice differs in its trace fields.
func digest(raw []byte, r Report) []byte {
	key := raw
	if r.MessageID != "" {
		key = []byte(r.MessageID + "\n" + strings.Join(r.Locals, "\n") + "\n" + strings.Join(r.Recipients, "\n"))
	}
	sum := sha256.Sum256(key)
	return sum[:]
}

func (s *Service) take(ctx context.Context, tx db.Tx, report Report, digest []byte) (Result, error) {
	result := Result{Kind: report.Kind, Status: report.Status}
	m, err := s.find(ctx, tx, report)
	if err != nil {
		return Result{}, err
	}
	result.Matched = m != nil
	row := &db.Bounce{ReceivedAt: s.Clock.Now(), Digest: digest, Kind: string(report.Kind), Status: report.Status}
	if m != nil {
		row.CustomerID, row.DeliveryID, row.DeliveryMonth, row.ValueHash = &m.CustomerID, &m.DeliveryID, &m.DeliveryMonth, m.hash()
	}
	inserted, err := tx.NewInsert().Model(row).On("CONFLICT ON CONSTRAINT bounces_digest_key DO NOTHING").Returning("id").Exec(ctx)
	if err != nil {
		return Result{}, db.Fault(err)
	}
	if n, err := inserted.RowsAffected(); n == 0 || err != nil {
		result.Duplicate = true
		return result, err
	}
	if m == nil {
		return result, nil
	}
	if result.Suppressed, err = s.follow(ctx, tx, m, report); err != nil || !result.Suppressed {
		return result, err
	}
	_, err = tx.NewUpdate().Model(row).Set("suppressed = true").WherePK().Exec(ctx)
	return result, db.Fault(err)
}

// follow does what a report means for the message and the address.
func (s *Service) follow(ctx context.Context, tx db.Tx, m *written, r Report) (suppressed bool, err error) {
	switch r.Kind {
	case Hard:
		if err := s.record(ctx, tx, m, response.Bounced); err != nil {
			return false, err
		}
		return s.suppress(ctx, tx, m, "HARD_BOUNCE", r.Status)
	case Soft, Policy:
		if err := s.record(ctx, tx, m, response.Bounced); err != nil {
			return false, err
		}
		if r.Kind == Policy {
			return false, nil
		}
		worn, err := s.wornOut(ctx, tx, m)
		if err != nil || !worn {
			return false, err
		}
		return s.suppress(ctx, tx, m, "HARD_BOUNCE", r.Status)
	case Complaint:
		if err := s.record(ctx, tx, m, response.Complained); err != nil {
			return false, err
		}
		if err := s.Consents.Withdraw(ctx, tx, m.ref(), response.ByComplaint); err != nil {
			return false, err
		}
		return s.suppress(ctx, tx, m, "COMPLAINT", "")
	case Unsubscribe:
		if err := s.record(ctx, tx, m, response.Unsubscribed); err != nil {
			return false, err
		}
		return true, s.Consents.Withdraw(ctx, tx, m.ref(), response.ByMail)
	default:
		return false, nil
	}
}

func (s *Service) record(ctx context.Context, tx db.Tx, m *written, kind response.FactKind) error {
	return s.Recorder.Record(ctx, tx, []response.Fact{{
		Kind: kind, DeliveryMonth: m.DeliveryMonth, DeliveryID: m.DeliveryID, CustomerID: m.CustomerID, At: s.Clock.Now(),
	}})
}

// wornOut reports whether mails to the address came back softly often enough,
// this time included.
func (s *Service) wornOut(ctx context.Context, tx db.Tx, m *written) (bool, error) {
	var worn bool
	err := tx.NewRaw(`
		SELECT count(*) >= ? AND count(DISTINCT received_at::date) >= ? FROM bounces
		WHERE value_hash = ? AND kind = 'SOFT' AND received_at > ?`,
		softCount, softDays, m.hash(), s.Clock.Now().Add(-softWindow)).Scan(ctx, &worn)
	return worn && m.hash() != nil, db.Fault(err)
}

// suppress keeps the address from being written to. A complaint outweighs what
// is there, and a bounce an opt-out, because a later consent makes no mailbox;
// the rest leaves it. That the address opted out stays beside the reason; a
// complaint says it, too.
func (s *Service) suppress(ctx context.Context, tx db.Tx, m *written, reason, status string) (bool, error) {
	if m.hash() == nil {
		return false, nil
	}
	now := s.Clock.Now()
	var optedOut *time.Time
	if reason == "COMPLAINT" {
		optedOut = &now
	}
	_, err := tx.NewRaw(`
		INSERT INTO suppressions (channel, value_hash, reason, at, source, customer_id, status, opted_out_at) VALUES ('MAIL', ?, ?, ?, 'bounce', ?, ?, ?)
		ON CONFLICT (channel, value_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at, source = excluded.source,
			customer_id = excluded.customer_id, status = excluded.status, import_id = NULL, opted_out_at = coalesce(excluded.opted_out_at, suppressions.opted_out_at)
		WHERE suppressions.reason = 'OPT_OUT' OR excluded.reason = 'COMPLAINT' AND suppressions.reason <> 'COMPLAINT'`,
		m.hash(), reason, now, m.CustomerID, status, optedOut).Exec(ctx)
	return err == nil, db.Fault(err)
}

// written is a message that a report speaks of.
type written struct {
	CustomerID, DeliveryID int64
	DeliveryMonth          time.Time
	Email                  string // of the customer now; "" when it is not the one that was written to
}

func (m *written) ref() link.Ref {
	return link.Ref{DeliveryMonth: m.DeliveryMonth, DeliveryID: m.DeliveryID, CustomerID: m.CustomerID}
}

func (m *written) hash() []byte {
	if m.Email == "" {
		return nil
	}
	return message.AddressHash(m.Email)
}

// find is the message a report speaks of; nil when nothing that can be believed
// says so. Errors: fault.Invalid (FORGED).
func (s *Service) find(ctx context.Context, tx db.Tx, r Report) (*written, error) {
	for _, local := range r.Locals {
		ref, err := s.Signer.ParseBounce(local)
		if err != nil {
			continue
		}
		return s.message(ctx, tx, ref.CustomerID, ref.DeliveryID, ref.DeliveryMonth, func(email string) bool {
			return link.AddressMark(email) == ref.Address
		})
	}
	if len(r.Locals) > 0 {
		return nil, fault.New(fault.Invalid, "this bounce address was not made here").WithCode("FORGED")
	}
	for _, token := range r.Tokens {
		if ref, err := s.Signer.Parse(link.Unsubscribe, token); err == nil {
			return s.message(ctx, tx, ref.CustomerID, ref.DeliveryID, ref.DeliveryMonth, func(email string) bool {
				return len(r.Recipients) == 0 || same(r.Recipients, email)
			})
		}
	}
	if r.Kind != Hard && r.Kind != Soft {
		return nil, nil //nolint:nilnil // nobody is meant
	}
	if signed, err := s.bouncesAreSigned(ctx, tx); err != nil || signed {
		return nil, err
	}
	return s.byAddress(ctx, tx, r.Recipients)
}

// bouncesAreSigned reports whether mails leave with envelope addresses of ours.
func (s *Service) bouncesAreSigned(ctx context.Context, tx db.Tx) (bool, error) {
	signed, err := tx.NewSelect().Model((*db.SenderDomain)(nil)).Where("bounce_domain <> ''").Exists(ctx)
	return signed, db.Fault(err)
}

func same(addresses []string, email string) bool {
	for _, a := range addresses {
		if strings.EqualFold(a, strings.TrimSpace(email)) {
			return true
		}
	}
	return false
}

// message is one message with the address of its customer, if that is still the
// one that was written to. A merge moves a message to the customer who is left.
func (s *Service) message(ctx context.Context, tx db.Tx, customerID, deliveryID int64, month time.Time, still func(email string) bool) (*written, error) {
	var found []written
	err := tx.NewRaw(`
		WITH RECURSIVE chain AS (
			SELECT id, merged_into, 0 AS step FROM customers WHERE id = ?
			UNION ALL
			SELECT c.id, c.merged_into, chain.step + 1 FROM customers c JOIN chain ON c.id = chain.merged_into WHERE chain.step < 20
		)
		SELECT m.customer_id, m.delivery_id, m.delivery_month, c.email
		FROM chain JOIN messages m ON m.customer_id = chain.id JOIN customers c ON c.id = m.customer_id
		WHERE m.delivery_id = ? AND m.delivery_month = ? LIMIT 1`, customerID, deliveryID, month).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return nil, db.Fault(err)
	}
	if !still(found[0].Email) {
		found[0].Email = ""
	}
	return &found[0], nil
}

// byAddress is the newest message that went to one of the addresses of late.
func (s *Service) byAddress(ctx context.Context, tx db.Tx, addresses []string) (*written, error) {
	if len(addresses) == 0 || len(addresses) > 8 {
		return nil, nil //nolint:nilnil // nobody is meant, or nobody in particular
	}
	var found []written
	err := tx.NewRaw(`
		SELECT m.customer_id, m.delivery_id, m.delivery_month, c.email
		FROM customers c JOIN messages m ON m.customer_id = c.id
		WHERE lower(btrim(c.email)) IN (?) AND c.email <> '' AND m.status IN ('SENT', 'UNCERTAIN') AND m.sent_at > ?
		ORDER BY m.sent_at DESC LIMIT 1`, bun.List(addresses), s.Clock.Now().Add(-trustAddress)).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return nil, db.Fault(err)
	}
	return &found[0], nil
}

// countedDays is how far back Counts looks.
const countedDays = 30

// Counts is how much came back in the last 30 days, by kind.
func (s *Service) Counts(ctx context.Context) (map[Kind]int64, error) {
	var rows []struct {
		Kind Kind
		N    int64
	}
	err := s.DB.NewRaw(`SELECT kind, count(*) AS n FROM bounces WHERE received_at > ? GROUP BY kind`,
		s.Clock.Now().AddDate(0, 0, -countedDays)).Scan(ctx, &rows)
	counts := make(map[Kind]int64, len(rows))
	for _, r := range rows {
		counts[r.Kind] = r.N
	}
	return counts, db.Fault(err)
}
