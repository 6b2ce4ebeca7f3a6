package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/fault"
)

// maxPacked is how many files an archive may hold.
const maxPacked = 100

var zipMagic = []byte("PK\x03\x04")

// Unpack hands over each file of a zip, by its own name and in the order of
// names, or the content itself where it is none. It ends with the first error of
// each. The archive is spooled to disk, because its table of contents is at its
// end. Errors: fault.Invalid BAD_ARCHIVE, TRUNCATED_FILE, EXCEL_FILE, EMPTY_FILE,
// TOO_MANY_FILES.
func Unpack(name string, content io.Reader, each func(name string, content io.Reader) error) error {
	br := bufio.NewReaderSize(content, 64<<10)
	magic, err := br.Peek(len(zipMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return readFault(err)
	}
	if !bytes.Equal(magic, zipMagic) {
		return each(name, br)
	}
	files, drop, err := spool(br)
	if err != nil {
		return err
	}
	defer drop()
	if len(files) > maxPacked {
		return fault.New(fault.Invalid, "the zip holds %d files; at most %d come in at once", len(files), maxPacked).
			WithCode("TOO_MANY_FILES").At("file").With("files", len(files)).With("max", maxPacked)
	}
	for _, f := range files {
		if err := unpackOne(f, each); err != nil {
			return err
		}
	}
	return nil
}

func unpackOne(f *zip.File, each func(name string, content io.Reader) error) error {
	in, err := f.Open()
	if err != nil {
		return readFault(err)
	}
	defer func() { _ = in.Close() }()
	return each(packedName(f), in)
}

// spool writes an archive to a temporary file and lists what it holds.
func spool(content io.Reader) (files []*zip.File, drop func(), err error) {
	f, err := os.CreateTemp("", "meguri-import-*.zip")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = f.Close(); _ = os.Remove(f.Name()) }
	defer func() {
		if err != nil {
			remove()
		}
	}()
	size, err := io.Copy(f, io.LimitReader(content, maxContent))
	if err != nil {
		return nil, nil, readFault(err)
	}
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return nil, nil, readFault(err)
	}
	for _, e := range archive.File {
		switch base := path.Base(e.Name); {
		case e.Name == "[Content_Types].xml":
			return nil, nil, fault.New(fault.Invalid, "this is an Excel workbook; save the sheet as CSV UTF-8").WithCode("EXCEL_FILE").At("file")
		case e.FileInfo().IsDir(), strings.HasPrefix(e.Name, "__MACOSX/"), strings.HasPrefix(base, "."), strings.EqualFold(base, "Thumbs.db"):
		default:
			files = append(files, e)
		}
	}
	if len(files) == 0 {
		return nil, nil, fault.New(fault.Invalid, "the zip holds no file").WithCode("EMPTY_FILE").At("file")
	}
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return files, remove, nil
}

// packedName is the name of a file in a zip. Windows in Japan writes names in
// CP932 without saying so.
func packedName(f *zip.File) string {
	if f.NonUTF8 || !utf8.ValidString(f.Name) {
		if name, err := japanese.ShiftJIS.NewDecoder().String(f.Name); err == nil {
			return baseName(name)
		}
	}
	return baseName(f.Name)
}

// unzip is the one file of an archive.
func unzip(content io.Reader) (io.Reader, func(), error) {
	files, drop, err := spool(content)
	if err != nil {
		return nil, nil, err
	}
	if len(files) != 1 {
		drop()
		return nil, nil, fault.New(fault.Invalid, "the zip holds %d files; one is wanted here", len(files)).
			WithCode("ZIP_NOT_ONE_FILE").At("file").With("files", len(files))
	}
	in, err := files[0].Open()
	if err != nil {
		drop()
		return nil, nil, readFault(err)
	}
	return in, func() { _ = in.Close(); drop() }, nil
}
