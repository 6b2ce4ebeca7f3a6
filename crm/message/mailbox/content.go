package mailbox

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

// Content is a mail taken apart for reading.
type Content struct {
	HTML    string // to be shown sandboxed: it is whatever was sent
	Text    string
	Headers []Header // in alphabetical order
	From    string   // decoded
	Subject string   // decoded
}

// Header is one header, decoded.
type Header struct{ Name, Value string }

// maxDepth is how deep multiparts are followed.
const maxDepth = 5

// Read takes a mail apart. What cannot be read is left out: a mailbox that
// refuses to show a broken mail would hide what there is to mend.
func Read(raw []byte) Content {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Content{Text: string(raw)}
	}
	c := Content{From: decoded(m.Header.Get("From")), Subject: decoded(m.Header.Get("Subject"))}
	for name, values := range m.Header {
		for _, value := range values {
			c.Headers = append(c.Headers, Header{Name: name, Value: decoded(value)})
		}
	}
	slices.SortFunc(c.Headers, func(a, b Header) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	c.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	return c
}

func decoded(value string) string {
	decoder := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	text, err := decoder.DecodeHeader(value)
	if err != nil {
		return value
	}
	return text
}

// part reads one part, and those within it.
func (c *Content) part(header textproto.MIMEHeader, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && depth < maxDepth {
		reader := multipart.NewReader(body, params["boundary"])
		for {
			part, err := reader.NextRawPart()
			if err != nil {
				return
			}
			c.part(part.Header, part, depth+1)
		}
	}
	switch {
	case kind == "text/html" && c.HTML == "":
		c.HTML = text(header, params["charset"], body)
	case kind == "text/plain" && c.Text == "":
		c.Text = text(header, params["charset"], body)
	}
}

// text is a part's body in UTF-8, as far as it can be read.
func text(header textproto.MIMEHeader, label string, body io.Reader) string {
	switch strings.ToLower(header.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	if label != "" {
		if converted, err := charset.NewReaderLabel(label, body); err == nil {
			body = converted
		}
	}
	read, _ := io.ReadAll(body)
	return strings.ToValidUTF8(strings.ReplaceAll(string(read), "\r\n", "\n"), "\uFFFD")
}
