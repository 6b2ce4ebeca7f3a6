package property

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Nothing is the value of a property of which nothing is known.
var Nothing = json.RawMessage("null")

// Known reports whether a value says anything.
func Known(value json.RawMessage) bool {
	return len(value) > 0 && !bytes.Equal(bytes.TrimSpace(value), Nothing)
}

// Check reads a value in JSON and writes it in its canonical form; an empty text
// or list is Nothing. held is the value that is there: of a choice that is no
// longer offered, who has it keeps it.
// Errors: fault.Invalid VALUE_TYPE, VALUE_TOO_LONG, NUMBER_RANGE,
// NUMBER_DECIMALS, DATE_INVALID, NO_SUCH_CHOICE.
func (d Definition) Check(value, held json.RawMessage) (json.RawMessage, error) {
	if !Known(value) {
		return Nothing, nil
	}
	switch d.Type {
	case Number:
		return d.number(string(bytes.TrimSpace(value)))
	case Boolean:
		var yes bool
		if json.Unmarshal(value, &yes) != nil {
			return nil, d.wrong("VALUE_TYPE", "true or false is expected")
		}
		return marshal(yes), nil
	case Choices:
		var list []string
		if json.Unmarshal(value, &list) != nil {
			return nil, d.wrong("VALUE_TYPE", "a list of choices is expected")
		}
		return d.several(list, held)
	case Text, Date, Choice:
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		return nil, d.wrong("VALUE_TYPE", "a text is expected")
	}
	return d.written(text, held)
}

// written is a value of a type that is written as a text.
func (d Definition) written(text string, held json.RawMessage) (json.RawMessage, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Nothing, nil
	case d.Type == Choice:
		if !d.offers(text) && !bytes.Equal(marshal(text), held) {
			return nil, d.wrong("NO_SUCH_CHOICE", "there is no such choice")
		}
	case d.Type == Date:
		at, err := time.Parse(time.DateOnly, text)
		if err != nil || at.Year() < 1900 || at.Year() > 2999 {
			return nil, d.wrong("DATE_INVALID", "a day such as 2026-11-22 is expected")
		}
	case utf8.RuneCountInString(text) > MaxText:
		return nil, d.wrong("VALUE_TOO_LONG", "at most %d characters", MaxText).With("max", MaxText)
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return nil, d.wrong("VALUE_TYPE", "a text is expected")
	}
	return marshal(text), nil
}

// several are choices in the order of the property's own, each once.
func (d Definition) several(list []string, held json.RawMessage) (json.RawMessage, error) {
	var had []string
	_ = json.Unmarshal(held, &had) // nothing is held where it is none
	for _, v := range list {
		if !d.offers(v) && !slices.Contains(had, v) {
			return nil, d.wrong("NO_SUCH_CHOICE", "there is no such choice")
		}
	}
	var ordered []string
	for _, o := range d.Options {
		if slices.Contains(list, o.Value) {
			ordered = append(ordered, o.Value)
		}
	}
	if len(ordered) == 0 {
		return Nothing, nil
	}
	return marshal(ordered), nil
}

func (d Definition) offers(value string) bool {
	o, ok := d.option(value)
	return ok && !o.Archived
}

// number is a decimal number with at most the property's digits after the point.
func (d Definition) number(text string) (json.RawMessage, error) {
	n, ok := new(big.Rat), false
	if len(text) <= 40 && !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789.-+", r) }) {
		n, ok = n.SetString(text)
	}
	if !ok {
		return nil, d.wrong("VALUE_TYPE", "a number is expected")
	}
	if n.Cmp(big.NewRat(MaxNumber, 1)) > 0 || n.Cmp(big.NewRat(-MaxNumber, 1)) < 0 {
		return nil, d.wrong("NUMBER_RANGE", "a number from %d to %d is expected", -int64(MaxNumber), int64(MaxNumber)).With("max", int64(MaxNumber))
	}
	fixed := n.FloatString(d.Decimals)
	if rounded, _ := new(big.Rat).SetString(fixed); rounded == nil || rounded.Cmp(n) != 0 {
		return nil, d.wrong("NUMBER_DECIMALS", "at most %d digits after the point", d.Decimals).With("max", d.Decimals)
	}
	if strings.Contains(fixed, ".") {
		fixed = strings.TrimRight(strings.TrimRight(fixed, "0"), ".")
	}
	if fixed == "-0" {
		fixed = "0"
	}
	return json.RawMessage(fixed), nil
}

// wrong is a fault about the value of d.
func (d Definition) wrong(code, message string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, message, args...).WithCode(code).At("values."+d.Key).With("name", d.Name)
}

// The words with which files say yes and no.
var (
	yesWords = []string{"yes", "y", "true", "t", "1", "on", "○", "◯", "はい", "有", "あり", "有り", "希望", "希望する", "する"}
	noWords  = []string{"no", "n", "false", "f", "0", "off", "×", "✕", "いいえ", "無", "なし", "無し", "希望しない", "しない"}
)

// between are what stands between the choices in a cell of a file.
const between = "、,;；/／|｜\n"

// Read reads a cell of a file: choices by their names or values, several with a
// comma between them, yes and no in the words people use, numbers in full width
// and with commas, days as spreadsheets write them. An empty cell is Nothing.
// Errors: as Check.
func (d Definition) Read(cell string) (json.RawMessage, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return Nothing, nil
	}
	folded := fold(cell)
	switch d.Type {
	case Text:
		return d.written(cell, nil)
	case Number:
		return d.number(strings.NewReplacer(",", "", "¥", "", "円", "").Replace(folded))
	case Date:
		return d.written(dashed(folded), nil)
	case Boolean:
		switch {
		case slices.Contains(yesWords, folded):
			return marshal(true), nil
		case slices.Contains(noWords, folded):
			return marshal(false), nil
		}
		return nil, d.wrong("VALUE_TYPE", "a yes or a no is expected")
	case Choice:
		return d.written(d.named(cell), nil)
	case Choices:
	}
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(between, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, d.named(part))
		}
	}
	return d.several(list, nil)
}

// Posted reads what a form on a page has sent for the property: the values of
// CHOICES that were ticked, else one text. Errors: as Check.
func (d Definition) Posted(sent []string) (json.RawMessage, error) {
	if d.Type == Choices {
		return d.several(slices.DeleteFunc(slices.Clone(sent), func(v string) bool { return v == "" }), nil)
	}
	if len(sent) == 0 {
		return Nothing, nil
	}
	return d.Read(sent[0])
}

// named is the value of the choice that people call so; text itself where there
// is none.
func (d Definition) named(text string) string {
	for _, o := range d.Options {
		if !o.Archived && (fold(o.Name) == fold(text) || o.Value == text) {
			return o.Value
		}
	}
	return text
}

// dashed writes a day of a spreadsheet, 2026/11/2 or 2026年11月2日, as 2026-11-02.
func dashed(text string) string {
	text = strings.TrimSuffix(strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-").Replace(text), "日")
	if day, _, cut := strings.Cut(text, " "); cut {
		text = day
	}
	for _, layout := range []string{"2006-1-2", "20060102"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format(time.DateOnly)
		}
	}
	return text
}

func fold(text string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(text))) }

// Shown is a value as people read it, in files and mails; "" for Nothing. Days
// stay as 2026-11-22.
func (d Definition) Shown(value json.RawMessage, locale string) string {
	if !Known(value) {
		return ""
	}
	switch d.Type {
	case Number:
		return string(value)
	case Boolean:
		return yesOrNo(string(value) == "true", locale)
	case Choices:
		var list []string
		_ = json.Unmarshal(value, &list) // canonical: it is one
		names := make([]string, len(list))
		for i, v := range list {
			names[i] = d.nameOf(v)
		}
		if locale == "en" {
			return strings.Join(names, ", ")
		}
		return strings.Join(names, "、")
	case Text, Date, Choice:
	}
	var text string
	_ = json.Unmarshal(value, &text)
	if d.Type == Choice {
		return d.nameOf(text)
	}
	return text
}

func (d Definition) nameOf(value string) string {
	if o, ok := d.option(value); ok {
		return o.Name
	}
	return value
}

func yesOrNo(yes bool, locale string) string {
	switch {
	case locale == "en" && yes:
		return "yes"
	case locale == "en":
		return "no"
	case yes:
		return "はい"
	}
	return "いいえ"
}

func marshal(v any) json.RawMessage {
	raw, _ := json.Marshal(v) // of texts and truths: it never fails
	return raw
}
