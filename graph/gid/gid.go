// Package gid makes and reads the API's ids: a type name and a database id,
// unreadable to clients, so that an id of one type is never taken for another's
// and the form may change without breaking anyone.
package gid

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Encode makes the id of an object of a type, e.g. Encode("Customer", 42).
func Encode(typeName string, id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(typeName + ":" + strconv.FormatInt(id, 10)))
}

// EncodeKey makes the id of an object that is known by a text key, or by several
// numbers written as one.
func EncodeKey(typeName, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(typeName + ":" + key))
}

// Decode reads the id of an object of a type; fault.Invalid (code BAD_ID) when it
// is none or of another type.
func Decode(typeName, id string) (int64, error) {
	key, err := DecodeKey(typeName, id)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil || n <= 0 {
		return 0, bad(typeName)
	}
	return n, nil
}

// DecodeKey reads the text key of an id made by EncodeKey.
func DecodeKey(typeName, id string) (string, error) {
	name, key, err := Split(id)
	if err != nil || name != typeName {
		return "", bad(typeName)
	}
	return key, nil
}

// Split tells the type and key of any id.
func Split(id string) (typeName, key string, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil {
		return "", "", bad("Node")
	}
	typeName, key, ok := strings.Cut(string(b), ":")
	if !ok || typeName == "" || key == "" {
		return "", "", bad("Node")
	}
	return typeName, key, nil
}

func bad(typeName string) error {
	return fault.New(fault.Invalid, "this is not the id of a %s", typeName).WithCode("BAD_ID")
}
