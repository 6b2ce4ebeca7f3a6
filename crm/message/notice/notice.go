// Package notice writes to staff in the installation's own name: alerts and
// what else a colleague has to hear of.
//
// It owns the form of such a mail: plain sentences, one link, no advertising,
// and so neither a footer nor a way to unsubscribe. It promises that a notice
// leaves by the same way as campaigns do, comes from the merchant's sender where
// one is set, signed with its keys, and bears the same Message-ID however often
// it is tried. Whom to tell, what, and when to try again is left to its callers.
package notice

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/policy"
)

// sendLimit is how long the mail server may take for one notice.
const sendLimit = time.Minute

// Notice is one mail to one member of staff.
type Notice struct {
	// Key tells it from all others, in letters, digits, dots and hyphens: it
	// stands in the Message-ID.
	Key     string
	To      channel.Address
	Locale  string // of the words: ja or en; "": not said
	Subject string
	Lines   []string // paragraphs of plain text
	// Path is where the link leads, within the application; "": no link.
	Path string
	// LinkText is what one does there.
	LinkText string
	// Notes stand smaller below: how long the link works and the like.
	Notes []string
	// Private: the link opens somebody's account; see channel.Mail.
	Private bool
}

// Senders tells the merchant's sender, empty while none is set.
type Senders interface {
	Current(ctx context.Context) (policy.Sender, error)
}

// Domains tells with what mails from an address are signed.
type Domains interface {
	Outgoing(ctx context.Context, email string) (signers []channel.Signer, bounceDomain string, err error)
}

// Post sends notices.
type Post struct {
	Wire    channel.Sender // there once the program serves or works
	Senders Senders
	Domains Domains
	Clock   clock.Clock
	Base    *url.URL // under which staff reach the application
}

// ErrLater says that a notice has not gone out and may later.
var ErrLater = errors.New("notice: not sent, try again later")

// ErrRefused says that a notice cannot go out: the address takes no mail.
var ErrRefused = errors.New("notice: refused")

// refusal is an ErrRefused with what the mail server said.
type refusal string

func (r refusal) Error() string { return ErrRefused.Error() + ": " + string(r) }
func (r refusal) Unwrap() error { return ErrRefused }

// Refused is the code with which a mail server refused a notice for good, if err
// says that it did.
func Refused(err error) (reply string, refused bool) {
	var r refusal
	refused = errors.As(err, &r)
	return string(r), refused
}

// Send tries a notice once. Errors: ErrLater, ErrRefused; neither holds an
// address. A notice whose answer was lost counts as sent.
func (p *Post) Send(ctx context.Context, n Notice) error {
	mail, err := p.compose(n)
	if err != nil {
		return err
	}
	if mail.From, err = p.from(ctx); err != nil {
		return err
	}
	return p.Deliver(ctx, n.Key, mail)
}

// Deliver tries a mail once that somebody else has written, from its sender or,
// where it has none, from the merchant's. key tells it from all others, as of a
// Notice. Errors: as of Send.
func (p *Post) Deliver(ctx context.Context, key string, mail channel.Mail) (err error) {
	if p.Wire == nil {
		return ErrLater
	}
	if mail.From.Email == "" {
		if mail.From, err = p.merchant(ctx); err != nil {
			return err
		}
	}
	mail.MessageID, mail.Date = key+".meguri@"+channel.Domain(mail.From.Email), p.Clock.Now().Truncate(time.Second)
	if mail.Signers, _, err = p.Domains.Outgoing(ctx, mail.From.Email); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	switch o := p.Wire.Send(ctx, []channel.Mail{mail})[0]; o.Verdict {
	case channel.Accepted, channel.Uncertain:
		return nil
	case channel.Permanent:
		return refusal(o.Reply())
	default:
		return fmt.Errorf("%w: %s %w", ErrLater, o.Reply(), o.Err)
	}
}

func (p *Post) compose(n Notice) (channel.Mail, error) {
	link, err := p.link(n.Path)
	if err != nil {
		return channel.Mail{}, err
	}
	html, err := n.html(link)
	if err != nil {
		return channel.Mail{}, err
	}
	return channel.Mail{To: n.To, Subject: n.Subject, Text: n.text(link), HTML: html, Private: n.Private}, nil
}

// link is where a path leads from outside.
func (p *Post) link(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	ref, err := url.Parse(path)
	if err != nil {
		return "", err
	}
	return p.Base.ResolveReference(ref).String(), nil
}

// from is Meguri in the merchant's name.
func (p *Post) from(ctx context.Context) (channel.Address, error) {
	from, err := p.merchant(ctx)
	if from.Name != "" {
		from.Name += " (Meguri)"
	} else {
		from.Name = "Meguri"
	}
	return from, err
}

// merchant is the merchant's sender; while none is set, an address without a name
// at the host that staff know, so that a new installation can write at all.
func (p *Post) merchant(ctx context.Context) (channel.Address, error) {
	sender, err := p.Senders.Current(ctx)
	if err != nil {
		return channel.Address{}, err
	}
	if sender.Email != "" {
		return channel.Address{Name: sender.Name, Email: sender.Email}, nil
	}
	host := p.Base.Hostname()
	if net.ParseIP(host) != nil {
		host = "localhost"
	}
	return channel.Address{Email: "meguri@" + host}, nil
}

func (n Notice) text(link string) string {
	parts := slices.Clone(n.Lines)
	if link != "" {
		parts = append(parts, n.LinkText+":\n"+link)
	}
	return strings.Join(append(parts, n.Notes...), "\n\n") + "\n"
}

//go:embed notice.html
var page string

var noticePage = template.Must(template.New("notice").Parse(page))

func (n Notice) html(link string) (string, error) {
	var b strings.Builder
	err := noticePage.Execute(&b, struct {
		Notice
		Link string
	}{n, link})
	return b.String(), err
}
