package channeltest

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Sink is an SMTP server on this machine for benchmarks and for tests with many
// mails: it answers as told and keeps no bodies.
type Sink struct {
	Addr string
	// Answer tells what becomes of the mail to a recipient; nil accepts all. It
	// is called by many goroutines. Set it before the first mail comes.
	Answer func(to string) Answer
	// Took is called for each mail that was taken, before it is answered, with
	// the whole of it, which it must not keep; nil: nobody is told.
	Took func(from, to string, mail []byte)

	taken, bytes atomic.Int64
	mu           sync.Mutex
	sample       []byte
}

// Answer is what a Sink does with one mail.
type Answer int

// The answers of a Sink.
const (
	Take          Answer = iota
	DeferRcpt            // 451 4.7.1, as greylisting does
	RefuseRcpt           // 550 5.1.1
	TakeThenBreak        // takes the mail, and breaks the line without a word
)

// NewSink starts a sink that ends with the test.
func NewSink(t testing.TB) *Sink {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Sink{Addr: listener.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &sinkSession{sink: s, conn: c}, nil
	}))
	server.Domain, server.ReadTimeout, server.WriteTimeout = "localhost", time.Minute, time.Minute
	server.ErrorLog = silent{}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return s
}

// Taken is how many mails were taken, and their bytes.
func (s *Sink) Taken() (mails, size int64) { return s.taken.Load(), s.bytes.Load() }

// Sample is one of the mails that were taken: the first, the thousand and first
// and so on, the newest of them.
func (s *Sink) Sample() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.sample)
}

func (s *Sink) take(from, to string, mail []byte) {
	s.bytes.Add(int64(len(mail)))
	if s.taken.Add(1)%1000 == 1 {
		s.mu.Lock()
		s.sample = bytes.Clone(mail)
		s.mu.Unlock()
	}
	if s.Took != nil {
		s.Took(from, to, mail)
	}
}

type sinkSession struct {
	sink     *Sink
	conn     *smtp.Conn
	from, to string
	answer   Answer
	mail     bytes.Buffer
}

func (s *sinkSession) Reset()        { s.from, s.to, s.answer = "", "", Take }
func (s *sinkSession) Logout() error { return nil }

func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.sink.Answer != nil {
		s.answer = s.sink.Answer(to)
	}
	switch s.answer {
	case DeferRcpt:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come back later"}
	case RefuseRcpt:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	return nil
}

func (s *sinkSession) Data(r io.Reader) error {
	s.mail.Reset()
	if _, err := s.mail.ReadFrom(r); err != nil {
		return err
	}
	s.sink.take(s.from, s.to, s.mail.Bytes())
	if s.answer == TakeThenBreak {
		_ = s.conn.Conn().Close()
	}
	return nil
}
