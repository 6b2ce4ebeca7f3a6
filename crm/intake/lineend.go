package intake

import (
	"bytes"

	"golang.org/x/text/transform"
)

// A CR alone ended lines on old Macs. Spreadsheets still write it, and files
// that were put together by hand have it in the middle.

// bareCR says that a CR stands there without an LF behind it, outside of quotes
// and before the end.
func bareCR(b []byte) bool {
	quoted := false
	for i := 0; i+1 < len(b); i++ {
		switch b[i] {
		case '"':
			quoted = !quoted
		case '\r':
			if !quoted && b[i+1] != '\n' {
				return true
			}
		}
	}
	return false
}

// endLines makes an LF of each CR that has none behind it.
func endLines(b []byte) []byte {
	b = bytes.Clone(b)
	for i, c := range b {
		if c == '\r' && i+1 < len(b) && b[i+1] != '\n' {
			b[i] = '\n'
		}
	}
	return b
}

// lineEnds is endLines for a whole file.
type lineEnds struct{ transform.NopResetter }

// Transform implements transform.Transformer.
func (lineEnds) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if nDst == len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		c := src[nSrc]
		if c == '\r' {
			if nSrc+1 == len(src) && !atEOF {
				return nDst, nSrc, transform.ErrShortSrc
			}
			if nSrc+1 == len(src) || src[nSrc+1] != '\n' {
				c = '\n'
			}
		}
		dst[nDst] = c
		nDst++
		nSrc++
	}
	return nDst, nSrc, nil
}
