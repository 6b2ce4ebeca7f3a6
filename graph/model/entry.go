package model

import "github.com/meguri-crm/meguri/crm/customer"

// NewCustomerDuplicate maps somebody who may be the person that is written down.
func NewCustomerDuplicate(r customer.Resemblance, who *Customer) *CustomerDuplicate {
	d := &CustomerDuplicate{
		Customer: who, Score: r.Score, Agree: facts(r.Agree), Differ: facts(r.Differ), Contradictions: facts(customer.Contradicting(r.Differ)),
		Evidence: []*CandidateEvidence{}, Household: r.Household(), Exact: r.Exact, Asks: r.Asks,
	}
	if r.Reason != "" {
		reason := CandidateReason(r.Reason)
		d.Reason = &reason
	}
	if r.Step != "" {
		step := IdentityReason(r.Step)
		d.Step = &step
		return d
	}
	d.BaseScore = customer.BaseOf(r.Reason, r.Household())
	for _, w := range customer.Weights(r.Reason, r.Agree, r.Differ) {
		d.Evidence = append(d.Evidence, &CandidateEvidence{Fact: IdentityFact(w.Fact), Agrees: w.Agrees, Points: w.Points})
	}
	return d
}
