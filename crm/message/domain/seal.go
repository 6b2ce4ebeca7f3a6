package domain

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Sealer encrypts what must not lie open in the database and in its backups,
// with AES-256-GCM under keys derived from the installation's secrets.
type Sealer struct{ keys []cipher.AEAD } // the newest first; it seals, all open

// NewSealer derives the keys from secrets, one or more separated by commas with
// the newest first.
func NewSealer(secrets string) (*Sealer, error) {
	s := &Sealer{}
	for secret := range strings.SplitSeq(secrets, ",") {
		key, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, "meguri dkim keys v1", 32)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the key of keys")
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the key of keys")
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the key of keys")
		}
		s.keys = append(s.keys, aead)
	}
	return s, nil
}

// seal encrypts plain; it opens again only for the same owner.
func (s *Sealer) seal(plain []byte, owner string) []byte {
	nonce := make([]byte, s.keys[0].NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return s.keys[0].Seal(nonce, nonce, plain, []byte(owner))
}

// open decrypts what seal made. Errors: fault.Internal, e.g. after the secret
// was lost.
func (s *Sealer) open(sealed []byte, owner string) ([]byte, error) {
	for _, key := range s.keys {
		if len(sealed) < key.NonceSize() {
			break
		}
		nonce, rest := sealed[:key.NonceSize()], sealed[key.NonceSize():]
		if plain, err := key.Open(nil, nonce, rest, []byte(owner)); err == nil {
			return plain, nil
		}
	}
	return nil, fault.New(fault.Internal, "a DKIM key cannot be decrypted: MEGURI_SECRET is not the one it was made under").WithCode("KEY_LOCKED")
}
