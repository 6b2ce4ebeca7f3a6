package intake

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/meguri-crm/meguri/crm/fault"
)

// TestCutOff: content that ends too early is refused, wherever it was cut, and
// content that merely comes in small parts is not.
func TestCutOff(t *testing.T) {
	content := make([]byte, 3*chunkSize/2) // that gzip cannot make smaller
	dice := rand.NewChaCha8([32]byte{})
	if _, err := dice.Read(content); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in   io.Reader
		code string
	}{
		"whole":                   {bytes.NewReader(packed.Bytes()), ""},
		"whole, in halves":        {iotest.HalfReader(bytes.NewReader(packed.Bytes())), ""},
		"not packed":              {bytes.NewReader(content), ""},
		"cut in the first chunk":  {bytes.NewReader(packed.Bytes()[:chunkSize/2]), "TRUNCATED_FILE"},
		"cut in the second chunk": {bytes.NewReader(packed.Bytes()[:chunkSize+chunkSize/4]), "TRUNCATED_FILE"},
		"cut in the checksum":     {bytes.NewReader(packed.Bytes()[:packed.Len()-4]), "TRUNCATED_FILE"},
		"a connection that broke": {io.MultiReader(bytes.NewReader(content), iotest.ErrReader(io.ErrUnexpectedEOF)), "TRUNCATED_FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			size, err := chunked(c.in)
			var f *fault.Error
			if errors.As(err, &f) != (c.code != "") || f != nil && f.CodeOrKind() != c.code {
				t.Errorf("%v, want %q", err, c.code)
			}
			if c.code == "" && size != int64(len(content)) {
				t.Errorf("%d bytes, want %d", size, len(content))
			}
		})
	}
}

// chunked takes content in as an upload does, and answers how much it was.
func chunked(in io.Reader) (int64, error) {
	content, done, err := decompress(in)
	if err != nil {
		return 0, err
	}
	defer done()
	c, err := newChunker(1, content)
	if err != nil {
		return 0, err
	}
	for c.Next() { // what is in a chunk does not matter here
	}
	return c.size, c.Err()
}
