package message

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Letter is one content as the gate judges it: once for all its recipients,
// and anew when the rules or the day change. It is safe for concurrent use, and
// must not change once the gate has seen it.
type Letter struct {
	// CampaignID finds the overrides staff have recorded; 0: none.
	CampaignID int64
	// Source is what staff wrote, which gives findings their places; nil while
	// mails are sent.
	Source   *Source
	Compiled Compiled
	Fixed    Fixed
	// Offer is what is given with it; nil for none. Its code is "" when each
	// recipient has one of his own.
	Offer *policy.Offer

	mu      sync.Mutex
	set     *policy.Set
	reading *policy.Reading
	hash    []byte // as Hash, made with the reading
}

// Hash names the content with its offer and with what fills its variables for
// everybody: what an override holds for. A new address of the shop or new terms
// make another content of it.
func (l *Letter) Hash() []byte {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q %q %q", l.Compiled.Subject, l.Compiled.HTML, l.Compiled.Text)
	shop, offer := l.Fixed.Shop, l.Fixed.Offer
	_, _ = fmt.Fprintf(h, " %q %q %q %q %d %d", shop.Name, shop.URL, offer.Name, offer.Terms, offer.StartsAt.Unix(), offer.EndsAt.Unix())
	// What deliveries that began without these do not have leaves their hash as it was.
	if l.Fixed.Brand.Name != "" {
		_, _ = fmt.Fprintf(h, " program %q", l.Fixed.program())
	}
	if offer.Kind != "" {
		_, _ = fmt.Fprintf(h, " action %q", offer.action())
	}
	if l.Offer != nil {
		_, _ = fmt.Fprintf(h, " %q %q %q", l.Offer.Mall, l.Offer.Name, l.Offer.Code)
	}
	return h.Sum(nil)
}

// read is what the rules of set say of the letter. Overrides are read each time,
// but only where one could matter: a withdrawn one binds at once.
// now is in the merchant's zone.
func (l *Letter) read(ctx context.Context, idb bun.IDB, set *policy.Set, now time.Time) (*policy.Reading, error) {
	reading, hash, err := l.reads(ctx, idb, set, now)
	if err != nil || l.CampaignID == 0 || !reading.Liftable() {
		return reading, err
	}
	overrides, err := policy.OverridesOf(ctx, idb, l.CampaignID, hash, policy.Day(now, now.Location()))
	if err != nil || len(overrides) == 0 {
		return reading, err
	}
	return reading.With(overrides), nil
}

// reads is the reading without overrides, and the hash that overrides name.
func (l *Letter) reads(ctx context.Context, idb bun.IDB, set *policy.Set, now time.Time) (*policy.Reading, []byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.set == set {
		return l.reading, l.hash, nil
	}
	content, err := l.content(ctx, idb, now)
	if err != nil {
		return nil, nil, err
	}
	l.set, l.reading, l.hash = set, set.Read(content), l.Hash()
	return l.reading, l.hash, nil
}

func (l *Letter) content(ctx context.Context, idb bun.IDB, now time.Time) (policy.Content, error) {
	content, err := merchantContent(ctx, idb)
	if err != nil {
		return content, err
	}
	person := ExamplePerson(now)
	person.OfferCode = ""
	if l.Offer != nil {
		content.Offers = []policy.Offer{*l.Offer}
		person.OfferCode = l.Offer.Code
	}
	fixed := l.Fixed
	fixed.Zone = now.Location()
	content.Parts, err = decoded(ctx, idb, append(l.written(fixed, person), l.arriving(fixed, person)...))
	return content, err
}

// written is the letter as staff wrote it or, once it is on its way, as it was
// compiled.
func (l *Letter) written(fixed Fixed, person Person) []policy.Part {
	filler := func() *filler { return newFiller(fixed, person) }
	subject, body, text := l.Compiled.Subject, l.Compiled.HTML, l.Compiled.Text
	if l.Source != nil {
		subject, body, text = l.Source.Subject, l.Source.MJML, l.Source.Text
	}
	parts := partsOf(placeSubject, plain, subject, filler())
	parts = append(parts, partsOf(placeMJML, markup, body, filler())...)
	return append(parts, partsOf(placeText, plain, text, filler())...)
}

// arriving is the letter as the example person would get it, without what the
// server adds: loops may put together what no single place says.
func (l *Letter) arriving(fixed Fixed, person Person) []policy.Part {
	template, err := Prepare(l.Compiled, fixed)
	if err != nil {
		return nil // a finding of its own
	}
	r, err := template.bare(person)
	if err != nil {
		return nil
	}
	nothing := newFiller(fixed, person)
	parts := partsOf(placeSubject, plain, r.Subject, nothing)
	parts = append(parts, partsOf(placeMJML, markup, r.HTML, nothing)...)
	if !template.madeText {
		parts = append(parts, partsOf(placeText, plain, r.Text, nothing)...)
	}
	return echoes(parts)
}

// echoes have no place in what staff wrote.
func echoes(parts []policy.Part) []policy.Part {
	for i := range parts {
		parts[i].Echo = true
		for j := range parts[i].Runs {
			parts[i].Runs[j].At, parts[i].Runs[j].Filled = policy.Position{}, true
		}
	}
	return parts
}

// merchantContent is what is known of the merchant's sites and coupon codes.
func merchantContent(ctx context.Context, idb bun.IDB) (policy.Content, error) {
	var c policy.Content
	var shops []db.Shop
	if err := idb.NewSelect().Model(&shops).Column("mall", "url", "more_urls").Where("archived_at IS NULL").Scan(ctx); err != nil {
		return c, db.Fault(err)
	}
	for _, shop := range shops {
		if !policy.IsOwn(shop.Mall) {
			continue
		}
		for _, address := range append(shop.MoreURLs, shop.URL) {
			if host := policy.OwnHost(address); host != "" {
				c.OwnHosts = append(c.OwnHosts, host)
			}
		}
	}
	var offers []db.Offer
	if err := idb.NewSelect().Model(&offers).Column("name", "mall", "shared_code").
		Where("archived_at IS NULL AND shared_code <> ''").Scan(ctx); err != nil {
		return c, db.Fault(err)
	}
	for _, o := range offers {
		c.Codes = append(c.Codes, policy.Offer{Name: o.Name, Mall: o.Mall, Code: o.SharedCode})
	}
	return c, nil
}
