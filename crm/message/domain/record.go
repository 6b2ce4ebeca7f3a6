package domain

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/message/dkim"
)

// RecordKind is what a DNS record is for.
type RecordKind string

// The kinds of record.
const (
	RecordDKIM   RecordKind = "DKIM"
	RecordDMARC  RecordKind = "DMARC"
	RecordBounce RecordKind = "BOUNCE_MX"
	RecordSPF    RecordKind = "SPF"
)

// RecordState is whether a record is published.
type RecordState string

// The states.
const (
	Published RecordState = "PUBLISHED"
	Differs   RecordState = "DIFFERS" // there is one, with another value
	Missing   RecordState = "MISSING"
	Unchecked RecordState = "UNKNOWN" // nobody looked, or DNS did not answer
)

// Record is a DNS record that the domain should have.
type Record struct {
	Kind  RecordKind
	Type  string // TXT, MX
	Name  string
	Value string // "" where it depends on the mail server: see the documentation of that
	KeyID int64  // of a DKIM record
	State RecordState
}

// Resolver looks names up; net.Resolver is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// Records are what has to be published for d, not looked up yet.
func (d Domain) Records() []Record {
	var records []Record
	for _, k := range d.Keys {
		records = append(records, Record{
			Kind: RecordDKIM, Type: "TXT", Name: dkim.Name(k.Selector, d.Domain),
			Value: dkim.Record(dkim.Algorithm(k.Algorithm), k.PublicKey), KeyID: k.ID,
		})
	}
	records = append(records, Record{Kind: RecordDMARC, Type: "TXT", Name: "_dmarc." + d.Domain, Value: "v=DMARC1; p=none"})
	envelope := d.Domain
	if d.BounceDomain != "" {
		envelope = d.BounceDomain
		records = append(records, Record{Kind: RecordBounce, Type: "MX", Name: envelope})
	}
	records = append(records, Record{Kind: RecordSPF, Type: "TXT", Name: envelope})
	for i := range records {
		records[i].State = Unchecked
	}
	return records
}

// lookLimit is how long DNS may take for all records together.
const lookLimit = 8 * time.Second

// Check is Records with what DNS says of each now.
func (s *Service) Check(ctx context.Context, id int64) (Domain, []Record, error) {
	d, err := s.Find(ctx, id)
	if err != nil {
		return Domain{}, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	records := d.Records()
	for i := range records {
		records[i].State = s.look(ctx, d, records[i])
	}
	return d, records, nil
}

func (s *Service) look(ctx context.Context, d Domain, r Record) RecordState {
	if r.Type == "MX" {
		found, err := s.Resolver.LookupMX(ctx, r.Name)
		return state(len(found), err, func() bool { return true })
	}
	found, err := s.Resolver.LookupTXT(ctx, r.Name)
	var relevant []string
	for _, txt := range found {
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(txt)), marks[r.Kind]) {
			relevant = append(relevant, txt)
		}
	}
	return state(len(relevant), err, func() bool {
		// Two SPF or DMARC records count as none (RFC 7208 4.5, RFC 7489 6.6.3).
		return r.Kind != RecordDKIM && len(relevant) == 1 || r.Kind == RecordDKIM && d.publishes(relevant, r.KeyID)
	})
}

// marks are how the TXT records of each kind begin; those of DKIM may leave it
// out.
var marks = map[RecordKind]string{RecordDMARC: "v=dmarc1", RecordSPF: "v=spf1", RecordDKIM: ""}

func (d Domain) publishes(records []string, keyID int64) bool {
	for _, k := range d.Keys {
		for _, r := range records {
			if k.ID == keyID && dkim.Publishes(r, dkim.Algorithm(k.Algorithm), k.PublicKey) {
				return true
			}
		}
	}
	return false
}

func state(found int, err error, right func() bool) RecordState {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound, err == nil && found == 0:
		return Missing
	case err != nil:
		return Unchecked
	case right():
		return Published
	default:
		return Differs
	}
}
