package dkim_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"regexp"
	"strings"
	"testing"

	library "github.com/emersion/go-msgauth/dkim"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/dkim"
)

const letter = "From: =?UTF-8?B?44KB44GQ44KK5aCC?= <news@shop.example>\r\nTo: <hanako@example.com>\r\n" +
	"Subject: =?UTF-8?B?56eL?=\r\n =?UTF-8?B?44Gu?=\r\nDate: Sat, 21 Nov 2026 10:02:03 +0900\r\nMessage-ID: <1.2@shop.example>\r\n" +
	"List-Unsubscribe: <https://crm.example/u/x>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello \t world  \r\n\r\n\r\n"

func signers(t testing.TB) map[dkim.Algorithm]dkim.Signer {
	t.Helper()
	out := map[dkim.Algorithm]dkim.Signer{}
	for _, a := range []dkim.Algorithm{dkim.RSA, dkim.Ed25519} {
		key, err := dkim.Make(a)
		if err != nil {
			t.Fatal(err)
		}
		out[a] = dkim.Signer{Domain: "shop.example", Selector: "s1", Key: key}
	}
	return out
}

func TestBothAlgorithmsVerify(t *testing.T) {
	for a, s := range signers(t) {
		public, err := dkim.Public(s.Key)
		if err != nil {
			t.Fatal(err)
		}
		field, err := s.Sign([]byte(letter))
		if err != nil {
			t.Fatal(err)
		}
		record := dkim.Record(a, public)
		look := func(name string) ([]string, error) {
			if name != dkim.Name("s1", "shop.example") {
				return nil, fmt.Errorf("asked for %s", name)
			}
			return []string{record}, nil
		}
		verdicts, err := library.VerifyWithOptions(strings.NewReader(field+letter), &library.VerifyOptions{LookupTXT: look})
		if err != nil || len(verdicts) != 1 || verdicts[0].Err != nil || verdicts[0].Domain != "shop.example" {
			t.Errorf("%s: %+v, %v", a, verdicts, err)
		}
		if err := verify(field, letter, s.Key.Public()); err != nil {
			t.Errorf("%s, by the letter of the RFC: %v", a, err)
		}
		for _, line := range strings.Split(strings.TrimSuffix(field, "\r\n"), "\r\n") {
			if len(line) > 998 || strings.TrimSpace(line) == "" {
				t.Errorf("a line of %d characters", len(line))
			}
		}
		if !dkim.Publishes(record, a, public) || !dkim.Publishes(strings.ReplaceAll(record, "; p=", ";p= "), a, public) || dkim.Publishes(record[:len(record)-9], a, public) {
			t.Errorf("the record %q is not told apart", record)
		}
	}
}

// TestNothingCanBeChangedOrAdded changes what a reader sees or a mail program
// acts on.
func TestNothingCanBeChangedOrAdded(t *testing.T) {
	for a, s := range signers(t) {
		field, err := s.Sign([]byte(letter))
		if err != nil {
			t.Fatal(err)
		}
		for name, changed := range map[string]string{
			"subject":              strings.Replace(letter, "56eL", "44GC", 1),
			"body":                 strings.Replace(letter, "hello", "hallo", 1),
			"body appended":        letter + "more\r\n",
			"unsubscribe link":     strings.Replace(letter, "/u/x", "/u/y", 1),
			"one click taken out":  strings.Replace(letter, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "", 1),
			"a second From":        "From: <boss@shop.example>\r\n" + letter,
			"a second Subject":     "Subject: you won\r\n" + letter,
			"a Reply-To":           "Reply-To: <thief@example.com>\r\n" + letter,
			"a second unsubscribe": "List-Unsubscribe: <https://evil.example>\r\n" + letter,
			"a second To":          "To: <other@example.com>\r\n" + letter,
		} {
			if verify(field, changed, s.Key.Public()) == nil {
				t.Errorf("%s: %s passes", a, name)
			}
		}
		for name, harmless := range map[string]string{
			"a trace field":  "Received: from a by b\r\n" + letter,
			"spaces at ends": strings.Replace(letter, "hello \t world  \r\n", "hello world\r\n", 1),
			"other folding":  strings.Replace(letter, "?=\r\n =?", "?=  =?", 1),
			"lines at end":   letter + "\r\n\r\n",
		} {
			if err := verify(field, harmless, s.Key.Public()); err != nil {
				t.Errorf("%s: %s breaks it: %v", a, name, err)
			}
		}
	}
}

// verify is RFC 6376 6.1.3 for relaxed/relaxed, written from its text and
// sharing nothing with the library.
func verify(field, mail string, public crypto.PublicKey) error {
	tags := map[string]string{}
	_, value, _ := strings.Cut(field, ":")
	for tag := range strings.SplitSeq(value, ";") {
		name, v, _ := strings.Cut(tag, "=")
		tags[strings.TrimSpace(name)] = regexp.MustCompile(`\s`).ReplaceAllString(v, "")
	}
	head, body, _ := strings.Cut(mail, "\r\n\r\n")
	sum := sha256.Sum256([]byte(relaxedBody(body)))
	if tags["c"] != "relaxed/relaxed" || tags["bh"] != base64.StdEncoding.EncodeToString(sum[:]) {
		return fmt.Errorf("body hash or form")
	}
	lines := regexp.MustCompile(`\r\n([^ \t])`).ReplaceAllString(head, "\x00$1")
	remaining := map[string][]string{}
	for f := range strings.SplitSeq(lines, "\x00") {
		name, _, _ := strings.Cut(f, ":")
		remaining[strings.ToLower(name)] = append(remaining[strings.ToLower(name)], f)
	}
	var data strings.Builder
	for name := range strings.SplitSeq(tags["h"], ":") {
		list := remaining[strings.ToLower(name)]
		if len(list) > 0 { // from the bottom up
			data.WriteString(relaxedField(list[len(list)-1]) + "\r\n")
			remaining[strings.ToLower(name)] = list[:len(list)-1]
		}
	}
	data.WriteString(relaxedField(regexp.MustCompile(`([;\s]b=)[^;]*`).ReplaceAllString(strings.TrimSuffix(field, "\r\n"), "$1")))
	signature, err := base64.StdEncoding.DecodeString(tags["b"])
	if err != nil {
		return err
	}
	hashed := sha256.Sum256([]byte(data.String()))
	switch key := public.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, hashed[:], signature)
	case ed25519.PublicKey:
		if !ed25519.Verify(key, hashed[:], signature) {
			return fmt.Errorf("signature")
		}
		return nil
	}
	return fmt.Errorf("key")
}

var blanks = regexp.MustCompile(`[ \t]+`)

func relaxedField(f string) string {
	name, value, _ := strings.Cut(f, ":")
	value = blanks.ReplaceAllString(strings.ReplaceAll(value, "\r\n", ""), " ")
	return strings.ToLower(strings.TrimSpace(name)) + ":" + strings.TrimSpace(value)
}

func relaxedBody(body string) string {
	lines := strings.Split(body, "\r\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(blanks.ReplaceAllString(l, " "), " ")
	}
	body = strings.TrimRight(strings.Join(lines, "\r\n"), "\r\n")
	if body != "" {
		body += "\r\n"
	}
	return body
}

// TestRFC8463 holds the key forms to the example in its appendix A.
func TestRFC8463(t *testing.T) {
	seed, _ := base64.StdEncoding.DecodeString("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
	key := ed25519.NewKeyFromSeed(seed)
	public, err := dkim.Public(key)
	if want := "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="; err != nil || dkim.Record(dkim.Ed25519, public) != want {
		t.Errorf("record %q, want %q, %v", dkim.Record(dkim.Ed25519, public), want, err)
	}
	signature := "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n" +
		" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n" +
		" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
	mail := "From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\nSubject: Is dinner ready?\r\n" +
		"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\nMessage-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
	if err := verify(signature, mail, key.Public()); err != nil {
		t.Errorf("the verifier of these tests refuses the example of the RFC: %v", err)
	}
}

func TestParsePEM(t *testing.T) {
	for a, s := range signers(t) {
		der, err := dkim.Marshal(s.Key)
		if err != nil {
			t.Fatal(err)
		}
		key, got, err := dkim.ParsePEM("\n" + string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
		if err != nil || got != a || !samePublic(key, s.Key) {
			t.Errorf("%s: %s, %v", a, got, err)
		}
		if old, ok := s.Key.(*rsa.PrivateKey); ok {
			pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(old)})
			if key, _, err := dkim.ParsePEM(string(pkcs1)); err != nil || !samePublic(key, s.Key) {
				t.Errorf("PKCS #1: %v", err)
			}
		}
	}
	for _, text := range []string{"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, _, err := dkim.ParsePEM(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func samePublic(a, b crypto.Signer) bool {
	x, _ := dkim.Public(a)
	y, _ := dkim.Public(b)
	return len(x) > 0 && bytes.Equal(x, y)
}
