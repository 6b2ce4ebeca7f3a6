package model

import (
	"github.com/meguri-crm/meguri/crm/bulk"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewCustomerTag maps a tag; nil stays nil.
func NewCustomerTag(row *db.CustomerTag) *CustomerTag {
	if row == nil {
		return nil
	}
	return &CustomerTag{ID: gid.Encode("CustomerTag", row.ID), Name: row.Name, CreatedAt: row.CreatedAt}
}

// NewCustomerTags maps a list.
func NewCustomerTags(rows []db.CustomerTag) []*CustomerTag {
	list := make([]*CustomerTag, len(rows))
	for i := range rows {
		list[i] = NewCustomerTag(&rows[i])
	}
	return list
}

// NewCustomerNote maps a note; nil stays nil.
func NewCustomerNote(row *db.CustomerNote) *CustomerNote {
	if row == nil {
		return nil
	}
	return &CustomerNote{
		ID: gid.Encode("CustomerNote", row.ID), Body: row.Body, WrittenAt: row.WrittenAt, EditedAt: row.EditedAt, Pinned: row.Pinned, Row: row,
	}
}

// NewCustomerNoteVersions maps the history of a note.
func NewCustomerNoteVersions(rows []db.CustomerNoteVersion) []*CustomerNoteVersion {
	list := make([]*CustomerNoteVersion, len(rows))
	for i, r := range rows {
		list[i] = &CustomerNoteVersion{Body: r.Body, ReplacedAt: r.ReplacedAt, StaffRow: r.ReplacedBy}
	}
	return list
}

// NewBulkEdit maps a change of many customers; nil stays nil.
func NewBulkEdit(row *db.BulkEdit) *BulkEdit {
	if row == nil {
		return nil
	}
	return &BulkEdit{
		ID: gid.Encode("BulkEdit", row.ID), Action: BulkAction(row.Action), Status: BulkStatus(row.Status), Total: row.Total, Done: row.Done,
		Changed: row.Changed, Refused: row.Refused, Undoable: bulk.Undoable(row), CreatedAt: row.CreatedAt, FinishedAt: row.FinishedAt,
	}
}

// NewBulkEditOutlook maps what a change would do.
func NewBulkEditOutlook(o bulk.Outlook) *BulkEditOutlook {
	return &BulkEditOutlook{Total: o.Total, Same: o.Same, Replaced: o.Replaced, Refused: o.Refused}
}
