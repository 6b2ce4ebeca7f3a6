// Package graph is the GraphQL edge: it authorizes, calls the domain and maps
// what comes back. Resolver bodies stay within ten lines; rules live in crm,
// queries in the domain's stores. It never imports bun.
package graph

import (
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/adjust"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/bulk"
	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/demo"
	"github.com/meguri-crm/meguri/crm/entry"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/fee"
	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/mailchange"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/domain"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/crm/note"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/oidc"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/partner"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/profit"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/crm/sales"
	"github.com/meguri-crm/meguri/crm/search"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/crm/spend"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/crm/view"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/graph/generated"
	"github.com/meguri-crm/meguri/graph/model"
)

// Resolver holds the domain services that resolvers call. The composition root
// (server/app.go) fills it.
type Resolver struct {
	Access   *access.Service
	Audit    *audit.Log
	Merchant model.MerchantSource
	Segments *segment.Service

	Offers       *offer.Service
	Campaigns    *campaign.Service
	Calendar     *calendar.Service
	CampaignLive *campaign.Live
	Tester       *campaign.Tester

	Policy   policy.Catalog
	Tasks    *task.Service
	Senders  message.Senders
	Brands   message.Brands
	Paces    message.Paces
	Fees     *fee.Service
	Costs    *product.Costs
	Profits  *profit.Service
	Sales    *sales.Service
	Pulls    *pull.Service
	Webhooks *webhook.Service
	Exports  *export.Service
	Inboxes  *inbox.Service
	// Spending tells what was spent for campaigns.
	Spending *spend.Service
	Domains  *domain.Service
	Bounces  *bounce.Service
	// Suppressions are the addresses that mail must not go to.
	Suppressions message.Suppressions
	Previewer    *message.Previewer
	Mails        *mailbox.Store
	Insight      *insight.Service
	Points       points.Desk
	Ledger       *ledger.Service
	Adjustments  *adjust.Service
	Rewards      *reward.Service
	Ladder       *stage.Service
	Members      *member.Service
	MemberLive   *member.Live
	Referrals    *referral.Service
	Zone         *time.Location // the merchant's
	IDE          *string        // its path; nil where the installation shows none
	Shops        *shop.Service
	Customers    *customer.Service
	Entries      *entry.Service
	Properties   *property.Service
	Tags         *tag.Service
	Notes        *note.Service
	Bulk         *bulk.Service
	Orders       *order.Service
	Events       *event.Service
	Goods        *product.Service
	Origin       string // scheme and host under which browsers reach the server
	Imports      *intake.Service
	Alerts       *alert.Service
	Underway     *underway.Board
	Finder       *search.Service
	Hub          *live.Hub
	Views        *view.Service
	Partners     *partner.Service
	ClientUsage  *access.Usage
	// TokenIssuerSettings are the merchant's OpenID providers.
	TokenIssuerSettings *oidc.Service
	Demo                *demo.Service
	SignUps             *signup.Service
	MailChanges         *mailchange.Service
	Preferences         *preference.Service
	Privacy             *privacy.Service
	Links               *link.Signer
	Clock               clock.Clock
}

// NewSchema is the schema with its resolvers and directives, ready to be executed.
func NewSchema(r *Resolver) graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{Resolvers: r, Directives: directives()})
}
