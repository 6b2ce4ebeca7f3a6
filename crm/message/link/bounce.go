package link

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// BounceRef names the message that a bounce speaks of.
type BounceRef struct {
	DeliveryMonth time.Time // first day of the month, UTC
	DeliveryID    int64
	CustomerID    int64
	// Address is the beginning of the hash of the address the mail went to
	// (AddressMark): the customer may have another one by now.
	Address [addressMark]byte
}

const (
	addressMark = 4
	bounceKind  = 'b'
	// bounceMAC is shorter than in links, because a local part holds 64
	// characters; 80 bits cannot be guessed at the rate of a mail server.
	bounceMAC = 10
	// bouncePrefix stands before the token in the envelope's sender.
	bouncePrefix = "b-"
)

// Mail servers may change the case of a local part.
var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// AddressMark is what a BounceRef keeps of an address.
func AddressMark(email string) (mark [addressMark]byte) {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(email))))
	copy(mark[:], sum[:])
	return mark
}

// BounceLocal is the local part of the envelope sender of a message: bounces
// that come to it need not be understood to know whom they are about.
func (s *Signer) BounceLocal(ref BounceRef) string {
	var buf [64]byte
	return bouncePrefix + base32Lower.EncodeToString(s.keys[0].short(appendBounce(buf[:0], ref)))
}

func appendBounce(b []byte, ref BounceRef) []byte {
	month := (ref.DeliveryMonth.UTC().Year()-baseYear)*12 + int(ref.DeliveryMonth.UTC().Month()) - 1
	b = append(b, version, bounceKind)
	b = binary.AppendUvarint(b, uint64(max(month, 0)))
	b = binary.AppendUvarint(b, uint64(ref.DeliveryID))
	b = binary.AppendUvarint(b, uint64(ref.CustomerID))
	return append(b, ref.Address[:]...)
}

// short appends the beginning of the MAC of b to b.
func (k *key) short(b []byte) []byte {
	n := len(b)
	return k.sum(b)[:n+bounceMAC]
}

// IsBounceLocal reports whether a local part looks like one of BounceLocal.
func IsBounceLocal(local string) bool {
	local, found := strings.CutPrefix(strings.ToLower(local), bouncePrefix)
	return found && len(local) >= 24 && strings.Trim(local, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// ParseBounce reads a local part of BounceLocal. Errors: fault.NotFound for
// anything that was not made with this key.
func (s *Signer) ParseBounce(local string) (BounceRef, error) {
	notFound := fault.New(fault.NotFound, "this bounce address is not valid")
	raw, err := base32Lower.DecodeString(strings.TrimPrefix(strings.ToLower(local), bouncePrefix))
	if err != nil || len(raw) <= bounceMAC+addressMark+2 || len(raw) > 64 {
		return BounceRef{}, notFound
	}
	body := raw[:len(raw)-bounceMAC]
	known := false
	for _, k := range s.keys {
		known = known || hmac.Equal(k.short(bytes.Clone(body)), raw)
	}
	if !known || body[0] != version || body[1] != bounceKind {
		return BounceRef{}, notFound
	}
	ids := append(bytes.Clone(body[2:len(body)-addressMark]), 0) // without a variant
	ref, ok := decode(Open, ids)
	if !ok {
		return BounceRef{}, notFound
	}
	out := BounceRef{DeliveryMonth: ref.DeliveryMonth, DeliveryID: ref.DeliveryID, CustomerID: ref.CustomerID}
	copy(out.Address[:], body[len(body)-addressMark:])
	return out, nil
}
