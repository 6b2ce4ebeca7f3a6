package server

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheLogoIsServedToRecipients(t *testing.T) {
	w := newRecipientWorld(t)
	(&routes{app: w.app}).brand(w.mux)
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 64, 32))); err != nil {
		t.Fatal(err)
	}
	brand, err := w.app.Messages.Brands.SetLogo(t.Context(), bytes.NewReader(logo.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		w.mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		return answer
	}
	path := strings.TrimPrefix(brand.Logo.URL, "https://crm.example")
	picture := get(path)
	if picture.Code != http.StatusOK || !bytes.Equal(picture.Body.Bytes(), logo.Bytes()) ||
		picture.Header().Get("Content-Type") != "image/png" || !strings.Contains(picture.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%d %v", picture.Code, picture.Header())
	}
	if answer := get("/brand/pictures/none"); answer.Code != http.StatusNotFound {
		t.Errorf("an unknown picture: %d", answer.Code)
	}
	if page := get("/u/none").Body.String(); !strings.Contains(page, path) || !strings.Contains(page, "--act: "+brand.Accent) {
		t.Errorf("the page for recipients carries neither logo nor colour: %.400s", page)
	}
}
