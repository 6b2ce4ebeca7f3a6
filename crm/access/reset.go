package access

import (
	"context"
	"database/sql"
	"errors"
	"net/netip"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Requests for a new password within an hour, per address and per network.
const (
	resetsPerAddress = 3
	resetsPerNetwork = 30
)

// ResetJob mails the key for a new password; its handler calls MailReset.
type ResetJob struct {
	ResetID int64 `json:"resetId"`
}

// Kind names the job.
func (ResetJob) Kind() string { return "access.reset" }

// RequestReset has a key for a new password mailed to the address, if an active
// account has it. The answer and the work until it are the same if none has.
// Errors: fault.Throttled, by the address as typed and by the network.
func (s *Service) RequestReset(ctx context.Context, email string) error {
	email = normalEmail(email)
	if err := s.countReset(ctx, email, CallerFrom(ctx).Network()); err != nil {
		return err
	}
	staff, err := s.findActive(ctx, email)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	reset := &db.PasswordReset{CreatedAt: now, ExpiresAt: now.Add(ResetTTL)}
	if staff.ID != 0 {
		reset.StaffID = &staff.ID
	}
	reset.Nonce, reset.KeyHash = s.keys.newKey(keyReset)
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(reset).Exec(ctx); err != nil {
			return err
		}
		return s.enqueue(ctx, tx, ResetJob{reset.ID})
	}))
}

func (s *Service) countReset(ctx context.Context, email string, from netip.Prefix) error {
	return s.count(ctx,
		limit{s.keys.masked("reset", email), resetsPerAddress, longestWindow},
		limit{s.keys.masked("reset network", from.String()), resetsPerNetwork, longestWindow})
}

// MailReset does a ResetJob.
func (s *Service) MailReset(ctx context.Context, j ResetJob) error {
	reset, staff, err := s.readReset(ctx, j)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // nobody's address, used, too old, or the account was disabled
	}
	if err != nil {
		return db.Fault(err)
	}
	if _, err = s.mail.Post.Send(ctx, s.resetLetter(reset, staff)); err != nil {
		return err
	}
	// Audited here and not where it was asked for: there it would tell by the time
	// it takes whether there is an account.
	return Audit(As(ctx, Principal{Kind: ActorSystem}), s.db, Entry{Action: "staff.mail_reset", ObjectKind: kindStaff, ObjectID: staff.ID})
}

func (s *Service) readReset(ctx context.Context, j ResetJob) (*db.PasswordReset, *db.Staff, error) {
	reset, staff := new(db.PasswordReset), new(db.Staff)
	err := s.db.NewSelect().Model(reset).Where("id = ?", j.ResetID).
		Where("staff_id IS NOT NULL").Where("used_at IS NULL").Where("expires_at > ?", s.clock.Now()).Scan(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = s.db.NewSelect().Model(staff).Where("id = ?", *reset.StaffID).Where("disabled_at IS NULL").Scan(ctx)
	return reset, staff, err
}

// CheckReset says whether a key of a mail sets a password now.
// Errors: fault.NotFound (KEY_INVALID), alike for every reason.
func (s *Service) CheckReset(ctx context.Context, key string) error {
	_, err := s.resetOwner(ctx, key)
	return err
}

// resetOwner is the active account whose password a key sets now.
func (s *Service) resetOwner(ctx context.Context, key string) (*db.Staff, error) {
	staff := new(db.Staff)
	err := s.db.NewSelect().Model(staff).Where("disabled_at IS NULL").
		Where("id = (SELECT staff_id FROM password_resets WHERE key_hash = ? AND used_at IS NULL AND expires_at > ?)", hashOf(key), s.clock.Now()).
		Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, keyInvalid()
	}
	return staff, db.Fault(err)
}

// ResetPassword sets a new password with the key of a mail, ends all sessions of
// the account and tells its person. The second step of the sign-in stays on.
// Errors: fault.NotFound (KEY_INVALID); fault.Invalid by field.
func (s *Service) ResetPassword(ctx context.Context, key, password string) error {
	staff, err := s.resetOwner(ctx, key)
	if err != nil {
		return err
	}
	if err := checkPassword("password", password, staff.Email, staff.Name); err != nil {
		return err
	}
	if staff.PasswordHash, err = s.hasher.Hash(ctx, password); err != nil {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := s.useReset(ctx, tx, key); err != nil {
			return err
		}
		if err := s.setPassword(ctx, tx, staff, 0); err != nil {
			return err
		}
		if err := forget(ctx, tx, s.keys.masked("account", staff.Email)); err != nil {
			return err
		}
		ctx = As(ctx, Principal{Kind: ActorStaff, ID: staff.ID})
		return Audit(ctx, tx, Entry{Action: "staff.reset_password", ObjectKind: kindStaff, ObjectID: staff.ID})
	}))
}

// useReset uses a key up: of two who come with it at once, one is first.
func (s *Service) useReset(ctx context.Context, tx db.Tx, key string) error {
	result, err := tx.NewUpdate().Model((*db.PasswordReset)(nil)).Set("used_at = ?", s.clock.Now()).
		Where("key_hash = ?", hashOf(key)).Where("used_at IS NULL").Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(keyInvalid(), err)
	}
	return nil
}

// Recover gives an account a new password and takes its second step away, for
// the command line: it is the way back when nobody else can help.
// Errors: fault.NotFound; fault.Invalid by field.
func (s *Service) Recover(ctx context.Context, email, password string) error {
	staff, err := s.findActive(ctx, normalEmail(email))
	if err != nil {
		return err
	}
	if staff.ID == 0 {
		return fault.New(fault.NotFound, "no active member of staff has this address")
	}
	if err := checkPassword("password", password, staff.Email, staff.Name); err != nil {
		return err
	}
	if staff.PasswordHash, err = s.hasher.Hash(ctx, password); err != nil {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := s.setPassword(ctx, tx, staff, 0); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*db.StaffTOTP)(nil)).Where("staff_id = ?", staff.ID).Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "staff.recover", ObjectKind: kindStaff, ObjectID: staff.ID})
	}))
}
