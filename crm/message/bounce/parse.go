package bounce

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/meguri-crm/meguri/crm/message/link"
)

// Report is what a mail that came back says, as far as it can be read.
type Report struct {
	Kind   Kind
	Status string // enhanced code, "" when none was given
	// Locals are local parts that look like bounce addresses, Tokens those of
	// unsubscribe links in what was returned. Neither is believed before its
	// signature.
	Locals, Tokens []string
	// Recipients are the addresses that the report speaks of.
	Recipients []string
	MessageID  string // of the report itself
}

// Limits of what is read of a report.
const (
	maxDepth = 6
	maxText  = 256 << 10 // bytes of a part
)

// Parse reads a report. It never fails: what makes no sense is Unknown.
func Parse(raw []byte) Report {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Report{Kind: Unknown}
	}
	p := &parser{header: textproto.MIMEHeader(m.Header)}
	p.part(p.header, m.Body, 0)
	for _, name := range []string{"X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To"} {
		for _, value := range p.header.Values(name) {
			p.addresses(value)
		}
	}
	r := Report{MessageID: strings.TrimSpace(p.header.Get("Message-Id")), Locals: p.locals, Tokens: p.tokens}
	r.Kind, r.Status = p.verdict()
	r.Recipients = p.recipients
	return r
}

// parser gathers what the parts of a report say.
type parser struct {
	header     textproto.MIMEHeader
	text       strings.Builder // of parts for people
	feedback   textproto.MIMEHeader
	failures   []textproto.MIMEHeader // one per recipient
	returned   textproto.MIMEHeader   // the header of the mail that came back
	locals     []string
	tokens     []string
	recipients []string
}

func (p *parser) part(header textproto.MIMEHeader, body io.Reader, depth int) {
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
			p.part(part.Header, part, depth+1)
		}
	}
	content := read(header, params["charset"], body)
	switch kind {
	case "message/delivery-status", "message/global-delivery-status":
		p.status(content)
	case "message/feedback-report":
		p.feedback = fields(bufio.NewReader(strings.NewReader(content)))
	case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "message/rfc822-headers":
		p.original(content)
	case "text/plain", "text/html", "":
		p.text.WriteString(content)
		p.original(content) // old servers quote the mail in their text
		p.addresses(content)
	}
}

// read is a part's content in UTF-8.
func read(header textproto.MIMEHeader, label string, body io.Reader) string {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	body = io.LimitReader(body, maxText)
	if label != "" {
		if converted, err := charset.NewReaderLabel(label, body); err == nil {
			body = converted
		}
	}
	content, _ := io.ReadAll(body) // as much as came
	return strings.ToValidUTF8(string(content), "\uFFFD")
}

// fields reads one group of header fields.
func fields(r *bufio.Reader) textproto.MIMEHeader {
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) && len(header) == 0 {
		return textproto.MIMEHeader{}
	}
	return header
}

// status reads the groups of message/delivery-status (RFC 3464 2.1): the first
// is about the message, each other about one recipient. Some servers leave the
// first out.
func (p *parser) status(content string) {
	r := bufio.NewReader(strings.NewReader(strings.TrimLeft(content, "\r\n ")))
	for {
		group, err := textproto.NewReader(r).ReadMIMEHeader()
		if group.Get("Action") != "" || group.Get("Status") != "" || group.Get("Final-Recipient") != "" {
			p.failures = append(p.failures, group)
		}
		if err != nil {
			return
		}
		if _, err := r.Peek(1); err != nil {
			return
		}
	}
}

// original looks into what was returned for the address it was sent from and
// the link in it. A mail says whom it went to in To.
func (p *parser) original(content string) {
	for _, m := range tokenPattern.FindAllStringSubmatch(unfolded(content), 4) {
		p.tokens = append(p.tokens, m[1])
	}
	if header := fields(bufio.NewReader(strings.NewReader(strings.TrimLeft(content, "\r\n ")))); header.Get("From") != "" {
		p.returned = header
	}
	p.addresses(content)
}

var (
	tokenPattern   = regexp.MustCompile(`/u/([A-Za-z0-9_-]{24,80})`)
	addressPattern = regexp.MustCompile(`[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]`)
)

func unfolded(s string) string {
	return strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(s)
}

// addresses keeps the bounce addresses among those in a text.
func (p *parser) addresses(text string) {
	for _, address := range addressPattern.FindAllString(text, 200) {
		local := address[:strings.LastIndexByte(address, '@')]
		if link.IsBounceLocal(local) && !slices.Contains(p.locals, local) {
			p.locals = append(p.locals, local)
		}
	}
}

// verdict weighs what was gathered.
func (p *parser) verdict() (Kind, string) {
	switch {
	case p.feedback != nil:
		return p.complaint(), ""
	case len(p.failures) > 0:
		return p.failure()
	}
	subject := decoded(p.header.Get("Subject"))
	text := strings.Join(strings.Fields(p.text.String()), " ")
	if p.automatic(subject) {
		return AutoReply, ""
	}
	if !p.fromMachine() && !bounceSubjects.MatchString(subject) {
		return Unknown, ""
	}
	p.named(p.text.String())
	if delayedSubjects.MatchString(subject) {
		return Delayed, ""
	}
	return judge("", text)
}

// complaint reads an ARF report (RFC 5965).
func (p *parser) complaint() Kind {
	p.named(strings.Join(p.feedback.Values("Original-Rcpt-To"), " "), strings.Join(p.feedback.Values("Removal-Recipient"), " "))
	if len(p.recipients) == 0 && p.returned != nil {
		p.named(p.returned.Get("To"))
	}
	switch strings.ToLower(strings.TrimSpace(p.feedback.Get("Feedback-Type"))) {
	case "abuse", "fraud", "virus", "other", "":
		return Complaint
	case "opt-out", "opt-out-list":
		return Unsubscribe
	}
	return Unknown // not-spam, auth-failure, dmarc
}

// failure judges the recipients of a DSN; the worst counts.
func (p *parser) failure() (kind Kind, status string) {
	kind = Unknown
	for _, f := range p.failures {
		got, code := Unknown, enhanced.FindString(f.Get("Status"))
		switch strings.ToLower(strings.TrimSpace(f.Get("Action"))) {
		case "delayed":
			got = Delayed
		case "failed", "":
			said := f.Get("Diagnostic-Code")
			if said == "" {
				said = p.text.String()
			}
			got, code = judge(code, strings.Join(strings.Fields(said), " "))
		case "delivered", "relayed", "expanded":
		}
		p.named(f.Get("Original-Recipient"), f.Get("Final-Recipient"))
		if slices.Index(worst, got) > slices.Index(worst, kind) {
			kind, status = got, code
		}
	}
	return kind, status
}

var worst = []Kind{Unknown, Delayed, Soft, Policy, Hard}

// named keeps the addresses in values as those the report speaks of; a bounce
// address is none.
func (p *parser) named(values ...string) {
	for _, value := range values {
		for _, address := range addressPattern.FindAllString(value, 8) {
			address = strings.ToLower(strings.Trim(address, "."))
			if !link.IsBounceLocal(address[:strings.LastIndexByte(address, '@')]) && !slices.Contains(p.recipients, address) {
				p.recipients = append(p.recipients, address)
			}
		}
	}
}

// automatic reports whether a person's mail program, not a mail server, answers
// (RFC 3834).
func (p *parser) automatic(subject string) bool {
	submitted := strings.ToLower(p.header.Get("Auto-Submitted"))
	return strings.HasPrefix(submitted, "auto-replied") && !p.fromMachine() || p.header.Get("X-Autoreply") != "" || p.header.Get("X-Autorespond") != "" ||
		strings.EqualFold(p.header.Get("Precedence"), "auto_reply") || awayWords.MatchString(subject) && !p.fromMachine()
}

// fromMachine reports whether a mail server wrote it: the empty envelope sender,
// or the names that servers give themselves.
func (p *parser) fromMachine() bool {
	from := strings.ToLower(p.header.Get("From"))
	return strings.TrimSpace(p.header.Get("Return-Path")) == "<>" ||
		strings.Contains(from, "mailer-daemon") || strings.Contains(from, "postmaster") || strings.Contains(from, "mail delivery")
}

func decoded(value string) string {
	text, err := (&mime.WordDecoder{CharsetReader: charset.NewReaderLabel}).DecodeHeader(value)
	if err != nil {
		return value
	}
	return text
}
