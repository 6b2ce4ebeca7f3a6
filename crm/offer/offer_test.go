package offer_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var today = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

func service(t *testing.T) *offer.Service {
	t.Helper()
	return &offer.Service{DB: dbtest.New(t), Clock: &clock.Fixed{T: today}}
}

func pool(mall string) offer.Draft {
	return offer.Draft{
		Name: "冬の10%OFF", Mall: mall, Kind: offer.CouponRate, Value: 1000, Proof: offer.CodePool,
		StartsAt: today, EndsAt: today.AddDate(0, 1, 0),
	}
}

func create(t *testing.T, s *offer.Service, d offer.Draft) *db.Offer {
	t.Helper()
	row, err := s.Create(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func TestWhatIsWrongIsFoundAtItsField(t *testing.T) {
	s := service(t)
	for name, c := range map[string]struct {
		change func(*offer.Draft)
		field  string
	}{
		"no name":                 {func(d *offer.Draft) { d.Name = "  " }, "name"},
		"ends before it starts":   {func(d *offer.Draft) { d.EndsAt = d.StartsAt }, "endsAt"},
		"more than everything":    {func(d *offer.Draft) { d.Value = 10_001 }, "value"},
		"free shipping has none":  {func(d *offer.Draft) { d.Kind, d.Value = offer.FreeShipping, 1 }, "value"},
		"once the points is none": {func(d *offer.Draft) { d.Kind, d.Value = offer.PointMultiplier, 10_000 }, "value"},
		"shared without a code":   {func(d *offer.Draft) { d.Proof = offer.SharedCode }, "sharedCode"},
		"pool with a shared code": {func(d *offer.Draft) { d.SharedCode = "X" }, "sharedCode"},
		"unknown kind":            {func(d *offer.Draft) { d.Kind = "GIFT" }, "kind"},
	} {
		d := pool("RAKUTEN")
		c.change(&d)
		_, err := s.Create(t.Context(), d)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != c.field {
			t.Errorf("%s: %v, want fault.Invalid at %s", name, err, c.field)
		}
	}
}

func TestAnOfferIsChangedAndArchived(t *testing.T) {
	s, ctx := service(t), t.Context()
	row := create(t, s, pool("RAKUTEN"))
	value, name := int64(1500), "冬の15%OFF"
	if _, err := s.Update(ctx, row.ID, offer.Change{Value: &value, Name: &name}); err != nil {
		t.Fatal(err)
	}
	found, err := s.Find(ctx, row.ID)
	if err != nil || found.Value != 1500 || found.Name != name || found.Mall != "RAKUTEN" {
		t.Fatalf("found %+v, %v", found, err)
	}
	if _, err := s.Archive(ctx, row.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Update(ctx, row.ID, offer.Change{Value: &value}); !fault.Is(err, fault.Precondition) {
		t.Errorf("update of an archived offer: %v, want fault.Precondition", err)
	}
	for includeArchived, want := range map[bool]int{false: 0, true: 1} {
		if rows, err := s.List(ctx, "RAKUTEN", includeArchived); err != nil || len(rows) != want {
			t.Errorf("list(%v) = %d offers, %v; want %d", includeArchived, len(rows), err, want)
		}
	}
	if _, err := s.Archive(ctx, row.ID+1); !fault.Is(err, fault.NotFound) {
		t.Errorf("archive of nothing: %v, want fault.NotFound", err)
	}
	var audited []string
	if err := s.DB.NewRaw("SELECT action FROM audit_log ORDER BY id").Scan(ctx, &audited); err != nil {
		t.Fatal(err)
	}
	if want := []string{"offer.create", "offer.update", "offer.archive"}; !slices.Equal(audited, want) {
		t.Errorf("audited %v, want %v", audited, want)
	}
}

func TestCodesAreAddedOnce(t *testing.T) {
	s, ctx := service(t), t.Context()
	row := create(t, s, pool("RAKUTEN"))
	added, err := s.AddCodes(ctx, row.ID, []string{"\ufeffA-1", " A-2 ", "", "A-1", "A-3"})
	if err != nil || added != (offer.Added{Added: 3, Duplicates: 1}) {
		t.Fatalf("first: %+v, %v", added, err)
	}
	added, err = s.AddCodes(ctx, row.ID, []string{"A-3", "A-4"})
	if err != nil || added != (offer.Added{Added: 1, Duplicates: 1}) {
		t.Fatalf("second: %+v, %v", added, err)
	}
	_, err = s.AddCodes(ctx, row.ID, []string{"A-5", "クーポン"})
	var f *fault.Error
	if !errors.As(err, &f) || f.Field != "codes.1" {
		t.Errorf("a header among the codes: %v, want fault.Invalid at codes.1", err)
	}
	figures, err := s.PoolFigures(ctx, []int64{row.ID})
	if err != nil || figures[0] != (offer.Figures{OfferID: row.ID, Total: 4, Left: 4}) {
		t.Errorf("figures %+v, %v", figures[0], err)
	}
	free := pool("RAKUTEN")
	free.Proof = offer.NoProof
	if _, err := s.AddCodes(ctx, create(t, s, free).ID, []string{"A"}); !fault.Is(err, fault.Precondition) {
		t.Errorf("codes for an offer without a pool: %v, want fault.Precondition", err)
	}
}

// TestNoCodeIsIssuedTwice lets eight senders empty a pool at the same time.
func TestNoCodeIsIssuedTwice(t *testing.T) {
	s, ctx := service(t), t.Context()
	row := create(t, s, pool("RAKUTEN"))
	codes := make([]string, 400)
	for i := range codes {
		codes[i] = fmt.Sprintf("C-%03d", i)
	}
	if _, err := s.AddCodes(ctx, row.ID, codes); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []string
	var wg sync.WaitGroup
	for sender := range 8 {
		wg.Go(func() {
			for batch := range 10 {
				taken, err := issue(ctx, s, row.ID, 7, int64(1+sender*100+batch))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				got = append(got, taken...)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(got)
	if len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Error("a code was issued twice")
	}
	figures, err := s.PoolFigures(ctx, []int64{row.ID})
	if err != nil || int(figures[0].Issued) != len(got) || figures[0].Left != int64(400-len(got)) {
		t.Errorf("figures %+v, %v; %d were handed out", figures[0], err, len(got))
	}
	if err := offer.Release(ctx, s.DB, row.ID, got[:5]); err != nil {
		t.Fatal(err)
	}
	after, err := s.PoolFigures(ctx, []int64{row.ID})
	if err != nil || after[0].Left != figures[0].Left+5 {
		t.Errorf("after the release of 5: %+v, %v", after[0], err)
	}
}

func issue(ctx context.Context, s *offer.Service, offerID int64, n int, customer int64) (codes []string, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if codes, err = offer.Take(ctx, tx, offerID, n); err != nil {
			return err
		}
		issued := make([]offer.Issued, len(codes))
		for i, code := range codes {
			issued[i] = offer.Issued{Code: code, CustomerID: customer, MessageID: customer}
		}
		return s.Issue(ctx, tx, offerID, issued)
	})
	return codes, err
}

func TestAUseFollowsItsOrder(t *testing.T) {
	s, ctx := service(t), t.Context()
	row := create(t, s, pool("RAKUTEN"))
	if _, err := s.AddCodes(ctx, row.ID, []string{"A-1", "A-2"}); err != nil {
		t.Fatal(err)
	}
	shops := []*db.Shop{{Code: "r", Name: "r", Mall: "RAKUTEN"}, {Code: "y", Name: "y", Mall: "YAHOO"}}
	insert(t, s.DB, &shops)
	customer := &db.Customer{}
	insert(t, s.DB, customer)
	order := func(shop *db.Shop, codes ...string) *db.Order {
		o := &db.Order{
			CustomerID: customer.ID, ShopID: shop.ID, OrderNo: strings.Join(codes, "+") + shop.Code, Kind: "SALE", Status: "PLACED",
			OrderedAt: today, Currency: "JPY", TaxBreakdown: []byte("{}"), CouponCodes: codes, ContentHash: []byte{1},
		}
		insert(t, s.DB, o)
		return o
	}
	used := func(want int64) {
		t.Helper()
		if figures, err := s.PoolFigures(ctx, []int64{row.ID}); err != nil || figures[0].Used != want {
			t.Errorf("used %d, %v; want %d", figures[0].Used, err, want)
		}
	}
	use := func(orders ...*db.Order) {
		t.Helper()
		ids := make([]int64, len(orders))
		for i, o := range orders {
			ids[i] = o.ID
		}
		if err := offer.Use(ctx, s.DB, ids); err != nil {
			t.Fatal(err)
		}
	}
	bought, elsewhere := order(shops[0], "A-1", "OTHER"), order(shops[1], "A-2")
	use(bought, elsewhere)
	use(bought)
	used(1) // A-2 was named on a mall the offer does not hold on

	if _, err := s.DB.NewUpdate().Model(bought).Set("status = 'CANCELLED', cancelled_at = now()").WherePK().Exec(ctx); err != nil {
		t.Fatal(err)
	}
	use(bought)
	used(0)
	again := order(shops[0], "A-1", "SECOND")
	use(again)
	used(1)
	if _, err := s.DB.NewDelete().Model(again).WherePK().Exec(ctx); err != nil {
		t.Fatal(err)
	}
	use(again)
	used(0)
}

func insert(t *testing.T, d *db.DB, model any) {
	t.Helper()
	if _, err := d.NewInsert().Model(model).Returning("*").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestCodesAreMadeWhereTheMerchantSaysWhatTheyAre(t *testing.T) {
	s, ctx := service(t), t.Context()
	own, foreign, shared := create(t, s, pool("SHOPIFY")), create(t, s, pool("RAKUTEN")), pool("SHOPIFY")
	shared.Proof, shared.SharedCode = offer.SharedCode, "ALL"
	codes, err := s.MakeCodes(ctx, own.ID, 500, " AKI- ")
	if err != nil || len(codes) != 500 {
		t.Fatalf("%d codes, %v", len(codes), err)
	}
	form := regexp.MustCompile(`^AKI-[2-9A-HJKMNP-Z]{8}$`)
	for _, code := range codes {
		if !form.MatchString(code) {
			t.Fatalf("a code that can be misread: %q", code)
		}
	}
	if added, err := s.AddCodes(ctx, own.ID, codes); err != nil || added != (offer.Added{Duplicates: 500}) {
		t.Errorf("what was answered is not what the pool holds: %+v, %v", added, err)
	}
	for name, c := range map[string]struct {
		offer  int64
		count  int
		prefix string
		code   string
	}{
		"a mall that makes its own": {foreign.ID, 1, "", "MALL_MAKES_CODES"},
		"one code for everybody":    {create(t, s, shared).ID, 1, "", "NO_POOL"},
		"none":                      {own.ID, 0, "", "RANGE"},
		"too many":                  {own.ID, offer.MaxMade + 1, "", "RANGE"},
		"a prefix in Japanese":      {own.ID, 1, "秋", "BAD_CODE"},
		"a long prefix":             {own.ID, 1, strings.Repeat("A", 17), "TOO_LONG"},
	} {
		var f *fault.Error
		if _, err := s.MakeCodes(ctx, c.offer, c.count, c.prefix); !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestAFullPoolIsNotLow(t *testing.T) {
	for _, c := range []struct {
		left, total int64
		low         bool
	}{{300, 300, false}, {15, 15, false}, {14, 15, true}, {99, 1000, true}, {100, 1000, false}, {0, 0, true}, {0, 300, true}} {
		if got := (offer.Figures{Left: c.left, Total: c.total}).Low(); got != c.low {
			t.Errorf("%d of %d left: low = %v", c.left, c.total, got)
		}
	}
}
