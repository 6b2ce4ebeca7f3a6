package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// ReuseGrace is how long after its first use a refresh token may be used again
// without ending the session: two tabs of one browser, or a client whose answer
// got lost, do that in good faith. It holds only while the session is otherwise
// in order, and a thief gains nothing that the first use would not have given.
const ReuseGrace = 10 * time.Second

// Why a session ended.
const (
	endedBySignOut = "SIGN_OUT"
	endedByReuse   = "TOKEN_REUSE"
	endedByStaff   = "STAFF"
	endedByDisable = "DISABLED"
)

// Grant is what a sign-in or a refresh gives.
type Grant struct {
	// Challenge is set, and nothing else but its end, when the password was right
	// and a code is still to be given: see CompleteSignIn.
	Challenge          string
	ChallengeExpiresAt time.Time

	Staff            *db.Staff
	Principal        Principal
	AccessToken      string
	RefreshToken     string
	RefreshExpiresAt time.Time
}

// SignIn checks the password and opens a session, or asks for the second step
// where the person has switched it on.
// Errors: fault.Invalid with code SIGN_IN_FAILED, alike for an unknown address,
// a wrong password and a disabled account; fault.Throttled.
func (s *Service) SignIn(ctx context.Context, email, password string) (*Grant, error) {
	email = normalEmail(email)
	from := CallerFrom(ctx).Network()
	if err := s.countAttempt(ctx, email, from); err != nil {
		return nil, err
	}
	staff, err := s.findActive(ctx, email)
	if err != nil {
		return nil, err
	}
	right, err := s.hasher.Verify(ctx, staff.PasswordHash, password)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, signInFailed(nil)
	}
	var grant *Grant
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		staff, err := holdProven(ctx, tx, staff)
		if errors.Is(err, sql.ErrNoRows) {
			return signInFailed(err)
		}
		if err != nil {
			return err
		}
		if err := s.forgiveAttempts(ctx, tx, email, from); err != nil {
			return err
		}
		second, err := secondStepOn(ctx, tx, staff.ID)
		if err != nil {
			return err
		}
		if second {
			grant, err = s.challenge(staff)
			return err
		}
		if grant, err = s.openSession(ctx, tx, staff, SessionMax); err != nil {
			return err
		}
		return Audit(As(ctx, grant.Principal), tx, Entry{Action: "staff.sign_in", ObjectKind: kindStaff, ObjectID: staff.ID})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return grant, nil
}

// findActive is the account that may sign in with an address, or an empty one:
// the password is then checked all the same, and is wrong.
func (s *Service) findActive(ctx context.Context, email string) (*db.Staff, error) {
	staff := new(db.Staff)
	err := s.db.NewSelect().Model(staff).Where("email = ?", email).Where("disabled_at IS NULL").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return new(db.Staff), nil
	}
	return staff, db.Fault(err)
}

// holdProven is an account whose password was found right, as it is now, and
// keeps its password, role and state as they are until the transaction ends: a
// hash takes a while, in which the password may be set anew, and all sessions
// ended, because somebody else knows it. sql.ErrNoRows when it was, or when the
// account was disabled. The lock is the one that openSession needs: two of a
// weaker one would wait for each other. It is taken before those of throttles
// and codes.
func holdProven(ctx context.Context, tx bun.IDB, proven *db.Staff) (*db.Staff, error) {
	staff := new(db.Staff)
	err := tx.NewSelect().Model(staff).Where("id = ?", proven.ID).Where("password_hash = ?", proven.PasswordHash).
		Where("disabled_at IS NULL").For("NO KEY UPDATE").Scan(ctx)
	return staff, err
}

// openSession makes a session of at most lifetime with its first refresh token.
func (s *Service) openSession(ctx context.Context, tx bun.IDB, staff *db.Staff, lifetime time.Duration) (*Grant, error) {
	now, caller := s.clock.Now(), CallerFrom(ctx)
	session := &db.StaffSession{
		StaffID: staff.ID, CreatedAt: now, LastUsedAt: now, ExpiresAt: now.Add(lifetime), UserAgent: clip(caller.UserAgent, 200),
	}
	if caller.IP.IsValid() {
		session.IP = caller.IP.String()
	}
	if _, err := tx.NewInsert().Model(session).Exec(ctx); err != nil {
		return nil, err
	}
	staff.LastSignInAt = &now
	if _, err := tx.NewUpdate().Model(staff).Column("last_sign_in_at").WherePK().Exec(ctx); err != nil {
		return nil, err
	}
	return s.grant(ctx, tx, staff, session)
}

// grant issues an access token and the next refresh token of a session.
func (s *Service) grant(ctx context.Context, tx bun.IDB, staff *db.Staff, session *db.StaffSession) (*Grant, error) {
	now := s.clock.Now()
	refresh := rand.Text() + rand.Text()
	row := &db.RefreshToken{TokenHash: hashOf(refresh), SessionID: session.ID, IssuedAt: now}
	if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
		return nil, err
	}
	p := staffPrincipal(staff, session.ID, earlier(now.Add(AccessTTL), session.ExpiresAt))
	access, err := s.keys.sign(p, now)
	if err != nil {
		return nil, err
	}
	return &Grant{
		Staff: staff, Principal: p, AccessToken: access, RefreshToken: refresh,
		RefreshExpiresAt: earlier(now.Add(SessionIdle), session.ExpiresAt),
	}, nil
}

// Refresh trades a refresh token for a new pair. A token works once; used again
// after ReuseGrace it is taken for stolen, and its whole session ends.
// Errors: fault.Unauthenticated with code SESSION_ENDED.
func (s *Service) Refresh(ctx context.Context, refreshToken string) (*Grant, error) {
	var grant *Grant
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		token, session, staff, err := s.lockChain(ctx, tx, refreshToken)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		switch {
		case session.RevokedAt != nil, staff.DisabledAt != nil,
			!now.Before(session.ExpiresAt), now.Sub(session.LastUsedAt) >= SessionIdle:
			return nil // no grant
		case token.UsedAt != nil && now.Sub(*token.UsedAt) > ReuseGrace:
			// The end of the session must be committed although the caller gets an error.
			return s.endStolen(ctx, tx, session)
		}
		if token.UsedAt == nil {
			token.UsedAt = &now
			if _, err := tx.NewUpdate().Model(token).Column("used_at").WherePK().Exec(ctx); err != nil {
				return err
			}
		}
		session.LastUsedAt = now
		if _, err := tx.NewUpdate().Model(session).Column("last_used_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		grant, err = s.grant(ctx, tx, staff, session)
		return err
	})
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && grant == nil:
		return nil, fault.New(fault.Unauthenticated, "this session has ended").WithCode("SESSION_ENDED")
	case err != nil:
		return nil, db.Fault(err)
	}
	return grant, nil
}

// SignOut ends the session of a refresh token; a token nobody knows is no error.
func (s *Service) SignOut(ctx context.Context, refreshToken string) error {
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		_, session, staff, err := s.lockChain(ctx, tx, refreshToken)
		if err != nil || session.RevokedAt != nil {
			return err
		}
		if _, err := s.end(ctx, tx, endedBySignOut, "id = ?", session.ID); err != nil {
			return err
		}
		ctx = As(ctx, staffPrincipal(staff, session.ID, session.ExpiresAt))
		return Audit(ctx, tx, Entry{Action: "staff.sign_out", ObjectKind: kindStaff, ObjectID: staff.ID})
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return db.Fault(err)
}

// lockChain reads a refresh token with its session, which it locks: refreshes of
// one session happen one after the other.
func (s *Service) lockChain(ctx context.Context, tx bun.IDB, refreshToken string) (*db.RefreshToken, *db.StaffSession, *db.Staff, error) {
	hash := hashOf(refreshToken)
	session := new(db.StaffSession)
	err := tx.NewSelect().Model(session).
		Where("id = (SELECT session_id FROM refresh_tokens WHERE token_hash = ?)", hash).For("UPDATE").Scan(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	token := new(db.RefreshToken)
	if err := tx.NewSelect().Model(token).Where("token_hash = ?", hash).Scan(ctx); err != nil {
		return nil, nil, nil, err
	}
	staff := new(db.Staff)
	err = tx.NewSelect().Model(staff).Where("id = ?", session.StaffID).Scan(ctx)
	return token, session, staff, err
}

func (s *Service) endStolen(ctx context.Context, tx bun.IDB, session *db.StaffSession) error {
	if _, err := s.end(ctx, tx, endedByReuse, "id = ?", session.ID); err != nil {
		return err
	}
	return Audit(ctx, tx, Entry{
		Action: "staff.refresh_token_reused", ObjectKind: kindStaff, ObjectID: session.StaffID,
		Detail: map[string]any{"session": session.ID},
	})
}

// end revokes the open sessions that the condition names, and counts them.
func (s *Service) end(ctx context.Context, tx bun.IDB, reason, where string, args ...any) (int, error) {
	result, err := tx.NewUpdate().Model((*db.StaffSession)(nil)).
		Set("revoked_at = ?", s.clock.Now()).Set("revoked_reason = ?", reason).
		Where(where, args...).Where("revoked_at IS NULL").Exec(ctx)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

func staffPrincipal(staff *db.Staff, sessionID int64, expires time.Time) Principal {
	role := Role(staff.Role)
	return Principal{Kind: ActorStaff, ID: staff.ID, SessionID: sessionID, Role: role, Scopes: role.Scopes(), ExpiresAt: expires}
}

// hashOf is what is stored of a refresh token. A fast hash is enough: the token
// is 256 random bits, so there is nothing to guess.
func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func signInFailed(cause error) error {
	return fault.Wrap(fault.Invalid, cause, "the address or the password is wrong").WithCode("SIGN_IN_FAILED")
}

func normalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func clip(s string, most int) string {
	return strings.ToValidUTF8(s[:min(len(s), most)], "")
}

// RandomPassword is a password of 128 bits for an account that a program opens.
func RandomPassword() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}
