package mail

import (
	"bytes"
	"errors"
	"net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// errAddress hides the address from logs.
var errAddress = errors.New("smtp: an address is not valid")

// compose is the mail as it goes over the wire: MIME with base64 parts, because
// quoted-printable triples Japanese text, dots doubled, and the final dot.
func compose(m channel.Mail) ([]byte, error) {
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingB64), gomail.WithNoDefaultUserAgent())
	if err := addresses(msg, m); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.MessageID)
	if m.UnsubscribeURL != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.UnsubscribeURL+">")
		msg.SetGenHeaderPreformatted("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)

	var b bytes.Buffer
	b.Grow(2048 + (len(m.Text)+len(m.HTML))*14/10)
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, err
	}
	return terminate(b.Bytes()), nil
}

func addresses(msg *gomail.Msg, m channel.Mail) error {
	if !plainAddress(m.From.Email) || !plainAddress(m.To.Email) {
		return errAddress
	}
	msg.FromMailAddress(&mail.Address{Name: m.From.Name, Address: m.From.Email})
	msg.ToMailAddress(&mail.Address{Name: m.To.Name, Address: m.To.Email})
	if m.ReplyTo != "" {
		if !plainAddress(m.ReplyTo) {
			return errAddress
		}
		msg.ReplyToMailAddress(&mail.Address{Address: m.ReplyTo})
	}
	return nil
}

// plainAddress reports whether email can stand in an envelope and a header as
// it is. Some old Japanese carrier addresses have dots where RFC 5321 forbids
// them (a..b@, a.@); they are taken, because servers deliver them.
func plainAddress(email string) bool {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 || len(email) > 254 {
		return false
	}
	for _, r := range email {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>"\,;:()[]`, r) {
			return false
		}
	}
	return strings.Count(email, "@") == 1
}

// terminate doubles dots at line starts and ends the content as RFC 5321 4.5.2
// wants.
func terminate(content []byte) []byte {
	if bytes.HasPrefix(content, []byte(".")) {
		content = append([]byte("."), content...)
	}
	content = bytes.ReplaceAll(content, []byte("\r\n."), []byte("\r\n.."))
	if !bytes.HasSuffix(content, []byte("\r\n")) {
		content = append(content, "\r\n"...)
	}
	return append(content, ".\r\n"...)
}
