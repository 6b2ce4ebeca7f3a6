// Package channeltest is what every channel.Sender of mails must pass.
//
// It owns a server that answers in all the ways servers do, and checks what it
// received as well as what the sender said of it. It leaves what is particular
// to one adapter (configuration, time limits) to that adapter's own tests.
package channeltest

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// Run checks senders made by open for the server at addr ("127.0.0.1:port").
// open closes them when the test ends.
func Run(t *testing.T, open func(t *testing.T, addr string) channel.Sender) {
	t.Run("what is sent arrives whole", func(t *testing.T) { arrivesWhole(t, open) })
	t.Run("each answer has its outcome", func(t *testing.T) { outcomes(t, open) })
	t.Run("a broken line spoils no other mail", func(t *testing.T) { brokenLines(t, open) })
	t.Run("many mails arrive once each", func(t *testing.T) { manyOnce(t, open) })
	t.Run("a slow server is waited for", func(t *testing.T) { slowServer(t, open) })
	t.Run("nothing is sent once the context has ended", func(t *testing.T) { ended(t, open) })
	t.Run("a server that is away leaves mails untried", func(t *testing.T) { away(t, open) })
	t.Run("names cannot add headers", func(t *testing.T) { injection(t, open) })
}

// Example is a mail to one recipient.
func Example(to string) channel.Mail {
	return channel.Mail{
		MessageID:      channel.MessageID(7, 9, "shop.example"),
		EnvelopeFrom:   "bounce+7.9@shop.example",
		From:           channel.Address{Name: "めぐり堂 本店", Email: "news@shop.example"},
		To:             channel.Address{Email: to},
		ReplyTo:        "support@shop.example",
		Subject:        "【会員さま限定】秋の新色が出そろいました。髙﨑さまへ先行のご案内 🍁",
		HTML:           "<p>" + strings.Repeat("秋の新色です。", 200) + "</p>\n",
		Text:           ".先頭の点\n..\n" + strings.Repeat("秋の新色です。", 50) + "\n",
		UnsubscribeURL: "https://crm.example/u/AXVSBQkC9nmSjR4BEudlSZGi1mXWKw",
		Date:           time.Date(2026, 11, 21, 1, 2, 3, 0, time.UTC),
	}
}

func arrivesWhole(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	want := Example("hanako@example.com")
	if got := open(t, server.Addr).Send(t.Context(), []channel.Mail{want}); got[0].Verdict != channel.Accepted || got[0].Code != 250 {
		t.Fatalf("outcome %+v", got[0])
	}
	received := server.Received()
	if len(received) != 1 || received[0].From != want.EnvelopeFrom || received[0].To != want.To.Email {
		t.Fatalf("envelope %+v", received)
	}
	got, parts := parse(t, received[0].Raw)
	subject, _ := new(mime.WordDecoder).DecodeHeader(got.Get("Subject"))
	from, err := got.AddressList("From")
	if err != nil || from[0].Name != want.From.Name || from[0].Address != want.From.Email || subject != want.Subject {
		t.Errorf("From %v, Subject %q, %v", from, subject, err)
	}
	for name, value := range map[string]string{
		"Message-Id": "<" + want.MessageID + ">", "List-Unsubscribe": "<" + want.UnsubscribeURL + ">",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "To": "<hanako@example.com>", "Reply-To": "<support@shop.example>",
	} {
		if got.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, got.Get(name), value)
		}
	}
	if date, err := got.Date(); err != nil || !date.Equal(want.Date) {
		t.Errorf("Date %v, %v", date, err)
	}
	if parts["text/plain"] != want.Text || parts["text/html"] != want.HTML {
		t.Errorf("parts differ: %q", parts)
	}
	for _, line := range bytes.Split(received[0].Raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes", len(line))
		}
		for _, c := range line {
			if c >= 0x80 {
				t.Fatal("the mail is not 7 bit")
			}
		}
	}
}

func parse(t *testing.T, raw []byte) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	parts, reader := map[string]string{}, multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		if encoding := part.Header.Get("Content-Transfer-Encoding"); encoding != "base64" {
			t.Errorf("a part is %q: quoted-printable triples Japanese text", encoding)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		parts[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func outcomes(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	cases := []struct {
		to         string
		verdict    channel.Verdict
		reply      string
		badAddress bool
	}{
		{"ok@example.com", channel.Accepted, "250 2.0.0", false},
		{unknownMailbox + "@example.com", channel.Permanent, "550 5.1.1", true},
		{refusedPlain + "@example.com", channel.Permanent, "550", true},
		{spamRefusal + "@example.com", channel.Permanent, "550 5.7.1", false},
		{greylisted + "@example.com", channel.Temporary, "451 4.7.1", false},
		{busy + "@example.com", channel.Temporary, "451", false},
		{"no address at all", channel.Permanent, "", true},
		{"two@at@example.com", channel.Permanent, "", true},
		{"evil@example.com>\r\nRCPT TO:<victim@example.com", channel.Permanent, "", true},
		{"ok-too@example.com", channel.Accepted, "250 2.0.0", false},
	}
	var batch []channel.Mail
	for _, c := range cases {
		batch = append(batch, Example(c.to))
	}
	for i, got := range open(t, server.Addr).Send(t.Context(), batch) {
		want := cases[i]
		if got.Verdict != want.verdict || got.Reply() != want.reply || got.BadAddress != want.badAddress {
			t.Errorf("%s: %s %q bad=%v (%v), want %s %q bad=%v", want.to, got.Verdict, got.Reply(), got.BadAddress, got.Err, want.verdict, want.reply, want.badAddress)
		}
		if got.Err != nil && strings.Contains(got.Err.Error(), "@example.com") {
			t.Errorf("the error repeats the address: %v", got.Err)
		}
	}
	if n := len(server.Received()); n != 2 {
		t.Errorf("the server took %d mails, want 2", n)
	}
}

func brokenLines(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	var batch []channel.Mail
	for i := range 40 {
		to := fmt.Sprintf("ok%d@example.com", i)
		switch i % 8 {
		case 1:
			to = fmt.Sprintf("%s@host%d.example", cutBefore, i)
		case 3:
			to = fmt.Sprintf("%s@host%d.example", cutAfter, i)
		case 5:
			to = fmt.Sprintf("%s@host%d.example", closing, i)
		}
		batch = append(batch, Example(to))
	}
	for i, got := range open(t, server.Addr).Send(t.Context(), batch) {
		want, copies := channel.Accepted, 1
		switch i % 8 {
		case 1, 5:
			want, copies = channel.Temporary, 0
		case 3:
			want = channel.Uncertain
		}
		if got.Verdict != want || len(server.To(batch[i].To.Email)) != copies {
			t.Errorf("%s: %s with %d copies (%v), want %s with %d", batch[i].To.Email, got.Verdict, len(server.To(batch[i].To.Email)), got.Err, want, copies)
		}
	}
}

func manyOnce(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	sender := open(t, server.Addr)
	var callers sync.WaitGroup
	for caller := range 3 {
		callers.Go(func() {
			var batch []channel.Mail
			for i := range 200 {
				batch = append(batch, Example(fmt.Sprintf("c%d.%d@example.com", caller, i)))
			}
			for i, got := range sender.Send(t.Context(), batch) {
				if got.Verdict != channel.Accepted {
					t.Errorf("%s: %+v", batch[i].To.Email, got)
				}
			}
		})
	}
	callers.Wait()
	seen := map[string]int{}
	for _, m := range server.Received() {
		seen[m.To]++
	}
	for to, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times", to, n)
		}
	}
	if len(seen) != 600 {
		t.Errorf("%d recipients, want 600", len(seen))
	}
}

func slowServer(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan []channel.Outcome, 1)
	sender := open(t, server.Addr)
	go func() { done <- sender.Send(ctx, []channel.Mail{Example(slow + "@example.com")}) }()
	select {
	case <-done:
		t.Fatal("Send came back without an answer")
	case <-server.Waiting():
	}
	cancel() // what is on the wire still gets its answer
	server.Release()
	if got := <-done; got[0].Verdict != channel.Accepted {
		t.Errorf("outcome %+v", got[0])
	}
}

func ended(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, got := range open(t, server.Addr).Send(ctx, []channel.Mail{Example("a@example.com"), Example("b@example.com")}) {
		if got.Verdict != channel.Untried {
			t.Errorf("outcome %+v", got)
		}
	}
	if n := len(server.Received()); n != 0 {
		t.Errorf("the server took %d mails", n)
	}
}

func away(t *testing.T, open func(*testing.T, string) channel.Sender) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	_ = listener.Close()
	if got := open(t, addr).Send(t.Context(), []channel.Mail{Example("a@example.com")}); got[0].Verdict != channel.Untried || got[0].Err == nil {
		t.Errorf("outcome %+v", got[0])
	}
}

func injection(t *testing.T, open func(*testing.T, string) channel.Sender) {
	server := NewServer(t)
	m := Example("a@example.com")
	m.From.Name = "Shop\r\nBcc: victim@example.com"
	m.Subject = "Hello\r\nX-Evil: yes"
	if got := open(t, server.Addr).Send(t.Context(), []channel.Mail{m}); got[0].Verdict == channel.Accepted {
		header, _ := parse(t, server.Received()[0].Raw)
		if header.Get("Bcc") != "" || header.Get("X-Evil") != "" {
			t.Errorf("headers were added: %v", header)
		}
	}
}
