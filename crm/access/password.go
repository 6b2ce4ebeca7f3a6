package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"golang.org/x/crypto/argon2"
)

// Cost of a hash: OWASP's recommendation for Argon2id (Password Storage Cheat
// Sheet), about 35 ms on one core.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024 // KiB
	argonThreads = 1
	saltLen      = 16
	hashLen      = 32
)

// Bounds of a password: characters at least, bytes at most.
const (
	MinPassword = 12
	MaxPassword = 1024
)

// Hasher makes and checks password hashes. Hashing is dear by design, so at
// most a fixed number run at once and the others wait for a bounded time.
type Hasher struct {
	slots chan struct{}
	wait  time.Duration
	dummy string
}

// NewHasher makes a hasher that runs atOnce hashes in parallel and lets a caller
// wait for at most wait.
func NewHasher(atOnce int, wait time.Duration) *Hasher {
	h := &Hasher{slots: make(chan struct{}, max(1, atOnce)), wait: wait}
	h.dummy = encodeHash(make([]byte, saltLen), make([]byte, hashLen))
	return h
}

// Hash is the PHC string of the password.
// Errors: fault.Throttled when all slots stay taken for the whole wait.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	return encodeHash(salt, digest(password, salt)), nil
}

// Verify reports whether the password belongs to the hash. An empty hash, which
// stands for an account that does not exist, takes as long and is never right.
// Errors: fault.Throttled when all slots stay taken for the whole wait.
func (h *Hasher) Verify(ctx context.Context, hash, password string) (bool, error) {
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	salt, want, err := decodeHash(hash)
	if err != nil {
		return false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	same := subtle.ConstantTimeCompare(digest(password, salt), want) == 1
	return same && known, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	timer := time.NewTimer(h.wait)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-timer.C:
		return fault.New(fault.Throttled, "too many sign-ins at the moment; try again shortly")
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "the request was cut short")
	}
}

func (h *Hasher) leave() { <-h.slots }

func digest(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, hashLen)
}

func encodeHash(salt, hash []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(hash))
}

// decodeHash accepts only hashes of today's cost: there are no others yet.
func decodeHash(phc string) (salt, hash []byte, err error) {
	prefix := fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)
	rest, ok := strings.CutPrefix(phc, prefix)
	salt64, hash64, two := strings.Cut(rest, "$")
	if !ok || !two {
		return nil, nil, errors.New("access: a password hash of another form")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(salt64); err != nil {
		return nil, nil, fmt.Errorf("access: salt: %w", err)
	}
	if hash, err = base64.RawStdEncoding.DecodeString(hash64); err != nil {
		return nil, nil, fmt.Errorf("access: hash: %w", err)
	}
	return salt, hash, nil
}

// minDistinct is how many different characters a password has at least.
const minDistinct = 5

// checkPassword holds a new password against the bounds, and against what anybody
// would try first: few different characters, or the person's own name and address.
func checkPassword(field, password string, about ...string) error {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return fault.New(fault.Invalid, "a password has at least %d characters", MinPassword).
			WithCode("PASSWORD_TOO_SHORT").At(field).With("min", MinPassword)
	case len(password) > MaxPassword:
		return fault.New(fault.Invalid, "a password has at most %d bytes", MaxPassword).
			WithCode("PASSWORD_TOO_LONG").At(field).With("max", MaxPassword)
	case distinct(password) < minDistinct || mostlyAbout(password, about):
		return fault.New(fault.Invalid, "this password is easily guessed").WithCode("PASSWORD_GUESSABLE").At(field)
	}
	return nil
}

func distinct(s string) int {
	seen := map[rune]struct{}{}
	for _, r := range s {
		seen[r] = struct{}{}
	}
	return len(seen)
}

// mostlyAbout reports whether less than half of MinPassword is left of the
// password without the words of the person and of the product.
func mostlyAbout(password string, about []string) bool {
	rest := strings.ToLower(password)
	for _, text := range append([]string{"meguri", "password"}, about...) {
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \u3000@._-+", r) }) {
			if utf8.RuneCountInString(word) > 2 {
				rest = strings.ReplaceAll(rest, word, "")
			}
		}
	}
	return utf8.RuneCountInString(rest) < MinPassword/2
}
