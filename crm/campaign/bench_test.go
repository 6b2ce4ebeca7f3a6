package campaign_test

import (
	"context"
	"net/smtp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/crm/message/dkim"
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
// over net/smtp. With DKIM the product signs each mail besides, which the floor
// does not.
func BenchmarkDelivery(b *testing.B) {
	b.Run("unsigned", func(b *testing.B) { benchDelivery(b, 10_000, vouching(b)) })
	b.Run("Ed25519", func(b *testing.B) { benchDelivery(b, 2000, vouching(b, dkim.Ed25519)) })
	b.Run("RSA-2048", func(b *testing.B) { benchDelivery(b, 2000, vouching(b, dkim.RSA)) })
	b.Run("both", func(b *testing.B) { benchDelivery(b, 2000, vouching(b, dkim.RSA, dkim.Ed25519)) })
}

func benchDelivery(b *testing.B, people int, domains campaign.Domains) {
	b.Helper()
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

		e := w.engine("one", wire)
		e.Domains = domains
		start := time.Now()
		w.run(row, campaign.StatusSent, e)
		product := time.Since(start)

		b.StopTimer()
		wire.Close()
		after, sizeAfter := sink.Taken()
		if after-before != int64(people) {
			b.Fatalf("%d mails, want %d", after-before, people)
		}
		floor := loopOverNetSMTP(b, sink, int64(people))
		b.StartTimer()
		b.ReportMetric(float64(sizeAfter-size)/float64(people), "bytes/mail")
		b.ReportMetric(float64(people)/product.Seconds(), "mails/s")
		b.ReportMetric(float64(people)/floor.Seconds(), "floor-mails/s")
		b.ReportMetric(floor.Seconds()/product.Seconds(), "ratio")
	}
}

// vouches signs with the same keys whoever the sender is.
type vouches []channel.Signer

func (v vouches) Outgoing(context.Context, string) ([]channel.Signer, string, error) {
	return v, "bounce.example.com", nil
}

func vouching(b *testing.B, keys ...dkim.Algorithm) vouches {
	b.Helper()
	var v vouches
	for _, a := range keys {
		key, err := dkim.Make(a)
		if err != nil {
			b.Fatal(err)
		}
		v = append(v, dkim.Signer{Domain: "example.com", Selector: string(a), Key: key})
	}
	return v
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
