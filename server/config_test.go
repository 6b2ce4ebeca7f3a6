package server_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/server"
	"github.com/meguri-crm/meguri/server/seed"
)

const someSecret = "0123456789abcdef0123456789abcdef"

func TestConfigDefaults(t *testing.T) {
	dir := t.TempDir()
	c, err := server.Load(map[string]string{"MEGURI_DATA_DIR": dir})
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.PublicURL.String() != "http://127.0.0.1:8080" || c.Zone.String() != "Asia/Tokyo" ||
		c.Dev || c.Seed != seed.DefaultCustomers || c.SMTPURL != nil || c.DatabaseURL != "" || c.LogJSON {
		t.Errorf("unexpected defaults: %+v", c)
	}
	info, err := os.Stat(filepath.Join(dir, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's file: %v %v; want mode 0600", info, err)
	}
	again, err := server.Load(map[string]string{"MEGURI_DATA_DIR": dir})
	if err != nil || again.Secret != c.Secret || len(c.Secret) != 64 {
		t.Errorf("the secret is %q then %q, %v", c.Secret, again.Secret, err)
	}
}

func TestConfigValues(t *testing.T) {
	for name, c := range map[string]struct {
		env   map[string]string
		check func(*server.Config) bool
	}{
		"listen everywhere": {map[string]string{"MEGURI_ADDR": ":9000"}, func(c *server.Config) bool { return c.PublicURL.String() == "http://localhost:9000" }},
		"public url":        {map[string]string{"MEGURI_PUBLIC_URL": "https://crm.example.com/"}, func(c *server.Config) bool { return c.PublicURL.String() == "https://crm.example.com" }},
		"proxies": {map[string]string{"MEGURI_TRUSTED_PROXIES": "10.1.2.3/8, 192.0.2.7"}, func(c *server.Config) bool {
			return c.TrustedProxies[0].String() == "10.0.0.0/8" && c.TrustedProxies[1].String() == "192.0.2.7/32"
		}},
		"zone":              {map[string]string{"MEGURI_TZ": "Europe/Berlin"}, func(c *server.Config) bool { return c.Zone.String() == "Europe/Berlin" }},
		"dev":               {map[string]string{"MEGURI_DEV": "1"}, func(c *server.Config) bool { return c.Dev }},
		"small seed":        {map[string]string{"MEGURI_SEED": "300"}, func(c *server.Config) bool { return c.Seed == 300 }},
		"no seed":           {map[string]string{"MEGURI_SEED": "off"}, func(c *server.Config) bool { return c.Seed == 0 }},
		"database":          {map[string]string{"DATABASE_URL": "postgres://u:p@db.example/x", "MEGURI_SECRET": someSecret}, func(c *server.Config) bool { return c.Secret == someSecret }},
		"rotated secret":    {map[string]string{"MEGURI_SECRET": someSecret + "," + someSecret}, func(c *server.Config) bool { return strings.HasPrefix(c.Secret, someSecret) }},
		"smtp behind https": {map[string]string{"MEGURI_SMTP_URL": "smtps://u:p@mail.example", "MEGURI_PUBLIC_URL": "https://crm.example.com"}, func(c *server.Config) bool { return c.SMTPURL.Hostname() == "mail.example" }},
		"smtp in a trial":   {map[string]string{"MEGURI_SMTP_URL": "smtp://127.0.0.1:2525", "MEGURI_DEV": "on"}, func(c *server.Config) bool { return c.SMTPURL.Port() == "2525" }},
		"json logs":         {map[string]string{"MEGURI_LOG_FORMAT": "json", "MEGURI_LOG_LEVEL": "debug"}, func(c *server.Config) bool { return c.LogJSON && c.LogLevel < 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			c.env["MEGURI_DATA_DIR"] = t.TempDir()
			got, err := server.Load(c.env)
			if err != nil {
				t.Fatal(err)
			}
			if !c.check(got) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestConfigErrorsNameTheVariableAndTheRemedy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env    map[string]string
		want   []string
		hidden string
	}{
		"addr":              {map[string]string{"MEGURI_ADDR": "8080"}, []string{"MEGURI_ADDR", "host:port"}, ""},
		"port":              {map[string]string{"MEGURI_ADDR": "localhost:http"}, []string{"MEGURI_ADDR"}, ""},
		"public url":        {map[string]string{"MEGURI_PUBLIC_URL": "crm.example.com"}, []string{"MEGURI_PUBLIC_URL", "https://"}, ""},
		"public path":       {map[string]string{"MEGURI_PUBLIC_URL": "https://crm.example.com/meguri"}, []string{"MEGURI_PUBLIC_URL", "without a path"}, ""},
		"data dir":          {map[string]string{"MEGURI_DATA_DIR": file}, []string{"MEGURI_DATA_DIR", "folder"}, ""},
		"dev":               {map[string]string{"MEGURI_DEV": "maybe"}, []string{"MEGURI_DEV", "on or off"}, ""},
		"zone":              {map[string]string{"MEGURI_TZ": "JST+9"}, []string{"MEGURI_TZ", "Asia/Tokyo"}, ""},
		"local zone":        {map[string]string{"MEGURI_TZ": "Local"}, []string{"MEGURI_TZ"}, ""},
		"proxies":           {map[string]string{"MEGURI_TRUSTED_PROXIES": "10.0.0.0/8,nginx"}, []string{"MEGURI_TRUSTED_PROXIES", "nginx"}, ""},
		"level":             {map[string]string{"MEGURI_LOG_LEVEL": "loud"}, []string{"MEGURI_LOG_LEVEL", "debug"}, ""},
		"format":            {map[string]string{"MEGURI_LOG_FORMAT": "xml"}, []string{"MEGURI_LOG_FORMAT", "json"}, ""},
		"database":          {map[string]string{"DATABASE_URL": "mysql://u:hunter2@db.example/x"}, []string{"DATABASE_URL", "postgres://"}, "hunter2"},
		"no secret":         {map[string]string{"DATABASE_URL": "postgres://u:hunter2@db.example/x"}, []string{"MEGURI_SECRET", "openssl"}, "hunter2"},
		"short secret":      {map[string]string{"MEGURI_SECRET": "hunter2"}, []string{"MEGURI_SECRET", "shorter"}, "hunter2"},
		"short old secret":  {map[string]string{"MEGURI_SECRET": someSecret + ",hunter2"}, []string{"MEGURI_SECRET"}, "hunter2"},
		"smtp":              {map[string]string{"MEGURI_SMTP_URL": "mail://u:hunter2@mail.example"}, []string{"MEGURI_SMTP_URL", "smtps://"}, "hunter2"},
		"smtp without host": {map[string]string{"MEGURI_SMTP_URL": "smtp://"}, []string{"MEGURI_SMTP_URL"}, ""},
		"smtp over http":    {map[string]string{"MEGURI_SMTP_URL": "smtp://mail.example"}, []string{"MEGURI_PUBLIC_URL", "https://"}, ""},
		"several at once":   {map[string]string{"MEGURI_ADDR": "x", "MEGURI_TZ": "y"}, []string{"MEGURI_ADDR", "MEGURI_TZ"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if c.env["MEGURI_DATA_DIR"] == "" {
				c.env["MEGURI_DATA_DIR"] = t.TempDir()
			}
			_, err := server.Load(c.env)
			if err == nil {
				t.Fatal("accepted")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			if c.hidden != "" && strings.Contains(err.Error(), c.hidden) {
				t.Errorf("%q tells a secret", err)
			}
		})
	}
}

func TestProcessesStartingTogetherAgreeOnTheSecret(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	secrets := make([]string, 8)
	var wg sync.WaitGroup
	for i := range secrets {
		wg.Go(func() {
			c, err := server.Load(map[string]string{"MEGURI_DATA_DIR": dir})
			if err != nil {
				t.Error(err)
				return
			}
			secrets[i] = c.Secret
		})
	}
	wg.Wait()
	for _, s := range secrets {
		if s == "" || s != secrets[0] {
			t.Fatalf("secrets differ: %q", secrets)
		}
	}
}

func TestZonesAreBuiltIn(t *testing.T) {
	t.Setenv("ZONEINFO", filepath.Join(t.TempDir(), "none"))
	if _, err := time.LoadLocation("Asia/Tokyo"); err != nil {
		t.Fatal(err)
	}
}
