package policy

import "strings"

// Sender is who the merchant's mails come from, as the law wants it told in
// each of them (特定電子メール法 4条).
type Sender struct {
	Name          string `json:"name" field:"name" validate:"required,max=100" code:"NAME_REQUIRED"`                    // in From and in the footer
	Email         string `json:"email" field:"email" validate:"required,max=254,email,printascii" code:"INVALID_EMAIL"` // in From
	PostalAddress string `json:"postalAddress" field:"postalAddress" validate:"required,max=300"`                       // in the footer
	Contact       string `json:"contact" field:"contact" validate:"required,max=300"`                                   // phone, mail address or page for inquiries, in the footer
}

// Complete reports whether everything is told that mails must tell.
func (s Sender) Complete() bool {
	for _, part := range []string{s.Name, s.Email, s.PostalAddress, s.Contact} {
		if strings.TrimSpace(part) == "" {
			return false
		}
	}
	return true
}

// The names of the conditions on the merchant himself.
const (
	senderIncomplete = "sender_incomplete"
	consentRetention = "consent_retention"
)

// CheckSender gives one finding per rule and part of the sender that is
// missing; each names all that are. It is checked when a campaign is edited and again when it is sent;
// the unsubscribe notice and link are put in by the server and cannot be
// missing.
func (s *Set) CheckSender(sender Sender) []Finding {
	missing := []struct {
		value, place string
		part         Text
	}{
		{sender.Name, "sender.name", Text{"送信者名", "the sender's name"}},
		{sender.Email, "sender.email", Text{"送信元メールアドレス", "the sender's mail address"}},
		{sender.PostalAddress, "sender.postalAddress", Text{"住所", "the postal address"}},
		{sender.Contact, "sender.contact", Text{"問い合わせ先", "the contact for inquiries"}},
	}
	var places, ja, en []string
	for _, m := range missing {
		if strings.TrimSpace(m.value) == "" {
			places, ja, en = append(places, m.place), append(ja, m.part.JA), append(en, m.part.EN)
		}
	}
	var findings []Finding
	for _, rule := range s.sender {
		for _, place := range places {
			findings = append(findings, rule.finding(place, Text{
				JA: rule.Message.JA + "（" + strings.Join(ja, "、") + "）", EN: rule.Message.EN + " (" + strings.Join(en, ", ") + ")",
			}))
		}
	}
	return findings
}

// CheckRetention gives a finding per rule that wants records of consent kept
// longer than the merchant keeps them. days is how long that is after the last
// mail; 0: for good.
func (s *Set) CheckRetention(days int) []Finding {
	var findings []Finding
	for _, rule := range s.retention {
		if days > 0 && days < rule.Params.Years*365 {
			findings = append(findings, rule.finding("settings.retention", rule.Message))
		}
	}
	return findings
}

func (r *Rule) finding(place string, message Text) Finding {
	return Finding{
		Code: r.ID, Severity: r.Severity, Place: place, Message: message, Remedy: r.Remedy,
		Sources: r.Sources, Certainty: r.Certainty, Version: r.Version, Override: r.Override,
	}
}
