package access

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"image/png"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// The second step is RFC 6238 as every app knows it: SHA-1, six digits, 30
// seconds; the step before and the one after count too, because clocks differ.
const (
	totpPeriod   = 30 * time.Second
	totpSkew     = 1
	totpAttempts = 5 // within throttleWindow
	qrPixels     = 220

	recoveryCodes = 10
	recoveryChars = 10 // of 32: 50 bits, and the attempts are counted
)

// Enrolment is what a person's app needs to know, shown once.
type Enrolment struct {
	Secret string // base32, for typing
	URL    string // otpauth://
	QR     string // the URL as a data: URL of a PNG
}

// StartTOTP makes a secret for the calling member of staff, which is asked for
// once ConfirmTOTP has seen a code of it. Starting again forgets the one before.
// Errors: fault.Invalid (WRONG_PASSWORD) at password; fault.Precondition
// (TOTP_ON); fault.Throttled.
func (s *Service) StartTOTP(ctx context.Context, password string) (*Enrolment, error) {
	staff, err := s.proven(ctx, "password", password)
	if err != nil {
		return nil, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Meguri", AccountName: staff.Email})
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "internal error")
	}
	row := &db.StaffTOTP{StaffID: staff.ID, Secret: s.keys.sealer.Seal([]byte(key.Secret()), totpOwner(staff.ID)), CreatedAt: s.clock.Now()}
	result, err := s.db.NewInsert().Model(row).
		On("CONFLICT (staff_id) DO UPDATE").Set("secret = excluded.secret").Set("created_at = excluded.created_at").
		Where("totp.confirmed_at IS NULL").Exec(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return nil, errors.Join(fault.New(fault.Precondition, "the second step is on already").WithCode("TOTP_ON"), err)
	}
	qr, err := qrOf(key)
	return &Enrolment{Secret: key.Secret(), URL: key.URL(), QR: qr}, err
}

func qrOf(key *otp.Key) (string, error) {
	image, err := key.Image(qrPixels, qrPixels)
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "internal error")
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image); err != nil {
		return "", fault.Wrap(fault.Internal, err, "internal error")
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// ConfirmTOTP switches the second step on, with a code that proves that the app
// knows the secret. It gives the recovery codes, which are shown nowhere else,
// and ends the other sessions: they were opened without it.
// Errors: fault.Invalid (CODE_WRONG) at code; fault.Precondition
// (TOTP_NOT_STARTED, TOTP_ON); fault.Throttled.
func (s *Service) ConfirmTOTP(ctx context.Context, code string) ([]string, error) {
	p := From(ctx)
	if err := s.countCode(ctx, p.ID); err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lockTOTP(ctx, tx, p.ID)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fault.New(fault.Precondition, "the second step was not set up").WithCode("TOTP_NOT_STARTED")
		case err != nil:
			return err
		case row.ConfirmedAt != nil:
			return fault.New(fault.Precondition, "the second step is on already").WithCode("TOTP_ON")
		}
		if err := s.takeStep(row, code); err != nil {
			return err
		}
		now := s.clock.Now()
		row.ConfirmedAt = &now
		if _, err := tx.NewUpdate().Model(row).Column("confirmed_at", "last_step").WherePK().Exec(ctx); err != nil {
			return err
		}
		return s.confirmed(ctx, tx, p, codes)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return codes, nil
}

func (s *Service) confirmed(ctx context.Context, tx db.Tx, p Principal, codes []string) error {
	for _, code := range codes {
		_, err := tx.NewRaw("INSERT INTO staff_recovery_codes (staff_id, code_hash) VALUES (?, ?)", p.ID, recoveryHash(code)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if err := forget(ctx, tx, s.codeKey(p.ID)); err != nil {
		return err
	}
	if _, err := s.end(ctx, tx, endedByStaff, "staff_id = ? AND id <> ?", p.ID, p.SessionID); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, p.ID, noticeTOTPOn); err != nil {
		return err
	}
	return Audit(ctx, tx, Entry{Action: "staff.enable_totp", ObjectKind: kindStaff, ObjectID: p.ID})
}

// StopTOTP switches the second step of the calling member of staff off.
// Errors: fault.Invalid (WRONG_PASSWORD) at password; fault.Throttled.
func (s *Service) StopTOTP(ctx context.Context, password string) error {
	staff, err := s.proven(ctx, "password", password)
	if err != nil {
		return err
	}
	return s.dropTOTP(ctx, staff.ID, "staff.disable_totp")
}

// ClearTOTP switches the second step of somebody off who lost his app and his
// recovery codes. One's own takes one's password: see StopTOTP.
// Errors: fault.NotFound; fault.Forbidden (OWNERS_ONLY); fault.Precondition
// (OWN_SECOND_STEP).
func (s *Service) ClearTOTP(ctx context.Context, id int64) (*db.Staff, error) {
	if own := From(ctx).StaffID(); own != nil && *own == id {
		return nil, fault.New(fault.Precondition, "switch your own second step off with your password").WithCode("OWN_SECOND_STEP")
	}
	staff, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	if Role(staff.Role) == RoleOwner && !mayTouchOwners(ctx) {
		return nil, ownersOnly()
	}
	if err := s.dropTOTP(ctx, id, "staff.clear_totp"); err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// dropTOTP is no error where there is nothing to switch off.
func (s *Service) dropTOTP(ctx context.Context, id int64, action string) error {
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		on, err := secondStepOn(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*db.StaffTOTP)(nil)).Where("staff_id = ?", id).Exec(ctx); err != nil || !on {
			return err
		}
		if err := s.tell(ctx, tx, id, noticeTOTPOff); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: action, ObjectKind: kindStaff, ObjectID: id})
	}))
}

// takeStep checks a code of the app and uses its time step up.
// Errors: fault.Invalid (CODE_WRONG) at code.
func (s *Service) takeStep(row *db.StaffTOTP, code string) error {
	secret, err := s.keys.sealer.Open(row.Secret, totpOwner(row.StaffID))
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the secret of the second step cannot be read").WithCode("KEY_LOCKED")
	}
	now := s.clock.Now().Unix() / int64(totpPeriod/time.Second)
	for step := now - totpSkew; step <= now+totpSkew; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), string(secret), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && step > row.LastStep {
			row.LastStep = step
			return nil
		}
	}
	return codeWrong()
}

// secondStepOn reports whether a person's sign-in asks for a code.
func secondStepOn(ctx context.Context, tx bun.IDB, staffID int64) (bool, error) {
	return tx.NewSelect().Model((*db.StaffTOTP)(nil)).Where("staff_id = ?", staffID).Where("confirmed_at IS NOT NULL").Exists(ctx)
}

func lockTOTP(ctx context.Context, tx bun.IDB, staffID int64) (*db.StaffTOTP, error) {
	row := new(db.StaffTOTP)
	err := tx.NewSelect().Model(row).Where("staff_id = ?", staffID).For("UPDATE").Scan(ctx)
	return row, err
}

func (s *Service) countCode(ctx context.Context, staffID int64) error {
	return s.count(ctx, limit{s.codeKey(staffID), totpAttempts, throttleWindow})
}

func (s *Service) codeKey(staffID int64) []byte {
	return s.keys.masked("code", strconv.FormatInt(staffID, 10))
}

func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		code := rand.Text()[:recoveryChars]
		codes[i] = code[:recoveryChars/2] + "-" + code[recoveryChars/2:]
	}
	return codes
}

// recoveryHash is what is kept of a recovery code, however it was typed.
func recoveryHash(code string) []byte {
	return hashOf(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code)))
}

func totpOwner(staffID int64) string { return "totp " + strconv.FormatInt(staffID, 10) }

func codeWrong() error {
	return fault.New(fault.Invalid, "this code is wrong, or was used already").WithCode("CODE_WRONG").At("code")
}
