package access

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// audienceChallenge marks the token between the two steps of a sign-in. It opens
// nothing: the verifier knows no such audience.
const audienceChallenge = "second-step"

// challengeClaims name who gave which password.
type challengeClaims struct {
	jwt.RegisteredClaims
	Password string `json:"pwd"` // changes with the password, so that a new one ends what the old one began
}

// challenge is what a right password gives where a second step is due.
func (s *Service) challenge(staff *db.Staff) (*Grant, error) {
	now := s.clock.Now()
	ends := now.Add(ChallengeTTL)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, challengeClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Subject: gid.Encode(kindStaff, staff.ID), Audience: jwt.ClaimStrings{audienceChallenge},
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(ends),
		},
		Password: s.keys.passwordMark(staff),
	})
	token.Header["kid"] = s.keys.current.id
	signed, err := token.SignedString(s.keys.current.secret)
	return &Grant{Challenge: signed, ChallengeExpiresAt: ends}, err
}

func (k *Keyring) passwordMark(staff *db.Staff) string {
	return hex.EncodeToString(k.masked("password", staff.PasswordHash)[:8])
}

// CompleteSignIn opens the session of a sign-in whose password was right, with a
// code of the app or a recovery code.
// Errors: fault.Invalid with code CHALLENGE_ENDED, or CODE_WRONG at code;
// fault.Throttled.
func (s *Service) CompleteSignIn(ctx context.Context, challenge, code string) (*Grant, error) {
	staff, err := s.challenged(ctx, challenge)
	if err != nil {
		return nil, err
	}
	if err := s.countCode(ctx, staff.ID); err != nil {
		return nil, err
	}
	var grant *Grant
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		staff, err := holdProven(ctx, tx, staff)
		if errors.Is(err, sql.ErrNoRows) {
			return challengeEnded(err)
		}
		if err != nil {
			return err
		}
		how, err := s.takeCode(ctx, tx, staff.ID, strings.TrimSpace(code))
		if err != nil {
			return err
		}
		if err := forget(ctx, tx, s.codeKey(staff.ID)); err != nil {
			return err
		}
		if grant, err = s.openSession(ctx, tx, staff, SessionMax); err != nil {
			return err
		}
		return Audit(As(ctx, grant.Principal), tx, Entry{
			Action: "staff.sign_in", ObjectKind: kindStaff, ObjectID: staff.ID, Detail: map[string]any{"secondStep": how},
		})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return grant, nil
}

// challenged is the active account a challenge was given to, as long as its
// password is the same.
func (s *Service) challenged(ctx context.Context, challenge string) (*db.Staff, error) {
	var c challengeClaims
	now := s.clock.Now()
	_, err := jwt.ParseWithClaims(challenge, &c, s.keys.key,
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(issuer), jwt.WithAudience(audienceChallenge),
		jwt.WithExpirationRequired(), jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil {
		return nil, challengeEnded(err)
	}
	id, err := gid.Decode(kindStaff, c.Subject)
	if err != nil {
		return nil, challengeEnded(err)
	}
	staff := new(db.Staff)
	err = s.db.NewSelect().Model(staff).Where("id = ?", id).Where("disabled_at IS NULL").Scan(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, challengeEnded(err)
	case err != nil:
		return nil, db.Fault(err)
	case !hmac.Equal([]byte(c.Password), []byte(s.keys.passwordMark(staff))):
		return nil, challengeEnded(nil)
	}
	return staff, nil
}

// takeCode uses up a code of the app, or a recovery code, and says which it was.
// A second step that was switched off meanwhile needs a new sign-in.
func (s *Service) takeCode(ctx context.Context, tx db.Tx, staffID int64, code string) (how string, err error) {
	row, err := lockTOTP(ctx, tx, staffID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", challengeEnded(err)
	case err != nil:
		return "", err
	}
	if len(code) > len("123456") {
		return "recovery", takeRecoveryCode(ctx, tx, staffID, code)
	}
	if err := s.takeStep(row, code); err != nil {
		return "", err
	}
	_, err = tx.NewUpdate().Model(row).Column("last_step").WherePK().Exec(ctx)
	return "app", err
}

func takeRecoveryCode(ctx context.Context, tx db.Tx, staffID int64, code string) error {
	result, err := tx.NewRaw("DELETE FROM staff_recovery_codes WHERE staff_id = ? AND code_hash = ?", staffID, recoveryHash(code)).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(codeWrong(), err)
	}
	return nil
}

// RecoveryCodesLeft is how many recovery codes the calling member of staff has.
func (s *Service) RecoveryCodesLeft(ctx context.Context) (int, error) {
	var n int
	err := s.db.NewRaw("SELECT count(*) FROM staff_recovery_codes WHERE staff_id = ?", From(ctx).ID).Scan(ctx, &n)
	return n, db.Fault(err)
}

func challengeEnded(cause error) error {
	return fault.Wrap(fault.Invalid, cause, "the sign-in took too long; begin again").WithCode("CHALLENGE_ENDED")
}
