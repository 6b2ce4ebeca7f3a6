package mail

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
)

func open(t *testing.T, url string, change func(*Config)) *Sender {
	t.Helper()
	config, err := ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&config)
	}
	s := NewSender(config)
	t.Cleanup(s.Close)
	return s
}

func TestSenderConforms(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, addr string) channel.Sender { return open(t, "smtp://"+addr, nil) })
}

func TestAnAnswerThatDoesNotComeInTimeIsUncertain(t *testing.T) {
	server := channeltest.NewServer(t)
	defer server.Release()
	sender := open(t, "smtp://"+server.Addr, func(c *Config) { c.DataTimeout = 50 * time.Millisecond })
	if got := sender.Send(t.Context(), []channel.Mail{channeltest.Example("slow@example.com")}); got[0].Verdict != channel.Uncertain {
		t.Errorf("outcome %+v", got[0])
	}
}

func TestConnectionsAreKeptAndRenewed(t *testing.T) {
	server := channeltest.NewServer(t)
	sender := open(t, "smtp://"+server.Addr+"?connections=1&per_connection=3", nil)
	var batch []channel.Mail
	for range 7 {
		batch = append(batch, channeltest.Example("a@example.com"))
	}
	sender.Send(t.Context(), batch)
	c := <-sender.slots
	if c == nil || c.sent != 1 { // 3, 3 and 1
		t.Errorf("connection %+v", c)
	}
	_ = c.net.Close() // as a server that tires of an idle client does
	sender.slots <- c
	if got := sender.Send(t.Context(), batch[:1]); got[0].Verdict != channel.Accepted {
		t.Errorf("after the server closed the line: %+v", got[0])
	}
	if n := len(server.Received()); n != 8 {
		t.Errorf("%d mails arrived, want 8", n)
	}
}

func TestParseURL(t *testing.T) {
	for url, want := range map[string]Config{
		"smtp://u:p%40ss@mail.example":                      {Addr: "mail.example:587", Security: StartTLS, Username: "u", Password: "p@ss", Connections: 4, PerConnection: 200},
		"smtps://mail.example?connections=8":                {Addr: "mail.example:465", Security: ImplicitTLS, Connections: 8, PerConnection: 200},
		"smtp://127.0.0.1:1025":                             {Addr: "127.0.0.1:1025", Security: MaybeTLS, Connections: 4, PerConnection: 200},
		"smtp://relay.example:25?tls=none&per_connection=1": {Addr: "relay.example:25", Security: NoTLS, Connections: 4, PerConnection: 1},
	} {
		got, err := ParseURL(url)
		got.HELO, got.Idle, got.DialTimeout, got.CommandTimeout, got.DataTimeout = "", 0, 0, 0, 0
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", url, got, err)
		}
	}
	for _, url := range []string{"", "http://mail.example", "smtp://", "smtp://h?connections=0", "smtp://h?tls=maybe", "smtp://h?speed=9", "smtp://u:secret\x7f@h"} {
		if _, err := ParseURL(url); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v, want Invalid", url, err)
		}
	}
}

func TestNoPasswordCrossesTheNetworkInTheClear(t *testing.T) {
	c := &conn{config: Config{Addr: "mail.example:25", Username: "u", Password: "p"}, extensions: map[string]string{"AUTH": "PLAIN"}}
	if err := c.signIn(); err == nil {
		t.Error("the password was sent without TLS")
	}
}

func BenchmarkSend(b *testing.B) {
	server := channeltest.NewServer(b)
	config, err := ParseURL("smtp://" + server.Addr + "?connections=10")
	if err != nil {
		b.Fatal(err)
	}
	sender := NewSender(config)
	defer sender.Close()
	batch := make([]channel.Mail, 1000)
	for i := range batch {
		batch[i] = channeltest.Example("a@example.com")
	}
	for b.Loop() {
		for _, o := range sender.Send(b.Context(), batch) {
			if o.Verdict != channel.Accepted {
				b.Fatal(o)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(batch))/b.Elapsed().Seconds(), "mails/s")
}
