package seed

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// browseBatch is how many events one call records.
const browseBatch = 2_000

// browse lets some customers of the own site look around there before the end.
func (s *story) browse(ctx context.Context) error {
	own := s.taker.shops[world.OwnSite].ID
	var batch []event.Behaviour
	record := func() error {
		receipt, err := s.Events.Record(ctx, event.FromPartner, own, batch)
		if err == nil && len(receipt.Refused) > 0 {
			err = receipt.Refused[0]
		}
		batch = batch[:0]
		return err
	}
	for v := range s.world.Visits() {
		batch = append(batch, behaviourOf(v))
		if len(batch) == browseBatch {
			if err := record(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return record()
}

func behaviourOf(v world.Visit) event.Behaviour {
	b := event.Behaviour{DedupeKey: v.Key, MemberID: v.MemberNo, Action: event.Action(v.Action), OccurredAt: v.At.Truncate(time.Second), Words: v.Words}
	if p := v.Product; p != nil {
		b.SKU, b.Name, b.Category, b.Price = p.SKU, p.Name, p.Category, &p.Price
	}
	if v.Action == world.CartAdd {
		b.Quantity = 1
	}
	return b
}
