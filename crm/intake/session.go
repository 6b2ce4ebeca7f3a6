package intake

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
)

// The states of an import.
const (
	queued  = "QUEUED"
	running = "RUNNING"
	stopped = "STOPPED"
	done    = "DONE"
	failed  = "FAILED"
)

// undoing is the mode of an import whose status tells how far its undoing is.
const undoing = "UNDO"

// What the rows of a file are.
const (
	ordersKind    = mall.OrdersKind
	customersKind = mall.CustomersKind
)

// Order is what staff asks to be taken in.
type Order struct {
	UploadID    int64
	CompanionID int64 // of an upload with the other half of the same orders; 0: none
	ShopID      int64
	Mapping     string // its name; "": told by the header row
	// ConsentWording is what the people of a file of customers agreed to when
	// they allowed to be written to; "": their consents are left out, because
	// the law asks for it.
	ConsentWording string
	// WithoutMembers leaves the people of a file of customers as they are, though
	// it says since when they are members. Files of members are not asked.
	WithoutMembers bool
}

// Start begins the import of an upload into a shop, or of two that tell one
// half of the same orders each: two imports, of which each names the other; with
// a key a repeated request gets the first import. The formats are told, and the
// headers checked, before anything is queued.
// Errors: fault.NotFound (uploads, shop, mapping); fault.Invalid UNKNOWN_FORMAT,
// MISSING_COLUMNS or NO_COMPANION; fault.Precondition when the shop is of another
// mall than the file, tells its orders by other files, or is archived; with a key
// those of once.Do.
func (s *Service) Start(ctx context.Context, key string, o Order) (*db.Import, error) {
	begins, err := s.begins(ctx, o)
	if err != nil {
		return nil, err
	}
	if key == "" {
		return s.start(ctx, begins...)
	}
	imports, err := s.prepareAll(ctx, begins)
	if err != nil {
		return nil, err
	}
	id, err := once.Do(ctx, s.once, once.Request{Action: "startImport", Key: key, Body: o}, func(ctx context.Context, tx db.Tx) (int64, error) {
		err := s.keep(ctx, tx, begins, imports)
		return imports[0].ID, err
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// begins are the imports that are asked for.
func (s *Service) begins(ctx context.Context, o Order) ([]begin, error) {
	b := begin{shopID: o.ShopID, wording: strings.TrimSpace(o.ConsentWording), withoutMembers: o.WithoutMembers}
	var err error
	if o.Mapping != "" {
		found, err := s.FindMapping(ctx, o.Mapping)
		if err != nil {
			return nil, err
		}
		b.mapping = &found
	}
	if b.upload, err = s.findUpload(ctx, o.UploadID, "uploadId"); err != nil {
		return nil, err
	}
	if o.CompanionID == 0 {
		return []begin{b}, nil
	}
	other := b
	if other.upload, err = s.findUpload(ctx, o.CompanionID, "companionUploadId"); err != nil {
		return nil, err
	}
	return []begin{b, other}, s.checkHalves(ctx, b, other)
}

func (s *Service) findUpload(ctx context.Context, id int64, field string) (*db.Upload, error) {
	up := new(db.Upload)
	err := s.db.NewSelect().Model(up).Where("id = ?", id).Scan(ctx)
	return up, missing(err, field, "there is no such upload")
}

// checkHalves makes sure that two files tell one half of their orders each.
func (s *Service) checkHalves(ctx context.Context, b, other begin) error {
	format, half, err := s.formatOf(ctx, b.upload, b.mapping)
	if err != nil {
		return err
	}
	refused := func(format string, args ...any) error {
		return fault.New(fault.Invalid, format, args...).WithCode("NO_COMPANION").At("companionUploadId")
	}
	if half == nil || half.Companion().Format == "" {
		return refused("files of the format %s tell their orders whole: there is no other half", format.Name())
	}
	found, _, err := s.formatOf(ctx, other.upload, nil)
	if err != nil {
		return err
	}
	if wanted := half.Companion().Format; found.Name() != wanted {
		return refused("the other half of %s is %s, and this file is %s", format.Name(), wanted, found.Name())
	}
	return nil
}

// prepare is the import of an upload into a shop, checked but not yet kept.
func (s *Service) prepare(ctx context.Context, b begin) (*db.Import, error) {
	shop := new(db.Shop)
	if err := s.db.NewSelect().Model(shop).Where("id = ?", b.shopID).Scan(ctx); err != nil {
		return nil, missing(err, "shopId", "there is no such shop")
	}
	if shop.ArchivedAt != nil {
		return nil, fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("shopId")
	}
	kind, format, err := s.kindOf(ctx, b.upload, b.mapping)
	if err != nil {
		return nil, err
	}
	if from := format.Mall(); !from.Exports(mall.Mall(shop.Mall)) {
		return nil, fault.New(fault.Precondition, "the file is from %s, the shop is on %s", from, shop.Mall).
			WithCode("WRONG_MALL").At("shopId").With("file", from).With("shop", shop.Mall)
	}
	if format.Name() == (mall.OrderLines{}).Name() {
		if err := tellable(shop); err != nil {
			return nil, err
		}
	}
	imp := &db.Import{
		ShopID: b.shopID, UploadID: b.upload.ID, FileName: b.upload.Name, Kind: kind, Format: format.Name(), BytesTotal: b.upload.Size,
		ConsentWording: b.wording, CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID(), PullID: b.pullID, InboxFileID: b.inboxFileID, WithoutMembers: b.withoutMembers,
	}
	if b.mapping != nil {
		if err := s.checkProperties(ctx, *b.mapping); err != nil {
			return nil, err
		}
		if imp.Mapping, err = json.Marshal(b.mapping); err != nil {
			return nil, err
		}
	}
	imp.Fingerprint = fingerprint(b.upload, imp)
	return imp, nil
}

// wake notes the change, unless action is "", and tells workers and watchers.
func (s *Service) wake(ctx context.Context, tx db.Tx, importID int64, action string) error {
	if action != "" {
		if err := access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Import", ObjectID: importID}); err != nil {
			return err
		}
	}
	if err := live.Notify(ctx, tx, live.Import, importID); err != nil {
		return db.Fault(err)
	}
	return s.queue.Enqueue(ctx, tx, Job{})
}

// headerOf are the column names of an upload.
func (s *Service) headerOf(ctx context.Context, up *db.Upload) ([]string, error) {
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return nil, err
	}
	defer records.Close()
	return records.columns, nil
}

// kindOf is what the rows of an upload are, and how they are written.
// Errors: as formatOf; fault.Precondition MENDED_FILE for refused rows that are
// brought back mended, which Mend takes.
func (s *Service) kindOf(ctx context.Context, up *db.Upload, mapping *mall.Mapping) (kind string, format interface {
	Name() string
	Mall() mall.Mall
}, err error,
) {
	header, err := s.headerOf(ctx, up)
	if err != nil {
		return "", nil, err
	}
	if id, _ := mendedImport(header); id != 0 {
		return "", nil, fault.New(fault.Precondition, "the file holds refused rows of import %d", id).WithCode("MENDED_FILE").At("uploadId").With("import", id)
	}
	if mapping != nil && mapping.Kind == mall.CustomersKind {
		people := mall.MappingCustomers{Mapping: *mapping}
		_, err := people.BindPeople(header)
		return customersKind, people, err
	}
	if people, ok := mall.DetectPeople(header); ok && mapping == nil {
		return customersKind, people, nil
	}
	if table, ok := mall.DetectTable(header); ok && mapping == nil {
		return table.Kind(), anyShops{table}, nil
	}
	orders, _, err := s.formatOf(ctx, up, mapping)
	return ordersKind, orders, err
}

// anyShops is a format of files that may be of a shop on any mall.
type anyShops struct{ mall.TableFormat }

// Mall is any.
func (anyShops) Mall() mall.Mall { return "" }

// formatOf is how the upload is to be read; its header must fit. half is set
// when its files tell only a share of their orders.
func (s *Service) formatOf(ctx context.Context, up *db.Upload, mapping *mall.Mapping) (format mall.Format, half mall.Half, err error) {
	header, err := s.headerOf(ctx, up)
	if err != nil {
		return nil, nil, err
	}
	if mapping != nil {
		format = mall.MappingOrders{Mapping: *mapping}
	} else if format, err = mall.Detect(header); err != nil {
		return nil, nil, err
	}
	dec, err := format.Bind(header)
	half, _ = dec.(mall.Half)
	return format, half, err
}

// format is how an import is read, as it was when it began.
func format(imp *db.Import) (mall.Format, error) {
	if len(imp.Mapping) > 0 && string(imp.Mapping) != "null" {
		m, err := mall.ParseMapping(imp.Mapping)
		return mall.MappingOrders{Mapping: m}, err
	}
	f, ok := mall.FormatByName(imp.Format)
	if !ok {
		return nil, fault.New(fault.Invalid, "there is no format %s", imp.Format).WithCode("UNKNOWN_FORMAT")
	}
	return f, nil
}

// fingerprint is equal for imports of the same content into the same shop by
// the same columns.
func fingerprint(up *db.Upload, imp *db.Import) []byte {
	h := sha256.New()
	parts := []any{up.SHA256, imp.ShopID, imp.Format, imp.Mapping, imp.MendsID, imp.ConsentWording}
	if imp.WithoutMembers {
		parts = append(parts, "without members")
	}
	key, _ := json.Marshal(parts) // cannot fail: bytes, a number and JSON
	h.Write(key)
	return h.Sum(nil)
}

// Stop ends an import after the batch under way; what went in stays in.
// Errors: fault.NotFound; fault.Precondition when it has ended already.
func (s *Service) Stop(ctx context.Context, id int64) (*db.Import, error) {
	return s.transition(ctx, id, "import.stop", func(imp *db.Import, tx bun.IDB) (bool, error) {
		if imp.Status != queued && imp.Status != running {
			return false, fault.New(fault.Precondition, "the import has ended already").WithCode("IMPORT_ENDED")
		}
		// Whoever works on it sees the request within a heartbeat; where nobody does, this is all.
		_, err := tx.NewRaw(`UPDATE imports SET stop_requested = true,
			status = CASE WHEN lease_until > now() THEN status ELSE 'STOPPED' END,
			rows_per_second = CASE WHEN lease_until > now() THEN rows_per_second END WHERE id = ?`, id).Exec(ctx)
		return true, db.Fault(err)
	})
}

// Resume goes on with an import that was stopped or failed.
// Errors: fault.NotFound; fault.Precondition when it runs or is done.
func (s *Service) Resume(ctx context.Context, id int64) (*db.Import, error) {
	return s.transition(ctx, id, "import.resume", func(imp *db.Import, tx bun.IDB) (bool, error) {
		switch {
		case imp.StopRequested && imp.Status == running, imp.Status == stopped, imp.Status == failed:
		case imp.Status == done:
			return false, fault.New(fault.Precondition, "the import is done").WithCode("IMPORT_ENDED")
		default:
			return false, nil
		}
		_, err := tx.NewRaw(`UPDATE imports SET stop_requested = false, error_code = NULL, error_detail = NULL, finished_at = NULL,
			status = CASE WHEN status = 'RUNNING' THEN status ELSE 'QUEUED' END WHERE id = ?`, id).Exec(ctx)
		return true, db.Fault(err)
	})
}

// transition changes an import under a lock on its row.
func (s *Service) transition(ctx context.Context, id int64, action string, change func(*db.Import, bun.IDB) (bool, error)) (*db.Import, error) {
	imp := new(db.Import)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(imp).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return missing(err, "id", "there is no such import")
		}
		changed, err := change(imp, tx)
		if err != nil || !changed {
			return err
		}
		if err := s.wake(ctx, tx, id, action); err != nil {
			return err
		}
		return db.Fault(tx.NewSelect().Model(imp).WherePK().Scan(ctx))
	})
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// Find is an import as it stands. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Import, error) {
	imp := new(db.Import)
	err := s.db.NewSelect().Model(imp).Where("id = ?", id).Scan(ctx)
	return imp, missing(err, "id", "there is no such import")
}

// Quarantine is a page of an import's refused rows that are not mended, by
// line, after a line, at most limit.
func (s *Service) Quarantine(ctx context.Context, importID, after int64, limit int) ([]db.QuarantinedRow, error) {
	var rows []db.QuarantinedRow
	err := s.db.NewSelect().Model(&rows).Where("import_id = ? AND line_no > ? AND mended_at IS NULL", importID, after).
		OrderExpr("line_no").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// missing is err, with a message of its own where the row is not there.
func missing(err error, field, message string) error {
	err = db.Fault(err)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "%s", message).At(field)
	}
	return err
}

// ended says that nothing more will happen to the import by itself.
func ended(imp *db.Import) bool {
	return imp.Status == done || imp.Status == failed || imp.Status == stopped
}

const (
	// leaseFor is how long an import waits for a worker that gives no sign of life.
	leaseFor = 10 * time.Second
	// heartbeat is how often a worker gives one, and tells how far it has read.
	heartbeat = time.Second
)
