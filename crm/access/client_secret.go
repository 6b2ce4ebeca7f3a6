package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// secretSlots is how many secrets of a client live at once: the one in use, and
// the next one while the partner changes over.
const secretSlots = 2

// secretMark begins every secret, so that scanners of repositories find one that
// was committed by mistake.
const secretMark = "msk_"

// NewSecret is a secret at the only time it is known.
type NewSecret struct {
	Value string
	Row   *db.APIClientSecret
}

// hashSecret is what is stored of a secret. The secret is 256 random bits, which
// nobody can try out: a slow hash, as passwords need it, would only make every
// request for a token slow, and hand whoever floods the endpoint the machine.
func hashSecret(value string) []byte {
	sum := sha256.Sum256([]byte(value))
	return sum[:]
}

// RotateClientSecret gives a client a second secret; the first one works on
// until it is revoked. Errors: fault.NotFound; fault.Precondition TOO_MANY_SECRETS.
func (s *Service) RotateClientSecret(ctx context.Context, id int64) (*db.APIClient, *NewSecret, error) {
	var secret *NewSecret
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lockClient(ctx, tx, id)
		if err != nil {
			return err
		}
		if secret, err = s.addSecret(ctx, tx, row); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.add_secret", ObjectKind: kindClient, ObjectID: id, Detail: map[string]any{"hint": secret.Row.Hint}})
	})
	if err != nil {
		return nil, nil, db.Fault(err)
	}
	row, err := s.Client(ctx, id)
	return row, secret, err
}

// addSecret puts a new secret into a free slot of a client that tx holds.
func (s *Service) addSecret(ctx context.Context, tx db.Tx, client *db.APIClient) (*NewSecret, error) {
	var taken []int
	if err := tx.NewSelect().Model((*db.APIClientSecret)(nil)).Column("slot").Where("client_id = ? AND revoked_at IS NULL", client.ID).Scan(ctx, &taken); err != nil {
		return nil, err
	}
	if len(taken) >= secretSlots {
		return nil, fault.New(fault.Precondition, "the client has %d secrets; revoke the old one first", secretSlots).WithCode("TOO_MANY_SECRETS")
	}
	slot := 1
	if len(taken) == 1 && taken[0] == slot {
		slot = 2
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, says crypto/rand
	value := secretMark + base64.RawURLEncoding.EncodeToString(raw)
	row := &db.APIClientSecret{
		ClientID: client.ID, Slot: slot, Hash: hashSecret(value), Hint: value[len(value)-4:],
		CreatedBy: From(ctx).StaffID(), CreatedAt: s.clock.Now(),
	}
	if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
		return nil, err
	}
	client.Secrets = append(client.Secrets, row)
	return &NewSecret{Value: value, Row: row}, nil
}

// RevokeClientSecret ends a secret: no token is given for it any more. Tokens
// that it opened stay; EndClientTokens ends those. Again it does nothing.
// Errors: fault.NotFound.
func (s *Service) RevokeClientSecret(ctx context.Context, secretID int64) (*db.APIClient, error) {
	row := new(db.APIClientSecret)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", secretID).For("UPDATE").Scan(ctx); err != nil || row.RevokedAt != nil {
			return err
		}
		now := s.clock.Now()
		row.RevokedAt = &now
		if _, err := tx.NewUpdate().Model(row).Column("revoked_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.revoke_secret", ObjectKind: kindClient, ObjectID: row.ClientID, Detail: map[string]any{"hint": row.Hint}})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return s.Client(ctx, row.ClientID)
}

// secretOf is the live secret of a client that is value, or nil.
func secretOf(client *db.APIClient, value string) *db.APIClientSecret {
	hash := hashSecret(value)
	for _, secret := range client.Secrets {
		if subtle.ConstantTimeCompare(secret.Hash, hash) == 1 {
			return secret
		}
	}
	return nil
}
