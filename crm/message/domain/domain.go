// Package domain owns the domains the merchant's mails come from.
//
// It owns the DKIM keys of each domain, the domain that bounces go to, and the
// DNS records that make receivers believe both. It promises that private keys
// lie in the database encrypted only, that nobody can read one back, and that a
// mail is signed with every active key of its sender's domain. It leaves the
// signing itself to crm/message/dkim, publishing the records to the merchant,
// and what comes back to crm/message/bounce.
package domain

import (
	"context"
	"crypto"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/uptrace/bun"
	"golang.org/x/net/idna"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/dkim"
	"github.com/meguri-crm/meguri/crm/seal"
	"github.com/meguri-crm/meguri/db"
)

// Limits, so that lists need no pages.
const (
	maxDomains = 50
	maxKeys    = 8 // of one domain
)

// Domain is a sender domain with its keys, the oldest first.
type Domain struct {
	db.SenderDomain
	Keys []db.DKIMKey
}

// Service keeps sender domains.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Sealer   *seal.Sealer
	Resolver Resolver

	mu    sync.Mutex
	known map[string]outgoing // by domain
}

// List is all domains, by name.
func (s *Service) List(ctx context.Context) ([]Domain, error) {
	var rows []db.SenderDomain
	if err := s.DB.NewSelect().Model(&rows).Order("domain").Limit(maxDomains).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	var keys []db.DKIMKey
	if err := s.DB.NewSelect().Model(&keys).Order("id").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Domain, len(rows))
	for i, row := range rows {
		list[i].SenderDomain = row
		for _, k := range keys {
			if k.DomainID == row.ID {
				list[i].Keys = append(list[i].Keys, k)
			}
		}
	}
	return list, nil
}

// Find is one domain. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (Domain, error) { return find(ctx, s.DB, id) }

func find(ctx context.Context, idb bun.IDB, id int64) (d Domain, err error) {
	if err := idb.NewSelect().Model(&d.SenderDomain).Where("id = ?", id).Scan(ctx); err != nil {
		return Domain{}, db.Fault(err)
	}
	err = idb.NewSelect().Model(&d.Keys).Where("domain_id = ?", id).Order("id").Scan(ctx)
	return d, db.Fault(err)
}

// Add takes a domain in, with an RSA key that is not in use yet: its record has
// to be published first. Errors: fault.Invalid (BAD_DOMAIN), fault.Conflict
// when it is there, fault.Precondition (TOO_MANY).
func (s *Service) Add(ctx context.Context, name string) (Domain, error) {
	name, err := parseDomain(name, "domain")
	if err != nil {
		return Domain{}, err
	}
	row := &db.SenderDomain{Domain: name}
	return s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		if n, err := tx.NewSelect().Model((*db.SenderDomain)(nil)).Count(ctx); err != nil || n >= maxDomains {
			return 0, tooMany(err)
		}
		if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
			if fault.Is(db.Fault(err), fault.Conflict) {
				return 0, fault.New(fault.Conflict, "this domain is there already").WithCode("DOMAIN_EXISTS").At("domain")
			}
			return 0, db.Fault(err)
		}
		key, err := dkim.Make(dkim.RSA)
		if err != nil {
			return 0, fault.Wrap(fault.Internal, err, "the key cannot be made")
		}
		if _, err := s.insertKey(ctx, tx, *row, key, dkim.RSA, ""); err != nil {
			return 0, err
		}
		return row.ID, audit(ctx, tx, "sender_domain.add", row.ID, nil)
	})
}

// SetBounceDomain says which domain bounces go to; "" sends them to the
// sender's own address. Errors: fault.NotFound, fault.Invalid (BAD_DOMAIN).
func (s *Service) SetBounceDomain(ctx context.Context, id int64, name string) (Domain, error) {
	if name = strings.TrimSpace(name); name != "" {
		var err error
		if name, err = parseDomain(name, "bounceDomain"); err != nil {
			return Domain{}, err
		}
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		done, err := tx.NewUpdate().Model((*db.SenderDomain)(nil)).Set("bounce_domain = ?", name).Where("id = ?", id).Exec(ctx)
		if err := changedOne(done, err); err != nil {
			return 0, err
		}
		return id, audit(ctx, tx, "sender_domain.set_bounce_domain", id, nil)
	})
}

// Remove forgets a domain and its keys; mails from it go out unsigned from then
// on. Errors: fault.NotFound.
func (s *Service) Remove(ctx context.Context, id int64) error {
	_, err := s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		done, err := tx.NewDelete().Model((*db.SenderDomain)(nil)).Where("id = ?", id).Exec(ctx)
		if err := changedOne(done, err); err != nil {
			return 0, err
		}
		return 0, audit(ctx, tx, "sender_domain.remove", id, nil)
	})
	return err
}

// NewKey is a key to be added.
type NewKey struct {
	Algorithm dkim.Algorithm // of a key that Meguri makes; from the PEM otherwise
	Selector  string         // "": one is made up
	PEM       string         // "": Meguri makes the key
}

// AddKey makes or takes in a key, not in use yet. Errors: fault.NotFound;
// fault.Invalid (BAD_KEY, WEAK_KEY, BAD_SELECTOR); fault.Conflict
// (SELECTOR_EXISTS); fault.Precondition (TOO_MANY).
func (s *Service) AddKey(ctx context.Context, domainID int64, n NewKey) (Domain, error) {
	key, algorithm, err := n.key()
	if err != nil {
		return Domain{}, err
	}
	if n.Selector = strings.ToLower(strings.TrimSpace(n.Selector)); n.Selector != "" && !isLabel(n.Selector) {
		return Domain{}, fault.New(fault.Invalid, "a selector is letters, digits and hyphens").WithCode("BAD_SELECTOR").At("selector")
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		d, err := find(ctx, tx, domainID)
		if err != nil {
			return 0, err
		}
		if len(d.Keys) >= maxKeys {
			return 0, tooMany(nil)
		}
		id, err := s.insertKey(ctx, tx, d.SenderDomain, key, algorithm, n.Selector)
		if err != nil {
			return 0, err
		}
		return domainID, audit(ctx, tx, "sender_domain.add_key", domainID, map[string]any{"key": id, "algorithm": algorithm})
	})
}

func (n NewKey) key() (crypto.Signer, dkim.Algorithm, error) {
	if strings.TrimSpace(n.PEM) != "" {
		return dkim.ParsePEM(n.PEM)
	}
	key, err := dkim.Make(n.Algorithm)
	return key, n.Algorithm, err
}

func (s *Service) insertKey(ctx context.Context, tx bun.IDB, d db.SenderDomain, key crypto.Signer, a dkim.Algorithm, selector string) (int64, error) {
	if selector == "" {
		selector = "meguri" + s.Clock.Now().Format("20060102") + map[dkim.Algorithm]string{dkim.RSA: "r", dkim.Ed25519: "e"}[a]
	}
	private, err := dkim.Marshal(key)
	if err != nil {
		return 0, fault.Wrap(fault.Internal, err, "the key cannot be kept")
	}
	public, err := dkim.Public(key)
	if err != nil {
		return 0, fault.Wrap(fault.Internal, err, "the key cannot be kept")
	}
	row := &db.DKIMKey{
		DomainID: d.ID, Algorithm: string(a), Selector: selector, PublicKey: public,
		PrivateKey: s.Sealer.Seal(private, owner(d.ID, selector)),
	}
	_, err = tx.NewInsert().Model(row).Returning("*").Exec(ctx)
	if err = db.Fault(err); fault.Is(err, fault.Conflict) {
		err = fault.New(fault.Conflict, "the domain has a key with this selector").WithCode("SELECTOR_EXISTS").At("selector")
	}
	return row.ID, err
}

// owner is what an encrypted key belongs to: copied to another row it does not
// open.
func owner(domainID int64, selector string) string {
	return strconv.FormatInt(domainID, 10) + "/" + selector
}

// SetKeyActive puts a key in or out of use: mails are signed with every key in
// use. Errors: fault.NotFound.
func (s *Service) SetKeyActive(ctx context.Context, domainID, keyID int64, active bool) (Domain, error) {
	return s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		done, err := tx.NewUpdate().Model((*db.DKIMKey)(nil)).Set("active = ?", active).Where("id = ? AND domain_id = ?", keyID, domainID).Exec(ctx)
		if err := changedOne(done, err); err != nil {
			return 0, err
		}
		return domainID, audit(ctx, tx, "sender_domain.use_key", domainID, map[string]any{"key": keyID, "active": active})
	})
}

// RemoveKey forgets a key. Errors: fault.NotFound; fault.Precondition
// (KEY_IN_USE) while it is in use.
func (s *Service) RemoveKey(ctx context.Context, domainID, keyID int64) (Domain, error) {
	return s.change(ctx, func(ctx context.Context, tx db.Tx) (int64, error) {
		var key db.DKIMKey
		if err := tx.NewSelect().Model(&key).Where("id = ? AND domain_id = ?", keyID, domainID).For("UPDATE").Scan(ctx); err != nil {
			return 0, db.Fault(err)
		}
		if key.Active {
			return 0, fault.New(fault.Precondition, "mails are signed with this key").WithCode("KEY_IN_USE")
		}
		if _, err := tx.NewDelete().Model(&key).WherePK().Exec(ctx); err != nil {
			return 0, db.Fault(err)
		}
		return domainID, audit(ctx, tx, "sender_domain.remove_key", domainID, map[string]any{"key": keyID})
	})
}

// change runs fn and answers with the domain it names as it then is; 0: none.
func (s *Service) change(ctx context.Context, fn func(context.Context, db.Tx) (int64, error)) (d Domain, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		id, err := fn(ctx, tx)
		if err != nil || id == 0 {
			return err
		}
		d, err = find(ctx, tx, id)
		return err
	})
	if err == nil {
		s.forget()
	}
	return d, err
}

func audit(ctx context.Context, tx bun.IDB, action string, id int64, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "SenderDomain", ObjectID: id, Detail: detail})
}

func changedOne(done interface{ RowsAffected() (int64, error) }, err error) error {
	if err != nil {
		return db.Fault(err)
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		return fault.New(fault.NotFound, "this sender domain is not there")
	}
	return nil
}

func tooMany(err error) error {
	if err != nil {
		return db.Fault(err)
	}
	return fault.New(fault.Precondition, "there are too many of them: remove one first").WithCode("TOO_MANY")
}

// parseDomain is a host name in lower case and ASCII.
func parseDomain(name, field string) (string, error) {
	ascii, err := idna.Lookup.ToASCII(strings.ToLower(strings.Trim(strings.TrimSpace(name), ".")))
	labels := strings.Split(ascii, ".")
	bad := err != nil || len(labels) < 2 || len(ascii) > 200
	for _, l := range labels {
		bad = bad || !isLabel(l)
	}
	if bad {
		return "", fault.New(fault.Invalid, "this is no domain, such as shop.example").WithCode("BAD_DOMAIN").At(field)
	}
	return ascii, nil
}

func isLabel(l string) bool {
	return l != "" && len(l) < 64 && strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && l[0] != '-' && l[len(l)-1] != '-'
}

// rememberFor is how long another process may go on with what it knows of a
// domain after it was changed.
const rememberFor = 15 * time.Second

// outgoing is what the sending needs of a domain.
type outgoing struct {
	readAt       time.Time
	bounceDomain string
	signers      []channel.Signer
}

// Outgoing is with what mails from an address are signed, and the domain their
// bounces go to; nothing and "" for a domain that is not kept here. It is read
// anew every 15 seconds.
func (s *Service) Outgoing(ctx context.Context, email string) (signers []channel.Signer, bounceDomain string, err error) {
	name, now := channel.Domain(email), s.Clock.Now()
	s.mu.Lock()
	known, ok := s.known[name]
	s.mu.Unlock()
	if ok && now.Sub(known.readAt) < rememberFor {
		return known.signers, known.bounceDomain, nil
	}
	if known, err = s.read(ctx, name); err != nil {
		return nil, "", err
	}
	known.readAt = now
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) > maxDomains {
		s.known = map[string]outgoing{}
	}
	s.known[name] = known
	return known.signers, known.bounceDomain, nil
}

func (s *Service) read(ctx context.Context, name string) (o outgoing, err error) {
	var row db.SenderDomain
	err = s.DB.NewSelect().Model(&row).Where("domain = ?", name).Scan(ctx)
	if fault.Is(db.Fault(err), fault.NotFound) {
		return o, nil
	}
	if err != nil {
		return o, db.Fault(err)
	}
	var keys []db.DKIMKey
	if err := s.DB.NewSelect().Model(&keys).Where("domain_id = ? AND active", row.ID).Order("id").Scan(ctx); err != nil {
		return o, db.Fault(err)
	}
	o.bounceDomain = row.BounceDomain
	for _, k := range keys {
		der, err := s.open(k.PrivateKey, owner(row.ID, k.Selector))
		if err != nil {
			return o, err
		}
		key, _, err := dkim.Parse(der)
		if err != nil {
			return o, err
		}
		o.signers = append(o.signers, dkim.Signer{Domain: row.Domain, Selector: k.Selector, Key: key})
	}
	return o, nil
}

func (s *Service) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
}
