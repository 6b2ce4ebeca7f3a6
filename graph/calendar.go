package graph

import (
	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/graph/model"
)

// mallEventPayload answers a mutation of an event.
func mallEventPayload(o *calendar.Occurrence, err error) (*model.MallEventPayload, error) {
	wrong, err := userErrors(err)
	return &model.MallEventPayload{Event: model.NewMallEvent(o), UserErrors: wrong}, err
}
