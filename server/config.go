package server

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // merchants' zones, also on machines without zoneinfo

	"github.com/caarlos0/env/v11"

	"github.com/meguri-crm/meguri/db/embedded"
	"github.com/meguri-crm/meguri/server/seed"
)

// Config is what the environment says, checked.
type Config struct {
	Addr             string // host:port to listen on
	PublicURL        *url.URL
	DatabaseURL      string // empty: the embedded Postgres
	DataDir          string // absolute
	InboxDir         string // absolute: where watched folders lie
	WebhooksInternal bool   // whether webhooks may go to the own network, and without TLS
	Secret           string // one or more, separated by commas, the newest first
	SecretFile       string // where Secret was read from; empty when it was given
	Dev              bool   // GraphQL IDE and introspection
	TrustedProxies   []netip.Prefix
	Zone             *time.Location // the merchant's
	SMTPURL          *url.URL       // nil: the built-in mailbox
	Seed             int            // customers of the demo that fills an empty database; 0: none
	LogJSON          bool
	LogLevel         slog.Level
}

// variables are the environment as it stands, before any check.
type variables struct {
	Addr             string   `env:"MEGURI_ADDR" envDefault:"127.0.0.1:8080"`
	PublicURL        string   `env:"MEGURI_PUBLIC_URL"`
	DatabaseURL      string   `env:"DATABASE_URL"`
	DataDir          string   `env:"MEGURI_DATA_DIR" envDefault:"./.meguri"`
	InboxDir         string   `env:"MEGURI_INBOX_DIR"`
	WebhooksInternal string   `env:"MEGURI_WEBHOOKS_INTERNAL" envDefault:"off"`
	Secret           string   `env:"MEGURI_SECRET"`
	Dev              string   `env:"MEGURI_DEV" envDefault:"false"`
	TrustedProxies   []string `env:"MEGURI_TRUSTED_PROXIES"`
	Zone             string   `env:"MEGURI_TZ" envDefault:"Asia/Tokyo"`
	SMTPURL          string   `env:"MEGURI_SMTP_URL"`
	Seed             string   `env:"MEGURI_SEED" envDefault:"on"`
	LogFormat        string   `env:"MEGURI_LOG_FORMAT" envDefault:"text"`
	LogLevel         string   `env:"MEGURI_LOG_LEVEL" envDefault:"info"`
}

// minSecret is the shortest MEGURI_SECRET: 128 bits in hexadecimal.
const minSecret = 32

// Load reads the configuration from environ (nil: the process's) and checks all
// of it; the error names every variable that is wrong, and the remedy. An empty
// secret is made once and kept in the data folder.
func Load(environ map[string]string) (*Config, error) {
	c, secret, err := read(environ)
	if err != nil {
		return nil, err
	}
	return c, c.readSecret(secret)
}

// LoadKept is Load for what works on data that is there: a data folder without
// any is an error, and nothing is made in it.
func LoadKept(environ map[string]string) (*Config, error) {
	c, secret, err := read(environ)
	if err != nil {
		return nil, err
	}
	if c.DatabaseURL == "" && !embedded.There(c.postgresDir()) {
		return nil, fmt.Errorf("there is no data in %s: is MEGURI_DATA_DIR set as it was for meguri serve?", c.DataDir)
	}
	return c, c.readSecret(secret)
}

// postgresDir is where the embedded Postgres lies.
func (c *Config) postgresDir() string { return filepath.Join(c.DataDir, "postgres") }

// read checks all but the secret, which it answers as it was given.
func read(environ map[string]string) (c *Config, secret string, err error) {
	var v variables
	if err := env.ParseWithOptions(&v, env.Options{Environment: environ}); err != nil {
		return nil, "", err
	}
	c = &Config{DatabaseURL: v.DatabaseURL}
	err = errors.Join(
		c.readAddr(v.Addr), c.readPublicURL(v.PublicURL), c.readDataDir(v.DataDir), c.readInboxDir(v.InboxDir),
		parse(&c.Dev, "MEGURI_DEV", v.Dev, onOff), parse(&c.WebhooksInternal, "MEGURI_WEBHOOKS_INTERNAL", v.WebhooksInternal, onOff),
		parse(&c.Seed, "MEGURI_SEED", v.Seed, seedSize),
		parse(&c.Zone, "MEGURI_TZ", v.Zone, zone), parse(&c.LogLevel, "MEGURI_LOG_LEVEL", v.LogLevel, logLevel),
		parse(&c.LogJSON, "MEGURI_LOG_FORMAT", v.LogFormat, logFormat),
		c.readProxies(v.TrustedProxies), c.readDatabaseURL(), c.readSMTP(v.SMTPURL),
	)
	return c, v.Secret, err
}

// wrong is a bad value; secrets and addresses with passwords are never quoted.
func wrong(variable, value, remedy string) error {
	return fmt.Errorf("%s: %q does not do: %s", variable, value, remedy)
}

func parse[T any](into *T, variable, value string, read func(string) (T, string)) error {
	got, remedy := read(value)
	if remedy != "" {
		return wrong(variable, value, remedy)
	}
	*into = got
	return nil
}

func onOff(value string) (bool, string) {
	switch strings.ToLower(value) {
	case "1", "true", "on", "yes":
		return true, ""
	case "0", "false", "off", "no":
		return false, ""
	}
	return false, "write on or off"
}

// seedSize is how many customers the demo has: those of the default when it is on.
func seedSize(value string) (int, string) {
	if n, err := strconv.Atoi(value); err == nil && n > 1 && n <= seed.MaxCustomers {
		return n, ""
	}
	on, remedy := onOff(value)
	switch {
	case remedy != "":
		return 0, fmt.Sprintf("write on, off, or how many customers, up to %d", seed.MaxCustomers)
	case on:
		return seed.DefaultCustomers, ""
	}
	return 0, ""
}

func zone(value string) (*time.Location, string) {
	loc, err := time.LoadLocation(value)
	if err != nil || value == "Local" {
		return nil, "name an IANA time zone, such as Asia/Tokyo"
	}
	return loc, ""
}

func logLevel(value string) (slog.Level, string) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(value)); err != nil {
		return 0, "write debug, info, warn or error"
	}
	return level, ""
}

func logFormat(value string) (bool, string) {
	if value != "json" && value != "text" {
		return false, "write text or json"
	}
	return value == "json", ""
}

func (c *Config) readAddr(value string) error {
	_, port, err := net.SplitHostPort(value)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return wrong("MEGURI_ADDR", value, "write host:port, such as 127.0.0.1:8080 or :8080")
	}
	c.Addr = value
	return nil
}

func (c *Config) readPublicURL(value string) error {
	if value == "" {
		c.PublicURL = &url.URL{Scheme: "http", Host: localHost(c.Addr)}
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return wrong("MEGURI_PUBLIC_URL", value, "write where browsers reach the server, without a path, such as https://crm.example.com")
	}
	c.PublicURL = &url.URL{Scheme: u.Scheme, Host: u.Host}
	return nil
}

// localHost is an address one can type into a browser on this machine.
func localHost(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr // reported by readAddr
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func (c *Config) readDataDir(value string) error {
	dir, err := filepath.Abs(value)
	if err != nil || value == "" {
		return wrong("MEGURI_DATA_DIR", value, "name a folder that this user may write to")
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return wrong("MEGURI_DATA_DIR", value, "it is a file; name a folder")
	}
	c.DataDir = dir
	return nil
}

// readInboxDir is where watched folders lie: in the data folder unless said.
func (c *Config) readInboxDir(value string) error {
	if value == "" {
		c.InboxDir = filepath.Join(c.DataDir, "inbox")
		return nil
	}
	dir, err := filepath.Abs(value)
	if err != nil {
		return wrong("MEGURI_INBOX_DIR", value, "name a folder that this user may write to")
	}
	c.InboxDir = dir
	return nil
}

func (c *Config) readProxies(values []string) error {
	for _, value := range values {
		value = strings.TrimSpace(value)
		prefix, err := netip.ParsePrefix(value)
		if err != nil {
			ip, ipErr := netip.ParseAddr(value)
			if ipErr != nil {
				return wrong("MEGURI_TRUSTED_PROXIES", value, "list addresses or networks, such as 10.0.0.0/8,192.0.2.7")
			}
			prefix = netip.PrefixFrom(ip, ip.BitLen())
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix.Masked())
	}
	return nil
}

func (c *Config) readDatabaseURL() error {
	if strings.Contains(c.DatabaseURL, "://") {
		u, err := url.Parse(c.DatabaseURL)
		if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return errors.New("DATABASE_URL: it is no Postgres address: write postgres://user:password@host/database, or leave it empty for the embedded Postgres")
		}
	}
	return nil
}

func (c *Config) readSMTP(value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		return errors.New("MEGURI_SMTP_URL: it is no SMTP address: write smtps://user:password@host:465 or smtp://user:password@host:587")
	}
	c.SMTPURL = u
	if c.PublicURL != nil && c.PublicURL.Scheme != "https" && !c.Dev {
		return errors.New("MEGURI_PUBLIC_URL: mail to real people links to it, so with MEGURI_SMTP_URL it must begin with https:// (MEGURI_DEV=on lifts this for trials)")
	}
	return nil
}

// readSecret checks the given secret, or takes the one in the data folder. With
// a database elsewhere there may be several nodes, which must share it, so that
// it has to be given.
func (c *Config) readSecret(value string) error {
	if value == "" {
		if c.DatabaseURL != "" {
			return errors.New("MEGURI_SECRET: it is needed with DATABASE_URL, the same on every node: set it to the output of `openssl rand -hex 32`")
		}
		var err error
		c.SecretFile = filepath.Join(c.DataDir, "secret")
		c.Secret, err = keptSecret(c.SecretFile)
		return err
	}
	for each := range strings.SplitSeq(value, ",") {
		if len(strings.TrimSpace(each)) < minSecret {
			return fmt.Errorf("MEGURI_SECRET: it is shorter than %d characters: set it to the output of `openssl rand -hex 32`", minSecret)
		}
	}
	c.Secret = value
	return nil
}

// keptSecret reads the secret file, made when missing. A link into place lets
// one of two processes that start together win, and both read the same.
func keptSecret(name string) (string, error) {
	content, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeSecret(name); err != nil {
			return "", fmt.Errorf("MEGURI_SECRET: cannot keep a secret in the data folder: %w", err)
		}
		content, err = os.ReadFile(name)
	}
	if err != nil {
		return "", fmt.Errorf("MEGURI_SECRET: cannot read the one in the data folder: %w", err)
	}
	secret := strings.TrimSpace(string(content))
	if len(secret) < minSecret {
		return "", fmt.Errorf("MEGURI_SECRET: %s holds less than %d characters: delete it to have another made (everybody is signed out, links in sent mail stop working)", name, minSecret)
	}
	return secret, nil
}

func makeSecret(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	own, err := os.CreateTemp(filepath.Dir(name), "secret-") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(own.Name()) }()
	_, err = own.WriteString(hex.EncodeToString(secret) + "\n")
	if err := errors.Join(err, own.Sync(), own.Close()); err != nil {
		return err
	}
	if err := os.Link(own.Name(), name); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
