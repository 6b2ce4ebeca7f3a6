package bounce

import (
	"regexp"
	"strings"
)

// Kind is what a report says of a message.
type Kind string

// The kinds of report.
const (
	// Hard: the mailbox or its domain does not exist; the address is suppressed.
	Hard Kind = "HARD"
	// Soft: not delivered for a reason that may pass: a full mailbox, a server
	// that was away until the time was up.
	Soft Kind = "SOFT"
	// Policy: refused for what the mail or the sender is (spam, reputation,
	// size). It says nothing about the address.
	Policy Kind = "POLICY"
	// Delayed: still being tried by a server on the way.
	Delayed Kind = "DELAYED"
	// Complaint: the recipient called it spam.
	Complaint Kind = "COMPLAINT"
	// Unsubscribe: he asks for no more of them.
	Unsubscribe Kind = "UNSUBSCRIBE"
	// AutoReply: he is away, or a machine thanks for the mail.
	AutoReply Kind = "AUTO_REPLY"
	Unknown   Kind = "UNKNOWN"
)

// Words that servers use, in lower case. What a policy refusal says often names
// the user as well, so that policy is asked first; only words that leave no
// doubt about the mailbox come before it.
var (
	certainWords = words(`user unknown`, `unknown user`, `no such (?:user|mailbox|recipient|address|account)`, `(?:user|mailbox|recipient|account|address) (?:does not|doesn't) exist`,
		`no mailbox here by that name`, `unknown (?:local-part|recipient|address)`, `(?:user|recipient|mailbox) not found`, `does(?: not|n't) have (?:a|an) [\w.]+ account`,
		`recipient address rejected: (?:access denied|user|undeliverable|unknown)`, `unrouteable address`, `host (?:or domain name )?not found`, `domain (?:name )?not found`, `invalid (?:recipient|mailbox)`,
		`mailbox (?:is )?(?:unavailable|disabled|inactive|not available)`, `account (?:has been |is )?(?:disabled|suspended|inactive|closed)`, `not our customer`, `no longer (?:valid|in use|available)`, `bad destination mailbox`,
		`宛先.{0,12}(?:存在しない|存在しません|見つかりません)`, `(?:メールアドレス|ユーザー?|アドレス)(?:が|は).{0,10}(?:存在しない|存在しません|見つかりません|不明)`, `宛先不明`, `あて先.{0,12}(?:存在|不明|見つかりません)`, `解約`)
	fullWords = words(`mailbox (?:is )?(?:full|exceeds|over)`, `over ?quota`, `quota (?:exceeded|is exceeded|full)`, `exceeded (?:the )?(?:storage|mailbox|quota)`, `insufficient (?:disk|system) (?:space|storage)`, `out of (?:disk )?(?:space|storage)`,
		`too many (?:mails|messages) (?:stored|in the mailbox)`, `receiving mail (?:too quickly|at a rate)`, `容量.{0,10}(?:超|いっぱい|オーバー)`, `メールボックス.{0,10}(?:いっぱい|一杯|満杯)`)
	policyWords = words(`spam`, `blocked`, `black ?list`, `block ?list`, `spamhaus`, `barracuda`, `proofpoint`, `reputation`, `policy`, `not authori[sz]ed`, `authentication`, `dmarc`, `\bspf\b`, `dkim`, `rate limit`, `too many (?:connections|messages|recipients)`,
		`unsolicited`, `content (?:rejected|not accepted)`, `virus`, `suspicious`, `message (?:size|too (?:large|big))`, `size limit`, `greylist`, `access denied`, `迷惑メール`, `受信拒否`, `受信.{0,8}拒否`, `指定受信`, `なりすまし`)
	expiredWords = words(`could not be delivered for`, `delivery (?:time )?expired`, `message expired`, `retry time(?:out)? (?:not reached|exceeded)`, `connection (?:timed out|refused)`, `timed? ?out`, `unable to (?:connect|reach)`, `no route to host`, `temporar(?:y|ily)`,
		`deferred`, `一時的`, `時間内に`, `期限`)
	awayWords      = words(`out of (?:the )?office`, `auto(?:matic)?[ -]?(?:reply|response|responder)`, `vacation`, `不在`, `自動返信`, `自動応答`, `休暇`, `お問い合わせ.{0,6}(?:ありがとう|受け付け)`)
	bounceSubjects = words(`undeliver`, `delivery (?:status notification|failure|has failed|incomplete|problem|report)`, `failure notice`, `returned (?:mail|to sender)`, `mail (?:delivery|system|error)`, `message (?:not|could not be) delivered`, `non.?delivery`,
		`配信(?:不能|エラー|できません|失敗)`, `送信(?:エラー|できません|失敗)`, `エラー(?:メール|通知)`, `メール.{0,6}(?:届きません|不達|配送)`, `不達`)
	delayedSubjects = words(`delay`, `warning: (?:message|could not send)`, `遅延`)
)

func words(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:` + strings.Join(patterns, "|") + `)`)
}

// byStatus tells hard from soft by the enhanced status code (RFC 3463, and what
// servers make of it) and what the server said. "" for a code that says nothing.
func byStatus(status, said string) Kind {
	class, detail, _ := strings.Cut(status, ".")
	switch {
	case fullWords.MatchString(said) || detail == "2.2":
		return Soft
	case class == "4":
		return Soft
	case strings.HasPrefix(detail, "7."), detail == "1.7", detail == "1.8", detail == "3.4", strings.HasPrefix(detail, "6."):
		return Policy
	case policyWords.MatchString(said) && !certainWords.MatchString(said):
		return Policy
	}
	switch detail {
	case "1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4":
		return Hard
	case "4.7", "4.1", "4.2", "4.3", "4.6", "3.1", "3.2", "3.3", "2.3", "2.4":
		if certainWords.MatchString(said) { // Exchange says 5.4.1 of mailboxes that are not there
			return Hard
		}
		return Soft
	}
	return ""
}

// byWords judges what a server said without a code that helps.
func byWords(said string) Kind {
	switch {
	case fullWords.MatchString(said):
		return Soft
	case certainWords.MatchString(said):
		return Hard
	case policyWords.MatchString(said):
		return Policy
	case expiredWords.MatchString(said):
		return Soft
	}
	return ""
}

var (
	enhanced = regexp.MustCompile(`\b([245]\.\d{1,3}\.\d{1,3})\b`)
	smtpCode = regexp.MustCompile(`(?:^|[^\d.])([45]\d\d)(?:[ -]|$)`)
)

// judge brings the status of a report and the server's words to one verdict. A
// status that says only "other" yields to a code in the words.
func judge(status, said string) (Kind, string) {
	if detail := enhanced.FindString(said); detail != "" && (status == "" || strings.HasSuffix(status, ".0.0") || strings.HasSuffix(status, ".0")) {
		status = detail
	}
	if status != "" {
		if kind := byStatus(status, said); kind != "" {
			return kind, status
		}
	}
	if kind := byWords(said); kind != "" {
		return kind, status
	}
	code := smtpCode.FindStringSubmatch(said)
	switch {
	case strings.HasPrefix(status, "4") || code != nil && code[1][0] == '4':
		return Soft, status
	case code != nil && status == "" && (code[1] == "550" || code[1] == "551" || code[1] == "553"):
		return Hard, status
	case status != "" || code != nil:
		return Policy, status // refused, and not known for what: no reason to suppress
	}
	return Unknown, status
}
