package model

import (
	"encoding/json"

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
		ID: gid.Encode("Import", i.ID), FileName: i.FileName, Format: ImportFormat(i.Format), Status: importStatus(i),
		Kind: ImportKind(i.Kind), Header: nonNil(i.Header), Mended: i.RowsMended, CustomersMade: i.CustomersMade, Consents: i.ConsentsCount,
		Members: i.MembersCount, PointActions: i.ActionsCount,
		MendableUntil: intake.MendableUntil(i), UndoableUntil: intake.Undoable(i), Undo: newImportUndo(i), MendsRow: i.MendsID,
		Phase: ImportPhase(i.Phase), Progress: intake.Progress(i), RowsPerSecond: i.RowsPerSecond, RowsTotal: i.LinesTotal, Rows: i.Rows(),
		Inserted: i.RowsInserted, Updated: i.RowsUpdated, Unchanged: i.RowsUnchanged + i.RowsKnown, Quarantined: i.RowsQuarantined,
		WithoutCustomer: i.RowsWithoutCustomer, Orders: i.OrdersCount, Cancellations: i.CancellationsCount, Customers: i.CustomersCount,
		Quantity: i.QuantitySum, ErrorCode: i.ErrorCode, ErrorDetail: i.ErrorDetail, CreatedAt: i.CreatedAt, StartedAt: i.StartedAt,
		FinishedAt: i.FinishedAt, ShopRow: i.ShopID, CompanionRow: i.CompanionID, CreatorRow: i.CreatedBy, Pulled: i.PullID != nil, Watched: i.InboxFileID != nil,
	}
	if told := ImportMembership(intake.MembershipOf(i)); told != "" {
		m.Membership = &told
	}
	var mapping struct{ Name string }
	if json.Unmarshal(i.Mapping, &mapping) == nil && mapping.Name != "" {
		m.Mapping = &mapping.Name
	}
	return m
}

// NewImportFigures maps what a file brought with its mended rows.
func NewImportFigures(w intake.Whole) *ImportFigures {
	m := &ImportFigures{
		Inserted: w.Inserted, Updated: w.Updated, Unchanged: w.Unchanged, WithoutCustomer: w.WithoutCustomer,
		Orders: w.Orders, Cancellations: w.Cancellations, Customers: w.Customers, CustomersMade: w.CustomersMade,
		Consents: w.Consents, Members: w.Members, PointActions: w.Actions,
	}
	if w.Mending != nil {
		id := gid.Encode("Import", *w.Mending)
		m.Mending = &id
	}
	return m
}

// importStatus is how the import itself ended, also while it is being undone.
func importStatus(i *db.Import) ImportStatus {
	if i.Mode == "UNDO" {
		return ImportStatusDone
	}
	return ImportStatus(i.Status)
}

func newImportUndo(i *db.Import) *ImportUndo {
	if i.Mode != "UNDO" || i.UndoBegunAt == nil {
		return nil
	}
	return &ImportUndo{
		Status: ImportStatus(i.Status), Progress: intake.UndoProgress(i), BegunAt: *i.UndoBegunAt,
		Removed: i.UndoRemoved, Restored: i.UndoRestored, Kept: i.UndoKept, Customers: i.UndoCustomers,
	}
}

// NewImportUndoPreview maps what undoing an import would change.
func NewImportUndoPreview(p *intake.UndoPreview) *ImportUndoPreview {
	m := &ImportUndoPreview{
		Removed: p.Removed, Sales: p.Sales, Restored: p.Restored, Kept: p.Kept + p.KeptMade, Customers: p.Customers, Consents: p.Consents, Members: p.Members, Values: p.Values,
		Points: p.Points, PointsBack: p.PointsBack, Stages: p.Stages, Conversions: p.Conversions, Until: p.Until, Later: make([]*ImportUndoBlocker, len(p.Later)), Things: make([]*ImportUndoThing, len(p.Things)),
	}
	for i, b := range p.Later {
		m.Later[i] = &ImportUndoBlocker{Import: gid.Encode("Import", b.ImportID), FileName: b.FileName, Orders: b.Orders, Things: b.Rows}
	}
	for i, t := range p.Things {
		m.Things[i] = &ImportUndoThing{Kind: ImportThing(t.Kind), Removed: t.Removed, Restored: t.Restored, Kept: t.Kept}
	}
	return m
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
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
func NewQuarantinedRowConnection(imp *db.Import, rows []db.QuarantinedRow, cursors []string, info *PageInfo) *QuarantinedRowConnection {
	edges := make([]*QuarantinedRowEdge, len(rows))
	for i, q := range rows {
		edges[i] = &QuarantinedRowEdge{Cursor: cursors[i], Node: &QuarantinedRow{
			Line: q.LineNo, Code: q.Code, Field: q.Field, Detail: q.Detail, Raw: q.Raw, Cells: intake.Cells(imp, q), Faults: newRowFaults(q),
		}}
	}
	return &QuarantinedRowConnection{Edges: edges, PageInfo: info}
}

func newRowFaults(q db.QuarantinedRow) []*RowFault {
	faults := []*RowFault{{Code: q.Code, Field: q.Field, Detail: q.Detail}}
	for _, f := range q.More {
		faults = append(faults, &RowFault{Code: f.Code, Field: f.Field, Detail: f.Detail})
	}
	return faults
}

// NewImportedOrderConnection maps a page of orders of which something may be wrong.
func NewImportedOrderConnection(rows []intake.Doubtful, cursors []string, info *PageInfo) *ImportedOrderConnection {
	c := &ImportedOrderConnection{Edges: make([]*ImportedOrderEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		node := &ImportedOrder{Order: NewOrder(&row.Order)}
		if row.Said != nil && row.Added != nil {
			node.Said, node.Added = &Money{Amount: *row.Said, Currency: row.Currency}, &Money{Amount: *row.Added, Currency: row.Currency}
		}
		c.Edges[i] = &ImportedOrderEdge{Cursor: cursors[i], Node: node}
	}
	return c
}

// NewImportMapping maps a mapping; nil stays nil.
func NewImportMapping(m *db.ImportMapping) *ImportMapping {
	if m == nil {
		return nil
	}
	return &ImportMapping{ID: gid.Encode("ImportMapping", m.ID), Name: m.Name, Kind: mappingKind(m.Definition), BuiltIn: m.BuiltIn, Definition: m.Definition, UpdatedAt: m.UpdatedAt}
}

func mappingKind(definition json.RawMessage) ImportKind {
	var m struct{ Kind ImportKind }
	if json.Unmarshal(definition, &m) == nil && m.Kind == ImportKindCustomers {
		return m.Kind
	}
	return ImportKindOrders
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
		Encoding: string(in.Encoding), Delimiter: in.Delimiter, Header: in.Header, Sample: in.Sample, ToldBy: in.ToldBy,
		FittingMappings: NewImportMappingList(in.Fitting), MendsRow: in.MendsID,
	}
	if in.Sample == nil {
		m.Sample = [][]string{}
	}
	if in.ToldBy == nil {
		m.ToldBy = []string{}
	}
	if in.Format != "" {
		format := ImportFormat(in.Format)
		m.Format = &format
	}
	if in.Nearly != "" {
		m.Incomplete = newIncompleteFile(in)
	}
	if in.JoinedColumn != "" {
		m.JoinedColumn = &in.JoinedColumn
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

func newIncompleteFile(in *intake.Inspection) *IncompleteFile {
	f := &IncompleteFile{Format: ImportFormat(in.Nearly)}
	for _, lack := range in.Missing {
		f.Missing = append(f.Missing, lack.Column)
		f.Lacks = append(f.Lacks, &MissingColumn{Name: lack.Column, Use: ColumnUse(lack.Use)})
	}
	return f
}

// NewImportFilter reads what the list is narrowed by; shop is one more condition.
// Errors: fault.Invalid for ids of no shops.
func NewImportFilter(in *ImportFilter, shop *string) (intake.Filter, error) {
	var f intake.Filter
	if in == nil {
		in = &ImportFilter{}
	}
	ids := in.ShopIds
	if shop != nil {
		ids = []string{*shop}
	}
	for _, id := range ids {
		row, err := gid.Decode("Shop", id)
		if err != nil {
			return f, err
		}
		f.ShopIDs = append(f.ShopIDs, row)
	}
	for _, status := range in.Statuses {
		f.Statuses = append(f.Statuses, string(status))
	}
	if in.Search != nil {
		f.Search = *in.Search
	}
	f.Held, f.ByStaff = in.Held != nil && *in.Held, in.ByStaff
	return f, nil
}
