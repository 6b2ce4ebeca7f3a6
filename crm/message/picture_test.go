package message_test

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// codePicture is a PNG of a QR code.
func codePicture(t *testing.T, text string) []byte {
	t.Helper()
	matrix, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 240, 240, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, matrix); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAQRCodeLeadsAsALinkDoes: in a picture that came with the mail, in one that
// lies in the product, read when it was stored or, if it is older, when asked.
func TestAQRCodeLeadsAsALinkDoes(t *testing.T) {
	conn := dbtest.New(t)
	if _, err := conn.NewInsert().Model(&db.Shop{Code: "raku", Name: "楽天市場店", Mall: "RAKUTEN"}).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	brands := message.Brands{DB: conn, Clock: clock.System{}, Origin: "https://crm.example.com"}
	outside := codePicture(t, "https://lin.ee/abc")
	brand, err := brands.SetLogo(t.Context(), bytes.NewReader(outside))
	if err != nil {
		t.Fatal(err)
	}
	inline := func(picture []byte) string {
		return "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture)
	}
	gate := message.NewGate(clock.System{}, time.UTC)
	found := func(src string) []string {
		t.Helper()
		source := message.Source{Subject: "新作", MJML: "<mjml><mj-body><mj-section><mj-column>\n<mj-image alt=\"茶\" src=\"" + src + "\" /></mj-column></mj-section></mj-body></mjml>"}
		compiled, _ := message.Compile(source)
		findings, err := gate.CheckLetter(t.Context(), conn, "MAIL", &message.Letter{Source: &source, Compiled: compiled})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, f := range findings {
			if f.Line != 2 || !strings.Contains(f.Message.JA, "QRコード") {
				t.Errorf("%+v", f)
			}
			said = append(said, f.Code+" "+f.Excerpt)
		}
		return said
	}
	want := []string{"RK-01 https://lin.ee/abc"}
	if got := found(brand.Logo.URL); !slices.Equal(got, want) {
		t.Errorf("a stored picture: %v", got)
	}
	if _, err := conn.NewRaw(`UPDATE brand_pictures SET codes = NULL`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := found(brand.Logo.URL); !slices.Equal(got, want) {
		t.Errorf("a picture stored before codes were read: %v", got)
	}
	if got := found(inline(outside)); !slices.Equal(got, want) {
		t.Errorf("a picture in the mail: %v", got)
	}
	for name, src := range map[string]string{
		"a code that stays on Rakuten": inline(codePicture(t, "https://item.rakuten.co.jp/meguri/1/")),
		"a picture elsewhere":          "https://images.example/a.png",
		"one that is not there":        "https://crm.example.com" + message.LogoPath + strings.Repeat("0", 64),
	} {
		if got := found(src); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}
