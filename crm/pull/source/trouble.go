package source

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Code is a kind of trouble, as the merchant is told of it.
type Code string

// What staff has to mend.
const (
	KeyExpired    Code = "KEY_EXPIRED"    // what was entered was good until a day that has passed
	KeyRefused    Code = "KEY_REFUSED"    // the service does not accept what was entered
	AccessEnded   Code = "ACCESS_ENDED"   // the leave that the merchant gave has ended or was taken back
	NotAllowed    Code = "NOT_ALLOWED"    // the key is good, but not for orders
	AddressUnkown Code = "IP_NOT_ALLOWED" // the service answers registered addresses only, and ours is not one
	WrongShop     Code = "WRONG_SHOP"     // the key is of another shop, or there is no such shop
	SignatureBad  Code = "SIGNATURE_REFUSED"
	VersionGone   Code = "VERSION_REFUSED" // the service no longer speaks this program's version
	BadRequest    Code = "REQUEST_REFUSED" // the service does not take what this program asks
)

// What passes.
const (
	Paced       Code = "PACED" // the pace the service allows; nothing is wrong
	Throttled   Code = "THROTTLED"
	QuotaSpent  Code = "QUOTA_SPENT" // the allowance of the day
	Down        Code = "SERVICE_DOWN"
	Unreachable Code = "UNREACHABLE"
	BadAnswer   Code = "BAD_ANSWER" // cannot be read as a whole
	JobFailed   Code = "JOB_FAILED" // the service gave up on what it was to prepare
)

// Trouble is why a service did not answer as it should. It holds no secret and
// no personal data.
type Trouble struct { //nolint:errname // named as staff is told of it
	Code    Code
	Call    string        // e.g. getOrder
	Status  int           // of HTTP; 0: there was no answer
	Detail  string        // the service's own code, or where in the answer
	Passing bool          // trying again later may help, with nothing changed
	After   time.Duration // not before; 0: the service does not say
	cause   error
}

func (t *Trouble) Error() string {
	return fmt.Sprintf("%s: %s (HTTP %d %s)", t.Call, t.Code, t.Status, t.Detail)
}

func (t *Trouble) Unwrap() error { return t.cause }

// TroubleOf finds the trouble in err.
func TroubleOf(err error) (*Trouble, bool) {
	var t *Trouble
	ok := errors.As(err, &t)
	return t, ok
}

// Lasting is trouble that staff has to mend.
func Lasting(code Code, detail string) *Trouble { return &Trouble{Code: code, Detail: detail} }

// Unreadably is the trouble with an answer that cannot be read as a whole.
// Services answer so when they are half down: it passes.
func Unreadably(where string, cause error) *Trouble {
	return &Trouble{Code: BadAnswer, Detail: where, Passing: true, cause: cause}
}

// ByStatus judges an answer by its status alone; nil: it is fine.
func ByStatus(status int) *Trouble {
	switch {
	case status < 300:
		return nil
	case status == http.StatusUnauthorized:
		return Lasting(KeyRefused, "")
	case status == http.StatusForbidden:
		return Lasting(NotAllowed, "")
	case status == http.StatusTooManyRequests:
		return &Trouble{Code: Throttled, Passing: true}
	case status == http.StatusRequestTimeout, status >= 500:
		return &Trouble{Code: Down, Passing: true}
	}
	return Lasting(BadRequest, "")
}

// retryAfter reads the header in both its forms (RFC 9110, 10.2.3): seconds, with
// a fraction as some services write, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 && seconds < 1e7 {
		return time.Duration(seconds * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
