package server

import (
	"context"
	"log/slog"
	"net"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/crm/message/domain"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/crm/policy"
)

// messages are the services about what is sent and what comes back.
type messages struct {
	Signer    *link.Signer
	Gate      *message.Gate
	Senders   message.Senders
	Brands    message.Brands
	Paces     message.Paces
	Previewer *message.Previewer
	Policy    policy.Catalog
	Mailbox   *mailbox.Store
	Responses *response.Service
	Domains   *domain.Service
	Bounces   *bounce.Service
}

func (a *App) composeMessages() error {
	signer, err := link.NewSigner(a.Config.Secret, a.Config.PublicURL.String())
	if err != nil {
		return err
	}
	sealer, err := domain.NewSealer(a.Config.Secret)
	if err != nil {
		return err
	}
	a.Messages = messages{
		Signer:    signer,
		Gate:      message.NewGate(a.Clock, a.Config.Zone),
		Senders:   message.Senders{DB: a.DB},
		Brands:    message.Brands{DB: a.DB, Clock: a.Clock, Origin: a.Config.PublicURL.String()},
		Paces:     message.Paces{DB: a.DB},
		Policy:    policy.Catalog{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone},
		Mailbox:   mailbox.NewStore(a.DB, a.Clock),
		Responses: response.New(a.DB, a.Clock, signer, campaign.Responses{}, a.Log),
	}
	a.Messages.Domains = &domain.Service{DB: a.DB, Clock: a.Clock, Sealer: sealer, Resolver: net.DefaultResolver}
	a.Messages.Bounces = &bounce.Service{
		DB: a.DB, Clock: a.Clock, Signer: signer, Recorder: campaign.Responses{}, Consents: a.Messages.Responses,
	}
	a.Messages.Previewer = &message.Previewer{
		DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, People: a.directory(),
		Gate: a.Messages.Gate, Senders: a.Messages.Senders, Brands: a.Messages.Brands, Properties: a.Properties,
	}
	return nil
}

// accountPost carries what crm/access writes to staff.
type accountPost struct{ post *notice.Post }

func (p accountPost) Send(ctx context.Context, l access.Letter) (refusal string, err error) {
	err = p.post.Send(ctx, notice.Notice{
		Key: l.ID, To: channel.Address{Email: l.To}, Locale: l.Locale, Subject: l.Subject, Lines: l.Body,
		Path: l.Path, LinkText: l.Button, Notes: l.Notes, Private: true,
	})
	if reply, refused := notice.Refused(err); refused {
		return reply, nil
	}
	return "", err
}

// mailer is the way mails leave: the SMTP server of the configuration or,
// without one, the built-in mailbox.
type mailer struct {
	*mail.Sender
	sink *mailbox.Sink // nil with a real server
}

func (a *App) newMailer(log *slog.Logger) (*mailer, error) {
	m := &mailer{}
	var url string
	if a.Config.SMTPURL != nil {
		url = a.Config.SMTPURL.String()
	} else {
		var err error
		if m.sink, err = mailbox.Listen(a.Messages.Mailbox, log); err != nil {
			return nil, err
		}
		url = m.sink.URL()
	}
	config, err := mail.ParseURL(url)
	if err != nil {
		return nil, err
	}
	m.Sender = mail.NewSender(config)
	return m, nil
}

// close waits for mails on the wire. Nothing may be sent afterwards.
func (m *mailer) close(ctx context.Context) error {
	m.Close()
	if m.sink == nil {
		return nil
	}
	return m.sink.Close(ctx)
}
