package intake

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
)

var (
	bom     = []byte{0xEF, 0xBB, 0xBF}
	bomLE16 = []byte{0xFF, 0xFE}
	bomBE16 = []byte{0xFE, 0xFF}
)

// documents are the first bytes of what is most often mistaken for a CSV: PNG,
// JPEG, PDF and the old Excel.
var documents = [][]byte{{0x89, 'P', 'N', 'G'}, {0xFF, 0xD8, 0xFF}, []byte("%PDF"), {0xD0, 0xCF, 0x11, 0xE0}}

// encodingSniffer looks at the whole content as it passes by, because a file
// may hold nothing but ASCII in its first megabyte. The order is: byte order
// mark, NUL bytes in every second place (UTF-16), strict UTF-8, EUC-JP, CP932. A
// file that is nearly all of one encoding but has a few broken bytes stays of
// it, so that those rows are refused and not every name in the file garbled.
type encodingSniffer struct {
	first []byte // the first bytes, at most 4
	size  int64
	nul   [2]int64 // NUL bytes in even and odd places
	rest  []byte   // an incomplete sequence at the end of what was seen
	multi int64    // valid sequences of more than one byte
	bad   int64
	euc   eucJP
}

// Write looks at the next part of the content; it never fails.
func (s *encodingSniffer) Write(p []byte) (int, error) {
	n := len(p)
	for i := 0; len(s.first) < 4 && i < n; i++ {
		s.first = append(s.first, p[i])
	}
	s.countNUL(p)
	s.size += int64(n)
	if len(s.rest) > 0 {
		p = append(s.rest, p...)
		s.rest = nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			run := asciiRun(p)
			s.euc.end()
			p = p[run:]
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
		if !s.euc.hopeless() {
			for _, b := range p[:size] {
				s.euc.next(b)
			}
		}
		p = p[size:]
	}
	return n, nil
}

func (s *encodingSniffer) countNUL(p []byte) {
	for from := 0; ; {
		i := bytes.IndexByte(p[from:], 0)
		if i < 0 {
			return
		}
		s.nul[(s.size+int64(from+i))&1]++
		from += i + 1
	}
}

func asciiRun(p []byte) int {
	for i, b := range p {
		if b >= utf8.RuneSelf {
			return i
		}
	}
	return len(p)
}

// eucJP counts what would be letters, and what could not be any, if the text
// were EUC-JP.
type eucJP struct {
	lead         byte // of a letter under way; 0: none
	three        bool // it has three bytes
	letters, bad int64
}

// end is the end of a run of bytes that are no ASCII.
func (e *eucJP) end() {
	if e.lead != 0 {
		e.bad++
	}
	e.lead, e.three = 0, false
}

// hopeless says that there is no point in looking on.
func (e *eucJP) hopeless() bool { return e.bad > 1000 && e.bad > e.letters }

func (e *eucJP) next(b byte) {
	high := b >= 0xA1 && b != 0xFF
	switch {
	case e.lead != 0 && !high:
		e.bad++
		e.lead, e.three = 0, false
	case e.three:
		e.three = false
	case e.lead != 0:
		e.letters++
		e.lead = 0
	case b == 0x8F:
		e.lead, e.three = b, true
	case b == 0x8E, high:
		e.lead = b
	default:
		e.bad++
	}
}

// encoding is the verdict over everything written so far.
// Errors: fault.Invalid NOT_TEXT for a picture or a document that is called CSV.
func (s *encodingSniffer) encoding() (Encoding, error) {
	switch {
	case bytes.HasPrefix(s.first, bom):
		return UTF8BOM, nil
	case bytes.HasPrefix(s.first, bomLE16):
		return UTF16LE, nil
	case bytes.HasPrefix(s.first, bomBE16):
		return UTF16BE, nil
	case slices.ContainsFunc(documents, func(magic []byte) bool { return bytes.HasPrefix(s.first, magic) }):
		return "", fault.New(fault.Invalid, "this is no CSV but a picture or a document").WithCode("NOT_TEXT").At("file")
	case s.halfNUL(1):
		return UTF16LE, nil
	case s.halfNUL(0):
		return UTF16BE, nil
	case s.bad+int64(len(s.rest)) == 0, s.multi > 20*s.bad:
		return UTF8, nil
	case s.isEUC():
		return EUCJP, nil
	}
	return CP932, nil
}

// halfNUL says that NUL bytes stand nearly only in every second place, and are
// more than a few: commas and line ends alone make one in fifty.
func (s *encodingSniffer) halfNUL(odd int) bool {
	there, elsewhere := s.nul[odd], s.nul[1-odd]
	return there > 3 && there > s.size/50 && elsewhere <= there/20
}

// isEUC says that the text makes sense as EUC-JP. Shift_JIS hardly ever does: the
// first bytes of its kana and of most of its kanji are none in EUC-JP. EUC-JP
// often makes sense as Shift_JIS, as half-width kana.
func (s *encodingSniffer) isEUC() bool {
	return s.euc.letters >= 4 && s.euc.letters > 20*s.euc.bad
}
