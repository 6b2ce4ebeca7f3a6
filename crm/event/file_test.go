package event_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
)

func (w *world) take(file string) (event.Report, []string) {
	w.t.Helper()
	var refused []string
	report, err := w.TakeFile(w.t.Context(), shopID, strings.NewReader(file), func(l event.RefusedLine) error {
		refused = append(refused, fmt.Sprintf("%d %s %s", l.Line, l.Code, l.Field))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return report, refused
}

const eventLines = `{"dedupeKey":"a","kind":"view","occurredAt":"2026-11-20T05:00:00Z","customerId":1,"product":{"sku":"TEA","name":"煎茶","price":1200}}
{"kind":"CART_ADD","occurredAt":"2026-11-20 15:00:00","memberId":"M-1","product":{"sku":"TEA"},"quantity":2}

not json
{"kind":"VIEW","occurredAt":"yesterday","customerId":1}
{"kind":"VIEW","occurredAt":"2026-11-20T05:00:00Z","customerId":99}
{"kind":"SEARCH","occurredAt":"2026-11-20T05:00:00Z","customerId":"Q3VzdG9tZXI6MQ","search":"煎茶","properties":{"hits":3}}`

const eventTable = "\ufeffDedupe_Key,kind,occurred_at,customer_id,sku,price,quantity,search\r\n" +
	"x,VIEW,2026-11-20 12:00:00 UTC,1,TEA,1200,,\r\n" +
	",search,2026/11/20 21:00:00,1,,,,\"茶, 急須\"\r\n" +
	"z,VIEW,2026-11-20T05:00:00Z,1,TEA,1.5,,\r\n" +
	"q,VIEW,2026-11-20T05:00:00Z,1,\"TE\"A,,,\r\n"

func TestFilesOfEvents(t *testing.T) {
	w := newWorld(t)
	for _, want := range []event.Report{{Lines: 6, Accepted: 3, Refused: 3}, {Lines: 6, Duplicates: 3, Refused: 3}} {
		report, refused := w.take(eventLines)
		if report != want {
			t.Errorf("JSON lines: %+v, want %+v", report, want)
		}
		w.expect("refused", refused, "4 LINE_UNREADABLE ", "5 TIME_INVALID occurredAt", "6 CUSTOMER_UNKNOWN customerId")
	}
	w.expect("stream", w.rows(stream), "1 behaviour.viewed TEA", "1 behaviour.searched -", "1 behaviour.carted TEA")
	w.expect("data", w.rows("SELECT data::text FROM events WHERE kind = 'behaviour.searched'"), `{"words": "煎茶", "properties": {"hits": 3}}`)

	report, refused := w.take(eventTable)
	if want := (event.Report{Lines: 4, Accepted: 2, Refused: 2}); report != want {
		t.Errorf("CSV: %+v, want %+v", report, want)
	}
	w.expect("refused of CSV", refused, "4 OUT_OF_RANGE product.price", "5 LINE_UNREADABLE ")
	w.expect("both times are noon UTC", w.rows("SELECT DISTINCT occurred_at::text FROM events WHERE occurred_at > '2026-11-20 06:30Z'"), "2026-11-20 12:00:00+00")

	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(eventTable)) // a buffer takes everything
	_ = z.Close()
	if report, _ := w.take(zipped.String()); report.Duplicates != 2 {
		t.Errorf("gzip: %+v", report)
	}
	_, err := w.TakeFile(t.Context(), shopID, strings.NewReader(zipped.String()[:zipped.Len()-9]), func(event.RefusedLine) error { return nil })
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("cut off: %v", err)
	}
	if _, err := w.TakeFile(t.Context(), shopID, strings.NewReader("a,b\n1,2\n"), nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("another table: %v", err)
	}
}

// TestLongFile goes over several batches, with a line longer than any may be.
func TestLongFile(t *testing.T) {
	w := newWorld(t)
	var file strings.Builder
	for i := range 2500 {
		fmt.Fprintf(&file, `{"dedupeKey":"%d","kind":"VIEW","occurredAt":"2026-11-20T05:00:00Z","visitorId":"v%d","product":{"sku":"S%d"}}`+"\n", i, i%10, i%7)
		if i == 1200 {
			file.WriteString(`{"x":"` + strings.Repeat("x", 200_000) + "\"}\n")
		}
	}
	report, refused := w.take(file.String())
	if want := (event.Report{Lines: 2501, Accepted: 2500, Refused: 1}); report != want {
		t.Errorf("%+v, want %+v", report, want)
	}
	w.expect("refused", refused, "1202 LINE_TOO_LONG ")
}
