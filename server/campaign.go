package server

import (
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/task"
)

// composeCampaigns makes the services about what is planned and what it brings.
func (a *App) composeCampaigns() {
	a.Offers = &offer.Service{DB: a.DB, Clock: a.Clock}
	a.Campaigns = &campaign.Service{
		DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Queue: a.Queue, Audience: a.Segments,
		Sender: a.Messages.Senders, Gate: a.Messages.Gate, Offers: a.Offers,
		Brands: a.Messages.Brands, Kept: a.kept,
	}
	a.Tasks = &task.Service{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Gate: a.Messages.Gate, Reach: a.Campaigns}
	a.Campaigns.MallMails = a.Tasks
	a.CampaignLive = &campaign.Live{Hub: a.Hub, Read: a.Campaigns.Metrics, Log: a.Log}
	a.Tester = &campaign.Tester{Campaigns: a.Campaigns, Previewer: a.Messages.Previewer}
	a.engine = &campaign.Engine{
		DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Log: a.Log, Audience: a.Segments, Gate: a.Messages.Gate,
		Offers: a.Offers, People: a.directory(), Signer: a.Messages.Signer, Starter: a.Campaigns, Owner: processName(),
	}
}

// directory tells what is filled into mails.
func (a *App) directory() campaign.Directory {
	return campaign.Directory{Ledger: a.Points, Ladder: a.Stages}
}
