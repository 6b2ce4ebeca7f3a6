// Package mail carries mails over SMTP.
//
// It owns the MIME form of a mail, the connections to one server and the
// reading of its answers. It promises what channel.Sender and channeltest
// promise; that a mail takes two round trips where the server offers
// PIPELINING (RFC 2920); that credentials cross a network only under TLS; and
// that connections are kept and used again within limits. It leaves retrying
// and bounces that arrive later to its callers.
package mail

import (
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Security is how a connection is protected.
type Security string

// The kinds of security.
const (
	ImplicitTLS Security = "tls"      // TLS from the first byte (smtps://, port 465)
	StartTLS    Security = "starttls" // upgraded before anything else, or no connection
	MaybeTLS    Security = "optional" // upgraded when offered
	NoTLS       Security = "none"
)

// Config is how to reach one SMTP server.
type Config struct {
	Addr               string // host:port
	Security           Security
	Username, Password string
	HELO               string
	Connections        int           // open at a time
	PerConnection      int           // mails before a connection is renewed
	Idle               time.Duration // after which an unused connection is renewed
	DialTimeout        time.Duration
	CommandTimeout     time.Duration // for one answer
	DataTimeout        time.Duration // for the answer to a mail

	roots *x509.CertPool // nil: the machine's
}

// ParseURL reads MEGURI_SMTP_URL:
//
//	smtp://user:password@host:587?connections=8&per_connection=100&tls=starttls&helo=name
//	smtps://user:password@host
//
// tls is starttls when the server is not on this machine, optional when it is;
// "none" must be asked for. Errors are fault.Invalid and do not repeat the URL,
// which holds a password.
func ParseURL(raw string) (Config, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return Config{}, fault.New(fault.Invalid, "MEGURI_SMTP_URL is not a URL")
	}
	c := Config{
		HELO: hostname(), Connections: 4, PerConnection: 200, Idle: 30 * time.Second,
		DialTimeout: 10 * time.Second, CommandTimeout: 60 * time.Second, DataTimeout: 5 * time.Minute,
		Username: u.User.Username(),
	}
	c.Password, _ = u.User.Password()
	port := u.Port()
	switch u.Scheme {
	case "smtps":
		c.Security, port = ImplicitTLS, orDefault(port, "465")
	case "smtp":
		c.Security, port = StartTLS, orDefault(port, "587")
		if isLoopback(u.Hostname()) {
			c.Security = MaybeTLS
		}
	default:
		return Config{}, fault.New(fault.Invalid, "MEGURI_SMTP_URL must begin with smtp:// or smtps://")
	}
	if u.Hostname() == "" {
		return Config{}, fault.New(fault.Invalid, "MEGURI_SMTP_URL names no host")
	}
	c.Addr = net.JoinHostPort(u.Hostname(), port)
	return c, c.options(u.Query())
}

func (c *Config) options(query url.Values) error {
	for name, values := range query {
		value := values[len(values)-1]
		switch name {
		case "connections", "per_connection":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > 10_000 {
				return fault.New(fault.Invalid, "MEGURI_SMTP_URL: %s must be a number from 1", name)
			}
			if name == "connections" {
				c.Connections = n
			} else {
				c.PerConnection = n
			}
		case "tls":
			switch s := Security(value); s {
			case StartTLS, MaybeTLS, NoTLS:
				c.Security = s
			default:
				return fault.New(fault.Invalid, "MEGURI_SMTP_URL: tls is starttls, optional or none")
			}
		case "helo":
			c.HELO = value
		default:
			return fault.New(fault.Invalid, "MEGURI_SMTP_URL: there is no option %q", name)
		}
	}
	return nil
}

func orDefault(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "localhost"
	}
	return name
}
