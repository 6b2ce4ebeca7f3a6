package server

import (
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/server/transport"
)

// bounceTimeout is how long a report may take to come in.
const bounceTimeout = 30 * time.Second

// BounceSecrets are what a mail server shows to hand bounces in, one for each of
// the installation's secrets, the newest first.
func BounceSecrets(secrets string) ([]string, error) {
	var out []string
	for secret := range strings.SplitSeq(secrets, ",") {
		derived, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(secret)), nil, "meguri bounce intake v1", 24)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "cannot derive the secret of the bounce intake")
		}
		out = append(out, hex.EncodeToString(derived))
	}
	return out, nil
}

// bounces answers POST /bounces?to=b-…@bounce.example: the body is a mail that
// came back, a complaint or an unsubscribe mail as the mail server got it, to
// the address it came to. The caller shows one of BounceSecrets as a bearer
// token. 5xx means that it should be handed in again.
func (rs *routes) bounces() (http.Handler, error) {
	secrets, err := BounceSecrets(rs.app.Config.Secret)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown, known := []byte(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")), 0
		for _, secret := range secrets {
			known |= subtle.ConstantTimeCompare(shown, []byte(secret))
		}
		if known == 0 {
			transport.WriteFault(w, fault.New(fault.Unauthenticated, "the secret of the bounce intake is needed: `meguri bounce --secret` prints it"))
			return
		}
		result, err := rs.takeBounce(w, r)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				rs.app.Log.ErrorContext(r.Context(), "a bounce could not be taken in", "error", err)
			}
			transport.WriteFault(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(result)
	}), nil
}

func (rs *routes) takeBounce(w http.ResponseWriter, r *http.Request) (bounce.Result, error) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bounceTimeout)) // a connection without deadlines is a test's
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bounce.MaxReport))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return bounce.Result{}, fault.New(fault.Invalid, "the mail is longer than %d bytes", bounce.MaxReport).WithCode("TOO_LARGE")
	case err != nil:
		return bounce.Result{}, fault.Wrap(fault.Invalid, err, "the mail did not come in whole")
	}
	return rs.app.Messages.Bounces.Take(r.Context(), raw, r.URL.Query().Get("to"))
}
