package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
)

// script is a server that speaks line by line, for what channeltest's server
// never does.
type script struct {
	extensions []string // beside the name in the answer to EHLO
	implicit   bool     // TLS from the first byte
	answers    map[string]string
	addr       string
	tls        *tls.Config
	roots      *x509.CertPool

	mu    sync.Mutex
	lines []string
	early bool // a command came before its predecessor was answered
}

func (s *script) start(t *testing.T) *script {
	t.Helper()
	s.tls, s.roots = certificate(t)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = listener.Addr().String()
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			sessions.Go(func() { s.serve(c) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); sessions.Wait() })
	return s
}

func (s *script) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	if s.implicit {
		c = tls.Server(c, s.tls)
	}
	r := bufio.NewReader(c)
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 script")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		s.note(line, r.Buffered() > 0)
		verb, _, _ := strings.Cut(line, " ")
		verb = strings.ToUpper(strings.TrimSuffix(verb, ":"))
		answer, scripted := s.answers[verb]
		switch {
		case verb == "EHLO":
			lines := append([]string{"script"}, s.extensions...)
			for i, l := range lines {
				say("250" + map[bool]string{true: " ", false: "-"}[i == len(lines)-1] + l)
			}
		case verb == "STARTTLS":
			say("220 go on")
			c = tls.Server(c, s.tls)
			r = bufio.NewReader(c)
			s.extensions = slices.DeleteFunc(slices.Clone(s.extensions), func(e string) bool { return e == "STARTTLS" })
		case scripted:
			say(answer)
		case verb == "DATA":
			say("354 go on")
			for line != "." {
				raw, err := r.ReadString('\n')
				if err != nil {
					return
				}
				line = strings.TrimSpace(raw)
				s.note(line, false)
			}
			say("250 2.0.0 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 2.0.0 ok")
		}
	}
}

func (s *script) note(line string, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, line)
	s.early = s.early || more
}

func (s *script) heard(prefix string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.lines, func(l string) bool { return strings.HasPrefix(l, prefix) })
}

// certificate is one for 127.0.0.1 that only this test trusts.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, roots
}

func (s *script) send(t *testing.T, url string, mails int) []channel.Outcome {
	t.Helper()
	sender := open(t, url, func(c *Config) { c.roots = s.roots })
	var batch []channel.Mail
	for range mails {
		batch = append(batch, channeltest.Example("a@example.com"))
	}
	return sender.Send(t.Context(), batch)
}

func TestSigningInUnderTLS(t *testing.T) {
	plain := "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00u\x00p"))
	for name, c := range map[string]struct {
		script *script
		url    string
		auth   string
		want   channel.Verdict
	}{
		"STARTTLS, then PLAIN":        {&script{extensions: []string{"STARTTLS", "AUTH PLAIN LOGIN", "PIPELINING"}, answers: map[string]string{"AUTH": "235 2.7.0 in"}}, "smtp://u:p@ADDR?tls=starttls", plain, channel.Accepted},
		"TLS at once, then PLAIN":     {&script{implicit: true, extensions: []string{"AUTH PLAIN"}, answers: map[string]string{"AUTH": "235 2.7.0 in"}}, "smtps://u:p@ADDR", plain, channel.Accepted},
		"no STARTTLS where it must":   {&script{extensions: []string{"AUTH PLAIN"}}, "smtp://u:p@ADDR?tls=starttls", "", channel.Untried},
		"the password is wrong":       {&script{extensions: []string{"AUTH PLAIN"}, answers: map[string]string{"AUTH": "535 5.7.8 no"}}, "smtp://u:p@ADDR", plain, channel.Untried},
		"no way to sign in is known":  {&script{extensions: []string{"AUTH XOAUTH2"}}, "smtp://u:p@ADDR", "", channel.Untried},
		"a busy greeting comes to no": {&script{answers: map[string]string{"MAIL": "421 4.3.2 busy"}}, "smtp://ADDR", "", channel.Temporary},
	} {
		s := c.script.start(t)
		got := s.send(t, strings.Replace(c.url, "ADDR", s.addr, 1), 1)
		if got[0].Verdict != c.want {
			t.Errorf("%s: %+v, want %s", name, got[0], c.want)
		}
		if c.auth != "" && !s.heard(c.auth) || c.auth == "" && s.heard("AUTH") {
			t.Errorf("%s: said %q", name, s.lines)
		}
	}
}

func TestSigningInByLogin(t *testing.T) {
	s := (&script{
		extensions: []string{"AUTH LOGIN"},
		answers:    map[string]string{"AUTH": "334 VXNlcm5hbWU6", "DQ==": "334 UGFzc3dvcmQ6", "CA==": "235 2.7.0 in"},
	}).start(t)
	if got := s.send(t, "smtp://%0D:%08@"+s.addr, 1); got[0].Verdict != channel.Accepted || !s.heard("AUTH LOGIN") || !s.heard("CA==") {
		t.Errorf("%+v after %q", got[0], s.lines)
	}
}

func TestAServerWithoutPipeliningIsWaitedFor(t *testing.T) {
	s := (&script{}).start(t)
	for _, got := range s.send(t, "smtp://"+s.addr+"?connections=1", 3) {
		if got.Verdict != channel.Accepted {
			t.Errorf("outcome %+v", got)
		}
	}
	if s.early {
		t.Error("a command was sent before the answer to the last")
	}
}

func TestTheEnvelopeGoesOutInOneWrite(t *testing.T) {
	s := (&script{extensions: []string{"PIPELINING"}}).start(t)
	if got := s.send(t, "smtp://"+s.addr, 1); got[0].Verdict != channel.Accepted || !s.early {
		t.Errorf("outcome %+v, pipelined: %v", got[0], s.early)
	}
}

// A server may say 354 to a pipelined DATA although it refused the recipient.
func TestNoMailGoesToARefusedRecipient(t *testing.T) {
	s := (&script{extensions: []string{"PIPELINING"}, answers: map[string]string{"RCPT": "550 5.1.1 unknown"}}).start(t)
	for _, got := range s.send(t, "smtp://"+s.addr+"?connections=1", 2) {
		if got.Verdict != channel.Permanent || got.Reply() != "550 5.1.1" || !got.BadAddress {
			t.Errorf("outcome %+v", got)
		}
	}
	if s.heard("Subject") || s.heard("From") {
		t.Errorf("content was sent: %q", s.lines)
	}
}
