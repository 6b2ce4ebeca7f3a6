package channeltest

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Received is one mail the server took, as it came.
type Received struct {
	From, To string
	Raw      []byte
}

// Server is an SMTP server on this machine that answers by the recipient's
// local part, as the constants say, and keeps what it took.
type Server struct {
	Addr string

	mu       sync.Mutex
	received []Received
	waiting  chan struct{}
	release  chan struct{}
}

// The local parts the server knows; it accepts every other.
const (
	unknownMailbox = "unknown"    // RCPT: 550 5.1.1
	refusedPlain   = "nobody"     // RCPT: 550 without an enhanced code
	spamRefusal    = "spam"       // content: 550 5.7.1
	greylisted     = "later"      // RCPT: 451 4.7.1
	busy           = "busy"       // content: 451
	cutBefore      = "cut-before" // the line breaks at RCPT
	cutAfter       = "cut-after"  // the line breaks when the mail is taken
	closing        = "closing"    // RCPT: 421, then the line breaks
	slow           = "slow"       // one mail, answered when Release is called
)

// NewServer starts a server that ends with the test.
func NewServer(t testing.TB) *Server {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Addr: listener.Addr().String(), waiting: make(chan struct{}), release: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, nil
	}))
	server.Domain, server.ReadTimeout, server.WriteTimeout = "localhost", time.Minute, time.Minute
	server.ErrorLog = silent{}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return s
}

// Received is what the server has taken so far.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.received...)
}

// To is what came for the recipient.
func (s *Server) To(to string) []Received {
	var mails []Received
	for _, m := range s.Received() {
		if m.To == to {
			mails = append(mails, m)
		}
	}
	return mails
}

// Waiting is closed when the slow mail has arrived.
func (s *Server) Waiting() <-chan struct{} { return s.waiting }

// Release lets the slow mail be answered.
func (s *Server) Release() { close(s.release) }

func (s *Server) keep(r Received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = append(s.received, r)
}

type session struct {
	server   *Server
	conn     *smtp.Conn
	from, to string
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) kind() string {
	kind, _, _ := strings.Cut(s.to, "@")
	return kind
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	switch s.kind() {
	case unknownMailbox:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	case refusedPlain:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: "no such user"}
	case greylisted:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come back later"}
	case closing:
		_, _ = s.conn.Conn().Write([]byte("421 4.3.2 closing\r\n"))
		_ = s.conn.Conn().Close()
	case cutBefore:
		_ = s.conn.Conn().Close()
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	switch s.kind() {
	case spamRefusal:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "looks like spam"}
	case busy:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.NoEnhancedCode, Message: "busy"}
	case slow:
		close(s.server.waiting)
		<-s.server.release
	}
	s.server.keep(Received{From: s.from, To: s.to, Raw: raw})
	if s.kind() == cutAfter {
		_ = s.conn.Conn().Close()
	}
	return nil
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}
