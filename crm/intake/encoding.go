package intake

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Encoding is how the text of a file is written.
type Encoding string

// The encodings that are read.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom"
	CP932   Encoding = "cp932"
)

var bom = []byte{0xEF, 0xBB, 0xBF}

// documents are the first bytes of what is most often mistaken for a CSV: PNG,
// JPEG, PDF and the old Excel.
var documents = [][]byte{{0x89, 'P', 'N', 'G'}, {0xFF, 0xD8, 0xFF}, []byte("%PDF"), {0xD0, 0xCF, 0x11, 0xE0}}

// encodingSniffer looks at the whole content as it passes by, because a file
// may hold nothing but ASCII in its first megabyte. The order is: byte order
// mark, strict UTF-8, CP932. A file that is nearly all UTF-8 but has a few
// broken bytes stays UTF-8, so that those rows are refused and not every name
// in the file garbled.
type encodingSniffer struct {
	first []byte // the first bytes, at most 4
	rest  []byte // an incomplete sequence at the end of what was seen
	multi int64  // valid sequences of more than one byte
	bad   int64
}

// Write looks at the next part of the content; it never fails.
func (s *encodingSniffer) Write(p []byte) (int, error) {
	n := len(p)
	for i := 0; len(s.first) < 4 && i < n; i++ {
		s.first = append(s.first, p[i])
	}
	if len(s.rest) > 0 {
		p = append(s.rest, p...)
		s.rest = nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			p = p[asciiRun(p):]
			continue
		}
		if !utf8.FullRune(p) {
			s.rest = append([]byte{}, p...)
			break
		}
		r, size := utf8.DecodeRune(p)
		if r == utf8.RuneError && size == 1 {
			s.bad++
		} else {
			s.multi++
		}
		p = p[size:]
	}
	return n, nil
}

func asciiRun(p []byte) int {
	for i, b := range p {
		if b >= utf8.RuneSelf {
			return i
		}
	}
	return len(p)
}

// encoding is the verdict over everything written so far.
// Errors: fault.Invalid UTF16_FILE for UTF-16, which no mall writes but Excel
// does, and NOT_TEXT for a picture or a document that is called CSV.
func (s *encodingSniffer) encoding() (Encoding, error) {
	switch {
	case bytes.HasPrefix(s.first, bom):
		return UTF8BOM, nil
	case bytes.HasPrefix(s.first, []byte{0xFF, 0xFE}), bytes.HasPrefix(s.first, []byte{0xFE, 0xFF}):
		return "", fault.New(fault.Invalid, "the file is UTF-16; save it as CSV UTF-8 or Shift_JIS").WithCode("UTF16_FILE").At("file")
	case slices.ContainsFunc(documents, func(magic []byte) bool { return bytes.HasPrefix(s.first, magic) }):
		return "", fault.New(fault.Invalid, "this is no CSV but a picture or a document").WithCode("NOT_TEXT").At("file")
	case s.bad+int64(len(s.rest)) == 0, s.multi > 20*s.bad:
		return UTF8, nil
	}
	return CP932, nil
}

// decode turns content of that encoding into UTF-8. What cannot be decoded
// becomes bytes that are no valid UTF-8, so that its row is refused.
func decode(content io.Reader, e Encoding) io.Reader {
	switch e {
	case UTF8BOM:
		return skipBOM(content)
	case CP932:
		return transform.NewReader(content, transform.Chain(japanese.ShiftJIS.NewDecoder(), markUndecodable{}))
	}
	return content
}

func skipBOM(content io.Reader) io.Reader {
	head := make([]byte, len(bom))
	n, err := io.ReadFull(content, head)
	if err == nil && bytes.Equal(head, bom) {
		return content
	}
	return io.MultiReader(bytes.NewReader(head[:n]), content)
}

// markUndecodable turns U+FFFD, which the decoder writes for bytes that are no
// CP932 and which CP932 itself cannot express, into a byte that is no UTF-8.
type markUndecodable struct{ transform.NopResetter }

// Transform implements transform.Transformer.
func (markUndecodable) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if src[nSrc] < utf8.RuneSelf {
			n := copy(dst[nDst:], src[nSrc:nSrc+asciiRun(src[nSrc:])])
			nDst, nSrc = nDst+n, nSrc+n
			if n == 0 {
				return nDst, nSrc, transform.ErrShortDst
			}
			continue
		}
		if !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		r, size := utf8.DecodeRune(src[nSrc:])
		if nDst+size > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		if r == utf8.RuneError {
			dst[nDst] = 0xFF
			nDst++
		} else {
			nDst += copy(dst[nDst:], src[nSrc:nSrc+size])
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}
