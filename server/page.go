package server

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
)

// Locales of pages for shoppers.
const (
	japanese = "ja"
	english  = "en"
)

//go:embed page/words.json
var pageWordsFile []byte

// pageWords are what the pages for shoppers say, by locale and key.
var pageWords = func() (words map[string]map[string]string) {
	if err := json.Unmarshal(pageWordsFile, &words); err != nil {
		panic("server: page/words.json: " + err.Error())
	}
	return words
}()

// publicPage is a page for shoppers in the merchant's colours.
type publicPage struct {
	Locale            string
	Title             string
	Merchant          string
	Sender            policy.Sender
	Logo              string
	Accent, AccentInk template.CSS
	Body              any
}

// T is what the page says under key.
func (p publicPage) T(key string, args ...any) string { return said(p.Locale, key, args...) }

func said(locale, key string, args ...any) string {
	words, known := pageWords[locale][key]
	if !known {
		return key
	}
	if len(args) == 0 {
		return words
	}
	return fmt.Sprintf(words, args...)
}

// notice is a page that tells one thing and offers what comes next.
type noticePage struct {
	Done, Text, Note string
	ItemsTitle       string
	Items            []string
	Buttons          []pageButton
	Back             string // address of the form; "": no link
}

// pageButton is a form with one button.
type pageButton struct {
	Action, Label, Token string
	Plain                bool
}

// localeOf is the language of a page: the one that was chosen on it, else
// Japanese unless the browser asks for English first.
func localeOf(r *http.Request) string {
	switch chosen := r.URL.Query().Get("lang"); {
	case chosen == english || chosen == japanese:
		return chosen
	case prefersEnglish(r):
		return english
	}
	return japanese
}

// public answers with a page for shoppers.
func (rs *routes) public(w http.ResponseWriter, r *http.Request, status int, file, locale, title string, body any) {
	uncached(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	if err := rs.write(w, r, file, locale, title, body); err != nil {
		rs.app.Log.DebugContext(r.Context(), "a page was not taken", "error", err)
	}
}

// write is a page as HTML.
func (rs *routes) write(w io.Writer, r *http.Request, file, locale, title string, body any) error {
	p := publicPage{Locale: locale, Title: title, Body: body}
	var err error
	if p.Sender, err = rs.app.Messages.Senders.Current(r.Context()); err != nil {
		rs.app.Log.ErrorContext(r.Context(), "the sender could not be read", "error", err)
	}
	brand, err := rs.app.Messages.Brands.Current(r.Context())
	if err != nil {
		rs.app.Log.ErrorContext(r.Context(), "the brand could not be read", "error", err)
		brand = message.Brand{Accent: message.DefaultAccent}
	}
	if brand.Logo != nil {
		p.Logo = message.LogoPath + brand.Logo.Hash
	}
	p.Merchant, p.Accent, p.AccentInk = p.Sender.Name, template.CSS(brand.Accent), template.CSS(brand.Ink()) //nolint:gosec // both are colours that were checked
	return pages.ExecuteTemplate(w, file, p)
}

// tell answers with a page that tells one thing, by the key of its words.
func (rs *routes) tell(w http.ResponseWriter, r *http.Request, status int, key string, body noticePage) {
	locale := localeOf(r)
	if body.Text == "" {
		body.Text = said(locale, key+".text")
	}
	rs.public(w, r, status, "message.html", locale, said(locale, key+".title"), body)
}
