package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// Text is a scalar of a JSON answer as text, whatever its type: services write
// numbers as strings and the other way round from version to version. What is
// no scalar is kept as it stands: the format that reads it refuses it by name.
type Text string //nolint:recvcheck // decoded by pointer, read by value

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case bytes.Equal(raw, []byte("null")):
		*t = ""
	case len(raw) > 0 && raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		*t = Text(s)
	default:
		*t = Text(raw)
	}
	return nil
}

// String is the text.
func (t Text) String() string { return string(t) }

// Misshapen says where an answer is not of the shape it should have, without
// quoting it: "OrdererModel.zipCode1, byte 1234: string for array".
func Misshapen(err error) string {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind):
		return kind.Field + ", byte " + strconv.FormatInt(kind.Offset, 10) + ": " + kind.Value + " for " + kind.Type.Kind().String()
	case errors.As(err, &syntax):
		return "byte " + strconv.FormatInt(syntax.Offset, 10) + ": not JSON"
	}
	return "not JSON"
}
