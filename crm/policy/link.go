package policy

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// link is an address found in a content.
type link struct {
	host string // lower case, without port and www.
	text string // as it stands there
	at   Position
}

// What people write to get an address past a filter is undone first. The
// patterns run over the text in normal form, in lower case.
var (
	hiddenScheme = regexp.MustCompile(`(?:hxxps?|h\s+ttps?|ht\s+tps?|htt\s+ps?|http\s+s)\s*:\s*[/\\]\s*[/\\]|https?(?:\s+:\s*[/\\]\s*[/\\]|:\s+[/\\]\s*[/\\]|:[/\\]\s+[/\\])`)
	hiddenDot    = regexp.MustCompile(`[a-z0-9-](\s*[\[({<【〔「]\s*(?:\.|。|dot|ドット|点)\s*[\])}>】〕」]\s*)[a-z0-9]`)
	wordDot      = regexp.MustCompile(`[a-z0-9-](\s*ドット\s*)[a-z0-9]`)
	japaneseDot  = regexp.MustCompile(`[a-z0-9-](\s*[。・]\s*)[a-z0-9]`)
	looseDot     = regexp.MustCompile(`[a-z0-9-](\s+\.\s*)[a-z0-9]`)

	withScheme = regexp.MustCompile(`https?:(?:[/\\]+|(?:[a-z0-9-]+\.)+[a-z])[^\s"'<>]*`)
	leading    = regexp.MustCompile(`^(?:https?:[/\\]*|[/\\]{2,})`)
	bareHost   = regexp.MustCompile(`(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}`)
	asciiHost  = regexp.MustCompile(`^[a-z0-9._~!$&*+,;=:@%-]+`)
	anyHost    = regexp.MustCompile(`^[^\s/?#"'<>（）「」『』、。]+`)
	innerLink  = regexp.MustCompile(`(?i)(?:https?:)?//([a-z0-9.-]+\.[a-z]{2,})`)
)

// bareTLDs are the top-level domains for which a name without scheme and path is
// taken for an address; "Co.Ltd" and "README.md" are none.
var bareTLDs = strings.Fields("jp com net org info biz co io me shop store online site tokyo osaka kyoto nagoya app dev tv cc to ee ly gl gd asia link page be us uk cn kr tw hk fm gle xyz club fun")

// links finds the addresses of a part.
func links(p Part) []link {
	s := unroll(p)
	if p.Link {
		s = s.without(ignored)
	}
	s = s.replace(hiddenScheme, "http://")
	for _, dot := range []*regexp.Regexp{hiddenDot, wordDot, japaneseDot, looseDot} {
		s = s.replace(dot, ".")
	}
	text := s.lower()
	if p.Link {
		return targets(s, text)
	}
	found, covered := schemed(s, text)
	return append(found, bare(s, text, covered)...)
}

// targets reads a whole part as the target of a link, as browsers do (WHATWG
// URL): tabs and line breaks are nothing, a backslash is a slash, and behind the
// scheme any number of slashes will do.
func targets(s scroll, text string) []link {
	trimmed := strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	scheme := leading.FindString(trimmed)
	if scheme == "" {
		found, covered := schemed(s, text)
		return append(found, bare(s, text, covered)...)
	}
	rest := trimmed[len(scheme):]
	excerpt, at := s.slice(text, strings.Index(text, trimmed), len(text))
	return append(one(hostOf(rest), excerpt, at), nested(rest, excerpt, at)...)
}

// ignored are the characters that browsers leave out of the target of a link.
func ignored(_ int, r rune) bool { return r == '\t' || r == '\n' || r == '\r' }

func one(host, excerpt string, at Position) []link {
	if host == "" {
		return nil
	}
	return []link{{host, clip(strings.TrimSpace(excerpt)), at}}
}

// schemed finds what begins with http:// and says which bytes of text it covers.
func schemed(s scroll, text string) (found []link, covered [][]int) {
	for _, m := range withScheme.FindAllStringIndex(text, -1) {
		whole := text[m[0]:m[1]]
		rest := whole[len(leading.FindString(whole)):]
		host := hostOf(rest)
		end := m[0] + len(whole) - len(rest) + ascii(rest)
		covered = append(covered, []int{m[0], end})
		excerpt, at := s.slice(text, m[0], max(end, m[0]+len("http://")))
		found = append(found, one(host, excerpt, at)...)
		found = append(found, nested(rest[:ascii(rest)], excerpt, at)...)
	}
	return found, covered
}

// ascii is how much of rest belongs to the address: Japanese may follow one
// without a space.
func ascii(rest string) int {
	if i := strings.IndexFunc(rest, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
		if hostOf(rest[:i]) == "" {
			return len(anyHost.FindString(rest))
		}
		return i
	}
	return len(rest)
}

// hostOf is the host at the beginning of what follows ://. What stands before an
// @ is no host; a name in another script is taken as it is.
func hostOf(rest string) string {
	authority := asciiHost.FindString(rest)
	next, _ := utf8.DecodeRuneInString(rest[len(authority):])
	if next > unicode.MaxASCII && !strings.Contains(strings.Trim(authority, "."), ".") {
		authority = anyHost.FindString(rest)
	}
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		authority = authority[at+1:]
	}
	host, _, _ := strings.Cut(authority, ":")
	return strings.TrimPrefix(strings.Trim(host, ".,;!*&"), "www.")
}

// nested finds an address handed on inside of another one, as redirects are.
func nested(rest, excerpt string, at Position) (found []link) {
	slash := strings.IndexAny(rest, "/?#")
	if slash < 0 {
		return nil
	}
	inner := rest[slash:]
	for range 2 {
		if decoded, err := url.PathUnescape(inner); err == nil {
			inner = decoded
		}
	}
	for _, m := range innerLink.FindAllStringSubmatch(inner, -1) {
		found = append(found, one(hostOf(strings.ToLower(m[1])), excerpt, at)...)
	}
	return found
}

// bare finds addresses without a scheme: names under a domain that is commonly
// used, or followed by a path.
func bare(s scroll, text string, covered [][]int) (found []link) {
	for _, m := range bareHost.FindAllStringIndex(text, -1) {
		if inside(m[0], covered) || !standsAlone(text, m[0], m[1]) {
			continue
		}
		host := strings.TrimPrefix(text[m[0]:m[1]], "www.")
		if !isAddress(host, strings.HasPrefix(text[m[1]:], "/")) {
			continue
		}
		excerpt, at := s.slice(text, m[0], m[1])
		found = append(found, one(host, excerpt, at)...)
	}
	return found
}

func inside(at int, ranges [][]int) bool {
	for _, r := range ranges {
		if at >= r[0] && at < r[1] {
			return true
		}
	}
	return false
}

// standsAlone leaves mail addresses and parts of longer words out.
func standsAlone(text string, from, to int) bool {
	if from > 0 && strings.ContainsRune("@._-%+/=", rune(text[from-1])) && !strings.HasSuffix(text[:from], "//") {
		return false
	}
	return to == len(text) || !strings.ContainsRune("@_", rune(text[to]))
}

func isAddress(host string, hasPath bool) bool {
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann || host == suffix {
		return isKnown(host)
	}
	if hasPath || isKnown(host) {
		return true
	}
	name, _, _ := strings.Cut(strings.TrimSuffix(host, "."+suffix), ".")
	tld := suffix[strings.LastIndexByte(suffix, '.')+1:]
	return slices.Contains(bareTLDs, tld) && len(name) >= 2
}

// maxExcerpt is how many characters of a hit are shown.
const maxExcerpt = 80

func clip(text string) string {
	if runes := []rune(text); len(runes) > maxExcerpt {
		return string(runes[:maxExcerpt]) + "…"
	}
	return text
}
