package bounce_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/message/bounce"
)

// report is a DSN as most servers write it: words, status, the mail's header.
func report(from, words, status string) string {
	return "Return-Path: <>\r\nFrom: " + from + "\r\nTo: bounces@shop.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <" + fmt.Sprint(len(words)+len(status)) + "@mx.example>\r\n" +
		"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b1\"\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n" +
		"--b1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + words + "\r\n\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n" + crlf(status) +
		"\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: <news@shop.example>\r\nTo: <hanako@example.com>\r\nSubject: sale\r\n\r\n--b1--\r\n"
}

func crlf(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", "\r\n") + "\r\n" }

func status(action, code, diagnostic string) string {
	return "Reporting-MTA: dns; mx.example\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0900\n\nFinal-Recipient: rfc822; hanako@example.com\nAction: " +
		action + "\nStatus: " + code + "\nDiagnostic-Code: smtp; " + diagnostic + "\n"
}

// plain is a bounce of a server that writes no DSN.
func plain(from, subject, text string) string {
	return "Return-Path: <>\r\nFrom: " + from + "\r\nTo: bounces@shop.example\r\nSubject: " + subject + "\r\n\r\n" + crlf(text)
}

// jis is a plain bounce in ISO-2022-JP, as Japanese carriers write it.
func jis(from, subject, text string) string {
	encoder := japanese.ISO2022JP.NewEncoder()
	head, _ := encoder.String(subject)
	body, _ := encoder.String(crlf(text))
	return "Return-Path: <>\r\nFrom: " + from + "\r\nTo: bounces@shop.example\r\nSubject: =?ISO-2022-JP?B?" + base64.StdEncoding.EncodeToString([]byte(head)) +
		"?=\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + body
}

func arf(kind string) string {
	return "From: <feedback@provider.example>\r\nTo: fbl@shop.example\r\nSubject: FW: sale\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"f\"\r\n\r\n" +
		"--f\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n\r\n--f\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: " + kind +
		"\r\nUser-Agent: Feedback/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: <hanako@example.com>\r\n\r\n--f\r\nContent-Type: message/rfc822\r\n\r\nFrom: <news@shop.example>\r\nTo: <hanako@example.com>\r\nSubject: sale\r\n\r\nhello\r\n\r\n--f--\r\n"
}

const daemon = "MAILER-DAEMON@mx.example (Mail Delivery System)"

// TestReportsOfManyServers is a corpus of what servers write, made after their
// known forms: no line of it comes from a real mail.
func TestReportsOfManyServers(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		kind bounce.Kind
		code string
	}{
		"Postfix, no such user":              {report(daemon, "I'm sorry to have to inform you", status("failed", "5.1.1", "550 5.1.1 <hanako@example.com>: Recipient address rejected: User unknown in local recipient table")), bounce.Hard, "5.1.1"},
		"Postfix, no such domain":            {report(daemon, "", status("failed", "5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=exmaple.com type=AAAA: Host not found")), bounce.Hard, "5.4.4"},
		"Postfix, expired":                   {report(daemon, "", status("failed", "4.4.1", "X-Postfix; connect to mx.example.com[192.0.2.9]:25: Connection timed out")), bounce.Soft, "4.4.1"},
		"Postfix, delayed":                   {report(daemon, "THIS IS A WARNING ONLY", status("delayed", "4.4.1", "X-Postfix; connect timed out")), bounce.Delayed, "4.4.1"},
		"Postfix, full":                      {report(daemon, "", status("failed", "5.2.2", "552 5.2.2 <hanako@example.com>: user is over quota")), bounce.Soft, "5.2.2"},
		"Gmail, no such user":                {report(daemon, "", status("failed", "5.1.1", "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking")), bounce.Hard, "5.1.1"},
		"Gmail, full":                        {report(daemon, "", status("failed", "5.2.2", "552-5.2.2 The recipient's inbox is out of storage space and inactive.")), bounce.Soft, "5.2.2"},
		"Gmail, spam":                        {report(daemon, "", status("failed", "5.7.1", "550-5.7.1 Our system has detected that this message is likely unsolicited mail.")), bounce.Policy, "5.7.1"},
		"Gmail, unauthenticated":             {report(daemon, "", status("failed", "5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated.")), bounce.Policy, "5.7.26"},
		"Gmail, rate":                        {report(daemon, "", status("failed", "4.2.1", "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents delivery")), bounce.Soft, "4.2.1"},
		"Gmail, disabled":                    {report(daemon, "", status("failed", "5.2.1", "550 5.2.1 The email account that you tried to reach is disabled.")), bounce.Hard, "5.2.1"},
		"Exchange Online, no such user":      {report("postmaster@example.com", "", status("failed", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")), bounce.Hard, "5.1.10"},
		"Exchange Online, access denied":     {report("postmaster@example.com", "", status("failed", "5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)")), bounce.Hard, "5.4.1"},
		"Exchange Online, blocked":           {report("postmaster@example.com", "", status("failed", "5.7.606", "550 5.7.606 Access denied, banned sending IP [192.0.2.1]")), bounce.Policy, "5.7.606"},
		"Exchange Online, loop":              {report("postmaster@example.com", "", status("failed", "5.4.6", "554 5.4.6 Hop count exceeded - possible mail loop")), bounce.Soft, "5.4.6"},
		"Sendmail, generic with words":       {report(daemon, "", status("failed", "5.0.0", "550 <hanako@example.com>... User unknown")), bounce.Hard, "5.0.0"},
		"status says other, words say which": {report(daemon, "", status("failed", "5.0.0", "550 5.1.1 unknown or illegal alias")), bounce.Hard, "5.1.1"},
		"status says other, nothing more":    {report(daemon, "", status("failed", "5.0.0", "554 transaction failed")), bounce.Policy, "5.0.0"},
		"Spamhaus in a code of users":        {report(daemon, "", status("failed", "5.1.1", "554 5.1.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org")), bounce.Policy, "5.1.1"},
		"too large":                          {report(daemon, "", status("failed", "5.3.4", "552 5.3.4 Message size exceeds fixed limit")), bounce.Policy, "5.3.4"},
		"our address is refused":             {report(daemon, "", status("failed", "5.1.8", "553 5.1.8 Sender address rejected: Domain not found")), bounce.Policy, "5.1.8"},
		"Amazon SES, suppressed list":        {report("MAILER-DAEMON@amazonses.com", "", status("failed", "5.1.1", "550 5.1.1 user unknown")), bounce.Hard, "5.1.1"},
		"no diagnostic, words in the text":   {report(daemon, "<hanako@example.com>: host mx said: 550 5.1.1 User unknown", "Final-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.0.0\n"), bounce.Hard, "5.1.1"},
		"the first group is left out":        {report(daemon, "", "Final-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.1.1\n"), bounce.Hard, "5.1.1"},
		"delivered, for a report asked for":  {report(daemon, "", status("delivered", "2.0.0", "250 ok")), bounce.Unknown, ""},
		"two recipients, the worse counts":   {report(daemon, "", status("delayed", "4.4.1", "timeout")+"\nFinal-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.1.1\n"), bounce.Hard, "5.1.1"},
		"qmail":                              {plain("MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<hanako@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message."), bounce.Hard, "5.1.1"},
		"qmail, given up":                    {plain("MAILER-DAEMON@mx.example", "failure notice", "<hanako@example.com>:\n192.0.2.9 does not like recipient.\nRemote host said: 451 try later\nI'm not going to try again; this message has been in the queue too long."), bounce.Soft, ""},
		"Exim":                               {plain("Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\n  hanako@example.com\n    Unrouteable address"), bounce.Hard, ""},
		"Exim, retry timeout":                {plain("Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed: returning message to sender", "  hanako@example.com\n    retry timeout exceeded"), bounce.Soft, ""},
		"Exim, warning":                      {plain("Mail Delivery System <Mailer-Daemon@mx.example>", "Warning: message 1abc delayed 24 hours", "  hanako@example.com\n    Delay reason: connection timed out"), bounce.Delayed, ""},
		"docomo, plain":                      {plain("Mail Administrator <Postmaster@docomo.example>", "Mail System Error - Returned Mail", "This Message was undeliverable due to the following reason:\n\nEach of the following recipients was rejected by a remote mail server.\n\n    Recipient: <hanako@docomo.example>\n    Reason:    <hanako@docomo.example>... User Unknown"), bounce.Hard, ""},
		"docomo, refused by the reader":      {plain("Mail Administrator <Postmaster@docomo.example>", "Mail System Error - Returned Mail", "    Recipient: <hanako@docomo.example>\n    Reason: 550 Blocked by the recipient's mail settings"), bounce.Policy, ""},
		"au, Japanese text":                  {jis("Mail Delivery Subsystem <mailer-daemon@au.example>", "メール配信エラー", "以下のあて先にメールを配信できませんでした。\n<hanako@au.example>\n宛先のメールアドレスが存在しません。"), bounce.Hard, ""},
		"SoftBank, Japanese, full":           {jis("postmaster@softbank.example", "送信エラー", "hanako@softbank.example\nメールボックスの容量がいっぱいのため配信できませんでした。"), bounce.Soft, ""},
		"Japanese, refused by settings":      {jis("mailer-daemon@carrier.example", "エラーメール", "hanako@carrier.example\n受信者の指定受信設定により受信が拒否されました。"), bounce.Policy, ""},
		"Yahoo! Japan style":                 {report("MAILER-DAEMON@mail.provider.example", "", status("failed", "5.0.0", "554 delivery error: dd This user doesn't have a provider.example account (hanako@provider.example) [0]")), bounce.Hard, "5.0.0"},
		"Japanese, a server that was away":   {jis("mailer-daemon@isp.example", "メールが届きませんでした", "時間内に相手のサーバーへ接続できませんでした。\n<hanako@isp.example>"), bounce.Soft, ""},
		"out of office":                      {"From: Hanako <hanako@example.com>\r\nTo: b@shop.example\r\nSubject: Automatic reply: sale\r\nAuto-Submitted: auto-replied\r\n\r\nI am away. 550 5.1.1 is my room number.\r\n", bounce.AutoReply, ""},
		"out of office, Japanese":            {strings.Replace(jis("hanako@example.com", "自動返信: 休暇中です", "ただいま不在です。"), "Return-Path: <>\r\n", "", 1), bounce.AutoReply, ""},
		"a question of a reader":             {"From: Hanako <hanako@example.com>\r\nTo: b@shop.example\r\nSubject: Re: sale\r\n\r\nIs the mailbox full of autumn colours still sold? User unknown to me.\r\n", bounce.Unknown, ""},
		"complaint":                          {arf("abuse"), bounce.Complaint, ""},
		"complaint taken back":               {arf("not-spam"), bounce.Unknown, ""},
		"a DMARC failure report":             {arf("auth-failure"), bounce.Unknown, ""},
		"opt-out":                            {arf("opt-out"), bounce.Unsubscribe, ""},
		"no mail at all":                     {"\x00\x01 nonsense", bounce.Unknown, ""},
		"nothing":                            {"", bounce.Unknown, ""},
		"a multipart that never ends":        {"From: mailer-daemon@x.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1", bounce.Hard, "5.1.1"},
	} {
		got := bounce.Parse([]byte(c.raw))
		if got.Kind != c.kind || got.Status != c.code {
			t.Errorf("%s: %s %q, want %s %q", name, got.Kind, got.Status, c.kind, c.code)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(report(daemon, "words", status("failed", "5.1.1", "550 unknown"))))
	f.Add([]byte(arf("abuse")))
	f.Add([]byte(jis("mailer-daemon@x.example", "エラー", "宛先不明")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got := bounce.Parse(raw); got.Kind == "" {
			t.Error("no kind")
		}
	})
}
