// Package dkim signs mails for a domain (RFC 6376, RFC 8463) and makes, reads
// and publishes the keys for it.
//
// It owns which header fields are signed and how, and the form of keys and of
// their DNS records. It promises that a signature covers the whole body and
// every field that a reader sees or a mail program acts on, and that fields
// which must not come twice cannot be added without breaking it. Where keys are
// kept is left to crm/message/domain, the canonical forms to go-msgauth.
package dkim

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Algorithm is the kind of a key.
type Algorithm string

// The algorithms. Every receiver reads RSA; Ed25519 is smaller and faster, and
// not read by all yet.
const (
	RSA     Algorithm = "RSA"
	Ed25519 Algorithm = "ED25519"
)

// Bits of RSA keys: 2048 are made; RFC 8301 wants no less than 1024 and DNS
// takes no more than 4096 comfortably.
const bits, minBits, maxBits = 2048, 2048, 4096

// signed are the fields a signature covers. Each stands once more than a mail
// has it, where a second one would change what the reader sees: it then cannot
// be added (RFC 6376 5.4, 8.15). A field that a mail has not is covered as
// missing.
var signed = []string{
	"From", "From", "To", "To", "Subject", "Subject", "Reply-To", "Reply-To", "Date", "Date", "Message-ID", "Message-ID",
	"MIME-Version", "MIME-Version", "Content-Type", "Content-Type", "List-Unsubscribe", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Unsubscribe-Post",
}

// Signer signs for one domain with one key. It is safe for concurrent use.
type Signer struct {
	Domain, Selector string
	Key              crypto.Signer // RSA or Ed25519
}

// Sign makes the DKIM-Signature field of a complete mail, with its line end.
func (s Signer) Sign(mail []byte) (field string, err error) {
	signer, err := dkim.NewSigner(&dkim.SignOptions{
		Domain: s.Domain, Selector: s.Selector, Signer: s.Key, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	})
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "the mail cannot be signed")
	}
	_, writing := signer.Write(mail)
	if err := signer.Close(); err != nil || writing != nil {
		return "", fault.Wrap(fault.Internal, err, "the mail cannot be signed")
	}
	return signer.Signature(), nil
}

// Make makes a key.
func Make(a Algorithm) (crypto.Signer, error) {
	switch a {
	case RSA:
		return rsa.GenerateKey(rand.Reader, bits)
	case Ed25519:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
	return nil, fault.New(fault.Invalid, "the algorithm is not known").WithCode("UNKNOWN_VALUE").At("algorithm")
}

// ParsePEM reads a private key (PKCS #8 or PKCS #1).
// Errors: fault.Invalid with code BAD_KEY, or WEAK_KEY for RSA of too few bits.
func ParsePEM(text string) (crypto.Signer, Algorithm, error) {
	block, _ := pem.Decode([]byte(strings.TrimSpace(text)))
	if block == nil {
		return nil, "", badKey()
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return checked(key)
	}
	return Parse(block.Bytes)
}

// Parse reads a private key in PKCS #8. Errors: as ParsePEM.
func Parse(der []byte) (crypto.Signer, Algorithm, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, "", badKey()
	}
	return checked(key)
}

func checked(key any) (crypto.Signer, Algorithm, error) {
	switch key := key.(type) {
	case ed25519.PrivateKey:
		return key, Ed25519, nil
	case *rsa.PrivateKey:
		if n := key.N.BitLen(); n < minBits || n > maxBits {
			return nil, "", fault.New(fault.Invalid, "an RSA key has %d to %d bits", minBits, maxBits).WithCode("WEAK_KEY").At("privateKey")
		}
		return key, RSA, nil
	}
	return nil, "", badKey()
}

func badKey() *fault.Error {
	return fault.New(fault.Invalid, "this is no RSA or Ed25519 private key in PEM").WithCode("BAD_KEY").At("privateKey")
}

// Marshal is a private key in PKCS #8.
func Marshal(key crypto.Signer) ([]byte, error) { return x509.MarshalPKCS8PrivateKey(key) }

// Public is the public half as it is published: PKIX for RSA, the bare 32 bytes
// for Ed25519 (RFC 8463 4.2).
func Public(key crypto.Signer) ([]byte, error) {
	if public, ok := key.Public().(ed25519.PublicKey); ok {
		return public, nil
	}
	return x509.MarshalPKIXPublicKey(key.Public())
}

// Record is the TXT record that publishes a public half.
func Record(a Algorithm, public []byte) string {
	return "v=DKIM1; k=" + strings.ToLower(string(a)) + "; p=" + base64.StdEncoding.EncodeToString(public)
}

// Name is where the record of a selector stands.
func Name(selector, domain string) string { return selector + "._domainkey." + domain }

// Publishes reports whether a TXT record found in DNS publishes this key.
func Publishes(record string, a Algorithm, public []byte) bool {
	tags := map[string]string{"k": "rsa"}
	for tag := range strings.SplitSeq(record, ";") {
		name, value, _ := strings.Cut(tag, "=")
		tags[strings.TrimSpace(name)] = strings.Join(strings.Fields(value), "")
	}
	return strings.EqualFold(tags["k"], string(a)) && tags["p"] == base64.StdEncoding.EncodeToString(public)
}
