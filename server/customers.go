package server

import (
	"encoding/json"
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/model"
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
	return rs.guarded(access.ScopeCustomersRead, func(w http.ResponseWriter, r *http.Request) error {
		order, err := readFileOrder(w, r)
		if err != nil {
			return err
		}
		return rs.download(w, r, func() (csvFile, string, error) {
			file, err := rs.app.Customers.Download(r.Context(), order, rs.app.Config.Zone)
			return file, rs.dated("customers"), err
		})
	})
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
