package event

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/partition"
)

// Report is what became of a file: Lines = Accepted + Duplicates + Refused.
type Report struct {
	Lines, Accepted, Duplicates, Refused int64
}

// RefusedLine is a line that was left out, and why.
type RefusedLine struct {
	Line    int64  `json:"line"`
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	Text    string `json:"text"` // as it stood in the file, of CSV as JSON by column
}

const (
	fileBatch = 1000
	maxLine   = 64 << 10
	// maxUnzipped is how much a compressed file may hold.
	maxUnzipped = 4 << 30
)

// TakeFile takes in a file of behaviours of a shop, JSON lines or CSV with a
// header row, plain or gzip. The names are those of the API (dedupeKey, kind,
// occurredAt …; in CSV sku, name, category and price stand beside the others);
// capitals and _ do not matter. A line without dedupeKey counts once by its
// content. Memory does not grow with the file, and a file that was cut off is
// simply sent again. refused is told each line that was left out, in order.
// Errors: fault.Invalid FILE_UNREADABLE, FILE_TOO_LARGE, HEADER_UNKNOWN; those of Record.
func (s *Service) TakeFile(ctx context.Context, shopID int64, file io.Reader, refused func(RefusedLine) error) (Report, error) {
	var report Report
	lines, err := openLines(file)
	if err != nil {
		return report, err
	}
	now := s.clock.Now()
	if err := partition.Between(ctx, s.db, now.Add(-MaxAge), now); err != nil {
		return report, err
	}
	for {
		batch, end := s.readBatch(lines)
		if len(batch) > 0 {
			if err := s.takeLines(batch, &report, refused, func(events []Behaviour, _ []int) (*Receipt, error) {
				return s.Record(ctx, FromPartner, shopID, events)
			}); err != nil {
				return report, err
			}
		}
		if end != nil {
			if errors.Is(end, io.EOF) {
				return report, nil
			}
			if fault.Is(end, fault.Invalid) {
				return report, end
			}
			return report, fault.Wrap(fault.Invalid, end, "the file could not be read to its end").WithCode("FILE_UNREADABLE").At("file")
		}
	}
}

// fileLine is a line on its way in: its behaviour, or why there is none.
type fileLine struct {
	number int64
	text   string
	event  Behaviour
	wrong  *fault.Error
}

func (s *Service) readBatch(lines lineReader) (batch []fileLine, end error) {
	for len(batch) < fileBatch {
		l, row, err := lines.next()
		if err != nil {
			return batch, err
		}
		if l.wrong == nil {
			l.event, l.wrong = row.behaviour(l.text, s.zone)
		}
		batch = append(batch, l)
	}
	return batch, nil
}

// takeLines has those lines recorded that can be read; record is given their
// behaviours, and the place in batch of each.
func (s *Service) takeLines(batch []fileLine, report *Report, refused func(RefusedLine) error, record func([]Behaviour, []int) (*Receipt, error)) error {
	var events []Behaviour
	var at []int // place in batch of each event
	for i, l := range batch {
		if l.wrong == nil {
			events, at = append(events, l.event), append(at, i)
		}
	}
	receipt, err := record(events, at)
	if err != nil {
		return err
	}
	for _, f := range receipt.Refused {
		batch[at[placeOf(f)]].wrong = f
	}
	report.Lines += int64(len(batch))
	report.Accepted += int64(receipt.Accepted)
	report.Duplicates += int64(receipt.Duplicates)
	for _, l := range batch {
		if l.wrong == nil {
			continue
		}
		report.Refused++
		field := l.wrong.Field
		if rest, found := strings.CutPrefix(field, "events."); found {
			_, field, _ = strings.Cut(rest, ".")
		}
		if err := refused(RefusedLine{Line: l.number, Code: l.wrong.CodeOrKind(), Field: field, Message: l.wrong.Message, Text: l.text}); err != nil {
			return err
		}
	}
	return nil
}

// Take takes in behaviours as a file tells them, a JSON object each.
func (s *Service) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	var t mall.Tally
	now := s.clock.Now()
	if err := partition.Between(ctx, s.db, now.Add(-MaxAge), now); err != nil {
		return t, err
	}
	batch := make([]fileLine, len(rows))
	for i, r := range rows {
		l, told := parseLine(r.Event)
		if l.wrong == nil {
			l.event, l.wrong = told.behaviour(l.text, s.zone)
		}
		l.number = int64(i)
		batch[i] = l
	}
	var report Report
	err := s.takeLines(batch, &report, func(l RefusedLine) error {
		t.Refuse(int(l.Line), &mall.Problem{Code: l.Code, Column: l.Field, Detail: l.Message})
		return nil
	}, func(events []Behaviour, at []int) (*Receipt, error) {
		lines := make([]int64, len(at))
		for i, row := range at {
			lines[i] = from.Lines[row]
		}
		return s.record(ctx, tx, FromPartner, origin{shop: from.ShopID, importID: &from.ImportID, lines: lines}, events)
	})
	t.Added, t.Same = report.Accepted, report.Duplicates
	return t, err
}

// row is a line by the folded names of its fields.
type row map[string]string

// fold is a name without capitals and _.
func fold(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")), "_", ""))
}

func (r row) behaviour(text string, zone *time.Location) (b Behaviour, wrong *fault.Error) {
	b = Behaviour{
		DedupeKey: r["dedupekey"], Action: Action(strings.ToUpper(r["kind"])), MemberID: r["memberid"], VisitorID: r["visitorid"],
		SKU: r["sku"], Name: r["name"], Category: r["category"], Words: r["search"], Path: r["path"], Properties: json.RawMessage(r["properties"]),
	}
	if b.DedupeKey == "" {
		sum := sha256.Sum256([]byte(text))
		b.DedupeKey = "line:" + hex.EncodeToString(sum[:16])
	}
	if b.OccurredAt, wrong = instant(r["occurredat"], zone); wrong != nil {
		return b, wrong
	}
	if id := r["customerid"]; id != "" {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			n, err = gid.Decode("Customer", id)
		}
		if err != nil || n <= 0 {
			return b, fault.New(fault.Invalid, "this is not a valid id").WithCode("INVALID_ID").At("customerId")
		}
		b.CustomerID = n
	}
	for _, f := range []struct {
		name, field string
		set         func(int64)
	}{{"price", "product.price", func(n int64) { b.Price = &n }}, {"quantity", "quantity", func(n int64) { b.Quantity = n }}} {
		if r[f.name] == "" {
			continue
		}
		n, err := strconv.ParseInt(r[f.name], 10, 64)
		if err != nil {
			return b, fault.New(fault.Invalid, "a whole number is expected").WithCode("OUT_OF_RANGE").At(f.field)
		}
		f.set(n)
	}
	return b, nil
}

// instant reads RFC 3339, or a day and time in the merchant's zone.
func instant(text string, zone *time.Location) (time.Time, *fault.Error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05 MST", time.DateTime, "2006/01/02 15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fault.New(fault.Invalid, "an instant such as 2026-11-21T05:04:05Z is expected").WithCode("TIME_INVALID").At("occurredAt")
}

// lineReader gives the lines of a file, each whole or with what is wrong with it.
type lineReader interface {
	next() (fileLine, row, error)
}

func openLines(file io.Reader) (lineReader, error) {
	in := bufio.NewReaderSize(file, maxLine)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the compressed file is damaged").WithCode("FILE_UNREADABLE").At("file")
		}
		in = bufio.NewReaderSize(&bounded{in: unzipped, left: maxUnzipped}, maxLine)
	}
	if head, _ := in.Peek(512); bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff \t\r\n"), []byte("{")) {
		return &jsonLines{in: in}, nil
	}
	c := newCSVLines(in)
	header, err := c.record()
	for _, name := range header {
		c.names = append(c.names, fold(name))
	}
	if err != nil || !strings.Contains(strings.Join(c.names, " "), "occurredat") {
		return nil, fault.New(fault.Invalid, "the file begins neither with a JSON object nor with a header row that has occurredAt").WithCode("HEADER_UNKNOWN").At("file")
	}
	return c, nil
}

type jsonLines struct {
	in     *bufio.Reader
	number int64
}

func (j *jsonLines) next() (l fileLine, r row, err error) {
	for len(l.text) == 0 {
		line, err := j.in.ReadSlice('\n')
		j.number++
		l.number = j.number
		if errors.Is(err, bufio.ErrBufferFull) {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = j.in.ReadSlice('\n')
			}
			l.wrong = fault.New(fault.Invalid, "a line has at most %d bytes", maxLine).WithCode("LINE_TOO_LONG")
			return l, nil, nil
		}
		if l.text = strings.TrimSpace(strings.TrimPrefix(string(line), "\ufeff")); l.text == "" && err != nil {
			return l, nil, err
		}
	}
	number := l.number
	l, r = parseLine(l.text)
	l.number = number
	return l, r, nil
}

// parseLine reads a line that is a JSON object.
func parseLine(text string) (l fileLine, r row) {
	l.text = text
	var object map[string]any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil || object == nil {
		l.wrong = fault.New(fault.Invalid, "the line is no JSON object").WithCode("LINE_UNREADABLE")
		return l, nil
	}
	r = row{}
	r.put(object)
	return l, r
}

// put takes the fields of an object over; those of product stand beside the others.
func (r row) put(object map[string]any) {
	for name, value := range object {
		switch v := value.(type) {
		case string:
			r[fold(name)] = v
		case json.Number:
			r[fold(name)] = v.String()
		case map[string]any:
			if fold(name) == "product" {
				r.put(v)
				continue
			}
			raw, _ := json.Marshal(v) // it was JSON a moment ago
			r[fold(name)] = string(raw)
		}
	}
}
