package event

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
)

// TestAnOpenQuoteCostsItsLine: no more is lost, and memory does not grow.
func TestAnOpenQuoteCostsItsLine(t *testing.T) {
	const lines = 300_000
	file := io.MultiReader(strings.NewReader("occurredAt,search\r\n1,\"two\nlines, \"\"so\"\"\"\n\n2,\"open\n"), strings.NewReader(strings.Repeat("3,x\n", lines)), strings.NewReader("4,\"cut"))
	in, err := openLines(file)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	good, wrong := 0, ""
	for {
		l, r, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			t.Fatal(err)
		case l.wrong != nil:
			wrong += fmt.Sprint(l.number, " ", l.wrong.Code, "; ")
		case good == 0 && (l.number != 2 || r["search"] != "two\nlines, \"so\""):
			t.Errorf("line %d: %q", l.number, r)
		}
		if l.wrong == nil {
			good++
		}
	}
	runtime.ReadMemStats(&after)
	if want := fmt.Sprintf("5 LINE_UNREADABLE; %d LINE_UNREADABLE; ", lines+6); good != lines+1 || wrong != want {
		t.Errorf("%d good, wrong %s want %s", good, wrong, want)
	}
	if in.(*csvLines).pending != nil && cap(in.(*csvLines).pending) > 4*maxLine || after.HeapSys > before.HeapSys+64<<20 {
		t.Errorf("the heap grew from %d to %d", before.HeapSys, after.HeapSys)
	}
}

func TestAnUnzippedFileIsBounded(t *testing.T) {
	in := &bounded{in: strings.NewReader("0123456789"), left: 9}
	if _, err := io.Copy(io.Discard, bufio.NewReader(in)); !fault.Is(err, fault.Invalid) {
		t.Errorf("too much: %v", err)
	}
	in = &bounded{in: strings.NewReader("0123456789"), left: 10}
	if n, err := io.Copy(io.Discard, bufio.NewReader(in)); n != 10 || err != nil {
		t.Errorf("just so much: %d, %v", n, err)
	}
}
