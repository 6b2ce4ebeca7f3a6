package mail

import (
	"bytes"
	"encoding/base64"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostile are subjects and names that break headers made carelessly.
var hostile = []string{
	"Autumn sale",
	"秋の新色",
	strings.Repeat("【会員さま限定】秋の新色が出そろいました。", 12),
	"🍁👨‍👩‍👧‍👦👍🏽" + strings.Repeat("👨‍👩‍👧‍👦", 20),
	"が" + strings.Repeat("か\u3099", 60), // combining marks
	"Sale\r\nBcc: victim@example.com",
	"=?UTF-8?B?44GC?= already encoded",
	strings.Repeat("long ", 40) + "tail",
	strings.Repeat("x", 1200),
	"two  spaces,\tand a tab",
	`quotes " and \ and (brackets) <a@b.example>, commas`,
	"broken \xff\xfe UTF-8 \x00 NUL",
	"髙﨑①㈱～ﾊﾝｶｸ－",
	strings.Repeat("a\u0301", 200), // a cluster to each rune
	"e" + strings.Repeat("\u0301", 100),
	"",
}

func exampleMail(subject, name string) channel.Mail {
	return channel.Mail{
		MessageID: "1a.2b.meguri@shop.example", From: channel.Address{Name: name, Email: "news@shop.example"},
		To: channel.Address{Email: "hanako@example.com"}, ReplyTo: "support@shop.example", Subject: subject,
		HTML: "<p>" + strings.Repeat("秋の新色です。", 300) + "</p>\n", Text: ".先頭の点\r\n..\nひと行\n",
		UnsubscribeURL: "https://crm.example/u/AXVSBQkC9nmSjR4BEudlSZGi1mXWKw", UnsubscribeMail: "u+token@bounce.shop.example",
		Date: time.Date(2026, 11, 21, 10, 2, 3, 0, time.FixedZone("JST", 9*3600)),
	}
}

func TestHostileHeadersComeOutRight(t *testing.T) {
	for _, value := range hostile {
		m := exampleMail(value, value)
		raw, err := compose(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		lines := strings.Split(string(head), "\r\n")
		for _, line := range lines {
			checkHeaderLine(t, line)
		}
		got, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		want := clean(value)
		if subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject")); subject != want || err != nil {
			t.Errorf("subject %q came out as %q, %v", value, subject, err)
		}
		from, err := got.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Name != want || from[0].Address != m.From.Email {
			t.Errorf("name %q came out as %+v, %v", value, from, err)
		}
		if got.Header.Get("Bcc") != "" || len(got.Header) != 10 {
			t.Errorf("%q: headers %v", value, got.Header)
		}
	}
}

// checkHeaderLine holds one line of a header to RFC 5322 2.1.1 and RFC 2047 2
// and 5: short, 7 bit, and each encoded word whole characters.
func checkHeaderLine(t *testing.T, line string) {
	t.Helper()
	limit := 78
	if strings.Contains(line, "=?UTF-8?") {
		limit = 76
	}
	if len(line) > limit || strings.TrimSpace(line) == "" {
		t.Errorf("a line of %d characters: %q", len(line), line)
	}
	for _, c := range []byte(line) {
		if c >= 0x7f || c < ' ' {
			t.Fatalf("byte %#x in %q", c, line)
		}
	}
	for _, word := range strings.Fields(line) {
		encoded, isWord := strings.CutPrefix(word, wordBegin)
		if !isWord {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(encoded, wordEnd))
		if len(word) > 75 || err != nil || !utf8.Valid(raw) || len(raw) == 0 {
			t.Errorf("the word %q is not whole: %v", word, err)
		}
	}
}

func TestClustersStayWhole(t *testing.T) {
	raw := string(appendText(nil, "Subject", strings.Repeat("👨‍👩‍👧‍👦", 12)))
	for _, word := range strings.Fields(raw)[1:] {
		got, err := new(mime.WordDecoder).Decode(word)
		if err != nil || strings.ReplaceAll(got, "👨‍👩‍👧‍👦", "") != "" {
			t.Errorf("a family was parted: %q, %v", got, err)
		}
	}
}

func TestBodiesComeOutRight(t *testing.T) {
	m := exampleMail("s", "n")
	for _, text := range []string{"", "\n", "a", "line\nline\r\nline", strings.Repeat("あ", 5000), strings.Repeat("x\n", 57), "\r\n.\r\n"} {
		m.Text = text
		raw, err := compose(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
			if len(line) > 78 || bytes.ContainsAny(line, "\r\n") {
				t.Errorf("a line of %d bytes", len(line))
			}
		}
		got, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		_, params, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		part, err := multipart.NewReader(got.Body, params["boundary"]).NextPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		want := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
		if err != nil || string(body) != want {
			t.Errorf("%.20q came out as %.20q, %v", text, body, err)
		}
	}
}

// TestTheSameMailMakesTheSameBytes, so that a second copy is one.
func TestTheSameMailMakesTheSameBytes(t *testing.T) {
	var all []byte
	for _, value := range hostile[:8] {
		m := exampleMail(value, "めぐり堂 本店")
		first, err := compose(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		if second, _ := compose(nil, m); !bytes.Equal(first, second) {
			t.Error("two copies differ")
		}
		head, _, _ := bytes.Cut(first, []byte("\r\n\r\n"))
		all = append(append(all, head...), "\r\n\r\n"...)
	}
	if *update {
		if err := os.WriteFile("testdata/headers.golden", all, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/headers.golden")
	if err != nil || !bytes.Equal(all, want) {
		t.Errorf("headers differ from testdata/headers.golden (-update writes it anew): %v", err)
	}
}

func TestOneClickNeedsHTTPS(t *testing.T) {
	m := exampleMail("s", "n")
	m.UnsubscribeURL = "http://127.0.0.1:8080/u/token"
	raw, err := compose(nil, m)
	if err != nil || bytes.Contains(raw, []byte("List-Unsubscribe-Post")) || !bytes.Contains(raw, []byte("List-Unsubscribe: <http://127")) {
		t.Errorf("%v\n%s", err, raw[:600])
	}
}
