package message

import (
	"context"
	"encoding/base64"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/policy/qr"
	"github.com/meguri-crm/meguri/db"
)

// Pictures say what no text does: a QR code leads as well as a link. Those that
// lie in the product, or in the content itself, are read; what other servers
// hold is not fetched, because it may be another picture by the time it is seen.

// ownPicture is the hash of a picture of ours in its address.
var ownPicture = regexp.MustCompile(regexp.QuoteMeta(LogoPath) + `([0-9a-f]{64})`)

// decoded is parts with what the QR codes of their pictures say in the place of
// the pictures.
func decoded(ctx context.Context, idb bun.IDB, parts []policy.Part) ([]policy.Part, error) {
	var hashes []string
	for _, part := range parts {
		if m := ownPicture.FindStringSubmatch(told(part)); part.Picture && m != nil {
			hashes = append(hashes, m[1])
		}
	}
	stored, err := storedCodes(ctx, idb, hashes)
	if err != nil {
		return nil, err
	}
	read := make([]policy.Part, 0, len(parts))
	for _, part := range parts {
		if !part.Picture {
			read = append(read, part)
			continue
		}
		for _, code := range codesIn(told(part), stored) {
			read = append(read, policy.Part{
				Place: part.Place, Runs: []policy.Run{{Text: code, At: part.Runs[0].At, Filled: true}}, Link: true, Code: true, Echo: part.Echo,
			})
		}
	}
	return read, nil
}

// told is the text of a part.
func told(part policy.Part) string {
	var b strings.Builder
	for _, run := range part.Runs {
		b.WriteString(run.Text)
	}
	return b.String()
}

func codesIn(source string, stored map[string][]string) []string {
	if m := ownPicture.FindStringSubmatch(source); m != nil {
		return stored[m[1]]
	}
	head, data, ok := strings.Cut(strings.TrimSpace(source), ",")
	if !ok || !strings.HasPrefix(strings.ToLower(head), "data:image/") || !strings.HasSuffix(strings.ToLower(head), ";base64") {
		return nil
	}
	picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	if err != nil {
		return nil
	}
	return qr.Codes(picture)
}

// picture is a picture of ours; Data only where its codes were never read.
type picture struct {
	Hash  string
	Codes []string
	Data  []byte
}

func storedCodes(ctx context.Context, idb bun.IDB, hashes []string) (map[string][]string, error) {
	codes := map[string][]string{}
	if len(hashes) == 0 {
		return codes, nil
	}
	rows, err := db.Prepared(ctx, idb, pgx.RowToStructByPos[picture],
		`SELECT hash, codes, CASE WHEN codes IS NULL THEN data END FROM brand_pictures WHERE hash = ANY($1::text[])`, hashes)
	for _, row := range rows {
		codes[row.Hash] = row.Codes
		if row.Codes == nil {
			codes[row.Hash] = qr.Codes(row.Data)
		}
	}
	return codes, err
}
