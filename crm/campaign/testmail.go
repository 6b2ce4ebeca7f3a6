package campaign

import (
	"context"
	"crypto/rand"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Bounds of a test send.
const (
	maxTestAddresses = 5
	testMark         = "[テスト] "
	testMarkSample   = "[テスト・コードは見本] " // of a mail whose code is drawn at the send
	testTimeout      = 20 * time.Second
	maxTestsPerHour  = 60 // mails of one member of staff
)

// Previewer renders content as one customer would get it.
type Previewer interface {
	Preview(ctx context.Context, r message.PreviewRequest) (*message.Preview, error)
}

// Tester sends variants of campaigns to staff, and to nobody else: a test asks
// neither for consent nor whether findings block, because those who write a mail
// must see what is wrong with it in their own mail program, so that it must not
// become a way to customers. What it sends is marked in the
// subject, belongs to no delivery and is counted nowhere; its links lead
// straight to their targets and its unsubscribe link nowhere.
type Tester struct {
	Campaigns *Service
	Previewer Previewer
	// Wire is the one that campaigns leave by.
	Wire channel.Sender
}

// TestMail is what to send to whom.
type TestMail struct {
	CampaignID int64
	Mall       string // whose variant
	To         []string
	CustomerID int64 // 0: an example person
}

// TestResult is what the mail server said about one address.
type TestResult struct {
	Address  string
	Accepted bool
	Reply    string // its code, when it refused
}

// Send renders a variant as it is saved and sends it once to each address, in
// whatever state the campaign is.
// Errors: fault.NotFound for the campaign, its variant or the customer;
// fault.Invalid (REQUIRED, TOO_MANY, BAD_ADDRESS, NOT_STAFF, SUPPRESSED) at to,
// (CUSTOMERS_HIDDEN) at customerId without the scope customers:read;
// fault.Precondition (TOO_MANY_TESTS) beyond what an hour allows,
// (FINDINGS_BLOCK) when the content cannot be rendered or there is no sender.
func (t *Tester) Send(ctx context.Context, m TestMail) ([]TestResult, error) {
	to, err := testAddresses(m.To)
	if err != nil {
		return nil, err
	}
	if m.CustomerID != 0 && !access.From(ctx).Has(access.ScopeCustomersRead) {
		return nil, fault.New(fault.Invalid, "filling in a customer needs the scope customers:read").WithCode("CUSTOMERS_HIDDEN").At("customerId")
	}
	sender, shown, err := t.render(ctx, m)
	if err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, t.Campaigns.DB, func(ctx context.Context, tx db.Tx) error {
		if err := mayTest(ctx, tx, to); err != nil {
			return err
		}
		return audit(ctx, tx, "campaign.test_mail", m.CampaignID, map[string]any{"mall": m.Mall, "addresses": len(to), "customer": m.CustomerID})
	})
	if err != nil {
		return nil, err
	}
	mark := testMark
	if shown.SampleCode {
		mark = testMarkSample
	}
	mails := make([]channel.Mail, len(to))
	for i, address := range to {
		mails[i] = channel.Mail{
			MessageID: "test." + rand.Text() + "@" + channel.Domain(sender.Email),
			From:      channel.Address{Name: sender.Name, Email: sender.Email}, To: channel.Address{Email: address},
			Subject: mark + shown.Subject, HTML: shown.HTML, Text: shown.Text, Date: t.Campaigns.Clock.Now().Truncate(time.Second),
		}
	}
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	results := make([]TestResult, len(to))
	for i, outcome := range t.Wire.Send(ctx, mails) {
		results[i] = TestResult{Address: to[i], Accepted: outcome.Verdict == channel.Accepted}
		if !results[i].Accepted {
			results[i].Reply = outcome.Reply()
		}
	}
	return results, nil
}

func (t *Tester) render(ctx context.Context, m TestMail) (policy.Sender, *message.Preview, error) {
	row, err := t.Campaigns.Find(ctx, m.CampaignID)
	if err != nil {
		return policy.Sender{}, nil, err
	}
	p, err := t.Campaigns.loadPlan(ctx, t.Campaigns.DB, row)
	if err != nil {
		return policy.Sender{}, nil, err
	}
	for _, v := range p.variants {
		if v.Mall != m.Mall {
			continue
		}
		request := message.PreviewRequest{Source: sourceOf(v), SenderName: row.SenderName, Mall: v.Mall, CustomerID: m.CustomerID}
		if v.OfferID != nil {
			request.OfferID = *v.OfferID
		}
		shown, err := t.Previewer.Preview(ctx, request)
		if err != nil {
			return policy.Sender{}, nil, err
		}
		if shown.HTML == "" || p.sender.Email == "" {
			return policy.Sender{}, nil, blocked(shown.Findings)
		}
		return p.sender, shown, nil
	}
	return policy.Sender{}, nil, fault.New(fault.NotFound, "the campaign has no variant for this mall").WithCode("NOT_FOUND").At("mall")
}

func testAddresses(given []string) ([]string, error) {
	var to []string
	for i, address := range given {
		address = strings.TrimSpace(address)
		parsed, err := netmail.ParseAddress(address)
		if err != nil || parsed.Address != address {
			return nil, fault.New(fault.Invalid, "this is no mail address").WithCode("BAD_ADDRESS").At("to").With("place", strconv.Itoa(i))
		}
		to = append(to, address)
	}
	switch {
	case len(to) == 0:
		return nil, fault.New(fault.Invalid, "an address is needed").WithCode("REQUIRED").At("to")
	case len(to) > maxTestAddresses:
		return nil, fault.New(fault.Invalid, "at most %d addresses", maxTestAddresses).WithCode("TOO_MANY").At("to").With("max", maxTestAddresses)
	}
	return to, nil
}
