package campaign

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

// People tells what is filled into the mails of customers. OfferCode is left to
// the campaign.
type People interface {
	People(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]message.Person, error)
}

// prepared is a delivery's content, ready to be filled in.
type prepared struct {
	content   *Snapshot
	templates map[int64]*message.Template // by variant
}

// plans keeps the contents of deliveries that are being worked on, which never
// change, so that their Liquid is parsed once per process.
type plans struct {
	mu   sync.Mutex
	kept map[int64]*prepared
}

// keptPlans bounds what is remembered; a forgotten plan is read again.
const keptPlans = 64

func (p *plans) content(row *db.Delivery) (*Snapshot, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.kept[row.ID]; ok {
		return known.content, nil
	}
	content := new(Snapshot)
	if err := json.Unmarshal(row.Content, content); err != nil || len(content.Variants) == 0 {
		return nil, fault.Wrap(fault.Internal, err, "the content of delivery %d cannot be read", row.ID)
	}
	content.seal(*row.CampaignID)
	if p.kept == nil || len(p.kept) >= keptPlans {
		p.kept = map[int64]*prepared{}
	}
	p.kept[row.ID] = &prepared{content: content}
	return content, nil
}

// prepare is the content of a delivery with its templates.
func (e *Engine) prepare(ctx context.Context, deliveryID int64) (*prepared, error) {
	e.plans.mu.Lock()
	known := e.plans.kept[deliveryID]
	e.plans.mu.Unlock()
	if known != nil && known.templates != nil {
		return known, nil
	}
	row := new(db.Delivery)
	if err := e.DB.NewSelect().Model(row).Column("id", "campaign_id", "content").Where("id = ?", deliveryID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	content, err := e.plans.content(row)
	if err != nil {
		return nil, err
	}
	p := &prepared{content: content, templates: make(map[int64]*message.Template, len(content.Variants))}
	for i := range content.Variants {
		v := &content.Variants[i]
		if p.templates[v.ID], err = message.Prepare(v.Content, v.fixed(content.Sender, e.Zone)); err != nil {
			return nil, err
		}
	}
	e.plans.mu.Lock()
	defer e.plans.mu.Unlock()
	e.plans.kept[deliveryID] = p
	return p, nil
}

// compose fills one message in. Links and Message-ID name the message, not the
// attempt, so that a second copy is the same mail.
func (e *Engine) compose(p *prepared, d delivery, m claimed, address string, person message.Person) (channel.Mail, error) {
	template, ok := p.templates[m.VariantID]
	if !ok {
		return channel.Mail{}, fault.New(fault.Internal, "variant %d is not in delivery %d", m.VariantID, d.ID)
	}
	person.OfferCode = m.OfferCode
	links := message.Links{Signer: e.Signer, Ref: link.Ref{
		DeliveryMonth: d.DeliveryMonth, DeliveryID: d.ID, CustomerID: m.CustomerID, VariantID: m.VariantID,
	}}
	rendered, err := template.Render(person, links)
	if err != nil {
		return channel.Mail{}, err
	}
	sender := p.content.Sender
	return channel.Mail{
		MessageID:      channel.MessageID(d.ID, m.CustomerID, channel.Domain(sender.Email)),
		From:           channel.Address{Name: sender.Name, Email: sender.Email},
		To:             channel.Address{Email: address},
		Subject:        rendered.Subject,
		HTML:           rendered.HTML,
		Text:           rendered.Text,
		UnsubscribeURL: links.Unsubscribe(),
		Date:           e.Clock.Now().Truncate(time.Second),
	}, nil
}
