package access

import (
	"context"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// NewStaff is a person to be given an account.
type NewStaff struct {
	Email    string
	Name     string
	Role     Role
	Password string
}

// StaffChange is what to change of an account; nil fields stay.
type StaffChange struct {
	Name     *string
	Role     *Role
	Disabled *bool
}

// Find is one member of staff. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Staff, error) {
	staff := new(db.Staff)
	err := s.db.NewSelect().Model(staff).Where("id = ?", id).Scan(ctx)
	return staff, db.Fault(err)
}

// ByIDs is the members of staff with the given ids, in no order.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.Staff, error) {
	var rows []*db.Staff
	err := s.db.NewSelect().Model(&rows).Where("id IN ?", bun.Tuple(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// List is all members of staff, the oldest account first.
func (s *Service) List(ctx context.Context) ([]*db.Staff, error) {
	var rows []*db.Staff
	err := s.db.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return rows, db.Fault(err)
}

// Create opens an account.
// Errors: fault.Invalid by field; fault.Conflict with code EMAIL_TAKEN;
// fault.Forbidden when someone else than an owner makes an owner.
func (s *Service) Create(ctx context.Context, n NewStaff) (*db.Staff, error) {
	n.Email, n.Name = normalEmail(n.Email), strings.TrimSpace(n.Name)
	if err := n.check(); err != nil {
		return nil, err
	}
	if n.Role == RoleOwner && !mayTouchOwners(ctx) {
		return nil, ownersOnly()
	}
	hash, err := s.hasher.Hash(ctx, n.Password)
	if err != nil {
		return nil, err
	}
	staff := &db.Staff{Email: n.Email, Name: n.Name, Role: string(n.Role), PasswordHash: hash, Locale: "ja"}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(staff).Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.create", ObjectKind: "Staff", ObjectID: staff.ID, Detail: map[string]any{"role": n.Role}})
	})
	if db.Constraint(err) == "staff_email_key" {
		return nil, fault.Wrap(fault.Conflict, err, "somebody has this address already").WithCode("EMAIL_TAKEN").At("email")
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return staff, nil
}

// Update changes an account. Disabling ends its sessions.
// Errors: fault.NotFound; fault.Invalid by field; fault.Forbidden when someone
// else than an owner touches an owner; fault.Precondition with code LAST_OWNER.
func (s *Service) Update(ctx context.Context, id int64, c StaffChange) (*db.Staff, error) {
	staff := new(db.Staff)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		owners, err := lockOwners(ctx, tx)
		if err != nil {
			return err
		}
		if err := tx.NewSelect().Model(staff).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return err
		}
		was := Role(staff.Role)
		if err := c.apply(staff, s.clock.Now()); err != nil {
			return err
		}
		if (was == RoleOwner || Role(staff.Role) == RoleOwner) && !mayTouchOwners(ctx) {
			return ownersOnly()
		}
		stays := Role(staff.Role) == RoleOwner && staff.DisabledAt == nil
		if !stays && len(owners) == 1 && owners[0] == id {
			return fault.New(fault.Precondition, "the last owner cannot be removed").WithCode("LAST_OWNER")
		}
		return s.save(ctx, tx, staff, c)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return staff, nil
}

func (s *Service) save(ctx context.Context, tx bun.IDB, staff *db.Staff, c StaffChange) error {
	staff.UpdatedAt = s.clock.Now()
	_, err := tx.NewUpdate().Model(staff).Column("name", "role", "disabled_at", "updated_at").WherePK().Exec(ctx)
	if err != nil {
		return err
	}
	if staff.DisabledAt != nil {
		if err := s.end(ctx, tx, endedByDisable, "staff_id = ?", staff.ID); err != nil {
			return err
		}
	}
	detail := map[string]any{}
	if c.Role != nil {
		detail["role"] = *c.Role
	}
	if c.Disabled != nil {
		detail["disabled"] = *c.Disabled
	}
	if c.Name != nil {
		detail["renamed"] = true
	}
	return Audit(ctx, tx, Entry{Action: "staff.update", ObjectKind: "Staff", ObjectID: staff.ID, Detail: detail})
}

// lockOwners locks and lists the owners who can sign in, so that two of them
// cannot remove each other at the same time.
func lockOwners(ctx context.Context, tx bun.IDB) ([]int64, error) {
	var ids []int64
	err := tx.NewSelect().Model((*db.Staff)(nil)).Column("id").
		Where("role = ?", RoleOwner).Where("disabled_at IS NULL").Order("id").For("UPDATE").Scan(ctx, &ids)
	return ids, err
}

// ChangePassword sets a new password of the calling member of staff and ends
// the other sessions.
// Errors: fault.Invalid with code WRONG_PASSWORD; fault.Throttled.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	p := From(ctx)
	staff, err := s.Find(ctx, p.ID)
	if err != nil {
		return err
	}
	// A stolen access token must not become a machine for guessing the password.
	if err := s.countAttempt(ctx, staff.Email, CallerFrom(ctx).Network()); err != nil {
		return err
	}
	right, err := s.hasher.Verify(ctx, staff.PasswordHash, current)
	if err != nil {
		return err
	}
	if !right {
		return fault.New(fault.Invalid, "this is not the current password").WithCode("WRONG_PASSWORD").At("currentPassword")
	}
	if err := checkPassword("newPassword", next); err != nil {
		return err
	}
	if staff.PasswordHash, err = s.hasher.Hash(ctx, next); err != nil {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := s.forgiveAttempts(ctx, tx, staff.Email, CallerFrom(ctx).Network()); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(staff).Column("password_hash").WherePK().Exec(ctx); err != nil {
			return err
		}
		if err := s.end(ctx, tx, endedByStaff, "staff_id = ? AND id <> ?", staff.ID, p.SessionID); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.change_password", ObjectKind: "Staff", ObjectID: staff.ID})
	}))
}

// SetLocale sets the language of the calling member of staff: ja or en.
func (s *Service) SetLocale(ctx context.Context, locale string) (*db.Staff, error) {
	if locale != "ja" && locale != "en" {
		return nil, fault.New(fault.Invalid, "the language is ja or en").At("locale")
	}
	staff, err := s.Find(ctx, From(ctx).ID)
	if err != nil {
		return nil, err
	}
	staff.Locale = locale
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewUpdate().Model(staff).Column("locale").WherePK().Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{
			Action: "staff.set_locale", ObjectKind: "Staff", ObjectID: staff.ID, Detail: map[string]any{"locale": locale},
		})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return staff, nil
}

// apply puts the change into the row; instants are now.
func (c StaffChange) apply(staff *db.Staff, now time.Time) error {
	if c.Name != nil {
		staff.Name = strings.TrimSpace(*c.Name)
		if err := checkName(staff.Name); err != nil {
			return err
		}
	}
	if c.Role != nil {
		if !c.Role.Valid() {
			return fault.New(fault.Invalid, "there is no such role").At("role")
		}
		staff.Role = string(*c.Role)
	}
	switch {
	case c.Disabled == nil:
	case !*c.Disabled:
		staff.DisabledAt = nil
	case staff.DisabledAt == nil:
		staff.DisabledAt = &now
	}
	return nil
}

func (n *NewStaff) check() error {
	if err := checkName(n.Name); err != nil {
		return err
	}
	if addr, err := mail.ParseAddress(n.Email); err != nil || addr.Address != n.Email || len(n.Email) > 254 {
		return fault.New(fault.Invalid, "this is not a mail address").WithCode("EMAIL_INVALID").At("email")
	}
	if !n.Role.Valid() {
		return fault.New(fault.Invalid, "there is no such role").At("role")
	}
	return checkPassword("password", n.Password)
}

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > 100 {
		return fault.New(fault.Invalid, "a name has 1 to 100 characters").WithCode("NAME_INVALID").At("name")
	}
	return nil
}

func mayTouchOwners(ctx context.Context) bool {
	p := From(ctx)
	return p.Kind == ActorCommand || p.Role == RoleOwner
}

func ownersOnly() error {
	return fault.New(fault.Forbidden, "only an owner can make, change or disable an owner").WithCode("OWNERS_ONLY")
}
