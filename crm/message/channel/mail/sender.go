package mail

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// dialPauses are waited between attempts to reach the server, so that a caller
// that sends Untried mails again at once does not hammer it.
var dialPauses = []time.Duration{200 * time.Millisecond, time.Second}

// Sender is a channel.Sender over a pool of connections.
type Sender struct {
	config Config
	// slots holds one entry per allowed connection: an idle one, or nil where
	// none is open. Who takes a slot owns its connection until it is put back.
	slots chan *conn
}

var _ channel.Sender = (*Sender)(nil)

// NewSender makes a sender. It opens connections when there is something to
// send. Close it at the end.
func NewSender(config Config) *Sender {
	s := &Sender{config: config, slots: make(chan *conn, config.Connections)}
	for range config.Connections {
		s.slots <- nil
	}
	return s
}

// Close waits for sends under way and closes all connections. Send must not be
// called afterwards.
func (s *Sender) Close() {
	for range s.config.Connections {
		if c := <-s.slots; c != nil {
			c.quit()
		}
	}
}

// Send implements channel.Sender.
func (s *Sender) Send(ctx context.Context, batch []channel.Mail) []channel.Outcome {
	outcomes := make([]channel.Outcome, len(batch))
	for i := range outcomes {
		outcomes[i] = channel.Outcome{Verdict: channel.Untried}
	}
	var next atomic.Int64
	var lines sync.WaitGroup
	for range min(s.config.Connections, len(batch)) {
		lines.Go(func() { s.line(ctx, batch, outcomes, &next) })
	}
	lines.Wait()
	return outcomes
}

// line sends one mail after another over one connection at a time, until the
// batch is done, the context ends or the server cannot be reached.
func (s *Sender) line(ctx context.Context, batch []channel.Mail, outcomes []channel.Outcome, next *atomic.Int64) {
	var c *conn
	select {
	case c = <-s.slots:
	case <-ctx.Done():
		return
	}
	defer func() {
		if c != nil {
			c.idleSince = time.Now()
		}
		s.slots <- c
	}()
	for ctx.Err() == nil {
		i := int(next.Add(1) - 1)
		if i >= len(batch) {
			return
		}
		if c, outcomes[i] = s.one(ctx, c, batch[i]); outcomes[i].Verdict == channel.Untried {
			return
		}
	}
}

// one sends m over c, or over a new connection where c is nil, stale or was
// closed by the server in the meantime. It gives back the connection to go on
// with.
func (s *Sender) one(ctx context.Context, c *conn, m channel.Mail) (*conn, channel.Outcome) {
	buffer := takeBuffer()
	defer buffers.Put(buffer)
	content, err := wireForm((*buffer)[:0], m)
	if content != nil {
		*buffer = content
	}
	if err != nil {
		return c, channel.Outcome{Verdict: channel.Permanent, BadAddress: errors.Is(err, errAddress) && !plainAddress(m.To.Email), Err: err}
	}
	from := m.EnvelopeFrom
	if !plainAddress(from) {
		from = m.From.Email
	}
	for {
		fresh := false
		if c != nil && c.stale(time.Now()) {
			c.quit()
			c = nil
		}
		if c == nil {
			if c, err = s.dial(ctx); err != nil {
				return nil, channel.Outcome{Verdict: channel.Untried, Err: err}
			}
			fresh = true
		}
		c.idleSince = time.Time{}
		r := c.transact(from, m.To.Email, content)
		if r.broken {
			_ = c.net.Close()
			c = nil
		}
		if r.unheard && !fresh {
			continue
		}
		return c, r.outcome
	}
}

// buffers hold mails while they are composed and sent.
var buffers sync.Pool

func takeBuffer() *[]byte {
	if b, ok := buffers.Get().(*[]byte); ok {
		return b
	}
	b := make([]byte, 0, 32<<10)
	return &b
}

// wireForm appends a mail to b as DATA wants it: composed, signed, its end
// marked.
func wireForm(b []byte, m channel.Mail) ([]byte, error) {
	content, err := compose(b, m)
	if err != nil {
		return nil, err
	}
	var signed []byte
	for _, signer := range m.Signers {
		field, err := signer.Sign(content)
		if err != nil {
			return nil, err
		}
		signed = append(signed, field...)
	}
	if signed != nil {
		content = append(signed, content...)
	}
	return terminate(content), nil
}

func (s *Sender) dial(ctx context.Context) (*conn, error) {
	for attempt := 0; ; attempt++ {
		c, err := dial(ctx, s.config)
		if err == nil || attempt == len(dialPauses) {
			return c, err
		}
		select {
		case <-time.After(dialPauses[attempt]):
		case <-ctx.Done():
			return nil, err
		}
	}
}
