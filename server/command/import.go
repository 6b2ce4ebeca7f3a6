package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server"
	"github.com/meguri-crm/meguri/server/seed/world"
)

func (p *program) importFiles() *cli.Command {
	return &cli.Command{
		Name:  "import",
		Usage: "take files of orders or customers in; a file that was interrupted goes on where it stopped",
		Description: "Files of Rakuten, Yahoo!, Amazon and Shopify are told by their header row, and members.jsonl, with which a merchant moves\n" +
			"in from another system, and orders.jsonl of a shop of his own by their lines (docs/members.md, docs/orders.md). Yahoo! and Amazon tell an order in two files\n" +
			"(orders and items; all orders and unshipped): give both, in any order, together or on different days. Of files read by a\n" +
			"mapping without a line id, all lines of an order must stand in one file.\n" +
			"A folder that \"meguri seed --write-files\" has written is taken in whole, each day's files on their day.",
		ArgsUsage: "FILE... | FOLDER",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "shop", Usage: "code of the shop the orders are from; needed, but for a folder"},
			&cli.StringFlag{Name: "mall", Usage: "mall of the shop, which is created if it is not there: " + mallNames()},
			&cli.StringFlag{Name: "mapping", Usage: "name of a mapping, or a JSON file with one; without it the header row tells the format"},
			&cli.StringFlag{Name: "as-of", Usage: "take the files in as if it were this day, YYYY-MM-DD: points mature and expire by it; without it now"},
			&cli.BoolFlag{Name: "json", Usage: "end with one line of JSON per file"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if !c.Args().Present() {
				return misuse("import: which files?")
			}
			asOf, err := dayOf(c)
			if err != nil {
				return err
			}
			open := p.with
			if c.String("mall") != "" || isFolder(c.Args().First()) {
				open = p.begin // it makes the shops itself
			}
			return open(ctx, func(app *server.App) error { return p.importOn(ctx, app, asOf, c) })
		},
	}
}

// dayOf is the morning of the day that --as-of names; zero: now.
func dayOf(c *cli.Command) (time.Time, error) {
	text := c.String("as-of")
	if text == "" {
		return time.Time{}, nil
	}
	at, err := world.Morning(text)
	if err != nil || at.After(time.Now()) {
		return time.Time{}, misuse("--as-of %s: a day that has come is expected, such as 2026-11-21", text)
	}
	return at, nil
}

// importOn takes files, or a folder, in as if it were a day.
func (p *program) importOn(ctx context.Context, app *server.App, asOf time.Time, c *cli.Command) error {
	if isFolder(c.Args().First()) {
		if c.Args().Len() > 1 {
			return misuse("import: one folder, or files")
		}
		if asOf.IsZero() {
			asOf = time.Now()
		}
		return app.ImportFolder(ctx, c.Args().First(), asOf, p.tellDay)
	}
	if c.String("shop") == "" {
		return misuse("import: --shop says which shop the orders are from")
	}
	if !asOf.IsZero() {
		past, err := app.On(asOf)
		if err != nil {
			return err
		}
		app = past
	}
	return p.importAll(ctx, app, c)
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func mallNames() string {
	names := make([]string, len(mall.All))
	for i, m := range mall.All {
		names[i] = string(m)
	}
	return strings.Join(names, ", ")
}

func (p *program) importAll(ctx context.Context, app *server.App, c *cli.Command) error {
	mapping, err := readMapping(ctx, app.Intake, c.String("mapping"))
	if err != nil {
		return err
	}
	to, err := shopFor(ctx, app.Shops, c.String("shop"), c.String("mall"), mapping)
	if err != nil {
		return err
	}
	var failures error
	for _, path := range c.Args().Slice() {
		if err := p.importFile(ctx, app, path, to, mapping, c.Bool("json")); err != nil {
			failures = errors.Join(failures, fmt.Errorf("%s: %w", path, err))
		}
	}
	return failures
}

// readMapping is the mapping by name or from a file; nil for "".
func readMapping(ctx context.Context, in *intake.Service, name string) (*mall.Mapping, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // no mapping is asked for
	}
	m, err := in.FindMapping(ctx, name)
	if fault.Is(err, fault.NotFound) {
		content, readErr := os.ReadFile(name)
		if readErr != nil {
			return nil, unknownMapping(ctx, in, name)
		}
		m, err = mall.ParseMapping(content)
	}
	return &m, err
}

// unknownMapping says which mappings there are.
func unknownMapping(ctx context.Context, in *intake.Service, name string) error {
	rows, err := in.Mappings(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(rows))
	for i, m := range rows {
		names[i] = m.Name
	}
	return fmt.Errorf("--mapping %s: no mapping has this name, and it is no file that can be read; there are %s", name, strings.Join(names, ", "))
}

// shopFor finds the shop, or makes it when its mall is given.
func shopFor(ctx context.Context, shops *shop.Service, code, onMall string, mapping *mall.Mapping) (*db.Shop, error) {
	var want mall.Mall
	if onMall != "" {
		var ok bool
		if want, ok = mall.Parse(onMall); !ok {
			return nil, misuse("--mall %s: there is no such mall; there are %s", onMall, mallNames())
		}
	}
	row, err := shops.FindByCode(ctx, code)
	switch {
	case err == nil && onMall != "" && row.Mall != string(want):
		return nil, fmt.Errorf("--mall %s: the shop %s is on %s", want, code, row.Mall)
	case err == nil || !fault.Is(err, fault.NotFound):
		return row, err
	case onMall == "":
		return nil, fmt.Errorf("--shop %s: there is no such shop; give --mall to create it", code)
	}
	draft := shop.Draft{Code: code, Name: code, Mall: want, Currency: "JPY"}
	if mapping != nil {
		draft.Currency = mapping.Currency
	}
	return shops.Create(ctx, draft)
}

func (p *program) importFile(ctx context.Context, app *server.App, path string, to *db.Shop, mapping *mall.Mapping, asJSON bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	var failures error
	err = intake.Unpack(path, f, func(name string, content io.Reader) error {
		if err := p.importContent(ctx, app, intake.File{Name: name, Content: content, ShopID: to.ID, Mapping: mapping}, asJSON); err != nil {
			failures = errors.Join(failures, err) // of a zip, what can be taken in is
		}
		return ctx.Err()
	})
	return errors.Join(failures, err)
}

func (p *program) importContent(ctx context.Context, app *server.App, f intake.File, asJSON bool) error {
	imp, err := app.Intake.TakeFile(ctx, f,
		func(imp *db.Import) { fmt.Fprintln(p.stderr, progressLine(imp)) })
	if err != nil {
		return err
	}
	s := newSummary(imp)
	if s.Waiting, err = app.Intake.Waiting(ctx, imp.ID); err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(p.stdout).Encode(s)
	}
	return s.print(p.stdout)
}

func progressLine(imp *db.Import) string {
	if imp.Phase == "READING" {
		return fmt.Sprintf("%s: reading, %d of %d MB", imp.FileName, imp.BytesRead>>20, imp.BytesTotal>>20)
	}
	total := int64(0)
	if imp.LinesTotal != nil {
		total = *imp.LinesTotal
	}
	return fmt.Sprintf("%s: %d of %d rows", imp.FileName, imp.Rows(), total)
}

// summary is what came of one file. Of an import that was interrupted it tells
// the whole file, not only the last part.
type summary struct {
	ID              int64   `json:"id"`
	File            string  `json:"file"`
	Format          string  `json:"format"`
	Rows            int64   `json:"rows"`
	Inserted        int64   `json:"inserted"`
	Updated         int64   `json:"updated"`
	Unchanged       int64   `json:"unchanged"`
	Quarantined     int64   `json:"quarantined"`
	Rounded         int64   `json:"rounded"`         // rows whose price was finer than the minor unit
	WithoutCustomer int64   `json:"withoutCustomer"` // rows; a subset of the others
	Orders          int64   `json:"orders"`          // without cancellations
	Cancellations   int64   `json:"cancellations"`
	Customers       int64   `json:"customers"`
	Consents        int64   `json:"consents"`     // words that files of customers brought
	Members         int64   `json:"members"`      // whom a file of members enrolled
	PointActions    int64   `json:"pointActions"` // that it booked
	Waiting         int64   `json:"waiting"`      // orders that lack the half another file tells
	Quantity        int64   `json:"quantity"`
	Seconds         float64 `json:"seconds"`   // of work, all attempts together
	PeakRSSMB       float64 `json:"peakRssMb"` // of this process; 0 where the system does not tell
}

func newSummary(imp *db.Import) summary {
	return summary{
		ID: imp.ID, File: imp.FileName, Format: imp.Format, Rows: imp.Rows(), Inserted: imp.RowsInserted, Updated: imp.RowsUpdated,
		Unchanged: imp.RowsUnchanged, Quarantined: imp.RowsQuarantined, Rounded: imp.RowsRounded, WithoutCustomer: imp.RowsWithoutCustomer,
		Orders: imp.OrdersCount, Cancellations: imp.CancellationsCount, Customers: imp.CustomersCount, Quantity: imp.QuantitySum,
		Consents: imp.ConsentsCount, Members: imp.MembersCount, PointActions: imp.ActionsCount,
		Seconds: (time.Duration(imp.BusyMS) * time.Millisecond).Seconds(), PeakRSSMB: peakRSS(),
	}
}

func (s summary) print(w io.Writer) error {
	waiting := ""
	if s.Waiting > 0 {
		waiting = fmt.Sprintf("  waiting       %d orders, for the file with their other half\n", s.Waiting)
	}
	_, err := fmt.Fprintf(w, `%s (import %d, %s)
  rows          %d: %d inserted, %d updated, %d unchanged, %d quarantined
  orders        %d, cancellations %d, customers %d, quantity %d
  no customer   %d rows
%s%s  took          %.1f s
`, s.File, s.ID, s.Format, s.Rows, s.Inserted, s.Updated, s.Unchanged, s.Quarantined, s.Orders, s.Cancellations, s.Customers, s.Quantity,
		s.WithoutCustomer, waiting, s.movedIn(), s.Seconds)
	return err
}

// movedIn is what a file of members brought, as a line of its own.
func (s summary) movedIn() string {
	if s.Members+s.PointActions == 0 {
		return ""
	}
	return fmt.Sprintf("  members       %d, %d actions on points, %d words of consent\n", s.Members, s.PointActions, s.Consents)
}

// peakRSS is the most memory this process ever held, in MB.
func peakRSS() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}
