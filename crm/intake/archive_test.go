package intake_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
)

func zipOf(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: !strings.HasPrefix(name, "u/"), Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if _, err := io.WriteString(w, "content of "+name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestUnpack hands over the files of a zip by their names, whatever Windows and
// Macs put beside them, and anything else as it is.
func TestUnpack(t *testing.T) {
	cp932, err := japanese.ShiftJIS.NewEncoder().String("注文/楽天.csv")
	if err != nil {
		t.Fatal(err)
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf("%d.csv", i)
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
		code    string
	}{
		"no zip":           {[]byte("a,b\n1,2\n"), "sent.csv=a,b\n1,2\n", ""},
		"empty":            {nil, "sent.csv=", ""},
		"several":          {zipOf(t, "b.csv", "a/orders.csv", "a/.DS_Store", "__MACOSX/._b.csv", "Thumbs.db"), "orders.csv=content of a/orders.csv b.csv=content of b.csv", ""},
		"names of Windows": {zipOf(t, cp932), "楽天.csv=content of " + cp932, ""},
		"names in UTF-8":   {zipOf(t, "u/楽天.csv"), "楽天.csv=content of u/楽天.csv", ""},
		"a workbook":       {zipOf(t, "[Content_Types].xml", "xl/workbook.xml"), "", "EXCEL_FILE"},
		"nothing inside":   {zipOf(t, "folder/"), "", "EMPTY_FILE"},
		"too many":         {zipOf(t, many...), "", "TOO_MANY_FILES"},
		"cut off":          {zipOf(t, "a.csv", "b.csv")[:60], "", "BAD_ARCHIVE"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			err := intake.Unpack("sent.csv", bytes.NewReader(c.content), func(name string, content io.Reader) error {
				text, err := io.ReadAll(content)
				got = append(got, name+"="+string(text))
				return err
			})
			var f *fault.Error
			if errors.As(err, &f) != (c.code != "") || f != nil && f.CodeOrKind() != c.code {
				t.Errorf("%v, want %q", err, c.code)
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("%q, want %q", text, c.want)
			}
		})
	}
}
