package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewExportJob maps an export as it stands at an instant; nil stays nil. Files
// are fetched from origin.
func NewExportJob(row *db.Export, origin string, now time.Time) *ExportJob {
	if row == nil {
		return nil
	}
	m := &ExportJob{
		ID: gid.Encode("ExportJob", row.ID), Kind: ExportKind(row.Kind), State: ExportState(row.Status), ChangedSince: row.ChangedSince,
		Objects: row.Objects, EstimatedObjects: row.Estimated, Size: row.Size, PackedSize: row.Packed, CreatedAt: row.CreatedAt,
		StartedAt: row.StartedAt, FinishedAt: row.FinishedAt, ExpiresAt: row.ExpiresAt, ErrorCode: row.ErrorCode, ShopRow: row.ShopID, SegmentRow: row.SegmentID,
	}
	switch access.ActorKind(row.ActorKind) {
	case access.ActorStaff:
		m.StaffRow = &row.ActorID
	case access.ActorClient:
		m.ClientRow = &row.ActorID
	default: // the command line
	}
	switch {
	case export.Expired(row, now):
		m.State = ExportStateExpired
	case row.Status == export.Done:
		url := origin + "/exports/" + m.ID + "/objects.jsonl"
		m.URL = &url
	}
	return m
}

// NewExportJobConnection maps a page of exports.
func NewExportJobConnection(rows []*db.Export, cursors []string, info *PageInfo, origin string, now time.Time) *ExportJobConnection {
	c := &ExportJobConnection{Edges: make([]*ExportJobEdge, len(rows)), Nodes: make([]*ExportJob, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Nodes[i] = NewExportJob(row, origin, now)
		c.Edges[i] = &ExportJobEdge{Cursor: cursors[i], Node: c.Nodes[i]}
	}
	return c
}

// Request is the export that the input asks for. Errors: fault.Invalid INVALID_ID.
func (in CreateExportInput) Request() (r export.Request, err error) {
	r = export.Request{Kind: export.Kind(in.Kind), ChangedSince: in.ChangedSince}
	if r.ShopID, err = optionalRow("Shop", in.ShopID, "shopId"); err != nil {
		return r, err
	}
	r.SegmentID, err = optionalRow("Segment", in.SegmentID, "segmentId")
	return r, err
}
