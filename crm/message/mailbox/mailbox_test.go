package mailbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/smtp"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type world struct {
	store  *mailbox.Store
	sender *mail.Sender
	clock  *clock.Fixed
	url    string
}

func open(t *testing.T) *world {
	t.Helper()
	w := &world{clock: &clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}}
	w.store = mailbox.NewStore(dbtest.New(t), w.clock)
	sink, err := mailbox.Listen(w.store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w.url = sink.URL()
	config, err := mail.ParseURL(w.url)
	if err != nil {
		t.Fatal(err)
	}
	w.sender = mail.NewSender(config)
	t.Cleanup(func() {
		w.sender.Close()
		if err := sink.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) send(t *testing.T, n int) {
	t.Helper()
	batch := make([]channel.Mail, n)
	for i := range batch {
		batch[i] = channeltest.Example(fmt.Sprintf("p%d@example.com", i))
	}
	for _, o := range w.sender.Send(t.Context(), batch) {
		if o.Verdict != channel.Accepted {
			t.Fatalf("outcome %+v", o)
		}
	}
}

// Whoever reads the key to an account can become its owner.
func TestPrivateMailsAreForOwnersOnly(t *testing.T) {
	w := open(t)
	m := channeltest.Example("invited@example.com")
	m.Private = true
	if o := w.sender.Send(t.Context(), []channel.Mail{m}); o[0].Verdict != channel.Accepted {
		t.Fatalf("outcome %+v", o)
	}
	w.send(t, 1)
	as := func(role access.Role, scopes access.ScopeSet) context.Context {
		return access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1, Role: role, Scopes: scopes})
	}
	mails, err := w.store.List(as(access.RoleOwner, access.RoleOwner.Scopes()), "", 0, 10)
	if err != nil || len(mails) != 2 {
		t.Fatalf("an owner sees %d, %v; want both", len(mails), err)
	}
	private := mails[0]
	if private.RcptTo != m.To.Email {
		private = mails[1]
	}
	narrowed, err := access.Scopes(access.ScopeMailboxRead)
	if err != nil {
		t.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{
		"a manager": as(access.RoleManager, access.RoleManager.Scopes()), "an analyst": as(access.RoleAnalyst, access.RoleAnalyst.Scopes()),
		"a token of an owner for the mailbox": as(access.RoleOwner, narrowed),
	} {
		if mails, err := w.store.List(ctx, "", 0, 10); err != nil || len(mails) != 1 || mails[0].ID == private.ID {
			t.Errorf("%s sees %d, %v; want the other one", name, len(mails), err)
		}
		if _, err := w.store.Find(ctx, private.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s finds it: %v", name, err)
		}
		if c, err := w.store.Content(ctx, private.ID); !fault.Is(err, fault.NotFound) || c.Text != "" {
			t.Errorf("%s reads it: %v", name, err)
		}
	}
}

func TestWhatIsSentCanBeRead(t *testing.T) {
	w := open(t)
	w.send(t, 3)
	mails, err := w.store.List(t.Context(), "P1@", 0, 10)
	if err != nil || len(mails) != 1 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	got, want := mails[0], channeltest.Example("p1@example.com")
	if got.RcptTo != want.To.Email || got.Subject != want.Subject || got.MessageID != want.MessageID ||
		!strings.Contains(got.FromHeader, want.From.Name) || got.Size < 1000 || got.MailFrom != want.EnvelopeFrom {
		t.Errorf("mail %+v", got)
	}
	content, err := w.store.Content(t.Context(), got.ID)
	if err != nil || content.HTML != want.HTML || content.Text != want.Text || len(content.Headers) < 8 {
		t.Errorf("content %+v, %v", content, err)
	}
	if bySubject, err := w.store.List(t.Context(), "秋の新色", 0, 10); err != nil || len(bySubject) != 3 {
		t.Errorf("%d by subject, %v", len(bySubject), err)
	}
	if none, err := w.store.List(t.Context(), "100%", 0, 10); err != nil || len(none) != 0 {
		t.Errorf("%d for a percent sign, %v", len(none), err)
	}
	if _, err := w.store.Find(t.Context(), -1); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown id: %v", err)
	}
}

func TestPagesGoOnWhereTheLastEnded(t *testing.T) {
	w := open(t)
	w.send(t, 5)
	first, err := w.store.List(t.Context(), "", 0, 3)
	if err != nil || len(first) != 3 {
		t.Fatal(len(first), err)
	}
	rest, err := w.store.List(t.Context(), "", first[2].ID, 3)
	if err != nil || len(rest) != 2 || rest[0].ID >= first[2].ID {
		t.Errorf("%d mails, %v", len(rest), err)
	}
}

func TestOldMailsAreLetGo(t *testing.T) {
	w := open(t)
	w.send(t, 600)
	w.clock.Advance(8 * 24 * time.Hour)
	if mails, err := w.store.List(t.Context(), "", 0, 10); err != nil || len(mails) != 0 {
		t.Errorf("%d mails after 8 days, %v", len(mails), err)
	}
	w.send(t, 5000)
	mails, err := w.store.List(t.Context(), "", 0, 10_000)
	if err != nil || len(mails) > 5499 || len(mails) < 5000 {
		t.Errorf("%d mails are kept, %v", len(mails), err)
	}
}

func TestOnlyTheOwnSenderIsLetIn(t *testing.T) {
	w := open(t)
	u, err := url.Parse(w.url)
	if err != nil {
		t.Fatal(err)
	}
	if err := smtp.SendMail(u.Host, nil, "a@example.com", []string{"b@example.com"}, []byte("Subject: x\r\n\r\nx")); err == nil {
		t.Error("a stranger was let in")
	}
	u.User = url.UserPassword("meguri", "guess")
	config, _ := mail.ParseURL(u.String())
	stranger := mail.NewSender(config)
	defer stranger.Close()
	if got := stranger.Send(t.Context(), []channel.Mail{channeltest.Example("a@example.com")}); got[0].Verdict != channel.Untried {
		t.Errorf("a wrong password: %+v", got[0])
	}
}

func BenchmarkSink(b *testing.B) {
	w := &world{clock: &clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}}
	w.store = mailbox.NewStore(dbtest.New(b), w.clock)
	sink, err := mailbox.Listen(w.store, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	config, _ := mail.ParseURL(sink.URL())
	w.sender = mail.NewSender(config)
	batch := make([]channel.Mail, 1000)
	for i := range batch {
		batch[i] = channeltest.Example(fmt.Sprintf("p%d@example.com", i))
	}
	for b.Loop() {
		w.sender.Send(b.Context(), batch)
	}
	b.ReportMetric(float64(b.N*len(batch))/b.Elapsed().Seconds(), "mails/s")
	w.sender.Close()
	if err := sink.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
}
