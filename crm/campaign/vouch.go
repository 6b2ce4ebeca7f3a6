package campaign

import (
	"context"

	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
)

// Domains tells with what mails from an address are signed, and the domain that
// their bounces go to; "": to the sender's own address.
type Domains interface {
	Outgoing(ctx context.Context, email string) (signers []channel.Signer, bounceDomain string, err error)
}

// vouch prepares what the sender's domain adds to each mail of a batch: its
// signatures and, as the envelope's sender, an address that names the message.
func (e *Engine) vouch(ctx context.Context, sender string) (func(m *channel.Mail, ref link.BounceRef), error) {
	if e.Domains == nil {
		return func(*channel.Mail, link.BounceRef) {}, nil
	}
	signers, domain, err := e.Domains.Outgoing(ctx, sender)
	if err != nil {
		return nil, err
	}
	return func(m *channel.Mail, ref link.BounceRef) {
		m.Signers = signers
		if domain == "" {
			return
		}
		ref.Address = link.AddressMark(m.To.Email)
		m.EnvelopeFrom, m.UnsubscribeMail = bounce.Addresses(e.Signer, ref, domain)
	}, nil
}
