package message

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// senderKey is the setting that holds the sender.
const senderKey = "sender"

// Senders is the merchant's sender, kept in the settings.
type Senders struct{ DB *db.DB }

// Sender is who the merchant's mails come from; empty while nobody has set it,
// which LAW-02 then finds.
func (Senders) Sender(ctx context.Context, idb bun.IDB) (policy.Sender, error) {
	var raw []json.RawMessage
	if err := idb.NewSelect().Table("settings").Column("value").Where("key = ?", senderKey).Scan(ctx, &raw); err != nil {
		return Sender{}, db.Fault(err)
	}
	if len(raw) == 0 {
		return Sender{}, nil
	}
	var sender Sender
	if err := json.Unmarshal(raw[0], &sender); err != nil {
		return Sender{}, fault.Wrap(fault.Internal, err, "the sender settings cannot be read")
	}
	return sender, nil
}

// Current is Sender outside any transaction.
func (s Senders) Current(ctx context.Context) (Sender, error) { return s.Sender(ctx, s.DB) }

// Update checks and stores the sender and gives it back as stored. Errors:
// fault.Invalid with the field.
func (s Senders) Update(ctx context.Context, sender Sender) (Sender, error) {
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		before, err := s.Sender(ctx, tx)
		if err != nil {
			return err
		}
		if sender, err = SaveSender(ctx, tx, sender); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "settings.update_sender", ObjectKind: "SenderSettings", Detail: access.Differences(auditedSender(before), auditedSender(sender)),
		})
	})
	if err != nil {
		return Sender{}, err
	}
	return sender, nil
}

// auditedSender is what the audit log keeps of a sender: what stands under every
// mail anyhow.
func auditedSender(s Sender) map[string]any {
	return map[string]any{"name": s.Name, "email": s.Email, "postalAddress": s.PostalAddress, "contact": s.Contact}
}

// SaveSender checks and stores the sender inside the caller's transaction and
// gives it back as stored. Errors: fault.Invalid with the field.
func SaveSender(ctx context.Context, tx bun.IDB, sender Sender) (Sender, error) {
	sender = Sender{
		Name: tidy(sender.Name), Email: tidy(sender.Email),
		PostalAddress: tidy(sender.PostalAddress), Contact: tidy(sender.Contact),
	}
	if err := check.Struct(sender); err != nil {
		return Sender{}, err
	}
	value, err := json.Marshal(sender)
	if err != nil {
		return Sender{}, fault.Wrap(fault.Internal, err, "internal error")
	}
	_, err = tx.NewRaw(`
		INSERT INTO settings (key, value) VALUES (?, ?::jsonb)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`, senderKey, string(value)).Exec(ctx)
	return sender, db.Fault(err)
}

// tidy makes one line of s.
func tidy(s string) string { return strings.Join(strings.Fields(oneLine(s)), " ") }
