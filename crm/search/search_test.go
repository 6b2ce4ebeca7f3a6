package search_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/search"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestFind(t *testing.T) {
	d := dbtest.New(t)
	for _, sql := range []string{
		`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1, 'r', '楽天店', 'RAKUTEN'), (2, 'o', '本店', 'OWN_SITE')`,
		`INSERT INTO customers (id, anonymous) VALUES (7, false), (8, false), (9, true)`,
		`INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) VALUES (1, '100-1', 7, 1), (2, '100-1', 8, 2), (2, '100-2', 9, 3)`,
		`INSERT INTO campaigns (id, name, archived_at) OVERRIDING SYSTEM VALUE VALUES (1, '母の日 100%還元', NULL), (2, '母の日(去年)', now()), (3, 'Mother''s Day', NULL)`,
		`INSERT INTO segments (id, name, rule) OVERRIDING SYSTEM VALUE VALUES (1, '母の日に買った人', '{}')`,
		`INSERT INTO offers (id, name, mall, kind, value, proof, starts_at, ends_at) OVERRIDING SYSTEM VALUE VALUES (1, '母の日クーポン', 'RAKUTEN', 'COUPON_RATE', 100, 'NONE', now(), now() + interval '1 day')`,
		`INSERT INTO uploads (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'u')`,
		`INSERT INTO imports (id, shop_id, upload_id, file_name, format, fingerprint) OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, '母の日.csv', 'MAPPING', '')`,
	} {
		if _, err := d.Exec(sql); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
	}
	s := &search.Service{DB: d}
	for _, c := range []struct {
		text string
		role access.Role
		want string
	}{
		{"母の日", access.RoleOwner, "CAMPAIGN 1, SEGMENT 1, OFFER 1, IMPORT 1"},
		{"母の日", access.RoleSupport, ""},
		{" 100-1 ", access.RoleOwner, "ORDER 7 楽天店, ORDER 8 本店"},
		{"100-1", access.RoleSupport, "ORDER 7 楽天店, ORDER 8 本店"},
		{"100-2", access.RoleOwner, ""}, // of nobody
		{"100%", access.RoleOwner, "CAMPAIGN 1"},
		{"mother", access.RoleOwner, "CAMPAIGN 3"},
		{"母", access.RoleOwner, ""},
		{strings.Repeat("母", 101), access.RoleOwner, ""},
	} {
		ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, Scopes: c.role.Scopes()})
		hits, err := s.Find(ctx, c.text)
		if got := shown(hits); err != nil || got != c.want {
			t.Errorf("%q as %s: %s, %v; want %s", c.text, c.role, got, err, c.want)
		}
	}
	if hits, err := s.Find(context.Background(), "母の日"); err != nil || len(hits) != 0 {
		t.Errorf("nobody finds %v, %v", hits, err)
	}
}

func shown(hits []search.Hit) string {
	list := make([]string, len(hits))
	for i, h := range hits {
		list[i] = strings.TrimSpace(fmt.Sprintf("%s %d %s", h.Kind, h.ID, h.Shop))
	}
	return strings.Join(list, ", ")
}
