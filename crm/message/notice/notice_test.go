package notice_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/policy"
)

// wire keeps what it is given and answers with one outcome.
type wire struct {
	outcome channel.Outcome
	sent    []channel.Mail
}

func (w *wire) Send(_ context.Context, batch []channel.Mail) []channel.Outcome {
	w.sent = append(w.sent, batch...)
	return []channel.Outcome{w.outcome}
}

type unsigned struct{}

func (unsigned) Outgoing(context.Context, string) ([]channel.Signer, string, error) {
	return nil, "", nil
}

type sender string

func (s sender) Current(context.Context) (policy.Sender, error) {
	return policy.Sender{Name: "巡り商店", Email: string(s)}, nil
}

func post(w *wire, from sender) *notice.Post {
	return &notice.Post{
		Clock: &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}, Domains: unsigned{}, Wire: w, Senders: from,
		Base: &url.URL{Scheme: "https", Host: "crm.example.com"},
	}
}

var invitation = notice.Notice{
	Key: "invite.1", To: channel.Address{Email: "new@example.com"}, Locale: "ja", Subject: "招待",
	Lines: []string{"<b>花子</b>さんが招待しています。"}, Path: "/invite?a=1&b=2#key", LinkText: "招待を受ける",
	Notes: []string{"7日間有効です。"}, Private: true,
}

func TestANoticeSaysTheSameInTextAndHTML(t *testing.T) {
	w := &wire{outcome: channel.Outcome{Verdict: channel.Accepted}}
	if err := post(w, "shop@example.com").Send(t.Context(), invitation); err != nil {
		t.Fatal(err)
	}
	m := w.sent[0]
	if m.From.Email != "shop@example.com" || m.MessageID != "invite.1.meguri@example.com" || !m.Private || m.UnsubscribeURL != "" {
		t.Errorf("mail = %+v", m)
	}
	for _, want := range []string{"<b>花子</b>さん", "https://crm.example.com/invite?a=1&b=2#key", "7日間有効です。"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	for _, want := range []string{"&lt;b&gt;花子&lt;/b&gt;さん", `href="https://crm.example.com/invite?a=1&amp;b=2#key"`, `lang="ja"`, "7日間有効です。"} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("the HTML lacks %q", want)
		}
	}
}

func TestWithoutASenderTheInstallationWrites(t *testing.T) {
	w := &wire{outcome: channel.Outcome{Verdict: channel.Accepted}}
	if err := post(w, "").Send(t.Context(), invitation); err != nil {
		t.Fatal(err)
	}
	if got := w.sent[0].From.Email; got != "meguri@crm.example.com" {
		t.Errorf("from %s", got)
	}
}

func TestOutcomesSayWhetherToTryAgain(t *testing.T) {
	for verdict, want := range map[channel.Verdict]error{
		channel.Accepted: nil, channel.Uncertain: nil, channel.Permanent: notice.ErrRefused,
		channel.Temporary: notice.ErrLater, channel.Untried: notice.ErrLater,
	} {
		w := &wire{outcome: channel.Outcome{Verdict: verdict, Code: 550, Enhanced: "5.1.1", Err: errors.New("said so")}}
		err := post(w, "").Send(t.Context(), invitation)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", verdict, err, want)
		}
		if reply, refused := notice.Refused(err); refused != (verdict == channel.Permanent) || refused && reply != "550 5.1.1" {
			t.Errorf("%s: refused %v with %q", verdict, refused, reply)
		}
	}
}
