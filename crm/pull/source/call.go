package source

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	answerWithin = 60 * time.Second
	maxAnswer    = 64 << 20
	tries        = 5
	firstPause   = time.Second
	longestPause = 30 * time.Second
	// patience is how long a source waits by itself. What takes longer is told
	// as trouble, so that nobody holds a lease while nothing happens.
	patience = 45 * time.Second
)

// Paces are the paces of one merchant's calls, which outlast a source: services
// count what comes from a merchant, not from a pull.
type Paces struct {
	mu sync.Mutex
	by map[string]*rate.Limiter
}

// Of is the pace of some calls, a full burst at first.
func (p *Paces) Of(calls string, limit rate.Limit, burst int) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil {
		p.by = map[string]*rate.Limiter{}
	}
	if p.by[calls] == nil {
		p.by[calls] = rate.NewLimiter(limit, burst)
	}
	return p.by[calls]
}

// Call is one request, made as often as it takes.
type Call struct {
	Name string // of the operation, for people
	Pace *rate.Limiter
	Make func(ctx context.Context) (*http.Request, error)
	// Judge says what is wrong with an answer; nil: [ByStatus].
	Judge func(status int, h http.Header, body []byte) *Trouble
}

// Do makes a call and answers with its body. Failures that pass are tried again
// after a pause that doubles, with full jitter, and is never shorter than what
// the service asks for. Errors: *Trouble, or the context's.
func (t Tools) Do(ctx context.Context, c Call) ([]byte, error) {
	for attempt := 0; ; attempt++ {
		if err := t.pace(ctx, c); err != nil {
			return nil, err
		}
		body, trouble := t.once(ctx, c)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if trouble == nil {
			return body, nil
		}
		trouble.Call = c.Name
		pause := max(t.pause(attempt), trouble.After)
		if !trouble.Passing || attempt == tries-1 || pause > patience || trouble.Code == QuotaSpent {
			return nil, trouble
		}
		if err := t.Wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// pause before the next attempt: full jitter under a limit that doubles.
func (t Tools) pause(attempt int) time.Duration {
	limit := min(firstPause<<attempt, longestPause)
	return time.Duration(t.Chance() * float64(limit))
}

// pace waits for the call's turn.
func (t Tools) pace(ctx context.Context, c Call) error {
	if c.Pace == nil {
		return nil
	}
	now := t.Clock.Now()
	turn := c.Pace.ReserveN(now, 1)
	switch delay := turn.DelayFrom(now); {
	case delay == 0:
		return nil
	case delay > patience:
		turn.CancelAt(now)
		return &Trouble{Code: Paced, Call: c.Name, Passing: true, After: delay}
	default:
		return t.Wait(ctx, delay)
	}
}

func (t Tools) once(ctx context.Context, c Call) ([]byte, *Trouble) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	req, err := c.Make(ctx)
	if err != nil {
		return nil, &Trouble{Code: BadRequest, cause: bare(err)}
	}
	resp, err := t.HTTP.Do(req)
	if err != nil {
		return nil, &Trouble{Code: Unreachable, Passing: true, cause: bare(err)}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, &Trouble{Code: Down, Status: resp.StatusCode, Passing: true, cause: bare(err)}
	}
	if len(body) > maxAnswer {
		return nil, &Trouble{Code: BadAnswer, Status: resp.StatusCode, Detail: "more than 64 MiB"}
	}
	judge := c.Judge
	if judge == nil {
		judge = func(status int, _ http.Header, _ []byte) *Trouble { return ByStatus(status) }
	}
	trouble := judge(resp.StatusCode, resp.Header, body)
	if trouble == nil {
		return body, nil
	}
	trouble.Status = resp.StatusCode
	trouble.After = max(trouble.After, retryAfter(resp.Header, t.Clock.Now()))
	return nil, trouble
}

// Quiet is an error in words, without the address that was asked; "" for none.
func Quiet(err error) string {
	if err == nil {
		return ""
	}
	return bare(err).Error()
}

// bare is err without the address that was asked: addresses can hold keys.
func bare(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
