package mailbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"io"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/meguri-crm/meguri/db"
)

const (
	maxMail    = 10 << 20 // bytes
	batchMails = 200      // stored together at most
	storeLimit = 20 * time.Second
)

// Sink is an SMTP server on a random port of this machine's loopback that
// stores what it takes. It lets in only who knows its password, which is made
// at its start and told to the process's own sender.
type Sink struct {
	store    *Store
	log      *slog.Logger
	server   *smtp.Server
	addr     string
	password string
	mails    chan taken
	closed   chan struct{}
	done     sync.WaitGroup
}

// taken is a mail that waits to be stored, and where to answer.
type taken struct {
	row    db.MailboxMail
	stored chan error
}

// Listen starts a sink.
func Listen(store *Store, log *slog.Logger) (*Sink, error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Sink{store: store, log: log, addr: listener.Addr().String(), password: rand.Text(), mails: make(chan taken), closed: make(chan struct{})}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }))
	s.server.Domain = "localhost"
	s.server.AllowInsecureAuth = true // it never leaves the machine
	s.server.MaxRecipients, s.server.MaxMessageBytes = 1, maxMail
	s.server.ReadTimeout, s.server.WriteTimeout = 5*time.Minute, time.Minute
	s.server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	s.done.Go(func() { _ = s.server.Serve(listener) })
	s.done.Go(s.storeAll)
	return s, nil
}

// URL is how a sender reaches the sink; see channel/mail.ParseURL.
func (s *Sink) URL() string {
	u := url.URL{Scheme: "smtp", User: url.UserPassword("meguri", s.password), Host: s.addr, RawQuery: "connections=64&tls=none&per_connection=10000"}
	return u.String()
}

// Close lets mails under way be stored and stops.
func (s *Sink) Close(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if err != nil {
		_ = s.server.Close() // drops the sessions that did not end in time
	}
	close(s.closed)
	s.done.Wait()
	return err
}

// storeAll stores mails in batches of those that came while the last batch was
// being stored, and then answers them.
func (s *Sink) storeAll() {
	for {
		var batch []taken
		select {
		case first := <-s.mails:
			batch = s.gather(first)
		case <-s.closed:
			return
		}
		rows := make([]db.MailboxMail, len(batch))
		for i, t := range batch {
			rows[i] = t.row
		}
		ctx, cancel := context.WithTimeout(context.Background(), storeLimit)
		err := s.store.add(ctx, rows)
		cancel()
		if err != nil {
			s.log.Error("the mailbox could not store mails", "mails", len(rows), "error", err)
		}
		for _, t := range batch {
			t.stored <- err
		}
	}
}

func (s *Sink) gather(first taken) []taken {
	batch := []taken{first}
	for len(batch) < batchMails {
		select {
		case t := <-s.mails:
			batch = append(batch, t)
		default:
			return batch
		}
	}
	return batch
}

// session is one SMTP session with our own sender.
type session struct {
	sink     *Sink
	signedIn bool
	from, to string
}

var _ smtp.AuthSession = (*session)(nil)

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error {
		if subtle.ConstantTimeCompare([]byte(password), []byte(s.sink.password)) != 1 {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	content := taken{row: s.row(raw), stored: make(chan error, 1)}
	select {
	case s.sink.mails <- content:
		err = <-content.stored
	case <-s.sink.closed:
		err = net.ErrClosed
	}
	if err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "could not be stored"}
	}
	return nil
}

// row reads the headers that the list shows.
func (s *session) row(raw []byte) db.MailboxMail {
	row := db.MailboxMail{ReceivedAt: s.sink.store.clock.Now(), MailFrom: s.from, RcptTo: s.to, Raw: raw}
	if m, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		row.FromHeader = decoded(m.Header.Get("From"))
		row.Subject = decoded(m.Header.Get("Subject"))
		row.MessageID = strings.Trim(m.Header.Get("Message-Id"), "<>")
		row.Private = m.Header.Get("Sensitivity") == "Private"
	}
	return row
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }
