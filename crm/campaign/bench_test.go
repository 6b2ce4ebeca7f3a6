package campaign_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
)

// BenchmarkDelivery sends a campaign over SMTP on this machine, with the gate,
// the personal content, the outcome of each mail and the live figures in the
// database, beside the same wire that is only handed finished mails.
func BenchmarkDelivery(b *testing.B) {
	const people = 3000
	server := channeltest.NewServer(b)
	config, err := mail.ParseURL("smtp://" + server.Addr + "?tls=none&connections=8")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b)
		w.customers(people, true)
		w.exec(`ANALYZE`)
		row := w.send(w.draft())
		wire := mail.NewSender(config)
		b.StartTimer()

		start := time.Now()
		w.run(row, campaign.StatusSent, w.engine("one", wire))
		product := time.Since(start)

		start = time.Now()
		mails := make([]channel.Mail, people)
		for i := range mails {
			mails[i] = channeltest.Example("someone@example.com")
		}
		wire.Send(context.Background(), mails)
		floor := time.Since(start)
		wire.Close()
		b.ReportMetric(people/product.Seconds(), "mails/s")
		b.ReportMetric(floor.Seconds()/product.Seconds(), "ratio")
	}
}
