package export

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/flate"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// File is the content of an export, which can be read from any place: as lines,
// or packed as gzip. One part of it is in memory at a time.
type File struct {
	row    *db.Export
	packed bool
	pieces []piece
	at     int64
	have   int    // which piece is in content
	bytes  []byte // of that piece
}

// piece is one stretch of the file.
type piece struct {
	from, to int64
	load     func() ([]byte, error)
}

// A file of gzip (RFC 1952) is a head, the parts, and an end: an empty last block
// with checksum and size.
var (
	gzipHead  = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255}
	lastBlock = []byte{1, 0, 0, 0xff, 0xff}
)

// Open opens the file of an export, packed as gzip or not; ctx is that of the
// reading. That it was taken is noted. Errors: fault.NotFound; fault.Forbidden without the scopes of its kind;
// fault.Precondition EXPORT_NOT_DONE, EXPORT_EXPIRED.
func (s *Service) Open(ctx context.Context, id int64, packed bool) (*File, error) {
	row, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := allowed(ctx, Kind(row.Kind)); err != nil {
		return nil, err
	}
	switch {
	case row.Status != Done:
		return nil, fault.New(fault.Precondition, "the export is %s", row.Status).WithCode("EXPORT_NOT_DONE").With("state", row.Status)
	case Expired(row, s.Clock.Now()):
		return nil, fault.New(fault.Precondition, "the file was deleted on %s", row.ExpiresAt.Format(time.RFC3339)).WithCode("EXPORT_EXPIRED")
	}
	f := &File{row: row, packed: packed, have: -1}
	if err := f.lay(ctx, s.DB); err != nil {
		return nil, err
	}
	return f, access.Audit(ctx, s.DB, access.Entry{
		Action: "export.download", ObjectKind: objectKind, ObjectID: id, Detail: map[string]any{"kind": row.Kind, "objects": row.Objects},
	})
}

// lay lists the pieces.
func (f *File) lay(ctx context.Context, d *db.DB) error {
	rows, err := d.Pool.Query(ctx, "SELECT seq, size, length(bytes) FROM export_parts WHERE export_id = $1 ORDER BY seq", f.row.ID)
	if err != nil {
		return db.Fault(err)
	}
	f.put(f.packed, int64(len(gzipHead)), func() ([]byte, error) { return gzipHead, nil })
	var seq int
	var size, packed int64
	_, err = pgx.ForEachRow(rows, []any{&seq, &size, &packed}, func() error {
		if f.packed {
			size = packed
		}
		f.put(true, size, f.part(ctx, d, seq))
		return nil
	})
	end := slices.Clone(lastBlock)
	end = binary.LittleEndian.AppendUint32(end, uint32(f.row.Checksum))
	end = binary.LittleEndian.AppendUint32(end, uint32(f.row.Size))
	f.put(f.packed, int64(len(end)), func() ([]byte, error) { return end, nil })
	return db.Fault(err)
}

func (f *File) put(wanted bool, size int64, load func() ([]byte, error)) {
	if wanted {
		f.pieces = append(f.pieces, piece{f.Size(), f.Size() + size, load})
	}
}

func (f *File) part(ctx context.Context, d *db.DB, seq int) func() ([]byte, error) {
	return func() (content []byte, err error) {
		err = d.Pool.QueryRow(ctx, "SELECT bytes FROM export_parts WHERE export_id = $1 AND seq = $2", f.row.ID, seq).Scan(&content)
		if err != nil || f.packed {
			return content, db.Fault(err)
		}
		lines := flate.NewReader(io.MultiReader(bytes.NewReader(content), bytes.NewReader(lastBlock)))
		content, err = io.ReadAll(lines)
		return content, errors.Join(err, lines.Close())
	}
}

// Size is how many bytes there are.
func (f *File) Size() int64 {
	if len(f.pieces) == 0 {
		return 0
	}
	return f.pieces[len(f.pieces)-1].to
}

// Tag names the content, for who goes on with a part of it.
func (f *File) Tag() string {
	form := "lines"
	if f.packed {
		form = "gzip"
	}
	return fmt.Sprintf("%q", gid.Encode(objectKind, f.row.ID)+"-"+form)
}

// DoneAt is when the file was done.
func (f *File) DoneAt() time.Time { return *f.row.FinishedAt }

// Kind is what its objects are.
func (f *File) Kind() Kind { return Kind(f.row.Kind) }

// Seek implements io.Seeker.
func (f *File) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.Size()
	}
	if offset < 0 {
		return 0, errors.New("export: a place before the beginning")
	}
	f.at = offset
	return offset, nil
}

// Read implements io.Reader.
func (f *File) Read(to []byte) (int, error) {
	if f.at >= f.Size() {
		return 0, io.EOF
	}
	i, _ := slices.BinarySearchFunc(f.pieces, f.at, func(p piece, at int64) int {
		if p.to <= at {
			return -1
		}
		return 1
	})
	p := f.pieces[i]
	if f.have != i {
		content, err := p.load()
		if err != nil {
			return 0, err
		}
		if int64(len(content)) != p.to-p.from {
			return 0, fmt.Errorf("export: piece %d of export %d has %d bytes, not %d", i, f.row.ID, len(content), p.to-p.from)
		}
		f.have, f.bytes = i, content
	}
	n := copy(to, f.bytes[f.at-p.from:])
	f.at += int64(n)
	return n, nil
}
