// Package qr reads the QR codes in a picture, and draws them.
//
// It owns decoding: several codes in one picture, dark on light or light on
// dark; and the drawing of one code for print. It promises never to panic on a broken picture and to read pictures of a
// bounded size only. It leaves what a code may lead to to crm/policy.
package qr

import (
	"bytes"
	"image"
	_ "image/gif" // what pictures in mails are
	_ "image/jpeg"
	_ "image/png"
	"slices"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
)

// maxPixels bounds what is decoded: more than a picture in a mail ever has.
const maxPixels = 12_000_000

// Codes are the contents of the QR codes in a picture, each once; none where it
// holds none or is no picture that can be read.
func Codes(picture []byte) (codes []string) {
	defer func() {
		if recover() != nil {
			codes = nil // a damaged code is none
		}
	}()
	config, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil || config.Width*config.Height > maxPixels {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil
	}
	source := gozxing.NewLuminanceSourceFromImage(img)
	for _, light := range []gozxing.LuminanceSource{source, source.Invert()} {
		codes = append(codes, read(light)...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func read(source gozxing.LuminanceSource) (codes []string) {
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	if err != nil {
		return nil
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	results, err := multi.NewQRCodeMultiReader().DecodeMultiple(bitmap, hints)
	if err != nil {
		return nil
	}
	for _, result := range results {
		codes = append(codes, result.GetText())
	}
	return codes
}
