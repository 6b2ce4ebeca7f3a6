package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/search"
)

// typeOf is the type in the API behind a kind of hit.
var typeOf = map[search.Kind]string{
	search.Order: "Customer", search.Campaign: "Campaign", search.Segment: "Segment", search.Offer: "Offer", search.Import: "Import",
}

// NewSearchHits maps what was found.
func NewSearchHits(hits []search.Hit) []*SearchHit {
	list := make([]*SearchHit, len(hits))
	for i, h := range hits {
		list[i] = &SearchHit{Kind: SearchHitKind(h.Kind), ID: gid.Encode(typeOf[h.Kind], h.ID), Name: h.Name}
		if h.ImportID != nil {
			id := gid.Encode("Import", *h.ImportID)
			list[i].ImportID = &id
		}
		if h.Shop != "" {
			list[i].Shop = &h.Shop
		}
	}
	return list
}
