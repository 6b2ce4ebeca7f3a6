package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// mailContent reads what stands in a mail of the mailbox.
func (r *Resolver) mailContent(ctx context.Context, m *model.MailboxMail) (mailbox.Content, error) {
	id, err := gid.Decode("MailboxMail", m.ID)
	if err != nil {
		return mailbox.Content{}, err
	}
	return r.Mails.Content(ctx, id)
}

func mailKey(m *db.MailboxMail) int64 { return m.ID }
