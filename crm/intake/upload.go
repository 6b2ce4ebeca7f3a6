package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/zstd"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const (
	chunkSize = 1 << 20
	// maxContent bounds a decompressed file: a year of a large shop is under 5 GB.
	maxContent = 16 << 30
)

// Upload keeps the content of a file in the database, so that any worker on
// any node can read it, and again after a crash. Files compressed with gzip,
// zstd or zip (one file inside; Unpack has several) are kept decompressed: the same file sent in
// two ways has one content. Nothing is kept when content fails.
// Errors: fault.Invalid for what cannot be decompressed, is empty or too large.
func (s *Service) Upload(ctx context.Context, name string, content io.Reader, createdBy int64) (*db.Upload, error) {
	content, closeContent, err := decompress(content)
	if err != nil {
		return nil, err
	}
	defer closeContent()
	row := &db.Upload{Name: baseName(name), CreatedAt: s.clock.Now()}
	if createdBy != 0 {
		row.CreatedBy = &createdBy
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		c, err := newChunker(row.ID, content)
		if err != nil {
			return err
		}
		err = tx.Pgx(func(tx pgx.Tx) error {
			_, err := tx.CopyFrom(ctx, pgx.Identifier{"upload_chunks"}, []string{"upload_id", "seq", "bytes"}, c)
			return err
		})
		if c.err != nil {
			return c.err
		}
		if err != nil {
			return db.Fault(err)
		}
		if c.size == 0 {
			return fault.New(fault.Invalid, "the file is empty").WithCode("EMPTY_FILE").At("file")
		}
		encoding, err := c.sniffer.encoding()
		if err != nil {
			return err
		}
		row.Size, row.SHA256, row.Encoding = c.size, c.hash.Sum(nil), string(encoding)
		_, err = tx.NewUpdate().Model(row).WherePK().Column("size", "sha256", "encoding").Exec(ctx)
		return db.Fault(err)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// maxFileName is in characters; what is longer loses its end.
const maxFileName = 200

// baseName is the file's own name, whatever path a browser or shell put before it.
func baseName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), "\uFFFD")
	if name == "" {
		return "orders.csv"
	}
	if letters := []rune(name); len(letters) > maxFileName {
		return string(letters[:maxFileName])
	}
	return name
}

// chunker is the rows of upload_chunks made of a stream, for COPY.
type chunker struct {
	id      int64
	in      io.Reader
	enc     *zstd.Encoder
	buf     []byte
	seq     int32
	size    int64
	hash    interface{ Sum(b []byte) []byte }
	sniffer encodingSniffer
	tee     io.Writer
	err     error
}

func newChunker(id int64, in io.Reader) (*chunker, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(chunkSize))
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	c := &chunker{id: id, in: in, enc: enc, buf: make([]byte, chunkSize), hash: hash, seq: -1}
	c.tee = io.MultiWriter(hash, &c.sniffer)
	return c, nil
}

// Next implements pgx.CopyFromSource.
func (c *chunker) Next() bool {
	c.buf = c.buf[:cap(c.buf)]
	n, err := readChunk(c.in, c.buf)
	if err != nil {
		c.err = readFault(err)
		return false
	}
	if n == 0 {
		return false
	}
	c.buf = c.buf[:n]
	c.size += int64(n)
	if c.size > maxContent {
		c.err = fault.New(fault.Invalid, "the file is larger than %d GiB", maxContent>>30).WithCode("FILE_TOO_LARGE").At("file")
		return false
	}
	c.seq++
	_, err = c.tee.Write(c.buf)
	c.err = err
	return err == nil
}

// readChunk fills buf as far as the content goes. Unlike io.ReadFull it tells the
// end, which is none of its errors, from an archive or a connection that was cut
// off: those end with io.ErrUnexpectedEOF of their own.
func readChunk(in io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var read int
		read, err = in.Read(buf[n:])
		n += read
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// Values implements pgx.CopyFromSource.
func (c *chunker) Values() ([]any, error) {
	return []any{c.id, c.seq, c.enc.EncodeAll(c.buf, nil)}, nil
}

// Err implements pgx.CopyFromSource.
func (c *chunker) Err() error { return c.err }

// readFault tells a broken archive from a broken connection.
func readFault(err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, zstd.ErrCRCMismatch) ||
		errors.Is(err, zstd.ErrMagicMismatch) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) {
		return fault.Wrap(fault.Invalid, err, "the compressed file is damaged").WithCode("BAD_ARCHIVE").At("file")
	}
	return fault.Wrap(fault.Invalid, err, "the file could not be read to its end").WithCode("TRUNCATED_FILE").At("file")
}

// decompress looks at the first bytes and reads through gzip, zstd and zip.
func decompress(content io.Reader) (io.Reader, func(), error) {
	br := bufio.NewReaderSize(content, 64<<10)
	magic, err := br.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, readFault(err)
	}
	switch {
	case bytes.HasPrefix(magic, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, nil, readFault(err)
		}
		return z, func() { _ = z.Close() }, nil
	case bytes.Equal(magic, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		z, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return nil, nil, readFault(err)
		}
		return z, z.Close, nil
	case bytes.Equal(magic, zipMagic):
		return unzip(br)
	}
	return br, func() {}, nil
}

// chunkReader reads an upload's content back.
type chunkReader struct {
	rows pgx.Rows
	dec  *zstd.Decoder
	buf  []byte
	rest []byte
	read int64 // bytes handed out
	free func()
}

// openUpload streams the content of an upload; the reader holds one connection
// until it is closed.
func (s *Service) openUpload(ctx context.Context, id int64) (*chunkReader, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	conn, err := s.db.Pool.Acquire(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	rows, err := conn.Query(ctx, "SELECT bytes FROM upload_chunks WHERE upload_id = $1 ORDER BY seq", id)
	if err != nil {
		conn.Release()
		return nil, db.Fault(err)
	}
	return &chunkReader{rows: rows, dec: dec, free: conn.Release}, nil
}

// Read implements io.Reader.
func (r *chunkReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if !r.rows.Next() {
			if err := r.rows.Err(); err != nil {
				return 0, db.Fault(err)
			}
			return 0, io.EOF
		}
		raw := r.rows.RawValues()[0]
		var err error
		if r.buf, err = r.dec.DecodeAll(raw, r.buf[:0]); err != nil {
			return 0, fmt.Errorf("a chunk of the upload: %w", err)
		}
		r.rest = r.buf
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	r.read += int64(n)
	return n, nil
}

// Close gives the connection back.
func (r *chunkReader) Close() {
	r.rows.Close()
	r.dec.Close()
	r.free()
}

// fileRecords are the records of an upload behind its header row.
type fileRecords struct {
	*recordReader
	columns []string // of the header row
	content *chunkReader
}

// openRecords opens the records of an upload, which holds one connection until
// it is closed. Errors: fault.Invalid when it is no table.
func (s *Service) openRecords(ctx context.Context, up *db.Upload) (*fileRecords, error) {
	content, err := s.openUpload(ctx, up.ID)
	if err != nil {
		return nil, err
	}
	records, err := newTable(content, Encoding(up.Encoding))
	if err != nil {
		content.Close()
		return nil, err
	}
	f := &fileRecords{recordReader: records, content: content}
	if f.columns, err = records.header(); err != nil {
		content.Close()
		return nil, err
	}
	return f, nil
}

// Close gives the connection back.
func (f *fileRecords) Close() { f.content.Close() }

// read is how many bytes of the upload were read.
func (f *fileRecords) read() int64 { return f.content.read }
