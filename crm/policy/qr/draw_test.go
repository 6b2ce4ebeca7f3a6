package qr_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/meguri-crm/meguri/crm/policy/qr"
)

// drawn paints rows of modules with their quiet zone, each module 6 pixels wide.
func drawn(t *testing.T, rows []string, high int) *gozxing.BinaryBitmap {
	t.Helper()
	const module, quiet = 6, 10
	img := image.NewGray(image.Rect(0, 0, (len(rows[0])+2*quiet)*module, (len(rows)*high+2*quiet)*module))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range len(rows) * high * module {
		row := rows[y/(high*module)]
		for x := range len(row) * module {
			if row[x/module] == '1' {
				img.SetGray(x+quiet*module, y+quiet*module, color.Gray{})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	return bitmap
}

// What a phone shows is what a scanner reads.
func TestDrawnCodesAreRead(t *testing.T) {
	const code = "40000000000612345678"
	rows, err := qr.Rows(code)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 21 || len(rows[0]) != 21 {
		t.Errorf("%d × %d modules, want the smallest code there is", len(rows[0]), len(rows))
	}
	if read, err := qrcode.NewQRCodeReader().DecodeWithoutHints(drawn(t, rows, 1)); err != nil || read.GetText() != code {
		t.Errorf("QR: %v, %v", read, err)
	}
	bars, err := qr.Bars(code)
	if err != nil {
		t.Fatal(err)
	}
	// Start, ten pairs and the check are 11 modules each, the end is 13.
	if want := 12*11 + 13; len(bars) != want {
		t.Errorf("%d modules, want %d", len(bars), want)
	}
	if read, err := oned.NewCode128Reader().DecodeWithoutHints(drawn(t, []string{bars}, 30)); err != nil || read.GetText() != code {
		t.Errorf("Code 128: %v, %v", read, err)
	}
}
