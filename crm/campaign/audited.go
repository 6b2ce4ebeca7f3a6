package campaign

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

// audited is what the audit log keeps of a draft.
type audited struct {
	fields map[string]any
	bodies map[string]string // by mall; of these the log says only that they changed
}

func auditedDraft(ctx context.Context, idb bun.IDB, row *db.Campaign) (audited, error) {
	a := audited{bodies: map[string]string{}}
	variants, err := variantRows(ctx, idb, row.ID)
	if err != nil {
		return a, err
	}
	exclusions, err := exclusionsOf(ctx, idb, row.ID)
	if err != nil {
		return a, err
	}
	slices.Sort(exclusions)
	malls := map[string]any{}
	for _, v := range variants {
		malls[v.Mall] = map[string]any{"subject": v.Subject, "offer": valueOf(v.OfferID)}
		a.bodies[v.Mall] = v.MJML + "\x00" + v.TextBody
	}
	a.fields = map[string]any{
		"name": row.Name, "theme": row.Theme, "senderName": row.SenderName, "segment": valueOf(row.SegmentID), "exclusions": exclusions,
		"startsOn": dayOf(row.StartsOn), "endsOn": dayOf(row.EndsOn), "choice": row.DestinationChoice, "conversionDays": row.ConversionDays,
		"holdoutRate": row.HoldoutRate, "frequencyDays": row.FrequencyDays, "perMinute": valueOf(row.RatePerMinute), "variants": malls,
	}
	return a, nil
}

// auditChange notes what has become of a draft.
func auditChange(ctx context.Context, tx bun.IDB, row *db.Campaign, before audited) error {
	after, err := auditedDraft(ctx, tx, row)
	if err != nil {
		return err
	}
	detail := access.Differences(before.fields, after.fields)
	var rewritten []string
	for mall, body := range after.bodies {
		if before.bodies[mall] != body {
			rewritten = append(rewritten, mall)
		}
	}
	if len(rewritten) > 0 {
		slices.Sort(rewritten)
		detail["contents"] = rewritten
	}
	detail["version"] = row.Version
	return audit(ctx, tx, "campaign.update", row.ID, detail)
}

// valueOf is what p points to, or nil.
func valueOf[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func dayOf(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.Format(time.DateOnly)
}
