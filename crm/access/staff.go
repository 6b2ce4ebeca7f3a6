package access

import (
	"context"
	"database/sql"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// kindStaff is the type of staff in the API, as the audit log names it.
const kindStaff = "Staff"

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
	err := s.withState(s.db.NewSelect().Model(staff)).Where("id = ?", id).Scan(ctx)
	return staff, db.Fault(err)
}

// withState adds what is told of a person from other tables.
func (s *Service) withState(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("staff.*").
		ColumnExpr("EXISTS (SELECT FROM staff_totp t WHERE t.staff_id = staff.id AND t.confirmed_at IS NOT NULL) AS second_step").
		ColumnExpr("(SELECT count(*) FROM staff_sessions o WHERE o.staff_id = staff.id AND o.revoked_at IS NULL AND o.expires_at > ?0 AND (o.last_used_at > ?1 OR o.user_agent = ?2)) AS open_sessions",
			s.clock.Now(), s.clock.Now().Add(-SessionIdle), tokenAgent)
}

// ByIDs is the members of staff with the given ids, in no order.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.Staff, error) {
	var rows []*db.Staff
	err := s.withState(s.db.NewSelect().Model(&rows)).Where("id IN ?", bun.Tuple(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// List is all members of staff, the oldest account first.
func (s *Service) List(ctx context.Context) ([]*db.Staff, error) {
	var rows []*db.Staff
	err := s.withState(s.db.NewSelect().Model(&rows)).Order("id").Scan(ctx)
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
	staff := &db.Staff{Email: n.Email, Name: n.Name, Role: string(n.Role), PasswordHash: hash, Locale: localeJapanese}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(staff).Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.create", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: map[string]any{"role": n.Role}})
	})
	if db.Constraint(err) == "staff_email_key" {
		return nil, emailTaken(err)
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return staff, nil
}

// Update changes an account. Disabling ends its sessions; invitations that the
// person could not send any more are taken back.
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
		was := *staff
		if err := c.apply(staff, s.clock.Now()); err != nil {
			return err
		}
		if (Role(was.Role) == RoleOwner || Role(staff.Role) == RoleOwner) && !mayTouchOwners(ctx) {
			return ownersOnly()
		}
		stays := Role(staff.Role) == RoleOwner && staff.DisabledAt == nil
		if !stays && len(owners) == 1 && owners[0] == id {
			return lastOwner(nil)
		}
		return s.save(ctx, tx, was, staff)
	})
	if db.Constraint(err) == "staff_last_owner" {
		return nil, lastOwner(err)
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return s.Find(ctx, id)
}

func (s *Service) save(ctx context.Context, tx bun.IDB, was db.Staff, staff *db.Staff) error {
	staff.UpdatedAt = s.clock.Now()
	_, err := tx.NewUpdate().Model(staff).Column("name", "role", "disabled_at", "updated_at").WherePK().Exec(ctx)
	if err != nil {
		return err
	}
	if staff.DisabledAt != nil {
		if _, err := s.end(ctx, tx, endedByDisable, "staff_id = ?", staff.ID); err != nil {
			return err
		}
	}
	if err := s.revokeInvitesOf(ctx, tx, staff); err != nil {
		return err
	}
	detail := map[string]any{}
	if was.Role != staff.Role {
		detail["role"] = Changed(was.Role, staff.Role)
	}
	if (was.DisabledAt == nil) != (staff.DisabledAt == nil) {
		detail["disabled"] = Changed(was.DisabledAt != nil, staff.DisabledAt != nil)
	}
	if was.Name != staff.Name {
		detail["renamed"] = true
	}
	return Audit(ctx, tx, Entry{Action: "staff.update", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: detail})
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
// Errors: fault.Invalid by field, with code WRONG_PASSWORD at currentPassword;
// fault.Throttled.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	staff, err := s.proven(ctx, "currentPassword", current)
	if err != nil {
		return err
	}
	if err := checkPassword("newPassword", next, staff.Email, staff.Name); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, next)
	if err != nil {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		staff, err := holdProven(ctx, tx, staff)
		if errors.Is(err, sql.ErrNoRows) {
			return wrongPassword("currentPassword")
		}
		if err != nil {
			return err
		}
		staff.PasswordHash = hash
		if err := s.setPassword(ctx, tx, staff, From(ctx).SessionID); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.change_password", ObjectKind: kindStaff, ObjectID: staff.ID})
	}))
}

// setPassword stores the hash of a new password, ends all sessions but one, makes
// open requests for another password worthless, and tells the person.
func (s *Service) setPassword(ctx context.Context, tx db.Tx, staff *db.Staff, keep int64) error {
	if _, err := tx.NewUpdate().Model(staff).Column("password_hash").WherePK().Exec(ctx); err != nil {
		return err
	}
	if _, err := s.end(ctx, tx, endedByStaff, "staff_id = ? AND id <> ?", staff.ID, keep); err != nil {
		return err
	}
	_, err := tx.NewUpdate().Model((*db.PasswordReset)(nil)).Set("used_at = ?", s.clock.Now()).
		Where("staff_id = ?", staff.ID).Where("used_at IS NULL").Exec(ctx)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, staff.ID, noticePassword)
}

// Rename sets the name of the calling member of staff.
// Errors: fault.Invalid (NAME_INVALID) at name.
func (s *Service) Rename(ctx context.Context, name string) (*db.Staff, error) {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return nil, err
	}
	id := From(ctx).ID
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewUpdate().Model((*db.Staff)(nil)).Set("name = ?", name).Set("updated_at = ?", s.clock.Now()).Where("id = ?", id).Exec(ctx)
		if err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.rename", ObjectKind: kindStaff, ObjectID: id})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return s.Find(ctx, id)
}

// proven is the calling member of staff, who knows his password: a stolen access
// token does not, and must not become a machine for guessing it.
// Errors: fault.Invalid (WRONG_PASSWORD) at field; fault.Throttled.
func (s *Service) proven(ctx context.Context, field, password string) (*db.Staff, error) {
	staff, err := s.Find(ctx, From(ctx).ID)
	if err != nil {
		return nil, err
	}
	from := CallerFrom(ctx).Network()
	if err := s.countAttempt(ctx, staff.Email, from); err != nil {
		return nil, err
	}
	right, err := s.hasher.Verify(ctx, staff.PasswordHash, password)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, wrongPassword(field)
	}
	return staff, s.forgiveAttempts(ctx, s.db, staff.Email, from)
}

// SetLocale sets the language of the calling member of staff: ja or en.
func (s *Service) SetLocale(ctx context.Context, locale string) (*db.Staff, error) {
	if locale != localeJapanese && locale != localeEnglish {
		return nil, noSuchLocale()
	}
	staff, err := s.Find(ctx, From(ctx).ID)
	if err != nil {
		return nil, err
	}
	was := staff.Locale
	staff.Locale = locale
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewUpdate().Model(staff).Column("locale").WherePK().Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{
			Action: "staff.set_locale", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: map[string]any{"locale": Changed(was, locale)},
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
			return noSuchRole()
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
	if err := checkEmail(n.Email); err != nil {
		return err
	}
	if !n.Role.Valid() {
		return noSuchRole()
	}
	return checkPassword("password", n.Password, n.Email, n.Name)
}

func checkEmail(email string) error {
	if addr, err := mail.ParseAddress(email); err != nil || addr.Address != email || len(email) > 254 {
		return fault.New(fault.Invalid, "this is not a mail address").WithCode("EMAIL_INVALID").At("email")
	}
	return nil
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

// OwnersOnly refuses everybody but owners and the machine's own commands.
// Errors: fault.Forbidden OWNERS_ONLY.
func OwnersOnly(ctx context.Context) error {
	if mayTouchOwners(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "only an owner can do this").WithCode("OWNERS_ONLY")
}

func wrongPassword(field string) error {
	return fault.New(fault.Invalid, "this is not the current password").WithCode("WRONG_PASSWORD").At(field)
}

func noSuchRole() error { return fault.New(fault.Invalid, "there is no such role").At("role") }

func noSuchLocale() error { return fault.New(fault.Invalid, "the language is ja or en").At("locale") }

func lastOwner(cause error) error {
	return fault.Wrap(fault.Precondition, cause, "the last owner cannot be removed").WithCode("LAST_OWNER")
}

func ownersOnly() error {
	return fault.New(fault.Forbidden, "only an owner can make, change or disable an owner").WithCode("OWNERS_ONLY")
}
