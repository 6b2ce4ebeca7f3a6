// Package seal encrypts what must not lie open in the database and in its
// backups.
//
// It owns the cipher (AES-256-GCM) and how its keys are derived from the
// installation's secrets. It promises that what was sealed opens only with the
// same secret, for the same use and for the same owner. It leaves where the
// sealed bytes are kept, and what to say when they cannot be opened, to its
// callers.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
)

// ErrLocked says that no secret at hand opens the sealed bytes, e.g. because
// MEGURI_SECRET is not the one they were sealed under.
var ErrLocked = errors.New("seal: it was sealed under another secret")

// Sealer seals for one use. It is safe for concurrent use.
type Sealer struct{ keys []cipher.AEAD } // the newest first; it seals, all open

// New derives the keys of one use, e.g. "meguri dkim keys v1", from secrets: one
// or more separated by commas, the newest first.
func New(secrets, use string) (*Sealer, error) {
	s := &Sealer{}
	for secret := range strings.SplitSeq(secrets, ",") {
		aead, err := newAEAD(strings.TrimSpace(secret), use)
		if err != nil {
			return nil, fmt.Errorf("seal: derive the key of %s: %w", use, err)
		}
		s.keys = append(s.keys, aead)
	}
	return s, nil
}

func newAEAD(secret, use string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, use, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Seal encrypts plain; it opens again only for the same owner.
func (s *Sealer) Seal(plain []byte, owner string) []byte {
	nonce := make([]byte, s.keys[0].NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return s.keys[0].Seal(nonce, nonce, plain, []byte(owner))
}

// Open decrypts what Seal made. Errors: ErrLocked.
func (s *Sealer) Open(sealed []byte, owner string) ([]byte, error) {
	for _, key := range s.keys {
		if len(sealed) < key.NonceSize() {
			break
		}
		nonce, rest := sealed[:key.NonceSize()], sealed[key.NonceSize():]
		if plain, err := key.Open(nil, nonce, rest, []byte(owner)); err == nil {
			return plain, nil
		}
	}
	return nil, ErrLocked
}
