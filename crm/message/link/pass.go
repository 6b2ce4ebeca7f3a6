package link

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// The kinds of pass.
const (
	Confirm     Kind = 'k' // a form that was sent: this address is mine
	Resend      Kind = 'r' // that form: mail me once more
	Preferences Kind = 'p' // a customer: what I get; also a token in mails
	Download    Kind = 'd' // a file that was made for a request
	ConfirmMail Kind = 'a' // an address that a member gave: it is mine
)

// PreferencesPath is where a person chooses what he gets, before the token or pass.
const PreferencesPath = "/p/"

// passVersion is the first byte of a pass, which no token of a message has.
const passVersion = 2

// Pass lets whoever holds it do one thing with one row for a while.
type Pass struct {
	Kind      Kind
	ID        int64
	ExpiresAt time.Time // to the second
}

// Pass is the token of p, 56 characters or fewer.
func (s *Signer) Pass(p Pass) string {
	b := append(make([]byte, 0, 48), passVersion, byte(p.Kind))
	b = binary.AppendUvarint(b, uint64(p.ID))
	b = binary.AppendUvarint(b, uint64(max(p.ExpiresAt.Unix(), 0)))
	return base64.RawURLEncoding.EncodeToString(s.keys[0].sum(b))
}

// PassURL is the public address under path, e.g. "/k/", that carries p.
func (s *Signer) PassURL(path string, p Pass) string { return s.base + path + s.Pass(p) }

// ReadPass reads a pass of one of kinds. One that has expired is answered along with its
// error, so that its holder can be offered another. Errors: fault.NotFound for
// what was not made with this key for this kind; fault.Precondition
// LINK_EXPIRED.
func (s *Signer) ReadPass(token string, now time.Time, kinds ...Kind) (Pass, error) {
	notFound := fault.New(fault.NotFound, "this link is not valid")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) <= macSize+2 || len(raw) > 48 {
		return Pass{}, notFound
	}
	body := raw[:len(raw)-macSize]
	if !s.signed(body, raw) || body[0] != passVersion || !slices.Contains(kinds, Kind(body[1])) {
		return Pass{}, notFound
	}
	id, n := binary.Uvarint(body[2:])
	if n <= 0 {
		return Pass{}, notFound
	}
	until, m := binary.Uvarint(body[2+n:])
	if m <= 0 || 2+n+m != len(body) {
		return Pass{}, notFound
	}
	p := Pass{Kind: Kind(body[1]), ID: int64(id), ExpiresAt: time.Unix(int64(until), 0).UTC()}
	if !p.ExpiresAt.After(now) {
		return p, fault.New(fault.Precondition, "this link has expired").WithCode("LINK_EXPIRED")
	}
	return p, nil
}
