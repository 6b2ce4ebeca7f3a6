package model

import (
	"encoding/json"
	"math"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/db"
)

// NewImport maps an import; nil stays nil. Its shop and quarantine are left to resolvers.
func NewImport(i *db.Import) *Import {
	if i == nil {
		return nil
	}
	m := &Import{
		ID: gid.Encode("Import", i.ID), FileName: i.FileName, Format: ImportFormat(i.Format), Status: ImportStatus(i.Status),
		Phase: ImportPhase(i.Phase), Progress: importProgress(i), RowsPerSecond: i.RowsPerSecond, RowsTotal: i.LinesTotal, Rows: i.Rows(),
		Inserted: i.RowsInserted, Updated: i.RowsUpdated, Unchanged: i.RowsUnchanged, Quarantined: i.RowsQuarantined,
		WithoutCustomer: i.RowsWithoutCustomer, Orders: i.OrdersCount, Cancellations: i.CancellationsCount, Customers: i.CustomersCount,
		Quantity: i.QuantitySum, ErrorCode: i.ErrorCode, ErrorDetail: i.ErrorDetail, CreatedAt: i.CreatedAt, StartedAt: i.StartedAt,
		FinishedAt: i.FinishedAt, ShopRow: i.ShopID, CompanionRow: i.CompanionID,
	}
	var mapping struct{ Name string }
	if json.Unmarshal(i.Mapping, &mapping) == nil && mapping.Name != "" {
		m.Mapping = &mapping.Name
	}
	return m
}

// readingShare is how much of an import's time reading takes, about.
const readingShare = 0.25

// importProgress is 0 to 1 over both phases.
func importProgress(i *db.Import) float64 {
	share := func(part, whole int64) float64 { return math.Min(float64(part)/math.Max(float64(whole), 1), 1) }
	switch {
	case i.Status == "DONE":
		return 1
	case i.Phase == "READING" || i.LinesTotal == nil:
		return readingShare * share(i.BytesRead, i.BytesTotal)
	}
	return readingShare + (1-readingShare)*share(i.Rows(), *i.LinesTotal)
}

// NewImportConnection maps a page of imports.
func NewImportConnection(rows []db.Import, cursors []string, info *PageInfo) *ImportConnection {
	edges := make([]*ImportEdge, len(rows))
	for i := range rows {
		edges[i] = &ImportEdge{Cursor: cursors[i], Node: NewImport(&rows[i])}
	}
	return &ImportConnection{Edges: edges, PageInfo: info}
}

// NewQuarantinedRowConnection maps a page of refused rows.
func NewQuarantinedRowConnection(rows []db.QuarantinedRow, cursors []string, info *PageInfo) *QuarantinedRowConnection {
	edges := make([]*QuarantinedRowEdge, len(rows))
	for i, q := range rows {
		edges[i] = &QuarantinedRowEdge{Cursor: cursors[i], Node: &QuarantinedRow{Line: q.LineNo, Code: q.Code, Field: q.Field, Detail: q.Detail, Raw: q.Raw}}
	}
	return &QuarantinedRowConnection{Edges: edges, PageInfo: info}
}

// NewImportMapping maps a mapping; nil stays nil.
func NewImportMapping(m *db.ImportMapping) *ImportMapping {
	if m == nil {
		return nil
	}
	return &ImportMapping{ID: gid.Encode("ImportMapping", m.ID), Name: m.Name, BuiltIn: m.BuiltIn, Definition: m.Definition, UpdatedAt: m.UpdatedAt}
}

// NewImportMappingList maps mappings.
func NewImportMappingList(rows []db.ImportMapping) []*ImportMapping {
	list := make([]*ImportMapping, len(rows))
	for i := range rows {
		list[i] = NewImportMapping(&rows[i])
	}
	return list
}

// NewFileInspection maps what a file turned out to be.
func NewFileInspection(in *intake.Inspection) *FileInspection {
	m := &FileInspection{
		Encoding: string(in.Encoding), Delimiter: in.Delimiter, Header: in.Header, Sample: in.Sample,
		FittingMappings: NewImportMappingList(in.Fitting),
	}
	if in.Sample == nil {
		m.Sample = [][]string{}
	}
	if in.Format != "" {
		format := ImportFormat(in.Format)
		m.Format = &format
	}
	if in.Mall != "" {
		from := Mall(in.Mall)
		m.Mall = &from
	}
	if in.Companion != nil {
		m.Companion = &CompanionHint{Format: ImportFormat(in.Companion.Format), Needed: in.Companion.Needed}
	}
	return m
}
