package audit

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// filePage is how many entries are read at a time.
const filePage = 500

// Types of the API that are treated apart.
const (
	kindCustomer = "Customer"
	kindStaff    = "Staff"
)

// columns head the file.
var columns = []Words{
	{"日時", "At"},
	{"操作した人の種類", "By (kind)"},
	{"操作した人", "By"},
	{"操作", "What"},
	{"操作コード", "Action"},
	{"対象の種類", "Object (kind)"},
	{"対象", "Object"},
	{"内容", "Detail"},
	{"リクエストID", "Request"},
}

// actorKinds are the kinds of those who act.
var actorKinds = map[string]Words{
	"STAFF":    {"スタッフ", "Staff"},
	"CUSTOMER": {"顧客", "Customer"},
	"SYSTEM":   {"システム", "System"},
	"COMMAND":  {"コマンド", "Command line"},
	"CLIENT":   {"APIクライアント", "API client"},
}

// actorTypes are the types of those who act under a name.
var actorTypes = map[string]string{string(access.ActorStaff): kindStaff, string(access.ActorClient): "ApiClient"}

// File is the log as a file: what the filter lets through, the newest first.
type File struct {
	log       *Log
	filter    Filter
	locale    string
	zone      *time.Location
	customers bool // whether the reader may see who they are
}

// Download opens the log as a file in words of locale (ja or en) and days of
// zone, and notes that the caller took it.
func (l *Log) Download(ctx context.Context, f Filter, locale string, zone *time.Location) (*File, error) {
	err := access.Audit(ctx, l.DB, access.Entry{Action: "audit.download", ObjectKind: "AuditLog"})
	if err != nil {
		return nil, err
	}
	return &File{log: l, filter: f, locale: locale, zone: zone, customers: access.From(ctx).Has(access.ScopeCustomersRead)}, nil
}

// WriteTo streams the file page by page.
func (f *File) WriteTo(ctx context.Context, to io.Writer) error {
	w := spreadsheet.NewWriter(to)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.In(f.locale)
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for after := (*Place)(nil); ; {
		rows, err := f.log.List(ctx, f.filter, after, false, filePage)
		if err != nil {
			return err
		}
		if err := f.writePage(ctx, w, rows); err != nil {
			return err
		}
		if len(rows) < filePage {
			return w.Close()
		}
		last := PlaceOf(rows[len(rows)-1])
		after = &last
	}
}

func (f *File) writePage(ctx context.Context, w *spreadsheet.Writer, rows []*db.AuditEntry) error {
	names, err := f.log.Names(ctx, f.refs(rows))
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := w.Write(f.cells(row, names)); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) refs(rows []*db.AuditEntry) []Ref {
	var refs []Ref
	for _, row := range rows {
		if row.ObjectID != nil && (f.customers || row.ObjectKind != kindCustomer) {
			refs = append(refs, Ref{row.ObjectKind, *row.ObjectID})
		}
		if kind := actorTypes[row.ActorKind]; row.ActorID != nil && kind != "" {
			refs = append(refs, Ref{kind, *row.ActorID})
		}
		for _, ref := range Refs(row.Detail) {
			if f.customers || ref.Kind != kindCustomer {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

func (f *File) cells(row *db.AuditEntry, names map[Ref]string) []string {
	var actor, object string
	if row.ActorID != nil {
		kind := actorTypes[row.ActorKind]
		actor = numberOr(names[Ref{kind, *row.ActorID}], *row.ActorID, kind != "")
	}
	if row.ObjectID != nil {
		object = numberOr(names[Ref{row.ObjectKind, *row.ObjectID}], *row.ObjectID, true)
	}
	return []string{
		row.At.In(f.zone).Format("2006/01/02 15:04:05"), actorKinds[row.ActorKind].In(f.locale), actor,
		ActionWords(row.Action).In(f.locale), row.Action, KindWords(row.ObjectKind).In(f.locale), object, f.detail(row, names), row.RequestID,
	}
}

func (f *File) detail(row *db.AuditEntry, names map[Ref]string) string {
	changes := Reader{Names: names, Zone: f.zone}.Changes(row.Detail)
	parts := make([]string, len(changes))
	for i, c := range changes {
		value := c.After.In(f.locale)
		if c.Before != nil {
			value = c.Before.In(f.locale) + " → " + value
		}
		parts[i] = c.Label.In(f.locale) + ": " + value
	}
	return strings.Join(parts, " / ")
}

// numberOr is the name, or the number of the row where there is none.
func numberOr(name string, id int64, named bool) string {
	if named && name != "" {
		return name
	}
	return "#" + strconv.FormatInt(id, 10)
}
