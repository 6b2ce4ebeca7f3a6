package qr

import (
	"bytes"
	"fmt"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"

	"github.com/meguri-crm/meguri/crm/fault"
)

// margin is the quiet zone around a code, in modules: ISO/IEC 18004 asks for four.
const margin = 4

// SVG draws text as a QR code that prints at any size, black on white, with
// error correction M: a seventh of it may be lost.
func SVG(text string) ([]byte, error) {
	code, err := encoder.Encoder_encode(text, decoder.ErrorCorrectionLevel_M, nil)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the QR code cannot be drawn")
	}
	modules := code.GetMatrix()
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
