package mail

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// conn is one connection to the server, greeted and signed in.
type conn struct {
	config     Config
	net        net.Conn
	in         *bufio.Reader
	extensions map[string]string
	sent       int
	idleSince  time.Time
}

// reply is one answer of the server.
type reply struct {
	code     int
	enhanced string
}

func (r reply) ok() bool     { return r.code/100 == 2 }
func (r reply) closes() bool { return r.code == 421 }

func dial(ctx context.Context, config Config) (*conn, error) {
	dialer := &net.Dialer{Timeout: config.DialTimeout}
	raw, err := dialer.DialContext(ctx, "tcp", config.Addr)
	if err != nil {
		return nil, err
	}
	c := &conn{config: config}
	if config.Security == ImplicitTLS {
		raw = tls.Client(raw, c.tls())
	}
	c.use(raw)
	if err := c.begin(); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return c, nil
}

func (c *conn) use(n net.Conn) {
	c.net, c.in = n, bufio.NewReader(n)
}

func (c *conn) tls() *tls.Config {
	host, _, _ := net.SplitHostPort(c.config.Addr)
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: c.config.roots}
}

// begin reads the greeting, upgrades to TLS and signs in.
func (c *conn) begin() error {
	if err := c.net.SetDeadline(time.Now().Add(c.config.DialTimeout)); err != nil {
		return err
	}
	if greeting, err := c.read(); err != nil || !greeting.ok() {
		return c.refused("greeting", greeting, err)
	}
	if err := c.ehlo(); err != nil {
		return err
	}
	_, offered := c.extensions["STARTTLS"]
	switch {
	case c.config.Security == StartTLS && !offered:
		return errors.New("smtp: the server offers no STARTTLS")
	case offered && (c.config.Security == StartTLS || c.config.Security == MaybeTLS):
		if err := c.startTLS(); err != nil {
			return err
		}
	}
	if c.config.Username == "" {
		return nil
	}
	return c.signIn()
}

func (c *conn) ehlo() error {
	if err := c.write("EHLO " + c.config.HELO + "\r\n"); err != nil {
		return err
	}
	c.extensions = map[string]string{}
	r, err := c.readLines(func(line []byte) {
		name, args, _ := strings.Cut(string(line), " ")
		c.extensions[strings.ToUpper(name)] = args
	})
	if err != nil || r.code != 250 {
		return c.refused("EHLO", r, err)
	}
	return nil
}

func (c *conn) startTLS() error {
	if r, err := c.command("STARTTLS"); err != nil || !r.ok() {
		return c.refused("STARTTLS", r, err)
	}
	c.use(tls.Client(c.net, c.tls()))
	return c.ehlo() // what was said before TLS does not count
}

func (c *conn) signIn() error {
	_, secure := c.net.(*tls.Conn)
	if host, _, _ := net.SplitHostPort(c.config.Addr); !secure && !isLoopback(host) {
		return errors.New("smtp: no password is sent without TLS")
	}
	encode := base64.StdEncoding.EncodeToString
	switch offered := " " + strings.ToUpper(c.extensions["AUTH"]) + " "; {
	case strings.Contains(offered, " PLAIN "):
		r, err := c.command("AUTH PLAIN " + encode([]byte("\x00"+c.config.Username+"\x00"+c.config.Password)))
		if err != nil || !r.ok() {
			return c.refused("AUTH PLAIN", r, err)
		}
	case strings.Contains(offered, " LOGIN "):
		for _, line := range []string{"AUTH LOGIN", encode([]byte(c.config.Username)), encode([]byte(c.config.Password))} {
			r, err := c.command(line)
			if err != nil || r.code != 334 && !r.ok() {
				return c.refused("AUTH LOGIN", r, err)
			}
		}
	default:
		return errors.New("smtp: the server offers neither AUTH PLAIN nor AUTH LOGIN")
	}
	return nil
}

// refused says which step failed, without the server's text, which may repeat
// what was sent.
func (c *conn) refused(step string, r reply, err error) error {
	if err != nil {
		return fmt.Errorf("smtp: %s: %w", step, err)
	}
	return fmt.Errorf("smtp: %s was refused: %d %s", step, r.code, r.enhanced)
}

func (c *conn) command(line string) (reply, error) {
	if err := c.write(line + "\r\n"); err != nil {
		return reply{}, err
	}
	return c.read()
}

func (c *conn) write(s string) error {
	_, err := c.net.Write([]byte(s))
	return err
}

func (c *conn) read() (reply, error) { return c.readLines(func([]byte) {}) }

// maxLines bounds an answer: RFC 5321 knows none of more than a few.
const maxLines = 128

var errReply = errors.New("smtp: the answer cannot be read")

// readLines reads one answer and hands the text of each of its lines to next.
func (c *conn) readLines(next func(line []byte)) (r reply, err error) {
	for range maxLines {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return reply{}, err
		}
		line = bytes.TrimRight(line, "\r\n")
		code, more, ok := replyCode(line)
		if !ok || r.code != 0 && code != r.code {
			return reply{}, errReply
		}
		text := line[min(4, len(line)):]
		if r.code == 0 {
			r.code, r.enhanced = code, enhancedCode(text)
		}
		next(text)
		if !more {
			return r, nil
		}
	}
	return reply{}, errReply
}

// replyCode reads "250-" or "250 ".
func replyCode(line []byte) (code int, more, ok bool) {
	if len(line) < 3 || len(line) > 3 && line[3] != ' ' && line[3] != '-' {
		return 0, false, false
	}
	code, err := strconv.Atoi(string(line[:3]))
	return code, len(line) > 3 && line[3] == '-', err == nil && code >= 100
}

// enhancedCode is the enhanced status code (RFC 2034) that text begins with.
func enhancedCode(text []byte) string {
	word, _, _ := bytes.Cut(text, []byte(" "))
	parts := bytes.Split(word, []byte("."))
	if len(parts) != 3 || len(parts[0]) != 1 || parts[0][0] != '2' && parts[0][0] != '4' && parts[0][0] != '5' {
		return ""
	}
	for _, p := range parts[1:] {
		if n, err := strconv.ParseUint(string(p), 10, 16); err != nil || n > 999 {
			return ""
		}
	}
	return string(word)
}

// stale reports whether c is due to be renewed.
func (c *conn) stale(now time.Time) bool {
	return c.sent >= c.config.PerConnection || !c.idleSince.IsZero() && now.Sub(c.idleSince) > c.config.Idle
}

// quit takes leave, without waiting for the answer.
func (c *conn) quit() {
	_ = c.net.SetDeadline(time.Now().Add(time.Second))
	_ = c.write("QUIT\r\n")
	_ = c.net.Close()
}
