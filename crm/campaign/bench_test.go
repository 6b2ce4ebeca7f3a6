package campaign_test

import (
	"net/smtp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
)

const benchConnections = 10

// benchBody makes mails of about 8 kB on the wire.
var benchBody = `<mjml><mj-body><mj-section><mj-column>
<mj-text>{{ customer.family_name }}様、いつもありがとうございます。ポイントは{{ points.available }}ポイントです。</mj-text>
<mj-button href="https://shop.example/sale">セールを見る</mj-button>
<mj-text>` + strings.Repeat("秋の新色が出そろいました。", 20) + `<a href="https://shop.example/new">新着</a>
{% if stage.next.name %}あと{{ stage.missing }}円で{{ stage.next.name }}です。{% endif %} {{ offer.code }}</mj-text>
</mj-column></mj-section></mj-body></mjml>`

// BenchmarkDelivery sends a campaign over SMTP on this machine, from the frozen
// audience to the last outcome: expanded, asked at the gate, filled in for each
// recipient, tracked and recorded, with live figures. Its floor hands one of
// these mails, ready made, to the same sink over as many connections, in a loop
// over net/smtp.
func BenchmarkDelivery(b *testing.B) {
	const people = 10_000
	sink := channeltest.NewSink(b)
	config, err := mail.ParseURL("smtp://" + sink.Addr + "?tls=none&connections=10")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b)
		w.customers(people, true)
		w.exec(`ANALYZE`)
		row := w.send(w.draftOf(benchBody))
		wire := mail.NewSender(config)
		before, size := sink.Taken()
		b.StartTimer()

		start := time.Now()
		w.run(row, campaign.StatusSent, w.engine("one", wire))
		product := time.Since(start)

		b.StopTimer()
		wire.Close()
		after, sizeAfter := sink.Taken()
		if after-before != people {
			b.Fatalf("%d mails, want %d", after-before, people)
		}
		floor := loopOverNetSMTP(b, sink, people)
		b.StartTimer()
		b.ReportMetric(float64(sizeAfter-size)/people, "bytes/mail")
		b.ReportMetric(people/product.Seconds(), "mails/s")
		b.ReportMetric(people/floor.Seconds(), "floor-mails/s")
		b.ReportMetric(floor.Seconds()/product.Seconds(), "ratio")
	}
}

// loopOverNetSMTP is how long net/smtp takes for mails that are ready.
func loopOverNetSMTP(b *testing.B, sink *channeltest.Sink, mails int64) time.Duration {
	b.Helper()
	ready := sink.Sample()
	var next atomic.Int64
	var lines sync.WaitGroup
	start := time.Now()
	for range benchConnections {
		lines.Go(func() {
			c, err := smtp.Dial(sink.Addr)
			for ; err == nil && next.Add(1) <= mails; err = handOver(c, ready) {
			}
			if err != nil {
				b.Error(err)
				return
			}
			_ = c.Quit()
		})
	}
	lines.Wait()
	return time.Since(start)
}

func handOver(c *smtp.Client, content []byte) error {
	if err := c.Mail("shop@example.com"); err != nil {
		return err
	}
	if err := c.Rcpt("someone@example.com"); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return err
	}
	return w.Close()
}
