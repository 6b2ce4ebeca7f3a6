package access

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Kinds of keys in mails.
const (
	keyInvite = "invite"
	keyReset  = "reset"
)

// Languages of staff.
const (
	localeJapanese = "ja"
	localeEnglish  = "en"
)

// invitesPerHour bounds the mails that one member of staff has sent.
const invitesPerHour = 60

// NewInvite is a person to be invited.
type NewInvite struct {
	Email  string
	Role   Role
	Locale string // of the mail and, at first, of the account: ja or en
}

// Acceptance is what somebody who was invited adds.
type Acceptance struct {
	Key      string // of the mail
	Name     string
	Password string
}

// InviteJob mails an invitation; its handler calls MailInvite. The nonce tells
// whether it was renewed meanwhile.
type InviteJob struct {
	InviteID int64  `json:"inviteId"`
	Nonce    []byte `json:"nonce"`
}

// Kind names the job.
func (InviteJob) Kind() string { return "access.invite" }

// Invite writes to somebody that he may open an account with a role.
// Errors: fault.Invalid by field; fault.Conflict (EMAIL_TAKEN, ALREADY_INVITED)
// at email; fault.Forbidden (OWNERS_ONLY); fault.Throttled.
func (s *Service) Invite(ctx context.Context, n NewInvite) (*db.StaffInvite, error) {
	n.Email = normalEmail(n.Email)
	if err := n.check(ctx); err != nil {
		return nil, err
	}
	if err := s.countInvite(ctx); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	invite := &db.StaffInvite{
		Email: n.Email, Role: string(n.Role), Locale: n.Locale, InvitedBy: From(ctx).StaffID(), CreatedAt: now, ExpiresAt: now.Add(InviteTTL),
	}
	invite.Nonce, invite.KeyHash = s.keys.newKey(keyInvite)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		taken, err := tx.NewSelect().Model((*db.Staff)(nil)).Where("email = ?", n.Email).Exists(ctx)
		if err != nil {
			return err
		}
		if taken {
			return emailTaken(nil)
		}
		if _, err := tx.NewInsert().Model(invite).Exec(ctx); err != nil {
			return err
		}
		if err := s.enqueue(ctx, tx, InviteJob{invite.ID, invite.Nonce}); err != nil {
			return err
		}
		return auditInvite(ctx, tx, "staff.invite", invite)
	})
	if db.Constraint(err) == "staff_invites_open_key" {
		return nil, fault.Wrap(fault.Conflict, err, "this address has an open invitation").WithCode("ALREADY_INVITED").At("email")
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return invite, nil
}

// Invites is the open invitations, the newest first, those that nobody can
// accept any more among them.
func (s *Service) Invites(ctx context.Context) ([]*db.StaffInvite, error) {
	var rows []*db.StaffInvite
	err := s.db.NewSelect().Model(&rows).Where("accepted_at IS NULL").Where("revoked_at IS NULL").Order("id DESC").Scan(ctx)
	return rows, db.Fault(err)
}

// Resend mails an open invitation again with a new key and its whole time; the
// mail before it opens nothing any more. Errors: fault.NotFound;
// fault.Precondition (INVITE_CLOSED); fault.Forbidden (OWNERS_ONLY);
// fault.Throttled.
func (s *Service) Resend(ctx context.Context, id int64) (*db.StaffInvite, error) {
	if err := s.countInvite(ctx); err != nil {
		return nil, err
	}
	return s.changeInvite(ctx, id, "staff.resend_invite", func(ctx context.Context, tx db.Tx, invite *db.StaffInvite) error {
		invite.Nonce, invite.KeyHash = s.keys.newKey(keyInvite)
		invite.ExpiresAt, invite.MailedAt, invite.Refusal = s.clock.Now().Add(InviteTTL), nil, ""
		return s.enqueue(ctx, tx, InviteJob{invite.ID, invite.Nonce})
	})
}

// RevokeInvite takes an open invitation back. Errors: fault.NotFound;
// fault.Precondition (INVITE_CLOSED); fault.Forbidden (OWNERS_ONLY).
func (s *Service) RevokeInvite(ctx context.Context, id int64) (*db.StaffInvite, error) {
	return s.changeInvite(ctx, id, "staff.revoke_invite", func(_ context.Context, _ db.Tx, invite *db.StaffInvite) error {
		now := s.clock.Now()
		invite.RevokedAt = &now
		return nil
	})
}

func (s *Service) changeInvite(
	ctx context.Context, id int64, action string, change func(context.Context, db.Tx, *db.StaffInvite) error,
) (*db.StaffInvite, error) {
	invite := new(db.StaffInvite)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(invite).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return err
		}
		if Role(invite.Role) == RoleOwner && !mayTouchOwners(ctx) {
			return ownersOnly()
		}
		if invite.AcceptedAt != nil || invite.RevokedAt != nil {
			return fault.New(fault.Precondition, "this invitation was accepted or revoked already").WithCode("INVITE_CLOSED")
		}
		if err := change(ctx, tx, invite); err != nil {
			return err
		}
		if err := saveInvite(ctx, tx, invite); err != nil {
			return err
		}
		return auditInvite(ctx, tx, action, invite)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return invite, nil
}

// FindInvite is the invitation that a key of a mail opens.
// Errors: fault.NotFound (KEY_INVALID), alike for a key that nobody was sent and
// one that is used up, too old or taken back.
func (s *Service) FindInvite(ctx context.Context, key string) (*db.StaffInvite, error) {
	invite := new(db.StaffInvite)
	err := s.openInvite(s.db.NewSelect().Model(invite), key).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, keyInvalid()
	}
	return invite, db.Fault(err)
}

// Accept opens the account of somebody who was invited and signs him in.
// Errors: fault.NotFound (KEY_INVALID); fault.Invalid by field; fault.Conflict
// (EMAIL_TAKEN).
func (s *Service) Accept(ctx context.Context, a Acceptance) (*Grant, error) {
	a.Name = strings.TrimSpace(a.Name)
	invite, err := s.FindInvite(ctx, a.Key)
	if err != nil {
		return nil, err
	}
	if err := checkName(a.Name); err != nil {
		return nil, err
	}
	if err := checkPassword("password", a.Password, invite.Email, a.Name); err != nil {
		return nil, err
	}
	hash, err := s.hasher.Hash(ctx, a.Password)
	if err != nil {
		return nil, err
	}
	staff := &db.Staff{Email: invite.Email, Name: a.Name, Role: invite.Role, PasswordHash: hash, Locale: invite.Locale}
	var grant *Grant
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		grant, err = s.accept(ctx, tx, a.Key, staff)
		return err
	})
	switch {
	case db.Constraint(err) == "staff_email_key":
		return nil, emailTaken(err)
	case errors.Is(err, sql.ErrNoRows):
		return nil, keyInvalid()
	case err != nil:
		return nil, db.Fault(err)
	}
	return grant, nil
}

// accept uses the key up, which another may have done meanwhile.
func (s *Service) accept(ctx context.Context, tx db.Tx, key string, staff *db.Staff) (*Grant, error) {
	invite := new(db.StaffInvite)
	if err := s.openInvite(tx.NewSelect().Model(invite), key).For("UPDATE").Scan(ctx); err != nil {
		return nil, err
	}
	staff.Role = invite.Role
	if _, err := tx.NewInsert().Model(staff).Exec(ctx); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	invite.AcceptedAt, invite.StaffID = &now, &staff.ID
	if err := saveInvite(ctx, tx, invite); err != nil {
		return nil, err
	}
	grant, err := s.openSession(ctx, tx, staff, SessionMax)
	if err != nil {
		return nil, err
	}
	return grant, Audit(As(ctx, grant.Principal), tx, Entry{
		Action: "staff.accept_invite", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: map[string]any{"role": staff.Role},
	})
}

// openInvite narrows q to the invitation that key opens now: whoever sent it is
// still somebody who may give its role.
func (s *Service) openInvite(q *bun.SelectQuery, key string) *bun.SelectQuery {
	return q.Where("key_hash = ?", hashOf(key)).Where("accepted_at IS NULL").Where("revoked_at IS NULL").Where("expires_at > ?", s.clock.Now()).
		Where(`(invite.invited_by IS NULL OR EXISTS (SELECT FROM staff AS by WHERE by.id = invite.invited_by AND by.disabled_at IS NULL
			AND by.role IN (?) AND (by.role = ? OR invite.role <> ?)))`, bun.List(invitingRoles), RoleOwner, RoleOwner)
}

// invitingRoles are the roles that invite.
var invitingRoles = slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !r.Scopes().Has(ScopeStaffWrite) })

// revokeInvitesOf takes the open invitations back that a member of staff could
// not send any more: all of somebody who is disabled or invites nobody, those of
// owners of somebody who is none.
func (s *Service) revokeInvitesOf(ctx context.Context, tx bun.IDB, staff *db.Staff) error {
	var revoked []*db.StaffInvite
	q := tx.NewUpdate().Model(&revoked).Set("revoked_at = ?", s.clock.Now()).
		Where("invited_by = ?", staff.ID).Where("accepted_at IS NULL").Where("revoked_at IS NULL").Returning("*")
	if staff.DisabledAt == nil && slices.Contains(invitingRoles, Role(staff.Role)) {
		if Role(staff.Role) == RoleOwner {
			return nil
		}
		q.Where("role = ?", RoleOwner)
	}
	if err := q.Scan(ctx); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	for _, invite := range revoked {
		if err := auditInvite(ctx, tx, "staff.revoke_invite", invite); err != nil {
			return err
		}
	}
	return nil
}

// MailInvite does an InviteJob. An invitation that was renewed, accepted, taken
// back or has become too old is not mailed.
func (s *Service) MailInvite(ctx context.Context, j InviteJob) error {
	invite := new(db.StaffInvite)
	err := s.openInvite(s.db.NewSelect().Model(invite), s.keys.mailedKey(keyInvite, j.Nonce)).Where("id = ?", j.InviteID).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return db.Fault(err)
	}
	var inviter string
	if invite.InvitedBy != nil {
		by, err := s.Find(ctx, *invite.InvitedBy)
		if err != nil {
			return err
		}
		inviter = by.Name
	}
	refusal, err := s.mail.Post.Send(ctx, s.inviteLetter(invite, inviter))
	if err != nil {
		return err
	}
	q := s.db.NewUpdate().Model(invite).Set("refusal = ?", refusal).WherePK().Where("key_hash = ?", invite.KeyHash)
	if refusal == "" {
		q.Set("mailed_at = ?", s.clock.Now())
	}
	_, err = q.Exec(ctx)
	return db.Fault(err)
}

func saveInvite(ctx context.Context, tx bun.IDB, invite *db.StaffInvite) error {
	_, err := tx.NewUpdate().Model(invite).WherePK().
		Column("nonce", "key_hash", "expires_at", "mailed_at", "refusal", "accepted_at", "staff_id", "revoked_at").Exec(ctx)
	return err
}

func auditInvite(ctx context.Context, tx bun.IDB, action string, invite *db.StaffInvite) error {
	return Audit(ctx, tx, Entry{Action: action, ObjectKind: "StaffInvite", ObjectID: invite.ID, Detail: map[string]any{"role": invite.Role}})
}

// countInvite bounds the mails that the caller has sent.
func (s *Service) countInvite(ctx context.Context) error {
	caller := From(ctx)
	return s.count(ctx, limit{s.keys.masked("invites", string(caller.Kind)+strconv.FormatInt(caller.ID, 10)), invitesPerHour, time.Hour})
}

func (n *NewInvite) check(ctx context.Context) error {
	if err := checkEmail(n.Email); err != nil {
		return err
	}
	switch {
	case !n.Role.Valid():
		return noSuchRole()
	case n.Locale != localeJapanese && n.Locale != localeEnglish:
		return noSuchLocale()
	case n.Role == RoleOwner && !mayTouchOwners(ctx):
		return ownersOnly()
	}
	return nil
}

func emailTaken(cause error) error {
	return fault.Wrap(fault.Conflict, cause, "somebody has this address already").WithCode("EMAIL_TAKEN").At("email")
}

func keyInvalid() error {
	return fault.New(fault.NotFound, "this link was used, taken back, or is too old").WithCode("KEY_INVALID")
}
