package qr_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/meguri-crm/meguri/crm/policy/qr"
)

// sheet is a picture with codes side by side, as a leaflet has them.
func sheet(t *testing.T, invert bool, texts ...string) *image.Gray {
	t.Helper()
	const side = 220
	out := image.NewGray(image.Rect(0, 0, 60+len(texts)*(side+60), side+120))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	for i, text := range texts {
		matrix, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, side, side, nil)
		if err != nil {
			t.Fatal(err)
		}
		at := image.Pt(60+i*(side+60), 60)
		draw.Draw(out, image.Rectangle{Min: at, Max: at.Add(image.Pt(side, side))}, matrix, image.Point{}, draw.Src)
	}
	if invert {
		for i, y := range out.Pix {
			out.Pix[i] = 255 - y
		}
	}
	return out
}

func encoded(t *testing.T, img image.Image, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	if format == "jpeg" {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 70})
	} else {
		err = png.Encode(&b, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCodesInAPicture(t *testing.T) {
	const own, other = "https://shop.example/line?from=mail", "MEGURI-2026"
	for name, c := range map[string]struct {
		picture []byte
		want    []string
	}{
		"one":             {encoded(t, sheet(t, false, own), "png"), []string{own}},
		"two, compressed": {encoded(t, sheet(t, false, own, other), "jpeg"), []string{other, own}},
		"light on dark":   {encoded(t, sheet(t, true, own), "png"), []string{own}},
		"no code":         {encoded(t, sheet(t, false), "png"), nil},
		"no picture":      {[]byte("GIF89a and nothing behind it"), nil},
		"nothing":         {nil, nil},
	} {
		if got := qr.Codes(c.picture); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestDamagedPicturesGiveNothing cuts and flips a picture at many places.
func TestDamagedPicturesGiveNothing(t *testing.T) {
	whole := encoded(t, sheet(t, false, "https://shop.example/"), "jpeg")
	for at := 0; at < len(whole); at += len(whole)/40 + 1 {
		flipped := slices.Clone(whole)
		flipped[at] ^= 0xff
		for _, broken := range [][]byte{whole[:at], flipped} {
			for _, code := range qr.Codes(broken) {
				if code != "https://shop.example/" {
					t.Errorf("at %d: %q", at, code)
				}
			}
		}
	}
}
