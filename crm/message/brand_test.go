package message_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func picture(t *testing.T, width, height int, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	img.Set(width/2, height/2, color.Black)
	var b bytes.Buffer
	if err := encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(b *bytes.Buffer, img image.Image) error  { return png.Encode(b, img) }
func asJPEG(b *bytes.Buffer, img image.Image) error { return jpeg.Encode(b, img, nil) }
func asGIF(b *bytes.Buffer, img image.Image) error  { return gif.Encode(b, img, nil) }

func TestALogoIsAPictureOfBoundedSize(t *testing.T) {
	brands := message.Brands{DB: dbtest.New(t), Clock: &clock.Fixed{T: time.Unix(1, 0)}, Origin: "https://crm.example"}
	good := picture(t, 400, 100, asPNG)
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":          {nil, "LOGO_NOT_A_PICTURE"},
		"a page":           {[]byte("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"), "LOGO_NOT_A_PICTURE"},
		"another format":   {picture(t, 100, 100, asGIF), "LOGO_NOT_A_PICTURE"},
		"one cut short":    {good[:len(good)-20], "LOGO_NOT_A_PICTURE"},
		"one too narrow":   {picture(t, 400, 15, asPNG), "LOGO_BAD_SIZE"},
		"one too wide":     {picture(t, 2001, 100, asPNG), "LOGO_BAD_SIZE"},
		"one too heavy":    {append(bytes.Clone(good), make([]byte, message.MaxLogoBytes)...), "LOGO_TOO_LARGE"},
		"a hollow picture": {good[:40], "LOGO_NOT_A_PICTURE"},
	} {
		var f *fault.Error
		if _, err := brands.SetLogo(t.Context(), bytes.NewReader(c.data)); !errors.As(err, &f) || f.CodeOrKind() != c.code || f.Field != "logo" {
			t.Errorf("%s: %v, want %s at logo", name, err, c.code)
		}
	}
	if b, err := brands.Current(t.Context()); err != nil || b.Logo != nil || b.Accent != message.DefaultAccent {
		t.Fatalf("a refused picture left %+v, %v", b, err)
	}
	first, err := brands.SetLogo(t.Context(), bytes.NewReader(good))
	if err != nil || first.Logo.Width != 400 || first.Logo.Height != 100 || first.Logo.URL != "https://crm.example/brand/pictures/"+first.Logo.Hash {
		t.Fatalf("%+v, %v", first.Logo, err)
	}
	second, err := brands.SetLogo(t.Context(), bytes.NewReader(picture(t, 64, 64, asJPEG)))
	if err != nil || second.Logo.Hash == first.Logo.Hash {
		t.Fatalf("%+v, %v", second.Logo, err)
	}
	for hash, want := range map[string]string{first.Logo.Hash: "image/png", second.Logo.Hash: "image/jpeg"} {
		if data, mediaType, err := brands.Picture(t.Context(), hash); err != nil || mediaType != want || len(data) == 0 {
			t.Errorf("%s: %d bytes of %s, %v", hash, len(data), mediaType, err)
		}
	}
	if _, _, err := brands.Picture(t.Context(), "none"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown picture: %v", err)
	}
	if b, err := brands.Update(t.Context(), message.BrandChange{RemoveLogo: true}); err != nil || b.Logo != nil {
		t.Errorf("removed: %+v, %v", b, err)
	}
}

// TestTheBrandGoesByTheNameOfTheSender: a new name holds at once, because no
// other place keeps one.
func TestTheBrandGoesByTheNameOfTheSender(t *testing.T) {
	d := dbtest.New(t)
	brands, senders := message.Brands{DB: d, Clock: &clock.Fixed{T: time.Unix(1, 0)}}, message.Senders{DB: d}
	accent := "#102030"
	for _, name := range []string{"めぐり堂", "めぐり堂 本店"} {
		sender := message.Sender{Name: name, Email: "news@shop.example", PostalAddress: "東京都千代田区1-1", Contact: "03-0000-0000"}
		if _, err := senders.Update(t.Context(), sender); err != nil {
			t.Fatal(err)
		}
		if brand, err := brands.Current(t.Context()); err != nil || brand.Name != name {
			t.Errorf("%q, %v, want %q", brand.Name, err, name)
		}
		if brand, err := brands.Update(t.Context(), message.BrandChange{Accent: &accent}); err != nil || brand.Name != name || brand.Accent != accent {
			t.Errorf("changed: %+v, %v", brand, err)
		}
	}
	var kept string
	if err := d.NewSelect().Table("settings").ColumnExpr("value::text").Where("key = 'brand'").Scan(t.Context(), &kept); err != nil || strings.Contains(kept, "めぐり堂") {
		t.Errorf("the settings of the brand are %s, %v", kept, err)
	}
}

func TestTheAccentIsAColour(t *testing.T) {
	brands := message.Brands{DB: dbtest.New(t), Clock: clock.System{}}
	for _, bad := range []string{"", "red", "#12345", "#12345g", "#123456;}body{display:none", "url(x)"} {
		var f *fault.Error
		if _, err := brands.Update(t.Context(), message.BrandChange{Accent: &bad}); !errors.As(err, &f) || f.CodeOrKind() != "BAD_COLOR" {
			t.Errorf("%q: %v, want BAD_COLOR", bad, err)
		}
	}
	good := " #BF0000 "
	if b, err := brands.Update(t.Context(), message.BrandChange{Accent: &good}); err != nil || b.Accent != "#bf0000" {
		t.Errorf("%+v, %v", b, err)
	}
	for accent, want := range map[string]string{"#ffffff": "#14171c", "#ffd400": "#14171c", "#2a4b8d": "#ffffff", "#bf0000": "#ffffff", "": "#ffffff"} {
		if got := (message.Brand{Accent: accent}).Ink(); got != want {
			t.Errorf("words on %q are %s, want %s", accent, got, want)
		}
	}
}

func TestMailsCarryTheBrand(t *testing.T) {
	compiled, findings := message.Compile(message.Source{Subject: "件名", MJML: message.Starters()[0].MJML})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	template, err := message.Prepare(compiled, message.Fixed{
		Sender: message.Sender{Name: `めぐり"堂`}, Shop: message.Shop{Name: "本店", URL: "https://shop.example/"},
		Brand: message.Brand{Accent: "#ffd400", Logo: &message.Logo{Width: 960, Height: 96, URL: "https://crm.example/brand/pictures/abc"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	mail, err := template.Preview(message.ExamplePerson(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<img src="https://crm.example/brand/pictures/abc" alt="めぐり&#34;堂" width="240" height="24"`, // 480 × 48 would be too wide
		"border-top:2px solid #ffd400", "background:#ffd400", "color:#14171c",
	} {
		if !strings.Contains(mail.HTML, want) {
			t.Errorf("the mail does not carry %s", want)
		}
	}
	if strings.Contains(mail.Text, "abc") {
		t.Error("the plain text carries the logo")
	}
}
