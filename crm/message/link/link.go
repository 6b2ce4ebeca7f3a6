// Package link makes and reads the signed tokens in tracked links, pixels and
// unsubscribe links.
//
// It owns the token's form and its key. It promises that a token that reads
// back was made with this key and names exactly what it named when it was made,
// and that tokens are short enough for a mail (at most 60 characters). A token
// holds ids only; where a link leads is stored with the delivery, so that no
// token can send anyone to an address of somebody else's choosing. It leaves
// what a click, an open or an unsubscribe means to crm/message/response.
package link

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strings"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Kind is what a token is for; a token of one kind never passes for another.
type Kind byte

// The kinds of token.
const (
	Click       Kind = 'c' // a tracked link
	Open        Kind = 'o' // the pixel
	Unsubscribe Kind = 'u'
)

// Ref names one message and, for a click, one link in it.
type Ref struct {
	Kind          Kind
	DeliveryMonth time.Time // first day of the month, UTC: the partition of the message
	DeliveryID    int64
	CustomerID    int64
	VariantID     int64 // 0 when the delivery has no variants
	Position      int   // of the link in the content, from 0; clicks only
}

// The first byte of a token: the form and the key it was made with. A new form
// or key takes the next number, and the old one stays readable.
const version = 1

const (
	macSize  = 16
	baseYear = 2020
)

// Signer makes and reads tokens. It is safe for concurrent use.
type Signer struct {
	base string // public URL without trailing slash
	keys []*key // the newest first; it signs, all read
}

// key is one derived key, with its MACs kept for use again.
type key struct {
	secret []byte
	macs   sync.Pool
}

// NewSigner derives the token keys from the installation's secrets, one or more
// separated by commas with the newest first: links in mails sent under an older
// one go on working. publicURL is where recipients reach /t/c, /t/o and /u.
func NewSigner(secrets, publicURL string) (*Signer, error) {
	s := &Signer{base: strings.TrimRight(publicURL, "/")}
	for secret := range strings.SplitSeq(secrets, ",") {
		derived, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, "meguri message link v1", 32)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the link key")
		}
		s.keys = append(s.keys, &key{secret: derived})
	}
	return s, nil
}

// Token is the token of ref.
func (s *Signer) Token(ref Ref) string {
	var buf [96]byte
	return base64.RawURLEncoding.EncodeToString(s.append(buf[:0], ref))
}

// URL is the public address that carries ref's token.
func (s *Signer) URL(ref Ref) string {
	switch ref.Kind {
	case Click:
		return s.base + "/t/c/" + s.Token(ref)
	case Open:
		return s.base + "/t/o/" + s.Token(ref)
	case Preferences:
		return s.base + PreferencesPath + s.Token(ref)
	default:
		return s.base + "/u/" + s.Token(ref)
	}
}

func (s *Signer) append(b []byte, ref Ref) []byte {
	month := (ref.DeliveryMonth.UTC().Year()-baseYear)*12 + int(ref.DeliveryMonth.UTC().Month()) - 1
	b = append(b, version, byte(ref.Kind))
	b = binary.AppendUvarint(b, uint64(max(month, 0)))
	b = binary.AppendUvarint(b, uint64(ref.DeliveryID))
	b = binary.AppendUvarint(b, uint64(ref.CustomerID))
	b = binary.AppendUvarint(b, uint64(ref.VariantID))
	if ref.Kind == Click {
		b = binary.AppendUvarint(b, uint64(ref.Position))
	}
	return s.keys[0].sum(b)
}

// sum appends the truncated MAC of b to b.
func (k *key) sum(b []byte) []byte {
	mac, ok := k.macs.Get().(hash.Hash)
	if !ok {
		mac = hmac.New(sha256.New, k.secret)
	}
	defer k.macs.Put(mac)
	mac.Reset()
	mac.Write(b)
	var full [sha256.Size]byte
	return append(b, mac.Sum(full[:0])[:macSize]...)
}

// Parse reads a token of kind. Anything that was not made with this key and for
// this kind is fault.NotFound, so that a forged token and an unknown one look
// alike.
func (s *Signer) Parse(kind Kind, token string) (Ref, error) {
	notFound := fault.New(fault.NotFound, "this link is not valid")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) <= macSize+2 || len(raw) > 96 {
		return Ref{}, notFound
	}
	body := raw[:len(raw)-macSize]
	if !s.signed(body, raw) || body[0] != version || Kind(body[1]) != kind {
		return Ref{}, notFound
	}
	ref, ok := decode(kind, body[2:])
	if !ok {
		return Ref{}, notFound
	}
	return ref, nil
}

// signed reports whether raw is body with the MAC of any of the keys.
func (s *Signer) signed(body, raw []byte) bool {
	for _, k := range s.keys {
		if hmac.Equal(k.sum(append(make([]byte, 0, len(raw)), body...)), raw) {
			return true
		}
	}
	return false
}

func decode(kind Kind, b []byte) (Ref, bool) {
	ok := true
	next := func() uint64 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			ok = false
			return 0
		}
		b = b[size:]
		return n
	}
	ref := Ref{Kind: kind, DeliveryMonth: time.Date(baseYear, time.Month(1+next()), 1, 0, 0, 0, 0, time.UTC)}
	ref.DeliveryID, ref.CustomerID, ref.VariantID = int64(next()), int64(next()), int64(next())
	if kind == Click {
		ref.Position = int(next())
	}
	return ref, ok && len(b) == 0
}
