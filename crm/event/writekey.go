package event

import (
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxOrigins is how many origins one key may be used on.
const maxOrigins = 20

// CreateKey makes a public write key for the pages of a shop. origins are
// scheme://host[:port] of the pages that may use it.
// Errors: fault.Invalid BAD_ORIGIN, LIST_INVALID; fault.NotFound for the shop.
func (s *Service) CreateKey(ctx context.Context, shopID int64, origins []string) (*db.WriteKey, error) {
	clean, err := cleanOrigins(origins)
	if err != nil {
		return nil, err
	}
	if _, err := s.shopOf(ctx, shopID); err != nil {
		return nil, err
	}
	row := &db.WriteKey{
		ShopID: shopID, Key: "mk_" + strings.ToLower(rand.Text()[:24]), Origins: clean,
		CreatedAt: s.clock.Now(), CreatedBy: access.CallerFrom(ctx).Principal.StaffID(),
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "write_key.create", ObjectKind: "WriteKey", ObjectID: row.ID})
	})
	return row, err
}

func cleanOrigins(origins []string) ([]string, error) {
	var clean []string
	for _, o := range origins {
		u, err := url.Parse(strings.ToLower(strings.TrimSuffix(strings.TrimSpace(o), "/")))
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return nil, fault.New(fault.Invalid, "an origin is the address of a site without a path, such as https://www.example.com").WithCode("BAD_ORIGIN").At("origins")
		}
		if origin := u.Scheme + "://" + u.Host; !slices.Contains(clean, origin) {
			clean = append(clean, origin)
		}
	}
	if len(clean) == 0 || len(clean) > maxOrigins {
		return nil, fault.New(fault.Invalid, "a key has 1 to %d origins", maxOrigins).WithCode("LIST_INVALID").At("origins").With("max", maxOrigins)
	}
	return clean, nil
}

// RevokeKey ends a key, everywhere within keyLife. Again it does nothing.
// Errors: fault.NotFound.
func (s *Service) RevokeKey(ctx context.Context, id int64) (*db.WriteKey, error) {
	row := new(db.WriteKey)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil || row.RevokedAt != nil {
			return db.Fault(err)
		}
		now := s.clock.Now()
		row.RevokedAt = &now
		if _, err := tx.NewUpdate().Model(row).Column("revoked_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "write_key.revoke", ObjectKind: "WriteKey", ObjectID: id})
	})
	s.keys.forget()
	return row, err
}

// Keys lists the keys of a shop, the newest first.
func (s *Service) Keys(ctx context.Context, shopID int64) ([]db.WriteKey, error) {
	var rows []db.WriteKey
	err := s.db.NewSelect().Model(&rows).Where("shop_id = ?", shopID).OrderExpr("id DESC").Scan(ctx)
	return rows, db.Fault(err)
}

// keyLife is how long a process goes by what it last read of the keys.
const keyLife = 5 * time.Second

// keyring is the keys in force, read at once: there are a few per shop. Who
// needs them while they are read waits for that one reading, as long as he likes.
type keyring struct {
	mu      sync.Mutex
	byKey   map[string]db.WriteKey
	until   time.Time
	reading *keyReading // nil: none that is worth waiting for
}

type keyReading struct {
	done  chan struct{}
	byKey map[string]db.WriteKey
	err   error
}

// keyTimeout bounds a reading that several requests wait for; it is not that of
// any of them.
const keyTimeout = 10 * time.Second

// forget has the keys read again; what is being read right now may be too old.
func (k *keyring) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byKey, k.reading = nil, nil
}

// FindKey is a key in force. Errors: fault.NotFound.
func (s *Service) FindKey(ctx context.Context, key string) (db.WriteKey, error) {
	keys, err := s.keysInForce(ctx)
	if err != nil {
		return db.WriteKey{}, err
	}
	row, ok := keys[key]
	if !ok {
		return row, fault.New(fault.NotFound, "there is no such key")
	}
	return row, nil
}

func (s *Service) keysInForce(ctx context.Context) (map[string]db.WriteKey, error) {
	known, reading := s.knownKeys(ctx)
	if reading == nil {
		return known, nil
	}
	select {
	case <-reading.done:
		return reading.byKey, reading.err
	case <-ctx.Done():
		return nil, db.Fault(ctx.Err())
	}
}

// knownKeys are the keys while they are fresh, or the reading that will tell.
func (s *Service) knownKeys(ctx context.Context) (map[string]db.WriteKey, *keyReading) {
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	if s.keys.byKey != nil && s.clock.Now().Before(s.keys.until) {
		return s.keys.byKey, nil
	}
	if s.keys.reading == nil {
		s.keys.reading = &keyReading{done: make(chan struct{})}
		go s.readKeys(context.WithoutCancel(ctx), s.keys.reading)
	}
	return nil, s.keys.reading
}

func (s *Service) readKeys(ctx context.Context, r *keyReading) {
	ctx, cancel := context.WithTimeout(ctx, keyTimeout)
	defer cancel()
	began := s.clock.Now()
	var rows []db.WriteKey
	r.err = db.Fault(s.db.NewSelect().Model(&rows).Where("revoked_at IS NULL").Scan(ctx))
	r.byKey = make(map[string]db.WriteKey, len(rows))
	for _, row := range rows {
		r.byKey[row.Key] = row
	}
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	if s.keys.reading == r {
		s.keys.reading = nil
		if r.err == nil {
			s.keys.byKey, s.keys.until = r.byKey, began.Add(keyLife)
		}
	}
	close(r.done)
}
