package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// errAddress hides the address from logs.
var errAddress = errors.New("smtp: an address is not valid")

// compose appends the mail as it goes over the wire to b: its header, and MIME
// with base64 parts, because quoted-printable triples Japanese text and 8-bit
// parts would break their signature where a server on the way cannot carry
// them. The same mail makes the same bytes.
func compose(b []byte, m channel.Mail) ([]byte, error) {
	if !plainAddress(m.From.Email) || !plainAddress(m.To.Email) || m.ReplyTo != "" && !plainAddress(m.ReplyTo) {
		return nil, errAddress
	}
	boundary := "=_" + m.MessageID // base64 has neither = at a line's start nor _
	if at := strings.IndexByte(boundary, '@'); at > 0 {
		boundary = boundary[:at]
	}
	b = appendHeader(b, m)
	b = append(b, "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\""...)
	b = append(append(b, boundary...), "\"\r\n\r\n"...)
	b = appendPart(b, boundary, "text/plain", m.Text)
	b = appendPart(b, boundary, "text/html", m.HTML)
	return append(append(append(b, "--"...), boundary...), "--\r\n"...), nil
}

func appendHeader(b []byte, m channel.Mail) []byte {
	b = appendMailbox(b, "From", m.From)
	b = appendMailbox(b, "To", m.To)
	if m.ReplyTo != "" {
		b = appendMailbox(b, "Reply-To", channel.Address{Email: m.ReplyTo})
	}
	b = appendText(b, "Subject", m.Subject)
	b = append(m.Date.AppendFormat(append(b, "Date: "...), time.RFC1123Z), "\r\n"...)
	b = append(append(append(b, "Message-ID: <"...), m.MessageID...), ">\r\n"...)
	if m.Private {
		b = append(b, "Sensitivity: Private\r\nAuto-Submitted: auto-generated\r\n"...)
	}
	if m.UnsubscribeURL != "" {
		b = append(append(append(b, "List-Unsubscribe: <"...), m.UnsubscribeURL...), '>')
		if m.UnsubscribeMail != "" {
			b = append(append(append(b, ",\r\n <mailto:"...), m.UnsubscribeMail...), '>')
		}
		b = append(b, "\r\n"...)
		// RFC 8058 is about https only.
		if strings.HasPrefix(m.UnsubscribeURL, "https://") {
			b = append(b, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"...)
		}
	}
	return b
}

func appendPart(b []byte, boundary, kind, text string) []byte {
	b = append(append(append(b, "--"...), boundary...), "\r\nContent-Type: "...)
	b = append(append(b, kind...), "; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"...)
	return appendBase64(b, text)
}

// lineBytes make a line of 76 characters of base64.
const lineBytes = 57

// appendBase64 encodes text with the line ends of mail.
func appendBase64(b []byte, text string) []byte {
	var line [lineBytes]byte
	n := 0
	flush := func() {
		b = append(base64.StdEncoding.AppendEncode(b, line[:n]), "\r\n"...)
		n = 0
	}
	put := func(s string) {
		for s != "" {
			copied := copy(line[n:], s)
			if n += copied; n == lineBytes {
				flush()
			}
			s = s[copied:]
		}
	}
	for text != "" {
		before, after, found := strings.Cut(text, "\n")
		put(strings.TrimSuffix(before, "\r"))
		if found {
			put("\r\n")
		}
		text = after
	}
	if n > 0 {
		flush()
	}
	return b
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
// wants. A composed mail has no such dots; the search for them costs little.
func terminate(content []byte) []byte {
	if bytes.HasPrefix(content, []byte(".")) {
		content = append([]byte("."), content...)
	}
	if bytes.Contains(content, []byte("\n.")) {
		content = bytes.ReplaceAll(content, []byte("\r\n."), []byte("\r\n.."))
	}
	if !bytes.HasSuffix(content, []byte("\r\n")) {
		content = append(content, "\r\n"...)
	}
	return append(content, ".\r\n"...)
}
