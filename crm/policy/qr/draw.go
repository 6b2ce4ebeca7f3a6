package qr

import (
	"bytes"
	"fmt"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"

	"github.com/meguri-crm/meguri/crm/fault"
)

// margin is the quiet zone around a code, in modules: ISO/IEC 18004 asks for four.
const margin = 4

// SVG draws text as a QR code that prints at any size, black on white, with
// error correction M: a seventh of it may be lost.
func SVG(text string) ([]byte, error) {
	modules, err := encode(text)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	size := modules.GetWidth() + 2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, size, size, size, size)
	for y := range modules.GetHeight() {
		for x := range modules.GetWidth() {
			if modules.Get(x, y) == 1 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+margin, y+margin)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}

// Rows is text as a QR code, row by row without the quiet zone: 1 is dark. The
// error correction is that of SVG.
func Rows(text string) ([]string, error) {
	modules, err := encode(text)
	if err != nil {
		return nil, err
	}
	rows := make([]string, modules.GetHeight())
	for y := range rows {
		row := make([]byte, modules.GetWidth())
		for x := range row {
			row[x] = '0' + byte(modules.Get(x, y))
		}
		rows[y] = string(row)
	}
	return rows, nil
}

// Bars is text as Code 128, module by module without the quiet zone: 1 is a bar.
// Digits are packed in pairs.
func Bars(text string) (string, error) {
	drawn, err := oned.NewCode128Writer().Encode(text, gozxing.BarcodeFormat_CODE_128, 0, 1, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "the barcode cannot be drawn")
	}
	bars := make([]byte, drawn.GetWidth())
	for x := range bars {
		bars[x] = '0'
		if drawn.Get(x, 0) {
			bars[x] = '1'
		}
	}
	return string(bars), nil
}

func encode(text string) (*encoder.ByteMatrix, error) {
	code, err := encoder.Encoder_encode(text, decoder.ErrorCorrectionLevel_M, nil)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the QR code cannot be drawn")
	}
	return code.GetMatrix(), nil
}
