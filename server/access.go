package server

import (
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/entry"
	"github.com/meguri-crm/meguri/crm/oidc"
	"github.com/meguri-crm/meguri/crm/partner"
	"github.com/meguri-crm/meguri/graph/operation"
)

// composeAccess makes who may call, and what is written down of it.
func (a *App) composeAccess() error {
	keys, err := access.NewKeyring(a.Config.Secret)
	if err != nil {
		return err
	}
	a.Access = access.New(a.DB, a.Clock, keys, access.NewHasher(2, 5*time.Second))
	a.Audit = &audit.Log{DB: a.DB}
	a.Verifier = access.NewVerifier(a.DB, a.Clock, keys)
	a.Usage = access.NewUsage(a.DB, a.Clock, a.Config.Zone, a.Log)
	return nil
}

// composeIssuers has tokens of the merchant's own OpenID providers accepted.
func (a *App) composeIssuers() {
	a.Issuers = oidc.New(a.DB, a.Clock, a.Customers, a.Log, nil)
	a.Verifier.WithFederation(a.Issuers)
}

// partners serves programs of partners.
func (a *App) partners() *partner.Service {
	return &partner.Service{Customers: a.Customers, Entries: a.entries(), Properties: a.Properties, Tokens: a.Access, Referrals: a.Referrals, Clock: a.Clock, Once: a.Once, Orders: a.Intake, Offers: a.Offers, Goods: a.Costs}
}

func (a *App) entries() *entry.Service {
	return &entry.Service{DB: a.DB, Customers: a.Customers, Tags: a.Tags, Properties: a.Properties}
}

// noteUse counts what partner clients ask for.
func (a *App) noteUse(p access.Principal, u operation.Use) {
	if id := p.ClientID(); id != nil {
		a.Usage.Note(*id, u.Cost, u.Throttled, u.Failed, u.Deprecated)
	}
}
