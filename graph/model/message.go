package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/db"
)

// NewRenderedMessage maps a preview; nil stays nil.
func NewRenderedMessage(p *message.Preview) *RenderedMessage {
	if p == nil {
		return nil
	}
	return &RenderedMessage{From: p.From, Subject: p.Subject, HTML: p.HTML, Text: p.Text, Findings: NewFindings(p.Findings), SampleCode: p.SampleCode}
}

// NewPreviewRequest maps the input of renderPreview. Errors: fault.Invalid for
// an id of another kind.
func NewPreviewRequest(in RenderPreviewInput) (message.PreviewRequest, error) {
	r := message.PreviewRequest{
		Source:     message.Source{Subject: in.Subject, MJML: in.Mjml, Text: in.TextBody},
		SenderName: in.SenderName, Mall: string(in.Mall),
	}
	var err error
	if in.OfferID != nil {
		if r.OfferID, err = gid.Decode("Offer", *in.OfferID); err != nil {
			return r, err
		}
	}
	if in.CustomerID != nil {
		if r.CustomerID, err = gid.Decode("Customer", *in.CustomerID); err != nil {
			return r, err
		}
	}
	if in.CampaignID != nil {
		r.CampaignID, err = gid.Decode("Campaign", *in.CampaignID)
	}
	return r, err
}

// NewMailTemplates maps the ready-made contents.
func NewMailTemplates(starters []message.Starter) []*MailTemplate {
	list := make([]*MailTemplate, len(starters))
	for i, s := range starters {
		list[i] = &MailTemplate{Code: s.Code, NameText: s.Name, Subject: s.Subject, Mjml: s.MJML}
	}
	return list
}

// NewTemplateVariables maps the variables that content can use.
func NewTemplateVariables(variables []message.Variable) []*TemplateVariable {
	list := make([]*TemplateVariable, len(variables))
	for i, v := range variables {
		list[i] = &TemplateVariable{Name: v.Name, LabelText: v.Label, Example: v.Example}
	}
	return list
}

// NewSenderSettings maps the sender.
func NewSenderSettings(s message.Sender) *SenderSettings {
	return &SenderSettings{Name: s.Name, Email: s.Email, PostalAddress: s.PostalAddress, Contact: s.Contact}
}

// NewSender maps the input of updateSenderSettings.
func NewSender(in UpdateSenderSettingsInput) message.Sender {
	return message.Sender{Name: in.Name, Email: in.Email, PostalAddress: in.PostalAddress, Contact: in.Contact}
}

// NewMailboxMail maps a mail in the mailbox; its content is left to the
// resolvers. nil stays nil.
func NewMailboxMail(m *db.MailboxMail) *MailboxMail {
	if m == nil {
		return nil
	}
	return &MailboxMail{
		ID: gid.Encode("MailboxMail", m.ID), ReceivedAt: m.ReceivedAt, From: m.FromHeader, To: m.RcptTo,
		Subject: m.Subject, MessageID: m.MessageID, Size: m.Size,
	}
}

// NewMailboxConnection maps a page of the mailbox.
func NewMailboxConnection(rows []*db.MailboxMail, cursors []string, info *PageInfo) *MailboxConnection {
	c := &MailboxConnection{Edges: make([]*MailboxEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &MailboxEdge{Cursor: cursors[i], Node: NewMailboxMail(row)}
	}
	return c
}

// NewMailHeaders maps the headers of a mail.
func NewMailHeaders(headers []mailbox.Header) []*MailHeader {
	list := make([]*MailHeader, len(headers))
	for i, h := range headers {
		list[i] = &MailHeader{Name: h.Name, Value: h.Value}
	}
	return list
}
