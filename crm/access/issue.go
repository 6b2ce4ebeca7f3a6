package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// FirstOwnerEmail is the address of the account that the first start makes.
const FirstOwnerEmail = "owner@meguri.example"

// firstOwnerLock is the advisory lock under which the first owner is made, so
// that two nodes starting at once make one.
const firstOwnerLock = 0x6d656775

// EnsureFirstOwner makes an owner of a name when there is no member of staff yet, and
// returns its generated password, which is kept nowhere else. On every later
// start made is false.
func (s *Service) EnsureFirstOwner(ctx context.Context, name string) (email, password string, made bool, err error) {
	n, err := s.db.NewSelect().Model((*db.Staff)(nil)).Count(ctx)
	if err != nil || n > 0 {
		return "", "", false, db.Fault(err)
	}
	password = RandomPassword()
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return "", "", false, err
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", firstOwnerLock); err != nil {
			return err
		}
		if n, err := tx.NewSelect().Model((*db.Staff)(nil)).Count(ctx); err != nil || n > 0 {
			return err
		}
		owner := &db.Staff{Email: FirstOwnerEmail, Name: name, Role: string(RoleOwner), PasswordHash: hash, Locale: localeJapanese}
		if _, err := tx.NewInsert().Model(owner).Exec(ctx); err != nil {
			return err
		}
		made = true
		return Audit(ctx, tx, Entry{Action: "staff.create", ObjectKind: kindStaff, ObjectID: owner.ID, Detail: map[string]any{"role": RoleOwner}})
	})
	if err != nil || !made {
		return "", "", false, db.Fault(err)
	}
	return FirstOwnerEmail, password, true, nil
}

// StaffToken issues an access token of ttl for a script that works as a member
// of staff. It hangs on a session of its own, which ends with the account. With
// scopes it may do no more than these, for programs of partners.
// Errors: fault.NotFound; fault.Invalid for a ttl outside 1 s … MaxTokenTTL and
// with SCOPE_UNKNOWN.
func (s *Service) StaffToken(ctx context.Context, email string, ttl time.Duration, scopes ...Scope) (string, error) {
	if err := checkTTL(ttl); err != nil {
		return "", err
	}
	narrowed, err := Scopes(scopes...)
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, "there is no such scope").WithCode("SCOPE_UNKNOWN").At("scopes")
	}
	staff, err := s.findActive(ctx, normalEmail(email))
	if err != nil {
		return "", err
	}
	if staff.ID == 0 {
		return "", fault.New(fault.NotFound, "no active member of staff has this address")
	}
	now := s.clock.Now()
	session := &db.StaffSession{StaffID: staff.ID, CreatedAt: now, LastUsedAt: now, ExpiresAt: now.Add(ttl), UserAgent: tokenAgent}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(session).Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{
			Action: "staff.issue_token", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: map[string]any{"seconds": int(ttl.Seconds())},
		})
	})
	if err != nil {
		return "", db.Fault(err)
	}
	p := staffPrincipal(staff, session.ID, session.ExpiresAt)
	if len(scopes) > 0 {
		p.Scopes &= narrowed
	}
	return s.keys.sign(p, now)
}

// CustomerToken issues an access token of ttl for a customer: he reaches
// himself and nobody else. It cannot be taken back before it ends.
// Errors: fault.NotFound; fault.Invalid for a ttl outside 1 s … MaxTokenTTL.
func (s *Service) CustomerToken(ctx context.Context, customerID int64, ttl time.Duration) (string, error) {
	if err := checkTTL(ttl); err != nil {
		return "", err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var one int
		err := tx.NewRaw("SELECT 1 FROM customers WHERE id = ? AND NOT anonymous", customerID).Scan(ctx, &one)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.NotFound, "no customer has this id")
		}
		if err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{
			Action: "customer.issue_token", ObjectKind: "Customer", ObjectID: customerID,
			Detail: map[string]any{"seconds": int(ttl.Seconds())},
		})
	})
	if err != nil {
		return "", db.Fault(err)
	}
	return s.SignCustomer(customerID, ttl)
}

// SignCustomer is CustomerToken without asking whether the customer exists and
// without a trace in the log, for measurements that need thousands.
func (s *Service) SignCustomer(customerID int64, ttl time.Duration) (string, error) {
	now := s.clock.Now()
	p := Principal{Kind: ActorCustomer, ID: customerID, Scopes: scopeBits[ScopeMe], ExpiresAt: now.Add(ttl)}
	return s.keys.sign(p, now)
}

func checkTTL(ttl time.Duration) error {
	if ttl < time.Second || ttl > MaxTokenTTL {
		return fault.New(fault.Invalid, "a token lives between 1 second and %s", MaxTokenTTL)
	}
	return nil
}
