package model

import (
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewBehaviour maps an event of recordEvents. Errors: fault.Invalid INVALID_ID for the customer.
func NewBehaviour(in *BehaviourEventInput) (b event.Behaviour, err error) {
	b = event.Behaviour{
		DedupeKey: in.DedupeKey, Action: event.Action(in.Kind), OccurredAt: in.OccurredAt, MemberID: text(in.MemberID), VisitorID: text(in.VisitorID),
		Words: text(in.Search), Path: text(in.Path), Name: text(in.Name), Properties: in.Properties,
	}
	if p := in.Product; p != nil {
		b.SKU, b.Category, b.Price = p.Sku, text(p.Category), p.Price
		if p.Name != nil {
			b.Name = *p.Name
		}
	}
	if in.Quantity != nil {
		b.Quantity = int64(*in.Quantity)
	}
	if in.CustomerID != nil {
		b.CustomerID, err = gid.Decode("Customer", *in.CustomerID)
	}
	return b, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// NewRecordEventsPayload maps what became of a batch.
func NewRecordEventsPayload(r *event.Receipt) *RecordEventsPayload {
	p := &RecordEventsPayload{Accepted: r.Accepted, Duplicates: r.Duplicates, Rejected: len(r.Refused), UserErrors: make([]*UserError, len(r.Refused))}
	for i, f := range r.Refused {
		p.UserErrors[i] = NewUserError(f)
	}
	return p
}

// NewWriteKey maps a key; nil stays nil. Its tag is a resolver's.
func NewWriteKey(row *db.WriteKey) *WriteKey {
	if row == nil {
		return nil
	}
	return &WriteKey{ID: gid.Encode("WriteKey", row.ID), Key: row.Key, Origins: row.Origins, CreatedAt: row.CreatedAt, RevokedAt: row.RevokedAt}
}

// NewWriteKeys maps a list.
func NewWriteKeys(rows []db.WriteKey) []*WriteKey {
	list := make([]*WriteKey, len(rows))
	for i := range rows {
		list[i] = NewWriteKey(&rows[i])
	}
	return list
}
