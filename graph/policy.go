package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// maxTrialCampaigns is how many of the newest campaigns policyRuleTrial reads.
const maxTrialCampaigns = 50

// rulePayload answers a mutation of a rule.
func rulePayload(rule *policy.Rule, err error) (*model.PolicyRulePayload, error) {
	wrong, err := userErrors(err)
	return &model.PolicyRulePayload{Rule: model.NewPolicyRule(rule), UserErrors: wrong}, err
}

// overridePayload answers a mutation of an override.
func overridePayload(override *policy.Override, err error) (*model.OverridePayload, error) {
	wrong, err := userErrors(err)
	return &model.OverridePayload{Override: model.NewOverride(override), UserErrors: wrong}, err
}

// staffName is the name of a member of staff; nil for nobody.
func staffName(ctx context.Context, row *int64) (*string, error) {
	if row == nil {
		return nil, nil
	}
	staff, err := orNull(loader.For(ctx).Staff(ctx, *row))
	if staff == nil || err != nil {
		return nil, err
	}
	return &staff.Name, nil
}
