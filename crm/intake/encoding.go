package intake

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how the text of a file is written.
type Encoding string

// The encodings that are read.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom"
	UTF16LE Encoding = "utf-16le" // as Excel writes Unicode text
	UTF16BE Encoding = "utf-16be"
	EUCJP   Encoding = "euc-jp"
	CP932   Encoding = "cp932"
)

// decode turns content of that encoding into UTF-8. What cannot be decoded
// becomes bytes that are no valid UTF-8, so that its row is refused.
func decode(content io.Reader, e Encoding) io.Reader {
	switch e {
	case UTF8BOM:
		return skipBOM(content)
	case UTF16LE:
		return decoded(content, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case UTF16BE:
		return decoded(content, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case EUCJP:
		return decoded(content, japanese.EUCJP)
	case CP932:
		return decoded(content, japanese.ShiftJIS)
	}
	return content
}

func decoded(content io.Reader, e encoding.Encoding) io.Reader {
	return transform.NewReader(content, transform.Chain(e.NewDecoder(), markUndecodable{}))
}

// newTable is the reader of the records of content of that encoding. UTF-16 is
// what Excel writes, which quotes cells between tabs, too.
func newTable(content io.Reader, e Encoding) (*recordReader, error) {
	r, err := newRecordReader(decode(content, e))
	if err == nil && (e == UTF16LE || e == UTF16BE) {
		r.quotes = true
	}
	return r, err
}

func skipBOM(content io.Reader) io.Reader {
	head := make([]byte, len(bom))
	n, err := io.ReadFull(content, head)
	if err == nil && bytes.Equal(head, bom) {
		return content
	}
	return io.MultiReader(bytes.NewReader(head[:n]), content)
}

// markUndecodable turns U+FFFD, which decoders write for bytes that are none of
// theirs and which no mall means to write, into a byte that is no UTF-8.
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
