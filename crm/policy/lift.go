package policy

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Lift is what staff say to lift a rule for one content.
type Lift struct {
	CampaignID int64
	RuleID     string
	Place      string // of the finding
	Reason     string
	EvidenceNo string
	ValidUntil *time.Time // the last day; nil: as long as content and rule stay
}

// Record writes an override for the content that the findings are about, inside
// the caller's transaction. Who may, the caller has asked.
// Errors: fault.Invalid (REQUIRED, TOO_LONG, NO_PERSONAL_DATA, VALID_UNTIL_PAST) at the field; fault.Precondition
// (NOTHING_TO_LIFT) where the rule found nothing at the place, or is lifted
// already, NOT_OVERRIDABLE where it does not allow it.
func (l Lift) Record(ctx context.Context, tx bun.IDB, findings []Finding, contentHash []byte, today time.Time) (*Override, error) {
	at := slices.IndexFunc(findings, func(f Finding) bool {
		return f.Code == l.RuleID && f.Place == l.Place && f.Lifted == nil && f.Version > 0
	})
	if at < 0 {
		return nil, fault.New(fault.Precondition, "the rule finds nothing there that could be lifted").WithCode("NOTHING_TO_LIFT")
	}
	if err := l.check(findings[at], today); err != nil {
		return nil, err
	}
	row := &db.PolicyOverride{
		CampaignID: l.CampaignID, RuleID: l.RuleID, RuleVersion: findings[at].Version, ContentHash: contentHash,
		Reason: strings.TrimSpace(l.Reason), EvidenceNo: strings.TrimSpace(l.EvidenceNo), ValidUntil: l.ValidUntil, CreatedBy: access.CallerFrom(ctx).Principal.StaffID(),
	}
	if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	err := access.Audit(ctx, tx, access.Entry{Action: "policy.override", ObjectKind: "Campaign", ObjectID: l.CampaignID, Detail: map[string]any{
		"override": row.ID, "rule": row.RuleID, "version": row.RuleVersion, "place": l.Place, "content": hex.EncodeToString(contentHash),
		"reason": row.Reason, "evidenceNo": row.EvidenceNo, "validUntil": dayOrNothing(row.ValidUntil),
	}})
	override := overrideOf(row)
	return &override, err
}

func dayOrNothing(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

func (l Lift) check(f Finding, today time.Time) error {
	if f.Override == OverrideNone || f.Severity != Block {
		return fault.New(fault.Precondition, "the rule allows no override").WithCode("NOT_OVERRIDABLE")
	}
	if l.ValidUntil != nil && l.ValidUntil.Before(today) {
		return fault.New(fault.Invalid, "an override holds until today or later").WithCode("VALID_UNTIL_PAST").At("validUntil")
	}
	for _, text := range []struct {
		field, value string
		required     bool
	}{{"reason", l.Reason, true}, {"evidenceNo", l.EvidenceNo, f.Override == OverrideEvidence}} {
		if text.required && strings.TrimSpace(text.value) == "" {
			return fault.New(fault.Invalid, "this is required").WithCode("REQUIRED").At(text.field)
		}
		if len([]rune(text.value)) > maxRuleText {
			return fault.New(fault.Invalid, "longer than %d characters", maxRuleText).WithCode("TOO_LONG").At(text.field).With("max", maxRuleText)
		}
		if strings.ContainsAny(text.value, "@\uff20") { // the audit log is kept longer than people
			return fault.New(fault.Invalid, "an address has no place in the audit log").WithCode("NO_PERSONAL_DATA").At(text.field)
		}
	}
	return nil
}

// Withdraw takes an override back. Withdrawing one twice changes nothing.
// Errors: fault.NotFound.
func (c Catalog) Withdraw(ctx context.Context, id int64) (*Override, error) {
	row := new(db.PolicyOverride)
	err := db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil || row.WithdrawnAt != nil {
			return db.Fault(err)
		}
		now := c.Clock.Now()
		row.WithdrawnAt, row.WithdrawnBy = &now, access.CallerFrom(ctx).Principal.StaffID()
		if _, err := tx.NewUpdate().Model(row).Column("withdrawn_at", "withdrawn_by").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "policy.withdraw_override", ObjectKind: "Campaign", ObjectID: row.CampaignID,
			Detail: map[string]any{"override": id, "rule": row.RuleID, "version": row.RuleVersion},
		})
	})
	if err != nil {
		return nil, err
	}
	override := overrideOf(row)
	return &override, nil
}
