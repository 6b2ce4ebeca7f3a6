package merchant

import "github.com/meguri-crm/meguri/crm/mall"

// Told is an order as the files of its mall tell it.
type Told struct {
	Order
	Rows map[string][]map[string]string // by kind of file, cells by column
}

// Told is the orders on a mall, written as in Files, for who tells them in
// another way than by file.
func (m *Merchant) Told(on mall.Mall) []Told {
	var all []Told
	for _, o := range m.Orders {
		if o.Mall != on {
			continue
		}
		t := Told{Order: o, Rows: map[string][]map[string]string{}}
		for _, e := range exports {
			if e.mall == on {
				t.Rows[e.name] = e.rows(newWriter(e, o), o)
			}
		}
		all = append(all, t)
	}
	return all
}
