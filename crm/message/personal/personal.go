// Package personal writes to a shopper in the merchant's name about what he has
// just asked for himself: to confirm his address, that his data are ready.
//
// It owns the form of such a mail: plain sentences, one link at most, the merchant's
// colour and logo, and who the sender is. It promises that none of them is
// advertising, so that neither consent, quiet hours nor caps are asked and no
// way to unsubscribe is needed (特定電子メール法 2条2号 is about advertising
// alone); that they leave by the way of all mails, signed with the same keys;
// and that what shoppers typed never stands in a header but as their address.
// What to say, and when to try again, is left to its callers.
package personal

import (
	"context"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/policy"
)

// Letter is one mail to one shopper.
type Letter struct {
	// Key tells it from all others, in letters, digits, dots and hyphens: it
	// stands in the Message-ID, so that a second try is the same mail.
	Key      string
	To       string
	Locale   string // of the words: ja or en
	Subject  string
	Lines    []string // paragraphs
	Link     string   // absolute; "": none
	LinkText string
	Notes    []string // smaller, below
}

// Brands tells how the merchant looks.
type Brands interface {
	Current(ctx context.Context) (message.Brand, error)
}

// Post sends letters.
type Post struct {
	Office *notice.Post // by whose way they leave
	Brands Brands
}

// Send tries a letter once. Errors: notice.ErrLater, notice.ErrRefused; neither
// holds an address.
func (p *Post) Send(ctx context.Context, l Letter) error {
	brand, err := p.Brands.Current(ctx)
	if err != nil {
		return err
	}
	sender, err := p.Office.Senders.Current(ctx)
	if err != nil {
		return err
	}
	html, err := l.html(brand, sender)
	if err != nil {
		return err
	}
	return p.Office.Deliver(ctx, l.Key, channel.Mail{
		To: channel.Address{Email: l.To}, Subject: strings.Join(strings.Fields(l.Subject), " "), HTML: html, Text: l.text(sender), Private: true,
	})
}

func (l Letter) text(sender policy.Sender) string {
	parts := slices.Clone(l.Lines)
	if l.Link != "" {
		parts = append(parts, l.LinkText+":\n"+l.Link)
	}
	parts = append(parts, l.Notes...)
	if signed := strings.TrimSpace(strings.Join([]string{sender.Name, sender.PostalAddress, sender.Contact}, "\n")); signed != "" {
		parts = append(parts, "――――――――――\n"+signed)
	}
	return strings.Join(parts, "\n\n") + "\n"
}

//go:embed letter.html
var page string

var letterPage = template.Must(template.New("letter").Parse(page))

func (l Letter) html(brand message.Brand, sender policy.Sender) (string, error) {
	var b strings.Builder
	data := struct {
		Letter
		Sender            policy.Sender
		Accent, AccentInk template.CSS
		Logo              *message.Logo
	}{l, sender, template.CSS(brand.Accent), template.CSS(brand.Ink()), brand.Logo} //nolint:gosec // both are colours that were checked
	err := letterPage.Execute(&b, data)
	return b.String(), err
}
