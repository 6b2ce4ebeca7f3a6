package server

import (
	"context"
	"net/http"

	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/demo"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/search"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/graph"
	"github.com/meguri-crm/meguri/graph/contract"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/meguri-crm/meguri/server/transport"
)

// newGraphQL puts the way of an operation together: transport, limits and cost,
// schema, resolvers, loaders. The executor also charges for what goes past it.
func newGraphQL(a *App) (http.Handler, *operation.Executor, error) {
	present := graph.NewErrorPresenter(a.Log)
	resolver := a.resolver()
	exec, err := operation.New(operation.Config{
		Schema:  graph.NewSchema(resolver),
		Clock:   a.Clock,
		Limits:  operation.DefaultLimits,
		Rates:   operation.DefaultRates,
		Present: present,
		Recover: graph.NewRecover(a.Log),
		Scope:   a.loaders().Scope,
		Direct:  resolver.Direct,
		Used:    a.noteUse,
		Dev:     a.Config.Dev,
	})
	if err != nil {
		return nil, nil, err
	}
	return transport.New(transport.Config{
		Exec: exec, Present: present, Verifier: a.Verifier, Clock: a.Clock, Log: a.Log, ClientIP: a.Config.ClientIP,
		Origin: a.Config.PublicURL.String(), Refresh: transport.RefreshCookieOf(a.Config.PublicURL), Limits: transport.DefaultLimits,
	}), exec, nil
}

// resolver gives the GraphQL edge the services it calls.
func (a *App) resolver() *graph.Resolver {
	return &graph.Resolver{
		Access:   a.Access,
		Audit:    a.Audit,
		Merchant: a,
		Segments: a.Segments,

		Offers: a.Offers, Campaigns: a.Campaigns, Calendar: &calendar.Service{DB: a.DB, Clock: a.Clock}, CampaignLive: a.CampaignLive, Tester: a.Tester,
		Policy: a.Messages.Policy, Tasks: a.Tasks, Senders: a.Messages.Senders, Brands: a.Messages.Brands, Paces: a.Messages.Paces, Fees: a.Fees, Costs: a.Costs, Profits: a.Profits, Sales: a.Sales, Spending: a.Spending, Pulls: a.Pulls, Webhooks: a.Webhooks, Exports: a.Exports, Inboxes: a.Inboxes, Domains: a.Messages.Domains, Bounces: a.Messages.Bounces,
		Suppressions: message.Suppressions{DB: a.DB, Clock: a.Clock}, Previewer: a.Messages.Previewer, Mails: a.Messages.Mailbox,
		Points: points.Desk{Service: a.Points},
		Ledger: a.Ledger, Adjustments: a.Adjustments, Rewards: a.Rewards,
		Ladder:      a.Stages,
		Members:     a.Members,
		MemberLive:  a.MemberLive,
		Referrals:   a.Referrals,
		Zone:        a.Config.Zone,
		IDE:         a.idePath(),
		Insight:     a.Insight,
		Shops:       a.Shops,
		Views:       a.Views,
		Partners:    a.partners(),
		ClientUsage: a.Usage, TokenIssuerSettings: a.Issuers,
		Demo:        a.Demo,
		SignUps:     a.SignUps,
		MailChanges: a.MailChanges,
		Preferences: a.Preferences, Privacy: a.Privacy, Links: a.Messages.Signer, Clock: a.Clock,
		Entries:   a.entries(),
		Customers: a.Customers, Properties: a.Properties, Tags: a.Tags, Notes: a.Notes, Bulk: a.Bulk,
		Orders:  a.Orders,
		Events:  a.Events,
		Goods:   a.Products,
		Origin:  a.Config.PublicURL.String(),
		Imports: a.Intake,
		Alerts:  a.Alerts,
		Finder:  &search.Service{DB: a.DB},
		Underway: underway.NewBoard(a.Hub, a.Log, []string{live.Import, live.Campaign, live.Stages, live.Pulls, live.Bulk, live.NetSales},
			a.Intake.Underway, a.Pulls.Underway, a.Campaigns.Underway, a.Stages.Underway, a.Bulk.Underway, a.Sales.Underway),
		Hub: a.Hub,
	}
}

// loaders are the queries behind the loaders of an operation.
func (a *App) loaders() *loader.Sources {
	return &loader.Sources{
		Staff:            a.Access.ByIDs,
		Clients:          a.Access.ClientsByIDs,
		StockLevels:      a.Costs.Levels,
		WebhookLoads:     a.Webhooks.Loads,
		AuditedNames:     a.Audit.Names,
		Balances:         a.Points.Balances,
		Places:           a.Stages.Places,
		StageMembers:     a.Stages.MemberCounts,
		Shops:            a.Shops.ByIDs,
		ImportWholes:     a.Intake.Wholes,
		PointParts:       a.Ledger.Parts,
		FamilyPointParts: a.Ledger.PartsOfFamily,

		Stats:      a.Orders.Stats,
		MallStats:  a.Orders.MallStats,
		Identities: a.Customers.Identities,
		Consents:   a.Customers.ConsentsInForce,
		Lines:      a.Orders.Lines,
		Orders:     a.Orders.ByRefs,
		Earned:     a.Points.Explain,
		PointLines: a.Points.LinesOf,
		PeopleSources: loader.PeopleSources{
			Properties:     func(ctx context.Context) ([]property.Definition, error) { return a.Properties.List(ctx, false) },
			PropertyValues: a.Properties.Of, PropertyUses: a.Properties.Uses,
			Tags: a.Tags.Of, TagCounts: a.Tags.Counts, Notes: a.Notes.ByIDs,
		},
		CampaignSources: loader.CampaignSources{
			Customers: a.Customers.ByIDs, Segments: a.Segments.ByIDs, Offers: a.Offers.ByIDs, Pools: a.Offers.PoolFigures,
			Campaigns: a.Campaigns.ByIDs, Variants: a.Campaigns.Variants, Totals: a.Campaigns.Totals, OfferResults: a.Offers.Results, OfferMembers: a.Offers.MemberFigures,
		},
	}
}

// Merchant is the merchant of this installation, named as in the sender settings.
func (a *App) Merchant(ctx context.Context) (*model.Merchant, error) {
	m := &model.Merchant{TimeZone: a.Config.Zone.String(), BaseCurrency: order.BaseCurrency}
	err := a.DB.NewRaw(`SELECT coalesce((SELECT value->>'name' FROM settings WHERE key = 'sender'), ''), EXISTS (SELECT FROM settings WHERE key = ?)`, demo.MadeKey).Scan(ctx, &m.Name, &m.Demo)
	return m, err
}

// contractHandler serves the published schema.
func contractHandler() http.Handler {
	return textHandler(contract.Compose(graph.NewSchema(&graph.Resolver{}).Schema()))
}

// textHandler answers with a text that is part of the program.
func textHandler(text []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(text)
	})
}
