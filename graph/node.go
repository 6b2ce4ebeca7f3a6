package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/graph/model"
)

// nodeKind is a type that node(id) can answer: what it asks of the caller, and
// how an object of it is found.
type nodeKind struct {
	scope access.Scope
	find  func(ctx context.Context, id string) (model.Node, error)
}

// nodeKinds lists the types that node(id) can answer; a test holds it against
// the schema.
func (r *Resolver) nodeKinds() map[string]nodeKind {
	q := r.Query()
	return map[string]nodeKind{
		"Alert":           {access.ScopeViewer, one(r.alert)}, // each kind asks for its own
		"ApiClient":       {access.ScopeClientsRead, one(q.APIClient)},
		"WebhookDelivery": {access.ScopeClientsRead, one(q.WebhookDelivery)},
		"WebhookEndpoint": {access.ScopeClientsRead, one(q.WebhookEndpoint)},
		"AuditEntry":      {access.ScopeAuditRead, one(r.auditEntry)},
		"Campaign":        {access.ScopeCampaignsRead, one(q.Campaign)},
		"CampaignVariant": {access.ScopeCampaignsRead, one(r.variant)},
		"Candidate":       {access.ScopeCustomersRead, ofCustomer("Candidate", r.candidate)},
		"Consent":         {access.ScopeCustomersRead, ofCustomer("Consent", r.consent)},
		"Customer":        {access.ScopeCustomersRead, one(q.Customer)},
		"CustomerMerge":   {access.ScopeCustomersRead, ofCustomer("CustomerMerge", r.customerMerge)},
		"ExportJob":       {access.ScopeExportsWrite, one(q.ExportJob)},
		"Identity":        {access.ScopeCustomersRead, ofCustomer("Identity", r.identity)},
		"Import":          {access.ScopeImportsRead, one(q.Import)},
		"ImportMapping":   {access.ScopeImportsRead, among(q.ImportMappings, func(m *model.ImportMapping) string { return m.ID })},
		"MailboxMail":     {access.ScopeMailboxRead, one(q.MailboxMail)},
		"Message":         {access.ScopeCampaignsRead, ofCustomer("Message", r.message)},
		"Offer":           {access.ScopeOffersRead, one(q.Offer)},
		"Order":           {access.ScopeCustomersRead, ofCustomer("Order", r.order)},
		"PointBooking":    {access.ScopePointsRead, ofCustomer("PointBooking", r.pointBooking)},
		"PointHold":       {access.ScopePointsRead, ofCustomer("PointHold", r.pointHold)},
		"Segment":         {access.ScopeSegmentsRead, one(q.Segment)},
		"SenderDomain":    {access.ScopeSettingsRead, among(q.SenderDomains, func(d *model.SenderDomain) string { return d.ID })},
		"Shop":            {access.ScopeShopsRead, among(r.allShops, func(s *model.Shop) string { return s.ID })},
		"Staff":           {access.ScopeStaffRead, one(r.staff)},
		"Task":            {access.ScopeCampaignsRead, one(q.Task)},
		"Suppression":     {access.ScopeCustomersRead, one(r.suppression)},
		"Stage":           {access.ScopePointsRead, among(q.Stages, func(s *model.Stage) string { return s.ID })},
	}
}

// node is the object of an id, or nil: an id of no known type, of nothing, or
// of something the caller may not see cannot be told apart.
func (r *Resolver) node(ctx context.Context, id string) (n model.Node, err error) {
	kind, known := r.nodeKinds()[gid.Kind(id)]
	if known && access.From(ctx).Has(kind.scope) {
		n, err = kind.find(ctx, id)
	}
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Invalid) {
		n, err = nil, nil
	}
	return n, err
}

// object is a pointer to a type of the API that has an id.
type object[T any] interface {
	*T
	model.Node
}

// one finds by a resolver that takes the id.
func one[T any, P object[T]](find func(context.Context, string) (P, error)) func(context.Context, string) (model.Node, error) {
	return func(ctx context.Context, id string) (model.Node, error) {
		v, err := find(ctx, id)
		if err != nil || v == nil {
			return nil, err
		}
		return v, nil
	}
}

// among finds in a list that is short and read whole anyway.
func among[T any, P object[T]](list func(context.Context) ([]P, error), idOf func(P) string) func(context.Context, string) (model.Node, error) {
	return func(ctx context.Context, id string) (model.Node, error) {
		all, err := list(ctx)
		if err != nil {
			return nil, err
		}
		for _, v := range all {
			if idOf(v) == id {
				return v, nil
			}
		}
		return nil, nil
	}
}

// ofCustomer finds what is keyed by its customer first.
func ofCustomer[T any, P object[T]](kind string, find func(ctx context.Context, customer, row int64) (P, error)) func(context.Context, string) (model.Node, error) {
	return one(func(ctx context.Context, id string) (P, error) {
		customer, row, err := gid.DecodePair(kind, id)
		if err != nil {
			return nil, err
		}
		return find(ctx, customer, row)
	})
}
