package product

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Bounds of a file of costs.
const (
	MaxCostFile  = 1 << 20 // bytes
	maxCostLines = 20_000
	maxLineFlaws = 200 // told one by one
)

// LineFlaw is why a line of a file is left out.
type LineFlaw struct {
	Line  int    // in the file; the header is 1
	Code  string // SKU_MISSING, BAD_COST, BAD_DATE, BAD_CURRENCY, UNKNOWN_SKU, TWICE
	Value string // what stands there, cut to 60 characters
}

// CostReport is what a file of costs brings, or brought.
type CostReport struct {
	Lines                int // beside the header, without empty ones
	Added, Changed, Same int
	Refused              int
	Flaws                []LineFlaw // the first ones
	Sample               []CostLine // of those that add or change, the first ones
}

// CostLine is a cost of a file and what stands in its place.
type CostLine struct {
	Cost
	Was *int64 // nil: nothing
}

// sampled is how many lines a preview shows.
const sampled = 20

// costColumns are the headers by what they tell, folded.
var costColumns = map[string][]string{
	"sku":      {"sku", "商品コード", "商品番号", "商品管理番号", "商品管理番号(商品url)", "sku管理番号", "品番", "code"},
	"cost":     {"原価", "仕入原価", "仕入価格", "仕入単価", "cost"},
	"from":     {"適用開始日", "開始日", "適用日", "from", "valid_from"},
	"currency": {"通貨", "currency"},
}

// Import reads a file of costs, CSV with a header in UTF-8: a code and a cost,
// and where it has them a first day and a currency. It writes what can be read
// when apply is set, and only tells what it would write otherwise. Lines without
// a cost are passed over, so that a list of products can be filled in little by
// little. Errors: fault.Invalid at file: TOO_LARGE, TOO_MANY, BAD_CSV,
// MISSING_COLUMNS.
func (c *Costs) Import(ctx context.Context, file string, apply bool) (*CostReport, error) {
	r := &CostReport{}
	costs, err := c.readCosts(file, r)
	if err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		if costs, err = c.onlyKnown(ctx, tx, costs, r); err != nil {
			return err
		}
		plain := make([]Cost, len(costs))
		for i, cost := range costs {
			plain[i] = cost.Cost
		}
		changed, err := c.write(ctx, tx, nil, plain)
		if err != nil {
			return err
		}
		r.count(plain, changed)
		if !apply {
			return errOnlyLooked
		}
		return access.Audit(ctx, tx, access.Entry{Action: "product.import_costs", ObjectKind: "Product", Detail: map[string]any{
			"added": r.Added, "changed": r.Changed, "refused": r.Refused,
		}})
	})
	if err != nil && !errors.Is(err, errOnlyLooked) {
		return nil, err
	}
	return r, nil
}

// errOnlyLooked takes the writes of a preview back.
var errOnlyLooked = errors.New("product: only looked")

func (r *CostReport) count(costs []Cost, changed []changedCost) {
	for _, one := range changed {
		if one.was == nil {
			r.Added++
		} else {
			r.Changed++
		}
		if len(r.Sample) < sampled {
			r.Sample = append(r.Sample, CostLine{costs[one.row], one.was})
		}
	}
	r.Same = len(costs) - len(changed)
}

func (r *CostReport) refuse(line int, code, value string) {
	r.Refused++
	if len(r.Flaws) < maxLineFlaws {
		runes := []rune(value)
		r.Flaws = append(r.Flaws, LineFlaw{line, code, string(runes[:min(len(runes), 60)])})
	}
}

// lineCost is a cost and the line it stands in.
type lineCost struct {
	Cost
	line int
}

func (c *Costs) readCosts(file string, r *CostReport) ([]lineCost, error) {
	if len(file) > MaxCostFile {
		return nil, fault.New(fault.Invalid, "a file of costs has at most 1 MB").WithCode("TOO_LARGE").At("file")
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\uFEFF")))
	reader.FieldsPerRecord, reader.LazyQuotes = -1, true
	header, err := reader.Read()
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file has no header").WithCode("BAD_CSV").At("file")
	}
	columns := columnsOf(header)
	if _, ok := columns["sku"]; !ok {
		return nil, missing("商品コード")
	}
	if _, ok := columns["cost"]; !ok {
		return nil, missing("原価")
	}
	var costs []lineCost
	seen := map[Cost]bool{}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return costs, nil
		}
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the file is no CSV").WithCode("BAD_CSV").At("file")
		}
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if r.Lines++; r.Lines > maxCostLines {
			return nil, fault.New(fault.Invalid, "a file of costs has at most %d lines", maxCostLines).WithCode("TOO_MANY").At("file").With("max", maxCostLines)
		}
		line, _ := reader.FieldPos(0)
		cost, code, value := c.readCost(record, columns)
		key := Cost{SKU: cost.SKU, Currency: cost.Currency, From: cost.From}
		switch {
		case code == "" && seen[key]:
			r.refuse(line, "TWICE", cost.SKU)
		case code == "":
			seen[key] = true
			costs = append(costs, lineCost{cost, line})
		case code != skipped:
			r.refuse(line, code, value)
		default:
			r.Lines--
		}
	}
}

func missing(column string) error {
	return fault.New(fault.Invalid, "the column %s is missing", column).WithCode("MISSING_COLUMNS").At("file").With("column", column)
}

func columnsOf(header []string) map[string]int {
	columns := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(norm.NFKC.String(name)))
		for what, names := range costColumns {
			for _, known := range names {
				if _, taken := columns[what]; name == known && !taken {
					columns[what] = i
				}
			}
		}
	}
	return columns
}

// skipped is the code of a line that says nothing.
const skipped = "-"

// readCost reads a line, or says what is wrong with which value.
func (c *Costs) readCost(record []string, columns map[string]int) (cost Cost, code, value string) {
	cell := func(what string) string {
		i, ok := columns[what]
		if !ok || i >= len(record) {
			return ""
		}
		return strings.TrimSpace(record[i])
	}
	cost = Cost{SKU: cell("sku"), Currency: c.Base, From: Always}
	amount := cell("cost")
	switch {
	case amount == "":
		return cost, skipped, ""
	case cost.SKU == "":
		return cost, "SKU_MISSING", amount
	}
	if named := cell("currency"); named != "" {
		cost.Currency = strings.ToUpper(named)
	}
	digits, ok := mall.MinorDigits(cost.Currency)
	if !ok {
		return cost, "BAD_CURRENCY", cost.Currency
	}
	if cost.Amount, ok = mall.ParseAmount(amount, digits); !ok || cost.Amount < 0 || cost.Amount > maxCost {
		return cost, "BAD_COST", amount
	}
	if day := cell("from"); day != "" {
		if cost.From, ok = parseDay(day); !ok {
			return cost, "BAD_DATE", day
		}
	}
	return cost, "", ""
}

// parseDay reads a day as spreadsheets write it in Japan.
func parseDay(s string) (time.Time, bool) {
	s = norm.NFKC.String(s)
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006年1月2日", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil && !t.Before(Always) {
			return t, true
		}
	}
	return time.Time{}, false
}

// onlyKnown leaves out the products nobody has heard of: a typing error must
// not pass for a cost.
func (c *Costs) onlyKnown(ctx context.Context, tx db.Tx, costs []lineCost, r *CostReport) ([]lineCost, error) {
	skus := make([]string, len(costs))
	for i, cost := range costs {
		skus[i] = cost.SKU
	}
	var known map[string]bool
	err := tx.Pgx(func(p pgx.Tx) (err error) {
		known, err = knownSKUs(ctx, p, skus)
		return err
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	kept := costs[:0]
	for _, cost := range costs {
		if known[cost.SKU] {
			kept = append(kept, cost)
		} else {
			r.refuse(cost.line, "UNKNOWN_SKU", cost.SKU)
		}
	}
	return kept, nil
}
