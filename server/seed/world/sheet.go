package world

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/header"
)

// sheet is a kind of file that a mall, the till or the member system exports.
type sheet struct {
	shop, name string // of the shop, and of the file behind the day
	mapping    string // file of the mapping that reads it; "": the header row tells
	header     []string
	tabs, utf8 bool
	of         mall.Mall
	rows       func(s *rows, p *Person, o *Order)
}

// sheets are the files of orders, in the order in which they are taken in.
var sheets = []*sheet{
	{shop: Rakuten, name: "rakuten_orders.csv", of: mall.Rakuten, header: header.Rakuten.Columns(), rows: rakutenRows},
	{shop: OwnSite, name: "own-site_orders.csv", of: mall.OwnSite, header: header.Shopify.Columns(), utf8: true, rows: shopifyRows},
	{shop: Yahoo, name: "yahoo_orders.csv", of: mall.Yahoo, header: header.Yahoo.Columns(), rows: yahooRows},
	{shop: Yahoo, name: "yahoo_items.csv", of: mall.Yahoo, header: header.YahooItems.Columns(), rows: yahooItemRows},
	{shop: Amazon, name: "amazon_unshipped.txt", of: mall.Amazon, header: header.AmazonUnshipped.Columns(), tabs: true, rows: unshippedRows},
	{shop: Amazon, name: "amazon_orders.txt", of: mall.Amazon, header: header.Amazon.Columns(), tabs: true, rows: amazonRows},
	{shop: Kyoto, name: "kyoto_pos.csv", of: mall.Store, mapping: tillMapping, header: tillHeader.Columns(), rows: tillRows},
}

// rows is an open file of a sheet, to which orders are written as they stand at
// an instant.
type rows struct {
	sheet *sheet
	now   time.Time
	from  time.Time // of the file before

	at   map[string]int
	cell []string
	file *os.File
	buf  *bufio.Writer
	enc  io.WriteCloser // nil: UTF-8
	csv  *csv.Writer
	err  error
}

// create opens a file of a sheet and writes its header, or goes on with one that
// is there.
func (s *sheet) create(path string, from, now time.Time) (*rows, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644) //nolint:gosec // files of people who do not exist
	if err != nil {
		return nil, err
	}
	begun, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r := &rows{sheet: s, now: now, from: from, at: map[string]int{}, cell: make([]string, len(s.header)), file: f, buf: bufio.NewWriterSize(f, 16<<10)}
	for i, h := range s.header {
		r.at[h] = i
	}
	var to io.Writer = r.buf
	if !s.utf8 {
		r.enc = transform.NewWriter(r.buf, japanese.ShiftJIS.NewEncoder())
		to = r.enc
	}
	r.csv = csv.NewWriter(to)
	r.csv.UseCRLF = true
	if s.tabs {
		r.csv.Comma = '\t'
	}
	if begun.Size() == 0 {
		r.err = r.csv.Write(s.header)
	}
	return r, nil
}

// set writes a cell of the row at hand.
func (r *rows) set(column, text string) { r.cell[r.at[column]] = text }

// end writes the row at hand and begins the next.
func (r *rows) end() {
	if err := r.csv.Write(r.cell); err != nil && r.err == nil {
		r.err = err
	}
	clear(r.cell)
}

// next begins another row of the same order, which keeps what is of the order.
func (r *rows) next(order []string) { copy(r.cell, order) }

// time is an instant that has come, or "".
func (r *rows) time(t time.Time, layout string) string {
	if t.IsZero() || t.After(r.now) {
		return ""
	}
	return t.In(Japan).Format(layout)
}

func (r *rows) close() error {
	r.csv.Flush()
	err := errors.Join(r.err, r.csv.Error())
	if r.enc != nil {
		err = errors.Join(err, r.enc.Close())
	}
	return errors.Join(err, r.buf.Flush(), r.file.Close())
}
