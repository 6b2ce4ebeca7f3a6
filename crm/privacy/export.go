package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// FileFor is how long the file of an export can be fetched.
const FileFor = 7 * 24 * time.Hour

// ExportJob gathers what is known of a person; its handler calls RunExport.
type ExportJob struct {
	RequestID int64 `json:"requestId"`
}

// Kind names the job.
func (ExportJob) Kind() string { return "privacy.export" }

// RunExport does an ExportJob. One that was done or refused meanwhile is left.
func (s *Service) RunExport(ctx context.Context, j ExportJob) error {
	var rows []db.PrivacyRequest
	err := s.DB.NewSelect().Model(&rows).Where("id = ? AND kind = ? AND status IN ('WORKING','FAILED')", j.RequestID, Export).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return db.Fault(err)
	}
	r := &rows[0]
	file, counts, err := s.gather(ctx, r)
	if err != nil {
		_, marked := s.DB.NewRaw("UPDATE privacy_requests SET status = 'FAILED' WHERE id = ?", r.ID).Exec(ctx)
		return errors.Join(err, db.Fault(marked))
	}
	outcome, err := json.Marshal(counts)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	now := s.Clock.Now()
	_, err = s.DB.NewRaw(`UPDATE privacy_requests SET status = 'DONE', decided_at = ?0, decided_by = created_by, outcome = ?1::jsonb, file = ?2, file_expires_at = ?3,
		steps_done = steps WHERE id = ?4`, now, string(outcome), file, now.Add(FileFor), r.ID).Exec(ctx)
	return db.Fault(err)
}

// row is one of a table, as JSON.
type row = map[string]any

// part is what an export has of one table.
type part struct {
	Name    string
	Group   Group
	Columns []string
	Rows    []row
}

// gather makes the file, and tells how far it is.
func (s *Service) gather(ctx context.Context, r *db.PrivacyRequest) (file []byte, counts map[string]int, err error) {
	ids, err := everybody(ctx, s.DB, r.CustomerID)
	if err != nil {
		return nil, nil, err
	}
	all := append([]table{{name: "customers", group: Profile, hide: []string{"hint_phone", "hint_address", "search_text"}}}, tables...)
	counts = map[string]int{}
	var parts []part
	for i, t := range all {
		p, err := s.read(ctx, t, ids)
		if err != nil {
			return nil, nil, err
		}
		if counts[t.name] = len(p.Rows); len(p.Rows) > 0 {
			parts = append(parts, p)
		}
		if _, err := s.DB.NewRaw("UPDATE privacy_requests SET steps = ?, steps_done = ? WHERE id = ?", len(all), i+1, r.ID).Exec(ctx); err != nil {
			return nil, nil, db.Fault(err)
		}
	}
	file, err = packed(parts, s.Clock.Now().In(s.Zone))
	return file, counts, err
}

func (s *Service) read(ctx context.Context, t table, ids []int64) (part, error) {
	whose := t.whose()
	if t.name == "customers" {
		whose = "id = ANY (?0::bigint[])"
	}
	p := part{Name: t.name, Group: t.group}
	var raw []json.RawMessage
	err := s.DB.NewRaw("SELECT to_jsonb(t) FROM "+t.name+" t WHERE "+whose, pgdialect.Array(ids)).Scan(ctx, &raw)
	if err != nil {
		return p, db.Fault(err)
	}
	for _, one := range raw {
		r, numbers := row{}, json.NewDecoder(bytes.NewReader(one))
		numbers.UseNumber() // ids are longer than a float is exact
		if err := numbers.Decode(&r); err != nil {
			return p, fault.Wrap(fault.Internal, err, "a row cannot be read")
		}
		for _, column := range t.hide {
			delete(r, column)
		}
		p.Rows = append(p.Rows, r)
	}
	err = s.DB.NewRaw(`SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position`, t.name).Scan(ctx, &p.Columns)
	p.Columns = slices.DeleteFunc(p.Columns, func(c string) bool { return slices.Contains(t.hide, c) })
	return p, db.Fault(err)
}

//go:embed export.html
var exportPage string

var exportTemplate = template.Must(template.New("export").Funcs(template.FuncMap{"cell": cell, "group": groupName}).Parse(exportPage))

// packed is the file: data.json for programs, index.html to read, and a table
// for spreadsheets each.
func packed(parts []part, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name string, write func(io.Writer) error) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return err
		}
		return write(w)
	}
	data := map[string][]row{}
	for _, p := range parts {
		data[p.Name] = p.Rows
	}
	err := errors.Join(
		put("data.json", func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(data)
		}),
		put("index.html", func(w io.Writer) error {
			return exportTemplate.Execute(w, map[string]any{"Parts": parts, "At": at.Format("2006/01/02 15:04")})
		}),
	)
	for _, p := range parts {
		err = errors.Join(err, put("csv/"+p.Name+".csv", p.writeCSV))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the file cannot be made")
	}
	return b.Bytes(), nil
}

func (p part) writeCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil { // spreadsheets take it for CP932 otherwise
		return err
	}
	c := csv.NewWriter(w)
	if err := c.Write(p.Columns); err != nil {
		return err
	}
	for _, r := range p.Rows {
		line := make([]string, len(p.Columns))
		for i, column := range p.Columns {
			line[i] = spreadsheet.Shielded(cell(r[column]))
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell is a value as text.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

var groupNames = map[Group]string{
	Profile: "プロフィール", Identities: "名寄せの記録", Orders: "注文", Points: "ポイント", Stages: "会員ステージ", Consents: "同意と配信停止",
	Messages: "配信", Events: "行動の履歴", Notes: "メモと属性", Segments: "セグメント", Imports: "取り込み", Requests: "請求の記録",
}

func groupName(g Group) string { return groupNames[g] }

// File is the file of an export that has not expired. Errors: fault.NotFound.
func (s *Service) File(ctx context.Context, requestID int64) ([]byte, error) {
	var file []byte
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		r := new(db.PrivacyRequest)
		if err := tx.NewSelect().Model(r).Where("id = ? AND file IS NOT NULL AND file_expires_at > ?", requestID, s.Clock.Now()).Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if err := tx.NewRaw("SELECT file FROM privacy_requests WHERE id = ?", requestID).Scan(ctx, &file); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "privacy.download", r)
	})
	return file, err
}
