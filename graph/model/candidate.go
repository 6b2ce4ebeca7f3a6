package model

import (
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// NewCandidate maps a pair of customers who may be one; nil stays nil.
func NewCandidate(c *db.Candidate) *Candidate {
	if c == nil {
		return nil
	}
	weights := customer.Weights(customer.Reason(c.Reason), c.Agree, c.Differ)
	evidence := make([]*CandidateEvidence, len(weights))
	for i, w := range weights {
		evidence[i] = &CandidateEvidence{Fact: IdentityFact(w.Fact), Agrees: w.Agrees, Points: w.Points}
	}
	return &Candidate{
		BaseScore: customer.BaseOf(customer.Reason(c.Reason), c.Household), Evidence: evidence,
		ID: gid.EncodePair("Candidate", c.CustomerID, c.OtherID), Reason: CandidateReason(c.Reason), Score: c.Score,
		Agree: facts(c.Agree), Differ: facts(c.Differ), Contradictions: facts(customer.Contradicting(c.Differ)), Household: c.Household,
		Status: CandidateStatus(c.Status), DecidedAt: c.DecidedAt, DecidedAs: (*CandidateStatus)(c.DecidedAs), CreatedAt: c.CreatedAt, Row: c,
	}
}

func facts[S ~string](list []S) []IdentityFact {
	out := make([]IdentityFact, len(list))
	for i, f := range list {
		out[i] = IdentityFact(f)
	}
	return out
}

// NewFacts maps facts that a caller accepts.
func NewFacts(list []IdentityFact) []customer.Fact {
	out := make([]customer.Fact, len(list))
	for i, f := range list {
		out[i] = customer.Fact(f)
	}
	return out
}

// NewCandidateConnection maps a page of candidates; filter is what totalCount counts.
func NewCandidateConnection(rows []*db.Candidate, cursors []string, info *PageInfo, filter customer.CandidateFilter) *CandidateConnection {
	c := &CandidateConnection{Edges: make([]*CandidateEdge, len(rows)), Nodes: make([]*Candidate, len(rows)), PageInfo: info, Filter: filter}
	for i, row := range rows {
		c.Nodes[i] = NewCandidate(row)
		c.Edges[i] = &CandidateEdge{Cursor: cursors[i], Node: c.Nodes[i]}
	}
	return c
}

// NewCandidateFilter maps the filter of candidates. Errors: fault.Invalid INVALID_ID.
func NewCandidateFilter(in *CandidateFilter) (f customer.CandidateFilter, err error) {
	f.Status = customer.Open
	if in == nil {
		return f, nil
	}
	f.Status, f.Household = string(in.Status), in.Household
	if in.MinScore != nil {
		f.MinScore = *in.MinScore
	}
	if in.MaxScore != nil {
		f.MaxScore = *in.MaxScore
	}
	if in.CustomerID != nil {
		f.CustomerID, err = gid.Decode("Customer", *in.CustomerID)
	}
	return f, err
}

// NewCustomerMerge maps a merge; nil stays nil.
func NewCustomerMerge(m *db.Merge) *CustomerMerge {
	if m == nil {
		return nil
	}
	return &CustomerMerge{
		ID: gid.EncodePair("CustomerMerge", m.CustomerID, m.ID), Reason: MergeReason(m.Reason), Score: m.Score, Agree: facts(m.Agree),
		Differ: facts(m.Differ), OrderCount: m.OrdersCount, MergedAt: m.MergedAt, UndoneAt: m.UndoneAt, Row: m,
	}
}

// NewCandidateBatch maps candidates accepted at once; nil stays nil.
func NewCandidateBatch(b *db.CandidateBatch) *CandidateBatch {
	if b == nil {
		return nil
	}
	return &CandidateBatch{
		ID: gid.Encode("CandidateBatch", b.ID), MinScore: b.MinScore, PairCount: b.Pairs, MergedCount: b.Merged, LeftCount: b.LeftOver,
		UndoneCount: b.Undone, Status: CandidateBatchStatus(b.Status), CreatedAt: b.CreatedAt, FinishedAt: b.FinishedAt, UndoneAt: b.UndoneAt,
		StaffRow: b.CreatedBy,
	}
}

// NewCandidateBatches maps batches.
func NewCandidateBatches(rows []*db.CandidateBatch) []*CandidateBatch {
	out := make([]*CandidateBatch, len(rows))
	for i, b := range rows {
		out[i] = NewCandidateBatch(b)
	}
	return out
}

// NewCandidates maps pairs.
func NewCandidates(rows []*db.Candidate) []*Candidate {
	out := make([]*Candidate, len(rows))
	for i, c := range rows {
		out[i] = NewCandidate(c)
	}
	return out
}

// NewCustomerMerges maps merges.
func NewCustomerMerges(rows []*db.Merge) []*CustomerMerge {
	list := make([]*CustomerMerge, len(rows))
	for i, row := range rows {
		list[i] = NewCustomerMerge(row)
	}
	return list
}

// NewMergePreview maps what a merge would do; survivor and merged are the two
// with their rollups.
func NewMergePreview(p *customer.Preview, survivor, merged *Customer) *MergePreview {
	return &MergePreview{
		Survivor: survivor, Merged: merged, SurvivorNow: newStanding(p.Now), MergedNow: newStanding(p.MergedNow), Then: newStanding(p.Then),
		Agree: facts(p.Agree), Differ: facts(p.Differ), Warnings: facts(p.Against),
	}
}

func newStanding(s customer.Standing) *MergeStanding {
	m := &MergeStanding{
		OrderCount: s.Orders, NetSales: NewMoney(s.NetSales, order.BaseCurrency), Available: s.Available, Pending: s.Pending,
		Held: s.Held, Debt: s.Debt, Consents: NewConsentList(s.Consents),
	}
	if s.Stage != "" {
		m.Stage = &s.Stage
	}
	return m
}
