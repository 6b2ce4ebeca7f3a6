package server

import (
	"encoding/json"
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/server/transport"
)

// maxFileOrder bounds what a file of customers is asked for with: 5,000 ids, or a rule.
const maxFileOrder = 512 << 10

// fileOrder is the body of POST /customers.csv: what the list shows, as the
// query customers takes it, or the customers that were chosen one by one.
type fileOrder struct {
	Filter    *model.CustomerFilter `json:"filter"`
	IDs       []string              `json:"ids"`
	Sort      model.CustomerSort    `json:"sort"`
	Direction model.SortDirection   `json:"direction"`
	Columns   []string              `json:"columns"`
	Locale    string                `json:"locale"`
}

// customerFile answers POST /customers.csv with customers as a file, streamed.
// It is no GET: what one looks for is personal, and addresses are logged.
func (rs *routes) customerFile() http.Handler {
	return transport.Identify(rs.app.Verifier, rs.app.Config.ClientIP, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller := access.From(r.Context())
		switch {
		case !caller.SignedIn():
			transport.WriteFault(w, fault.New(fault.Unauthenticated, "sign in first"))
			return
		case !caller.Has(access.ScopeCustomersRead):
			transport.WriteFault(w, fault.New(fault.Forbidden, "you may not see customers"))
			return
		}
		order, err := readFileOrder(w, r)
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		if err := rs.charge(access.CallerFrom(r.Context()), fileCost); err != nil {
			transport.WriteFault(w, err)
			return
		}
		file, err := rs.app.Customers.Download(r.Context(), order, rs.app.Config.Zone)
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		name := "customers-" + rs.app.Clock.Now().In(rs.app.Config.Zone).Format("20060102") + ".csv"
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"; filename*=UTF-8''`+name)
		w.Header().Set("Cache-Control", "no-store")
		if err := file.WriteTo(r.Context(), &taking{http.NewResponseController(w), w}); err != nil {
			rs.app.Log.WarnContext(r.Context(), "a download broke off", "file", "customers", "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}))
}

// readFileOrder reads the body. Errors: fault.Invalid.
func readFileOrder(w http.ResponseWriter, r *http.Request) (customer.Order, error) {
	in := fileOrder{Sort: model.CustomerSortLastOrder, Direction: model.SortDirectionDesc}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxFileOrder)).Decode(&in); err != nil {
		return customer.Order{}, fault.Wrap(fault.Invalid, err, "this is no order for a file of customers")
	}
	order := customer.Order{
		By: customer.Sort(in.Sort), Descending: in.Direction == model.SortDirectionDesc, Columns: in.Columns, Locale: in.Locale,
	}
	var err error
	order.Choice, err = model.NewCustomerChoice(in.IDs, in.Filter)
	return order, err
}
