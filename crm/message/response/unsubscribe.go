package response

import (
	"context"
	"encoding/json"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

// Method is how somebody unsubscribed, as it stands in the consent record.
type Method string

// The methods.
const (
	ByLink     Method = "UNSUBSCRIBE_LINK" // the page in the mail, and its button
	ByOneClick Method = "ONE_CLICK"        // the mail program (RFC 8058)
	// ByMail is a mail to the address beside the link, ByComplaint the recipient
	// calling the mail spam.
	ByMail      Method = "UNSUBSCRIBE_MAIL"
	ByComplaint Method = "COMPLAINT"
)

// Unsubscribable reports whether token is one that Unsubscribe takes. Errors:
// fault.NotFound.
func (s *Service) Unsubscribable(token string) error {
	_, err := s.signer.Parse(link.Unsubscribe, token)
	return err
}

// Unsubscribe withdraws the consent to advertising mail of the customer whom
// token names, for every shop that has it: the merchant is one sender, whatever
// the shop (特定電子メール法 3条3項). His address is suppressed, too, so that
// the same address under another customer stays silent. It is committed when
// Unsubscribe returns; doing it again changes nothing. Errors: fault.NotFound.
func (s *Service) Unsubscribe(ctx context.Context, token string, method Method) error {
	ref, err := s.signer.Parse(link.Unsubscribe, token)
	if err != nil {
		return err
	}
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := s.Withdraw(ctx, tx, ref, method); err != nil {
			return err
		}
		return s.recorder.Record(ctx, tx, []Fact{factOf(Unsubscribed, ref, false, s.clock.Now())})
	})
}

// person is the customer a token speaks of, or whom he was merged into.
type person struct {
	ID    int64
	Email string
}

// survivorSQL follows merges to the customer who is left.
const survivorSQL = `
WITH RECURSIVE chain AS (
    SELECT id, email, merged_into, 0 AS step FROM customers WHERE id = ?
    UNION ALL
    SELECT c.id, c.email, c.merged_into, chain.step + 1
    FROM customers c JOIN chain ON c.id = chain.merged_into WHERE chain.step < 20
)
SELECT id, email FROM chain ORDER BY step DESC LIMIT 1`

// Withdraw withdraws the consents of the customer of a message, and suppresses
// his address, in tx. The message is left to the Recorder. Errors:
// fault.NotFound.
func (s *Service) Withdraw(ctx context.Context, tx db.Tx, ref link.Ref, method Method) error {
	var p person
	if err := tx.NewRaw(survivorSQL, ref.CustomerID).Scan(ctx, &p); err != nil {
		if fault.Is(db.Fault(err), fault.NotFound) {
			return fault.New(fault.NotFound, "this link is not valid")
		}
		return db.Fault(err)
	}
	// One at a time per customer: two clicks at once must not write two records.
	if _, err := tx.NewRaw("SELECT FROM customers WHERE id = ? FOR UPDATE", p.ID).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	withdrawn, err := s.withdrawConsents(ctx, tx, p.ID, ref, method)
	if err != nil {
		return err
	}
	suppressed, err := s.suppress(ctx, tx, p.Email, withdrawn > 0)
	if err != nil || withdrawn+suppressed == 0 {
		return err
	}
	return s.tell(ctx, tx, p.ID, ref, method)
}

// withdrawConsents adds a withdrawal for each shop whose newest record gives.
func (s *Service) withdrawConsents(ctx context.Context, tx db.Tx, customerID int64, ref link.Ref, method Method) (int64, error) {
	evidence, err := json.Marshal(map[string]int64{"deliveryId": ref.DeliveryID, "messageCustomerId": ref.CustomerID})
	if err != nil {
		return 0, fault.Wrap(fault.Internal, err, "internal error")
	}
	result, err := tx.NewRaw(`
		INSERT INTO consents (customer_id, channel, purpose, state, origin_shop_id, occurred_at, method, evidence)
		SELECT customer_id, 'MAIL', 'MARKETING', 'WITHDRAWN', origin_shop_id, greatest(?::timestamptz, occurred_at), ?, ?::jsonb
		FROM (
			SELECT DISTINCT ON (origin_shop_id) customer_id, origin_shop_id, state, occurred_at FROM consents
			WHERE customer_id = ? AND channel = 'MAIL' AND purpose = 'MARKETING'
			ORDER BY origin_shop_id, occurred_at DESC, id DESC
		) newest WHERE state = 'GIVEN'`, s.clock.Now(), string(method), string(evidence), customerID).Exec(ctx)
	if err != nil {
		return 0, db.Fault(err)
	}
	return result.RowsAffected()
}

// Silence keeps an address from being written to, in the transaction of whoever
// withdraws consents himself; renew says that there was one to withdraw.
func (s *Service) Silence(ctx context.Context, tx db.Tx, address string, renew bool) error {
	_, err := s.suppress(ctx, tx, address, renew)
	return err
}

// suppress keeps the address from being written to. An address that is
// suppressed for a stronger reason (complaint, bounce, staff) stays so, but the
// opt-out is kept beside it and outlives it; an older opt-out is renewed when
// there was a consent to withdraw, because that consent had lifted it.
func (s *Service) suppress(ctx context.Context, tx db.Tx, email string, renew bool) (int64, error) {
	if email == "" {
		return 0, nil
	}
	result, err := tx.NewRaw(`
		INSERT INTO suppressions (channel, value_hash, reason, at, source, opted_out_at) VALUES ('MAIL', ?0, 'OPT_OUT', ?1, 'unsubscribe', ?1)
		ON CONFLICT (channel, value_hash) DO UPDATE SET opted_out_at = excluded.opted_out_at, import_id = NULL,
			at = CASE WHEN suppressions.reason = 'OPT_OUT' THEN excluded.at ELSE suppressions.at END
		WHERE suppressions.opted_out_at IS NULL OR ?2`,
		message.AddressHash(email), s.clock.Now(), renew).Exec(ctx)
	if err != nil {
		return 0, db.Fault(err)
	}
	return result.RowsAffected()
}

// tell puts the withdrawal on the customer's timeline.
func (s *Service) tell(ctx context.Context, tx db.Tx, customerID int64, ref link.Ref, method Method) error {
	_, err := tx.NewRaw(`
		INSERT INTO events (customer_id, occurred_at, kind, data)
		VALUES (?, ?, 'consent.withdrawn', jsonb_build_object('channel', 'MAIL', 'method', ?::text, 'deliveryId', ?::bigint))`,
		customerID, s.clock.Now(), string(method), ref.DeliveryID).Exec(ctx)
	return db.Fault(err)
}
