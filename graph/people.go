package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/bulk"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// tagPayload is the tag that a mutation changed, or what was wrong with it.
func tagPayload(row *db.CustomerTag, err error) (*model.CustomerTagPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.CustomerTagPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.Tag = model.NewCustomerTag(row)
	}
	return payload, err
}

func (r *Resolver) changeTags(ctx context.Context, in model.ChangeTagsOfCustomerInput) (*db.Customer, error) {
	id, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, err
	}
	add, err := gid.DecodeAll("CustomerTag", in.Add)
	if err != nil {
		return nil, err
	}
	remove, err := gid.DecodeAll("CustomerTag", in.Remove)
	if err != nil {
		return nil, err
	}
	row, err := r.Customers.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	return row, r.Tags.Change(ctx, row.ID, add, remove)
}

// notePayload is the note that a mutation wrote, with its customer, or what was
// wrong with it.
func (r *Resolver) notePayload(ctx context.Context, row *db.CustomerNote, err error) (*model.NotePayload, error) {
	wrong, err := userErrors(err)
	payload := &model.NotePayload{UserErrors: wrong}
	if err != nil || len(wrong) > 0 {
		return payload, err
	}
	payload.Note = model.NewCustomerNote(row)
	found, err := r.Customers.Find(ctx, row.CustomerID)
	payload.Customer, err = r.withStats(ctx, found, err)
	return payload, err
}

func (r *Resolver) deleteNote(ctx context.Context, id string) (*db.Customer, error) {
	row, err := gid.Decode("CustomerNote", id)
	if err != nil {
		return nil, err
	}
	customerID, err := r.Notes.Delete(ctx, row)
	if err != nil {
		return nil, err
	}
	return r.Customers.Find(ctx, customerID)
}

// bulkPayload is the edit that a mutation began, or what was wrong with it.
func bulkPayload(row *db.BulkEdit, err error) (*model.BulkEditPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.BulkEditPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.BulkEdit = model.NewBulkEdit(row)
	}
	return payload, err
}

func (r *Resolver) previewBulk(ctx context.Context, in model.BulkEditInput) (*model.PreviewBulkEditPayload, error) {
	var outlook bulk.Outlook
	request, err := r.bulkRequest(ctx, in)
	if err == nil {
		outlook, err = r.Bulk.Preview(ctx, request)
	}
	wrong, err := userErrors(err)
	payload := &model.PreviewBulkEditPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.Outlook = model.NewBulkEditOutlook(outlook)
	}
	return payload, err
}

// bulkRequest reads the input with whom it means now.
func (r *Resolver) bulkRequest(ctx context.Context, in model.BulkEditInput) (q bulk.Request, err error) {
	q = bulk.Request{Action: bulk.Action(in.Action), PropertyKey: deref(in.PropertyKey), Value: in.Value, Points: int64(deref(in.Points)), Note: in.Note, Key: in.IdempotencyKey}
	if in.TagID != nil {
		if q.TagID, err = gid.Decode("CustomerTag", *in.TagID); err != nil {
			return q, err
		}
	}
	q.Customers, err = r.chosen(ctx, in.Customers)
	return q, err
}
