package shop_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestAShopIsChangedArchivedAndBroughtBack(t *testing.T) {
	s := shop.New(dbtest.New(t), clock.System{})
	ctx := t.Context()
	made, err := s.Create(ctx, shop.Draft{Code: "own", Name: " 本店 ", Mall: "OWN_SITE", Currency: "JPY", MoreURLs: []string{"https://gift.example"}})
	if err != nil || made.Name != "本店" {
		t.Fatal(made, err)
	}
	if _, err := s.Create(ctx, shop.Draft{Code: "own", Name: "x", Mall: "STORE", Currency: "JPY"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a code twice: %v", err)
	}
	bad, more, yes, no := []string{"https://a.example", "gift example"}, []string{"https://a.example", "https://b.example"}, true, false
	var f *fault.Error
	if _, err := s.Update(ctx, made.ID, shop.Change{MoreURLs: &bad}); !errors.As(err, &f) || f.CodeOrKind() != "BAD_URL" || f.Field != "moreUrls[1]" {
		t.Errorf("what is no address: %v", err)
	}
	bare, typed := "shop.example/store ", []string{"b.example"}
	if row, err := s.Update(ctx, made.ID, shop.Change{URL: &bare, MoreURLs: &typed}); err != nil || row.URL != "https://shop.example/store" || row.MoreURLs[0] != "https://b.example" {
		t.Errorf("addresses without a scheme: %+v, %v", row, err)
	}
	if _, err := s.Update(ctx, made.ID, shop.Change{MoreURLs: &more, Archived: &yes}); err != nil {
		t.Fatal(err)
	}
	if open, err := s.List(ctx, false); err != nil || len(open) != 0 {
		t.Errorf("archived, it is listed: %v, %v", open, err)
	}
	if _, err := s.Update(ctx, made.ID, shop.Change{Archived: &no}); err != nil {
		t.Fatal(err)
	}
	if open, err := s.List(ctx, false); err != nil || len(open) != 1 || !slices.Equal(open[0].MoreURLs, more) {
		t.Errorf("brought back: %+v, %v", open, err)
	}
}

func TestUsageCountsWhatHangsOnAShop(t *testing.T) {
	d := dbtest.New(t)
	_, err := d.Exec(`
		INSERT INTO shops (code, name, mall) VALUES ('a', 'a', 'OWN_SITE'), ('b', 'b', 'STORE');
		INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) VALUES (1, '1', 1, 1), (1, '2', 1, 2), (2, '1', 1, 3);
		INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at) VALUES
			(1, 1, 'MAIL', 'x', 'NEW', now(), now()), (1, 1, 'MEMBER_ID', 'x', 'NEW', now(), now()), (2, 2, 'MAIL', 'y', 'NEW', now(), now());
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method) VALUES
			(1, 'MAIL', 'GIVEN', 1, '2026-01-01', 'STORE'), (2, 'MAIL', 'GIVEN', 1, '2026-01-01', 'STORE'), (2, 'MAIL', 'WITHDRAWN', 1, '2026-02-01', 'STORE');
		INSERT INTO write_keys (shop_id, key, origins, created_at, revoked_at) VALUES (1, 'k', '{https://a.example}', now(), NULL), (1, 'l', '{https://a.example}', now(), now())`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := shop.New(d, clock.System{}).Usage(t.Context(), 1, kept.Now)
	if want := (shop.Usage{Orders: 2, Customers: 1, Consents: 1, Tags: 1}); err != nil || got.Usage != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
