package access

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/meguri-crm/meguri/crm/seal"
)

// Keyring holds the keys derived from the installation's secrets. The first
// secret signs; tokens of the others are still accepted, so that a secret can
// be changed without signing everybody out.
type Keyring struct {
	current tokenKey
	byID    map[string]tokenKey
	mask    []byte
	mailed  []byte       // keys in mails are worked out with it
	sealer  *seal.Sealer // of secrets that must be read again
}

type tokenKey struct {
	id     string // the kid header
	secret []byte
}

// NewKeyring derives the keys from MEGURI_SECRET: one secret, or several
// separated by commas, the newest first.
func NewKeyring(secret string) (*Keyring, error) {
	k := &Keyring{byID: map[string]tokenKey{}}
	for s := range strings.SplitSeq(secret, ",") {
		s = strings.TrimSpace(s)
		if len(s) < 16 {
			return nil, errors.New("access: a secret has at least 16 characters")
		}
		key := newTokenKey(s)
		if k.current.id == "" {
			k.current = key
			k.mask = derive(s, "meguri sign-in throttle v1")
			k.mailed = derive(s, "meguri mailed keys v1")
		}
		k.byID[key.id] = key
	}
	var err error
	k.sealer, err = seal.New(secret, "meguri staff secrets v1")
	return k, err
}

func newTokenKey(secret string) tokenKey {
	key := derive(secret, "meguri access token v1")
	sum := sha256.Sum256(key)
	return tokenKey{id: hex.EncodeToString(sum[:4]), secret: key}
}

func derive(secret, use string) []byte {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, use, sha256.Size)
	if err != nil {
		panic(err) // only for a length that HKDF cannot give
	}
	return key
}

// masked is what is stored of an address that must not be readable from the database.
func (k *Keyring) masked(kind, value string) []byte { return authenticated(k.mask, kind, value) }

// mailedKey is what a mail holds so that its reader can do what kind says. It is
// worked out again for each attempt to send the mail, so that neither the
// database nor the queue ever holds it; the database has its hash.
func (k *Keyring) mailedKey(kind string, nonce []byte) string {
	return base64.RawURLEncoding.EncodeToString(authenticated(k.mailed, kind, string(nonce)))
}

func authenticated(key []byte, kind, value string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(kind + "\x00" + value))
	return mac.Sum(nil)
}
