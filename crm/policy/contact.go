package policy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ContactKind is a kind of contact details that a text can give.
type ContactKind string

// The kinds of contact details.
const (
	ContactPhone   ContactKind = "PHONE" // telephone and fax
	ContactMail    ContactKind = "MAIL"
	ContactLine    ContactKind = "LINE_ID"
	ContactAddress ContactKind = "ADDRESS" // of a house
)

// ContactKinds are all kinds a rule can name.
var ContactKinds = []ContactKind{ContactPhone, ContactMail, ContactLine, ContactAddress}

var contactWords = map[ContactKind]Text{
	ContactPhone:   {"電話番号", "a telephone number"},
	ContactMail:    {"メールアドレス", "a mail address"},
	ContactLine:    {"LINE ID", "a LINE ID"},
	ContactAddress: {"住所", "a postal address"},
}

// contacts looks for contact details of some kinds.
type contacts struct {
	kinds []ContactKind
	with  phrases // must stand near; the zero value: need not
}

// The patterns run over the text in normal form, in lower case, with written-out
// digits, at signs and dots as such. The first group, if there is one, is the
// detail itself.
var contactPatterns = map[ContactKind]*regexp.Regexp{
	ContactPhone:   regexp.MustCompile(`(?:^|[^0-9a-z-])((?:\+81[\s(-]*(?:\(0\))?|\(?0)[0-9][0-9()\s.・-]{6,14}[0-9])(?:[^0-9]|$)`),
	ContactMail:    regexp.MustCompile(`[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}`),
	ContactLine:    regexp.MustCompile(`(?:line|ライン)(?:[^。\n]{0,12}[^a-z0-9._%+。\n-])?(@[a-z0-9._-]{3,20})|(?:line|ライン)\s*の?\s*id\s*[:=は「『]*\s*@?[a-z0-9._-]{3,20}`),
	ContactAddress: regexp.MustCompile(`〒\s*[0-9]{3}-?[0-9]{4}|(?:東京都|北海道|京都府|大阪府|[^\s。、]{2,3}県)[^\s。、]{1,12}?[市区町村郡][^\s。、0-9]{0,20}[0-9]+(?:丁目|番|-[0-9])`),
}

// dialled is a telephone number that is one even without separators: mobile
// phones, free numbers and those with a word before them that says so.
var (
	dialled  = regexp.MustCompile(`^(?:0[5789]0\d{8}|0120\d{6}|0800\d{7}|0570\d{6})$`)
	telWord  = regexp.MustCompile(`(?:tel|℡|☎|電話|fax|ファックス|ファクス|携帯)[^0-9\n]{0,10}$`)
	anyDigit = regexp.MustCompile(`[0-9]`)
)

// How people write to get past a filter.
var (
	writtenAt    = regexp.MustCompile(`[a-z0-9](\s*(?:[\[({<【〔「]\s*(?:at|a|アット|アットマーク|あっと|@)\s*[\])}>】〕」]|アットマーク|\s+at\s+)\s*)[a-z0-9]`)
	writtenDash  = regexp.MustCompile(`[0-9](\s*[ー−‐‑–—―ｰ~〜のノ]\s*)[0-9]`)
	writtenDigit = strings.NewReplacer("〇", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9",
		"ゼロ", "0", "いち", "1", "ろく", "6", "なな", "7", "はち", "8", "きゅう", "9")
	writtenNumber = regexp.MustCompile(`(?:[〇零一二三四五六七八九0-9]|ゼロ|いち|ろく|なな|はち|きゅう)(?:[\sー−‐–—()の-]*(?:[〇零一二三四五六七八九0-9]|ゼロ|いち|ろく|なな|はち|きゅう)){8,13}`)
)

// givesContact: contact details are given near one of some words, or one of the
// phrases is used.
func givesContact(p Params) contentCondition {
	wording, details := newPhrases(p.Phrases, p.Except), contacts{kinds: p.Contacts, with: newPhrases(p.With, p.Except)}
	return func(c Content, _ string) []hit { return append(c.wordings(wording), c.contactsGiven(details)...) }
}

func (c Content) contactsGiven(looked contacts) []hit {
	if len(looked.kinds) == 0 {
		return nil
	}
	var hits []hit
	for _, part := range c.Parts {
		if !part.Link || part.Code {
			hits = append(hits, looked.in(part)...)
		}
	}
	return hits
}

// in finds the contact details in a part.
func (c contacts) in(part Part) []hit {
	s := plainly(unroll(part))
	text := s.lower()
	var hits []hit
	for _, kind := range ContactKinds {
		if !slices.Contains(c.kinds, kind) {
			continue
		}
		for _, m := range contactPatterns[kind].FindAllStringSubmatchIndex(text, -1) {
			from, to := m[0], m[1]
			if len(m) > 2 && m[2] >= 0 {
				from, to = m[2], m[3]
			}
			if kind == ContactPhone && !isPhone(text, from, to) || !c.belongs(text, from, to) {
				continue
			}
			excerpt, at := s.slice(text, from, to)
			hits = append(hits, hit{place: part.Place, at: at, excerpt: clip(strings.TrimSpace(excerpt)), echo: part.Echo, what: contactWords[kind]})
		}
	}
	return hits
}

// plainly is a text in which numbers, at signs and dots are written as such.
func plainly(s scroll) scroll {
	for _, dot := range []*regexp.Regexp{hiddenDot, wordDot} {
		s = s.replace(dot, ".")
	}
	s = s.replace(writtenAt, "@").replaceEach(writtenNumber, writtenDigit.Replace)
	return s.replace(writtenDash, "-")
}

// isPhone tells telephone numbers from numbers of orders, goods and days: ten or
// eleven digits that are set apart in groups, or that only telephones have.
func isPhone(text string, from, to int) bool {
	number := strings.TrimSpace(text[from:to])
	digits := strings.Join(anyDigit.FindAllString(number, -1), "")
	switch {
	case strings.HasPrefix(number, "+81"):
		return len(digits) >= 11 && len(digits) <= 13
	case len(digits) < 10 || len(digits) > 11:
		return false
	}
	return dialled.MatchString(digits) || telWord.MatchString(text[:from]) || strings.IndexFunc(number, func(r rune) bool { return !unicode.IsDigit(r) }) > 0
}

// belongs reports whether one of the words stands before the detail in its
// paragraph, or behind it in its line.
func (c contacts) belongs(text string, from, to int) bool {
	if c.with.find == nil {
		return true
	}
	before, after := []rune(text[:from]), []rune(text[to:])
	head := string(before[max(0, len(before)-nearness):])
	for _, end := range []string{"\n\n", "。", "!", "?"} {
		head = head[strings.LastIndex(head, end)+1:]
	}
	tail, _, _ := strings.Cut(string(after[:min(len(after), nearness)]), "\n")
	tail, _, _ = strings.Cut(tail, "。")
	return c.with.saidIn(head) || c.with.saidIn(tail)
}
