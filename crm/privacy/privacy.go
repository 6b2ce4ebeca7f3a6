// Package privacy answers people who ask about their own data, and lets go of
// data whose time is over.
//
// It owns the register of requests, the export of all that is known of a person
// as one file, the erasure of a person (個人情報保護法 33条–35条), the keyed hashes
// by which an old file is kept from bringing an erased person back, and the
// retention of each kind of data. It promises that no table with customer_id is
// forgotten in either, which a test holds against the schema; that an erasure
// cannot be undone, keeps figures and what the law wants kept, and says which
// and why before; that its log holds no personal data; and that a file expires.
// How a person is found again is left to crm/customer.
package privacy

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"log/slog"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Queue enqueues jobs in a transaction.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Ledger takes away what points somebody who is erased has left.
type Ledger interface {
	Forfeit(ctx context.Context, tx db.Tx, customerID, requestID int64) error
}

// Exports gives up the files that tell of many people.
type Exports interface {
	Withdraw(ctx context.Context, tx db.Tx) error
}

// Service keeps requests and does what they ask.
type Service struct {
	DB      *db.DB
	Clock   clock.Clock
	Zone    *time.Location
	Queue   Queue
	Ledger  Ledger
	Exports Exports
	Log     *slog.Logger
	keys    [][]byte // of hashes; the newest first, it makes, all find
}

// New makes the service; secrets are those of the installation, the newest
// first, separated by commas.
func New(s Service, secrets string) (*Service, error) {
	for secret := range strings.SplitSeq(secrets, ",") {
		key, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, "meguri erased addresses v1", 32)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the key of erased addresses")
		}
		s.keys = append(s.keys, key)
	}
	return &s, nil
}

func hashWith(key []byte, address string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.ToLower(strings.TrimSpace(address))))
	return mac.Sum(nil)
}

// Erased answers which addresses were erased, and when. They are few, and read
// once: what is erased meanwhile is not among them. An address whose owner has
// confirmed a form since is not erased any more.
func (s *Service) Erased(ctx context.Context, idb bun.IDB) (func(address string) (at time.Time, erased bool), error) {
	var rows []struct {
		Hash     []byte
		ErasedAt time.Time
	}
	if err := idb.NewRaw("SELECT hash, erased_at FROM erased_addresses").Scan(ctx, &rows); err != nil {
		return nil, db.Fault(err)
	}
	found := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		found[string(r.Hash)] = r.ErasedAt
	}
	return func(address string) (time.Time, bool) {
		if len(found) == 0 || address == "" {
			return time.Time{}, false
		}
		for _, key := range s.keys {
			if at, erased := found[string(hashWith(key, address))]; erased {
				return at, true
			}
		}
		return time.Time{}, false
	}, nil
}

// Returned lets an address come in again: its owner has given it himself.
func (s *Service) Returned(ctx context.Context, tx bun.IDB, address string) error {
	for _, key := range s.keys {
		if _, err := tx.NewRaw("DELETE FROM erased_addresses WHERE hash = ?", hashWith(key, address)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// everybody are the customer of id and those who were merged into him.
func everybody(ctx context.Context, idb bun.IDB, id int64) (ids []int64, err error) {
	err = idb.NewRaw(`WITH RECURSIVE one AS (
			SELECT id FROM customers WHERE id = survivor_of(?) AND NOT anonymous
			UNION SELECT c.id FROM one JOIN customers c ON c.merged_into = one.id)
		SELECT id FROM one ORDER BY id`, id).Scan(ctx, &ids)
	if err == nil && len(ids) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	return ids, db.Fault(err)
}
