package domain_test

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"
	"time"

	library "github.com/emersion/go-msgauth/dkim"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/dkim"
	"github.com/meguri-crm/meguri/crm/message/domain"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// zone is a DNS of the test's own.
type zone struct {
	txt map[string][]string
	mx  map[string][]*net.MX
	err error
}

func (z *zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	if found := z.txt[name]; z.err == nil && found != nil {
		return found, nil
	}
	return nil, z.failure(name)
}

func (z *zone) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if found := z.mx[name]; z.err == nil && found != nil {
		return found, nil
	}
	return nil, z.failure(name)
}

func (z *zone) failure(name string) error {
	if z.err != nil {
		return z.err
	}
	return &net.DNSError{Name: name, IsNotFound: true}
}

func open(t *testing.T, d *db.DB, secret string) (*domain.Service, *zone) {
	t.Helper()
	sealer, err := domain.NewSealer(secret)
	if err != nil {
		t.Fatal(err)
	}
	z := &zone{txt: map[string][]string{}, mx: map[string][]*net.MX{}}
	return &domain.Service{DB: d, Clock: &clock.Fixed{T: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, Sealer: sealer, Resolver: z}, z
}

func TestMailsAreSignedWithTheKeysInUse(t *testing.T) {
	d := dbtest.New(t)
	s, _ := open(t, d, "first")
	ctx := t.Context()
	row, err := s.Add(ctx, " Shop.Example. ")
	if err != nil || row.ID == 0 || len(row.Keys) != 1 || row.Keys[0].Active || row.Keys[0].Algorithm != "RSA" {
		t.Fatalf("%+v, %v", row, err)
	}
	if _, err := s.Add(ctx, "shop.example"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
	if signers, _, err := s.Outgoing(ctx, "news@SHOP.example"); err != nil || len(signers) != 0 {
		t.Errorf("a key that is not in use signs: %v, %v", signers, err)
	}
	if row, err = s.AddKey(ctx, row.ID, domain.NewKey{Algorithm: dkim.Ed25519, Selector: "ed1"}); err != nil {
		t.Fatal(err)
	}
	for _, k := range row.Keys {
		if row, err = s.SetKeyActive(ctx, row.ID, k.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.SetBounceDomain(ctx, row.ID, "bounce.shop.example"); err != nil {
		t.Fatal(err)
	}
	// After the secret was changed, with the old one still known.
	rotated, _ := open(t, d, "second,first")
	signers, bounces, err := rotated.Outgoing(ctx, "news@shop.example")
	if err != nil || len(signers) != 2 || bounces != "bounce.shop.example" {
		t.Fatalf("%d signers, bounces to %q, %v", len(signers), bounces, err)
	}
	letter := "From: <news@shop.example>\r\nSubject: x\r\n\r\nhello\r\n"
	records := map[string]string{}
	for _, r := range row.Records() {
		records[r.Name] = r.Value
	}
	for _, signer := range signers {
		field, err := signer.Sign([]byte(letter))
		if err != nil {
			t.Fatal(err)
		}
		verdicts, err := library.VerifyWithOptions(strings.NewReader(field+letter), &library.VerifyOptions{
			LookupTXT: func(name string) ([]string, error) { return []string{records[name]}, nil },
		})
		if err != nil || len(verdicts) != 1 || verdicts[0].Err != nil {
			t.Errorf("what is signed does not verify by the record to publish: %+v, %v", verdicts, err)
		}
	}
	lost, _ := open(t, d, "another")
	if _, _, err := lost.Outgoing(ctx, "news@shop.example"); !fault.Is(err, fault.Internal) {
		t.Errorf("with a lost secret: %v, want an error rather than unsigned mail", err)
	}
	if _, err := s.RemoveKey(ctx, row.ID, row.Keys[0].ID); !fault.Is(err, fault.Precondition) {
		t.Errorf("a key in use was removed: %v", err)
	}
}

func TestKeysLieEncrypted(t *testing.T) {
	d := dbtest.New(t)
	s, _ := open(t, d, "secret")
	row, err := s.Add(t.Context(), "shop.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := dkim.Parse(row.Keys[0].PrivateKey); err == nil || bytes.Contains(row.Keys[0].PrivateKey, row.Keys[0].PublicKey[40:]) {
		t.Error("a private key lies open")
	}
	// Moved to another row it does not open.
	other, err := s.Add(t.Context(), "other.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.NewRaw(`UPDATE dkim_keys SET private_key = ?, active = true WHERE domain_id = ?`, row.Keys[0].PrivateKey, other.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Outgoing(t.Context(), "a@other.example"); err == nil {
		t.Error("one domain signs with another's key")
	}
}

func TestWhatIsPublished(t *testing.T) {
	s, z := open(t, dbtest.New(t), "secret")
	row, err := s.Add(t.Context(), "shop.example")
	if err != nil {
		t.Fatal(err)
	}
	if row, err = s.SetBounceDomain(t.Context(), row.ID, "bounce.shop.example"); err != nil {
		t.Fatal(err)
	}
	states := func() map[domain.RecordKind]domain.RecordState {
		_, records, err := s.Check(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		out := map[domain.RecordKind]domain.RecordState{}
		for _, r := range records {
			out[r.Kind] = r.State
		}
		return out
	}
	expect := func(want map[domain.RecordKind]domain.RecordState) {
		t.Helper()
		got := states()
		for kind, state := range want {
			if got[kind] != state {
				t.Errorf("%s is %s, want %s", kind, got[kind], state)
			}
		}
	}
	expect(map[domain.RecordKind]domain.RecordState{domain.RecordDKIM: domain.Missing, domain.RecordDMARC: domain.Missing, domain.RecordBounce: domain.Missing, domain.RecordSPF: domain.Missing})
	records := row.Records()
	z.txt[records[0].Name] = []string{records[0].Value}
	z.txt["_dmarc.shop.example"] = []string{"v=DMARC1; p=reject"}
	z.txt["bounce.shop.example"] = []string{"something else", "v=spf1 ip4:192.0.2.1 -all"}
	z.mx["bounce.shop.example"] = []*net.MX{{Host: "mx.shop.example."}}
	expect(map[domain.RecordKind]domain.RecordState{domain.RecordDKIM: domain.Published, domain.RecordDMARC: domain.Published, domain.RecordBounce: domain.Published, domain.RecordSPF: domain.Published})
	z.txt[records[0].Name] = []string{"v=DKIM1; k=rsa; p=AAAA"}
	z.txt["bounce.shop.example"] = []string{"v=spf1 -all", "v=spf1 +all"}
	expect(map[domain.RecordKind]domain.RecordState{domain.RecordDKIM: domain.Differs, domain.RecordSPF: domain.Differs})
	z.err = &net.DNSError{IsTimeout: true}
	expect(map[domain.RecordKind]domain.RecordState{domain.RecordDKIM: domain.Unchecked, domain.RecordBounce: domain.Unchecked})
}

func TestWhatIsNoDomain(t *testing.T) {
	s, _ := open(t, dbtest.New(t), "secret")
	for _, name := range []string{"", "shop", "shop..example", "-a.example", "a b.example", "shop.example/x", "news@shop.example", strings.Repeat("a", 64) + ".example"} {
		if _, err := s.Add(t.Context(), name); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if row, err := s.Add(t.Context(), "めぐり.example"); err != nil || !strings.HasPrefix(row.SenderDomain.Domain, "xn--") {
		t.Errorf("a Japanese domain: %+v, %v", row.SenderDomain, err)
	}
}
