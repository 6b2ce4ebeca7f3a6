package webhook

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// secretPrefix marks signing secrets, as Standard Webhooks has it.
const secretPrefix = "whsec_"

// oldSecretFor is how long the secret before still signs beside a new one.
const oldSecretFor = 24 * time.Hour

// secrets are the signing secrets of an endpoint.
type secrets struct {
	Current string    `json:"current"`
	Before  string    `json:"before,omitempty"`
	EndsAt  time.Time `json:"endsAt,omitzero"` // of the one before
}

// newSecret is 256 bits by chance.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return secretPrefix + base64.StdEncoding.EncodeToString(b[:])
}

func owner(endpoint int64) string { return "webhook endpoint " + strconv.FormatInt(endpoint, 10) }

func (s *Service) seal(row *db.WebhookEndpoint, of secrets) error {
	plain, err := json.Marshal(of)
	if err != nil {
		return err
	}
	row.Sealed = s.Sealer.Seal(plain, owner(row.ID))
	return nil
}

// open opens the secrets of an endpoint. Errors: fault.Precondition
// SEALED_ELSEWHERE, when MEGURI_SECRET is another than they were sealed under.
func (s *Service) open(row *db.WebhookEndpoint) (of secrets, err error) {
	plain, err := s.Sealer.Open(row.Sealed, owner(row.ID))
	if err != nil {
		return of, fault.Wrap(fault.Precondition, err, "the signing secret was sealed under another MEGURI_SECRET: make a new one").WithCode("SEALED_ELSEWHERE")
	}
	return of, json.Unmarshal(plain, &of)
}

// valid are the secrets that sign now, the current one first.
func (of secrets) valid(now time.Time) []string {
	if of.Before != "" && now.Before(of.EndsAt) {
		return []string{of.Current, of.Before}
	}
	return []string{of.Current}
}

// sign sets the headers of Standard Webhooks; one signature for each secret.
func sign(h http.Header, keys []string, id string, at time.Time, body []byte) error {
	signatures := ""
	for _, key := range keys {
		w, err := standard.NewWebhook(key)
		if err != nil {
			return err
		}
		signature, err := w.Sign(id, at, body)
		if err != nil {
			return err
		}
		if signatures != "" {
			signatures += " "
		}
		signatures += signature
	}
	h.Set(standard.HeaderWebhookID, id)
	h.Set(standard.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	h.Set(standard.HeaderWebhookSignature, signatures)
	return nil
}
