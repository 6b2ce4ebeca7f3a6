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

// CustomerToken issues an access token of ttl for a customer: he reaches himself
// and nobody else. A token that a partner client issues ends with that client.
// Errors: fault.NotFound; fault.Invalid for a ttl outside 1 s … MaxTokenTTL.
func (s *Service) CustomerToken(ctx context.Context, customerID int64, ttl time.Duration) (string, error) {
	p := Principal{Kind: ActorCustomer, ID: customerID, Scopes: scopeBits[ScopeMe]}
	if caller := From(ctx); caller.Kind == ActorClient {
		p.client = caller.client
	}
	return s.customerToken(ctx, p, ttl, "customer.issue_token")
}

// MemberPageTTL is how long staff sees the page of a member.
const MemberPageTTL = 15 * time.Minute

// OpenMemberPage issues a token with which the calling member of staff sees what a
// customer sees. What only the customer himself can say stays shut (Himself).
// Errors: fault.NotFound; fault.Forbidden for callers who are no staff.
func (s *Service) OpenMemberPage(ctx context.Context, customerID int64) (string, error) {
	staff := From(ctx).StaffID()
	if staff == nil {
		return "", fault.New(fault.Forbidden, "only staff opens the page of a member")
	}
	p := Principal{Kind: ActorCustomer, ID: customerID, Scopes: scopeBits[ScopeMe], ByStaff: *staff}
	return s.customerToken(ctx, p, MemberPageTTL, "customer.open_member_page")
}

// Himself refuses a member of staff who sees the page of a customer, for what only
// the customer can say. Errors: fault.Precondition STAFF_VIEW.
func Himself(ctx context.Context) error {
	if From(ctx).ByStaff != 0 {
		return fault.New(fault.Precondition, "only the member himself can change this").WithCode("STAFF_VIEW")
	}
	return nil
}

// customerToken signs a token of p, who must exist, and writes it into the log.
func (s *Service) customerToken(ctx context.Context, p Principal, ttl time.Duration, action string) (string, error) {
	if err := checkTTL(ttl); err != nil {
		return "", err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		err := tx.NewRaw(`SELECT coalesce((SELECT version FROM customer_token_versions v WHERE v.customer_id = c.id), 0)
			FROM customers c WHERE c.id = ? AND NOT c.anonymous`, p.ID).Scan(ctx, &p.version)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.NotFound, "no customer has this id")
		}
		if err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: action, ObjectKind: "Customer", ObjectID: p.ID, Detail: map[string]any{"seconds": int(ttl.Seconds())}})
	})
	if err != nil {
		return "", db.Fault(err)
	}
	now := s.clock.Now()
	p.ExpiresAt = now.Add(ttl)
	return s.keys.sign(p, now)
}

// SignCustomer is CustomerToken of a customer whose tokens were never taken back,
// without asking whether he exists and without a trace in the log, for
// measurements that need thousands.
func (s *Service) SignCustomer(customerID int64, ttl time.Duration) (string, error) {
	now := s.clock.Now()
	p := Principal{Kind: ActorCustomer, ID: customerID, Scopes: scopeBits[ScopeMe], ExpiresAt: now.Add(ttl)}
	return s.keys.sign(p, now)
}

func checkTTL(ttl time.Duration) error {
	if ttl < time.Second || ttl > MaxTokenTTL {
		return fault.New(fault.Invalid, "a token lives between 1 second and %s", MaxTokenTTL).WithCode("OUT_OF_RANGE").At("ttlSeconds").
			With("min", 1).With("max", int(MaxTokenTTL.Seconds()))
	}
	return nil
}
