package address

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
)

//go:generate go run ./internal/compact utf_ken_all.csv

// The tables come from the postcodes that Japan Post publishes (KEN_ALL, UTF-8;
// no rights are claimed in them), as of May 2026: the municipalities, and where
// in the order of postcodes which of them begins.
var (
	//go:embed municipalities.txt
	municipalityLines string
	//go:embed postcodes.txt
	postcodeLines string
)

// municipality is a city, ward, town or village.
type municipality struct {
	code       string // of the ministry, five digits
	prefecture string
	city       string   // as it is written in full
	forms      []string // folded ways to write it, the longest first
	loose      []string // ways that only its postcode makes clear: a city without its ward, a ward alone
}

// gazetteer is the tables, ready to be asked.
type gazetteer struct {
	byCode      map[string]*municipality
	byForm      map[string][]*municipality
	prefectures map[string]string // folded -> as written
	longest     int               // letters of the longest form
	begins      []string          // postcodes at which others begin
	holders     [][]*municipality // of the postcodes from begins on
}

var tables = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{byCode: map[string]*municipality{}, byForm: map[string][]*municipality{}, prefectures: map[string]string{}}
	for line := range strings.Lines(municipalityLines) {
		f := strings.Fields(line)
		m := &municipality{code: f[0], prefecture: f[1], city: f[2]}
		m.spell()
		g.byCode[m.code] = m
		g.prefectures[fold(m.prefecture)] = m.prefecture
		for _, form := range m.forms {
			g.byForm[form] = append(g.byForm[form], m)
			g.longest = max(g.longest, len([]rune(form)))
		}
	}
	for line := range strings.Lines(postcodeLines) {
		f := strings.Fields(line)
		var holders []*municipality
		for _, code := range f[1:] {
			holders = append(holders, g.byCode[code])
		}
		g.begins, g.holders = append(g.begins, f[0]), append(g.holders, holders)
	}
	return g
})

// spell works out the ways people write the municipality.
func (m *municipality) spell() {
	full := fold(m.city)
	m.forms = []string{full}
	for _, above := range []string{"郡", "島"} { // the county may be left out
		if i := strings.Index(full, above); i > 0 && i+len(above) < len(full) && !strings.HasSuffix(full, "市") {
			m.forms = append(m.forms, full[i+len(above):])
		}
	}
	if i := strings.Index(full, "市"); i > 0 && strings.HasSuffix(full, "区") {
		m.loose = []string{full[:i+len("市")], full[i+len("市"):]}
	}
}

// at are the municipalities of a postcode.
func (g *gazetteer) at(postcode string) []*municipality {
	if len(postcode) != len("1000001") {
		return nil
	}
	i := sort.SearchStrings(g.begins, postcode)
	if i == len(g.begins) || g.begins[i] != postcode {
		i--
	}
	if i < 0 {
		return nil
	}
	return g.holders[i]
}

// locate finds the municipality of a folded address and gives what is written
// behind it; nil when neither the text nor the postcode tells one.
func locate(postcode, text string) (m *municipality, rest string) {
	g := tables()
	rest = strings.TrimSpace(text)
	prefecture := ""
	for _, n := range []int{len("東京都"), len("神奈川県")} {
		if n > len(rest) {
			break
		}
		if prefecture = g.prefectures[rest[:n]]; prefecture != "" {
			rest = strings.TrimSpace(rest[n:])
			break
		}
	}
	holders := g.at(postcode)
	if m, after := written(holders, rest); m != nil {
		return m, after
	}
	if m, after := g.named(prefecture, rest); m != nil {
		return m, after
	}
	if len(holders) == 1 && (prefecture == "" || prefecture == holders[0].prefecture) {
		return holders[0], rest
	}
	return nil, prefecture + rest
}

// written finds the one of the municipalities that the text begins with.
func written(of []*municipality, text string) (*municipality, string) {
	for _, m := range of {
		for _, form := range slices.Concat(m.forms, m.loose) {
			if rest, ok := strings.CutPrefix(text, form); ok {
				return m, rest
			}
		}
	}
	return nil, ""
}

// named finds the municipality that the text begins with among all, by its
// longest form; one whose name another prefecture has, too, needs its own.
func (g *gazetteer) named(prefecture, text string) (*municipality, string) {
	letters := []rune(text)
	for n := min(g.longest, len(letters)); n > 1; n-- {
		var found []*municipality
		for _, m := range g.byForm[string(letters[:n])] {
			if prefecture == "" || m.prefecture == prefecture {
				found = append(found, m)
			}
		}
		if len(found) == 1 {
			return found[0], string(letters[n:])
		}
	}
	return nil, ""
}
