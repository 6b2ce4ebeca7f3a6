package adjust

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun/dialect/pgdialect"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/width"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// Bounds of a file.
const (
	MaxBytes = 20 << 20
	MaxLines = 100_000
	maxName  = 200
)

// The codes of a line that cannot be booked.
const (
	noCustomer  = "CUSTOMER_UNKNOWN"
	ambiguous   = "CUSTOMER_AMBIGUOUS" // shops have members of that number who are different people
	notMember   = "NOT_A_MEMBER"
	badAmount   = "BAD_AMOUNT"
	badDay      = "BAD_DAY"
	badOrigin   = "BAD_ORIGIN"
	noReason    = "NO_REASON"
	tooLong     = "TOO_LONG"
	pastDay     = "DAY_IN_THE_PAST"
	fieldsBroke = "BROKEN_LINE"
)

// columns are what the header row may call them; the first is told by any of three.
var columns = map[string][]string{
	"customer": {"customer", "customer_id", "顧客id", "顧客", "会員番号", "会員id", "member", "member_no", "mail", "email", "メールアドレス"},
	"amount":   {"points", "amount", "ポイント", "ポイント数", "増減"},
	"reason":   {"reason", "note", "理由", "備考"},
	"expires":  {"expires_on", "expires", "有効期限", "失効日"},
	"origin":   {"origin", "区分", "有償無償"},
}

// Take reads a file of adjustments and keeps it as a draft: nothing is booked.
// The header row names the columns: the customer by Meguri's id, member number or
// mail address, the points (below zero: taken), the reason, and where they are
// there the last day and 有償 or PAID for points that were bought. UTF-8 and
// CP932 are read. A line that cannot be booked is kept with the code of its
// mistake.
// Errors: fault.Invalid FILE_TOO_LARGE, FILE_UNREADABLE, HEADER_UNKNOWN with what
// is missing, TOO_MANY lines.
func (s *Service) Take(ctx context.Context, name string, content io.Reader) (*db.PointAdjustment, error) {
	rows, err := s.parse(content)
	if err != nil {
		return nil, err
	}
	if err := s.whose(ctx, rows); err != nil {
		return nil, err
	}
	row := &db.PointAdjustment{FileName: clip(filepath.Base(name)), Status: Draft, CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID()}
	for _, l := range rows {
		switch {
		case l.Code != "":
			l.State, row.Bad = "BAD", row.Bad+1
			continue
		case l.Amount > 0:
			row.Granted += l.Amount
		default:
			row.Taken -= l.Amount
		}
		l.State, l.Who, row.Lines = "READY", "", row.Lines+1
	}
	return row, db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		for chunk := range slices.Chunk(rows, 1000) {
			for _, l := range chunk {
				l.AdjustmentID = row.ID
			}
			if _, err := tx.NewInsert().Model(&chunk).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		return s.audit(ctx, tx, "points.adjust_upload", row)
	})
}

func clip(name string) string {
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName])
	}
	return name
}

func (s *Service) parse(content io.Reader) ([]*db.PointAdjustmentLine, error) {
	raw, err := io.ReadAll(io.LimitReader(content, MaxBytes+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file broke off").WithCode("FILE_UNREADABLE")
	}
	if len(raw) > MaxBytes {
		return nil, fault.New(fault.Invalid, "the file is larger than %d bytes", MaxBytes).WithCode("FILE_TOO_LARGE").With("max", MaxBytes)
	}
	if raw = bytes.TrimPrefix(raw, []byte("\ufeff")); !utf8.Valid(raw) {
		raw, err = japanese.ShiftJIS.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(raw, utf8.RuneError) {
			return nil, fault.New(fault.Invalid, "the file is neither UTF-8 nor CP932").WithCode("FILE_UNREADABLE")
		}
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	header, err := r.Read()
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file has no header row").WithCode("FILE_UNREADABLE")
	}
	at, err := placed(header)
	if err != nil {
		return nil, err
	}
	return s.readLines(r, at)
}

// placed tells where the columns stand.
func placed(header []string) (map[string]int, error) {
	at := map[string]int{}
	for i, cell := range header {
		cell = strings.ToLower(strings.TrimSpace(width.Fold.String(cell)))
		for column, names := range columns {
			if _, known := at[column]; !known && slices.Contains(names, cell) {
				at[column] = i
			}
		}
	}
	for _, column := range []string{"customer", "amount", "reason"} {
		if _, known := at[column]; !known {
			return nil, fault.New(fault.Invalid, "the header row names no column for the %s", column).WithCode("HEADER_UNKNOWN").With("column", column)
		}
	}
	return at, nil
}

func (s *Service) readLines(r *csv.Reader, at map[string]int) (rows []*db.PointAdjustmentLine, err error) {
	today := s.clock.Now()
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		line, _ := r.FieldPos(0)
		l := &db.PointAdjustmentLine{LineNo: line, Origin: string(points.Free)}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			l.LineNo, l.Code = broken.Line, fieldsBroke
		case err != nil:
			return nil, fault.Wrap(fault.Invalid, err, "the file cannot be read").WithCode("FILE_UNREADABLE")
		case blank(cells):
			continue
		default:
			l.Code = s.fill(l, func(column string) string {
				if i, known := at[column]; known && i < len(cells) {
					return strings.TrimSpace(cells[i])
				}
				return ""
			}, today)
		}
		if rows = append(rows, l); len(rows) > MaxLines {
			return nil, fault.New(fault.Invalid, "the file has more than %d lines", MaxLines).WithCode("TOO_MANY").With("max", MaxLines)
		}
	}
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// fill reads a line; the answer is the code of its first mistake.
func (s *Service) fill(l *db.PointAdjustmentLine, cell func(string) string, now time.Time) string {
	l.Who, l.Reason = clip(cell("customer")), cell("reason")
	figure := strings.ReplaceAll(strings.TrimPrefix(width.Fold.String(cell("amount")), "+"), ",", "")
	amount, err := strconv.ParseInt(strings.ReplaceAll(figure, "−", "-"), 10, 64)
	if err != nil || amount == 0 || amount > points.MaxAmount || amount < -points.MaxAmount {
		return badAmount
	}
	l.Amount = amount
	switch {
	case l.Who == "":
		return noCustomer
	case l.Reason == "":
		return noReason
	case len(l.Reason) > 2000:
		l.Reason = ""
		return tooLong
	}
	if day := cell("expires"); day != "" {
		on, err := time.Parse("2006-1-2", strings.NewReplacer("/", "-", ".", "-").Replace(width.Fold.String(day)))
		if err != nil {
			return badDay
		}
		if l.ExpiresOn = &on; !s.points.EndOf(&on).After(now) {
			return pastDay
		}
	}
	switch strings.ToUpper(cell("origin")) {
	case "", "FREE", "無償":
	case "PAID", "有償":
		l.Origin = string(points.Paid)
	default:
		return badOrigin
	}
	return ""
}

// whose finds the customers of lines, all at once: by id, by a member number that
// means one person whatever the shop, by mail address.
func (s *Service) whose(ctx context.Context, rows []*db.PointAdjustmentLine) error {
	var names []string
	var ids []int64
	for _, l := range rows {
		id, err := gid.Decode("Customer", l.Who)
		if err != nil {
			id = 0
		}
		names, ids = append(names, l.Who), append(ids, id)
	}
	var found []struct {
		Name    string
		ID      int64
		Member  bool
		Several bool
	}
	err := s.db.NewRaw(`WITH RECURSIVE asked AS (SELECT DISTINCT * FROM unnest(?::text[], ?::bigint[]) AS n (name, id)),
		hits AS (
			SELECT a.name, c.id FROM asked a JOIN customers c ON c.id = a.id
			UNION SELECT a.name, k.customer_id FROM asked a JOIN identity_keys k ON k.kind = 'MEMBER_ID' AND k.value = a.name WHERE a.id = 0
			UNION SELECT a.name, k.customer_id FROM asked a JOIN identity_keys k ON k.kind = 'MAIL' AND k.shop_id = 0 AND k.value = lower(a.name) WHERE a.id = 0
		), now AS (
			SELECT name, id FROM hits UNION SELECT n.name, c.merged_into FROM now n JOIN customers c ON c.id = n.id WHERE c.merged_into IS NOT NULL
		)
		SELECT n.name, min(c.id) AS id, bool_and(c.member_since IS NOT NULL) AS member, count(*) > 1 AS several
		FROM now n JOIN customers c ON c.id = n.id AND c.merged_into IS NULL AND NOT c.anonymous GROUP BY n.name`,
		pgdialect.Array(names), pgdialect.Array(ids)).Scan(ctx, &found)
	if err != nil {
		return db.Fault(err)
	}
	byName := map[string]int{}
	for i, f := range found {
		byName[f.Name] = i
	}
	for _, l := range rows {
		i, known := byName[l.Who]
		switch {
		case l.Code != "":
		case !known:
			l.Code = noCustomer
		case found[i].Several:
			l.Code = ambiguous
		case !found[i].Member && l.Amount > 0:
			l.CustomerID, l.Code = &found[i].ID, notMember
		default:
			l.CustomerID = &found[i].ID
		}
	}
	return nil
}
