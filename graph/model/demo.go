package model

import "github.com/meguri-crm/meguri/crm/demo"

// NewDemoBuyers maps how the buyers are doing; nil stays nil.
func NewDemoBuyers(s *demo.Status) *DemoBuyers {
	if s == nil {
		return nil
	}
	m := &DemoBuyers{Playing: s.Playing, Stopped: s.Stopped, Ended: s.Ended, Acts: s.Acts, Orders: s.Orders}
	if s.Playing {
		m.Until = &s.Until
	}
	return m
}
