package customer

import (
	"context"
	"strings"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxReference is how many bytes the number of a partner has at most.
const maxReference = 200

// Take adds a word of consent that a partner heard. The same Evidence.Reference
// for the same customer again gives the first word, whoever sends it.
// Errors: as of Record; fault.Conflict IDEMPOTENCY_KEY_REUSED where the first
// word is another.
func (s *Service) Take(ctx context.Context, w Word) (*db.Consent, error) {
	w.Evidence.Source, w.Evidence.Reference = strings.TrimSpace(w.Evidence.Source), strings.TrimSpace(w.Evidence.Reference)
	switch {
	case w.Evidence.Reference == "" || len(w.Evidence.Reference) > maxReference:
		return nil, fault.New(fault.Invalid, "from 1 to %d bytes", maxReference).WithCode("OUT_OF_RANGE").At("idempotencyKey").With("max", maxReference)
	case w.Evidence.Source == "" || len(w.Evidence.Source) > maxReference:
		return nil, fault.New(fault.Invalid, "say where it was taken").WithCode("REQUIRED").At("source")
	}
	var row *db.Consent
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		who, err := hold(ctx, tx, w.CustomerID, "NO KEY UPDATE") // the same word twice waits here
		if err != nil {
			return err
		}
		if who.Anonymous {
			return fault.New(fault.Precondition, "nobody in particular cannot consent").WithCode("ANONYMOUS_CUSTOMER").At("customerId")
		}
		w.CustomerID = who.ID
		var first []db.Consent
		err = tx.NewSelect().Model(&first).Where("customer_id = ? AND evidence->>'reference' = ?", who.ID, w.Evidence.Reference).Limit(1).Scan(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if len(first) > 0 {
			row = &first[0]
			return sameWord(row, w)
		}
		if row, err = RecordIn(ctx, tx, w, s.clock.Now()); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "consent.record", ObjectKind: "Customer", ObjectID: who.ID,
			Detail: map[string]any{"channel": w.Channel, "state": w.State, "shop": w.OriginShopID},
		})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// sameWord holds a word that is told again against the first.
func sameWord(first *db.Consent, w Word) error {
	if first.Channel == w.Channel && first.State == w.State && first.OriginShopID == w.OriginShopID && first.Wording == w.Wording {
		return nil
	}
	return fault.New(fault.Conflict, "this key was used for another word").WithCode("IDEMPOTENCY_KEY_REUSED").At("idempotencyKey")
}
