package export

import (
	"fmt"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
)

// Kind is what the objects of an export are.
type Kind string

// The kinds.
const (
	Customers     Kind = "CUSTOMERS"
	Orders        Kind = "ORDERS"
	PointBookings Kind = "POINT_BOOKINGS"
	PointLots     Kind = "POINT_LOTS"
	Consents      Kind = "CONSENTS"
	Events        Kind = "EVENTS"
	Messages      Kind = "MESSAGES"
)

// Kinds are all kinds.
var Kinds = []Kind{Customers, Orders, PointBookings, PointLots, Consents, Events, Messages}

// Scopes are those that an export of the kind takes beside its own: what the
// same fields take in the API.
func (k Kind) Scopes() []access.Scope {
	switch k {
	case PointBookings, PointLots:
		return []access.Scope{access.ScopeCustomersRead, access.ScopePointsRead}
	case Messages:
		return []access.Scope{access.ScopeCustomersRead, access.ScopeCampaignsRead}
	default:
		return []access.Scope{access.ScopeCustomersRead}
	}
}

// source is how objects of a kind are read. In its SQL k is the row of the
// table, and {zone} the merchant's zone as a text of SQL.
type source struct {
	object string // the type in the API
	fields []part
	table  string
	joins  string // at most one row each
	key    []key  // the primary key, in whose order objects are read
	where  string // of those that are told
	// since says of an object that it changed at or after {since}; "" where that is
	// not known.
	since string
	shop  string // the column of its shop; "": it is of none
	whose string // the column of its customer
}

// key is a column of a primary key.
type key struct{ column, kind string }

var (
	ofCustomer = key{"customer_id", "bigint"}
	byID       = key{"id", "bigint"}
	owner      = id("customerId", "Customer", "k.customer_id")
)

// sources are how each kind is read.
var sources = map[Kind]source{
	Customers: {
		object: "Customer", table: "customers", key: []key{byID}, whose: "id",
		joins: `LEFT JOIN customer_stats s ON s.customer_id = k.id LEFT JOIN point_accounts p ON p.customer_id = k.id
			LEFT JOIN member_stages m ON m.customer_id = k.id LEFT JOIN stages g ON g.id = m.stage_id`,
		where: "NOT k.anonymous AND k.merged_into IS NULL",
		since: `(greatest(k.updated_at, s.updated_at, p.updated_at, m.since) >= {since}
			OR EXISTS (SELECT FROM consents c WHERE c.customer_id = k.id AND c.recorded_at >= {since}))`,
		fields: []part{
			id("id", "Customer", "k.id"),
			text("familyName", "k.family_name"), text("givenName", "k.given_name"), text("familyKana", "k.family_kana"), text("givenKana", "k.given_kana"),
			text("email", "k.email"), text("phone", "k.phone"), text("postalCode", "k.postal_code"), text("prefecture", "k.prefecture"),
			text("city", "k.city"), text("addressLine", "k.address_line"), quoted("gender", "k.gender"), quoted("birthDate", "k.birth_date"),
			instant("memberSince", "k.member_since"), instant("erasedAt", "k.erased_at"), instant("createdAt", "k.created_at"),
			object("stats", "", plain("orderCount", "coalesce(s.orders_count, 0)"), plain("cancelledCount", "coalesce(s.cancelled_count, 0)"),
				money("netSales", "coalesce(s.net_sales, 0)", "{base}"), instant("firstOrderAt", "s.first_order_at"), instant("lastOrderAt", "s.last_order_at"),
				quoted("firstMall", "s.first_mall"), words("malls", "coalesce(s.malls, '{}')")),
			object("points", "", plain("available", "coalesce(p.available, 0)"), plain("pending", "coalesce(p.pending, 0)"),
				plain("held", "coalesce(p.held, 0)"), plain("debt", "coalesce(p.debt, 0)"),
				object("expiringNext", "p.expiring_next_on IS NULL", plain("amount", "p.expiring_next_amount"), lastDay("on", "p.expiring_next_on"))),
			object("stage", "m.customer_id IS NULL", object("stage", "", id("id", "Stage", "g.id"), text("name", "g.name")), instant("since", "m.since")),
			many("identities", "identities i WHERE i.customer_id = k.id", "i.first_seen_at, i.id",
				object("shop", "", id("id", "Shop", "i.shop_id")), quoted("kind", "i.kind"), text("value", "i.value")),
			many("consents", `(SELECT DISTINCT ON (channel, origin_shop_id) c.* FROM consents c WHERE c.customer_id = k.id AND c.purpose = 'MARKETING'
				ORDER BY channel, origin_shop_id, occurred_at DESC, id DESC) c`, "c.channel, c.origin_shop_id",
				quoted("channel", "c.channel"), quoted("state", "c.state"), object("originShop", "", id("id", "Shop", "c.origin_shop_id")), instant("occurredAt", "c.occurred_at")),
			many("tags", "customer_taggings t JOIN customer_tags n ON n.id = t.tag_id WHERE t.customer_id = k.id", "n.name, n.id",
				id("id", "CustomerTag", "n.id"), text("name", "n.name")),
		},
	},
	Orders: {
		object: "Order", table: "orders", key: []key{ofCustomer, byID}, since: "k.updated_at >= {since}", shop: "shop_id", whose: "customer_id",
		fields: []part{
			id("id", "Order", "k.customer_id", "k.id"), owner, text("orderNo", "k.order_no"), object("shop", "", id("id", "Shop", "k.shop_id")),
			quoted("kind", "k.kind"), quoted("status", "k.status"), instant("orderedAt", "k.ordered_at"), instant("shippedAt", "k.shipped_at"), instant("cancelledAt", "k.cancelled_at"),
			ordered("goods", "goods_amount"), ordered("shipping", "shipping_amount"), ordered("fees", "fee_amount"), ordered("tax", "tax_amount"),
			ordered("shopCoupon", "shop_coupon"), ordered("mallCoupon", "mall_coupon"), ordered("pointsUsed", "points_used"),
			ordered("total", "total_amount"), ordered("netSales", "net_sales"), words("couponCodes", "k.coupon_codes"),
			many("lines", "order_lines l WHERE l.customer_id = k.customer_id AND l.order_id = k.id", "length(l.line_key), l.line_key",
				text("lineKey", "l.line_key"), text("sku", "l.sku"), text("name", "l.name"), text("option", "l.option"),
				ordered("unitPrice", "unit_price", "l"), plain("quantity", "l.quantity"), ordered("amount", "amount", "l"), plain("taxRate", "l.tax_rate")),
		},
	},
	PointBookings: {
		object: "PointBooking", table: "point_bookings", joins: "LEFT JOIN orders o ON o.id = k.order_id", key: []key{ofCustomer, byID}, since: "k.occurred_at >= {since}", shop: "shop_id", whose: "customer_id",
		fields: []part{
			id("id", "PointBooking", "k.customer_id", "k.id"), owner, quoted("kind", "k.kind"),
			plain("amount", `CASE WHEN k.kind IN ('GRANT', 'RESTORE', 'TRANSFER_IN', 'DEBT_OUT') THEN k.amount
				WHEN k.kind IN ('REDEEM', 'ADJUST', 'CAPTURE', 'EXPIRE', 'CLAWBACK', 'TRANSFER_OUT', 'DEBT_IN') THEN -k.amount ELSE 0 END`),
			plain("points", "k.amount"), plain("availableAfter", "k.available_after"), instant("occurredAt", "k.occurred_at"),
			text("reason", "k.reason"), text("note", "k.note"), quoted("actorKind", "k.actor_kind"), text("orderNo", "coalesce(k.order_no, o.order_no)"),
		},
	},
	PointLots: {
		object: "PointLot", table: "point_lots", key: []key{ofCustomer, byID}, whose: "customer_id",
		where: "k.status <> 'DONE' AND (k.expires_at IS NULL OR k.expires_at > {now})",
		fields: []part{
			id("id", "PointLot", "k.customer_id", "k.id"), owner, plain("amount", "k.amount"), plain("remaining", "k.remaining"), plain("held", "k.held"),
			flag("usable", "k.status = 'USABLE'"), instant("earnedAt", "k.earned_at"),
			instant("usableAt", "CASE WHEN k.status <> 'USABLE' THEN k.usable_at END"), lastDay("expiresOn", "k.expires_at"), quoted("origin", "k.origin"),
		},
	},
	Consents: {
		object: "Consent", table: "consents", key: []key{ofCustomer, byID}, since: "k.recorded_at >= {since}", shop: "origin_shop_id", whose: "customer_id",
		fields: []part{
			id("id", "Consent", "k.customer_id", "k.id"), owner, quoted("channel", "k.channel"), quoted("state", "k.state"),
			object("originShop", "", id("id", "Shop", "k.origin_shop_id")), instant("occurredAt", "k.occurred_at"), quoted("method", "k.method"),
			text("wording", "k.wording"), instant("recordedAt", "k.recorded_at"),
		},
	},
	Events: {
		object: "TimelineEntry", table: "events", key: []key{ofCustomer, {"occurred_at", "timestamptz"}, byID},
		since: "k.occurred_at >= {since}", shop: "shop_id", whose: "customer_id",
		fields: []part{
			id("id", "TimelineEntry", "k.customer_id", "k.id"), owner, quoted("kind", eventGroup), text("event", "k.kind"), instant("occurredAt", "k.occurred_at"),
			object("shop", "k.shop_id IS NULL", id("id", "Shop", "k.shop_id")), eventRef, plain("data", "k.data"),
		},
	},
	Messages: {
		object: "Message", table: "messages", key: []key{ofCustomer, {"delivery_id", "bigint"}, {"delivery_month", "date"}},
		since: "greatest(k.created_at, k.sent_at, k.opened_at, k.clicked_at, k.bounced_at, k.unsubscribed_at, k.complained_at, k.converted_at) >= {since}",
		shop:  "origin_shop_id", whose: "customer_id",
		fields: []part{
			id("id", "Message", "k.customer_id", "k.id"), owner, object("campaign", "k.campaign_id IS NULL", id("id", "Campaign", "k.campaign_id")),
			text("mall", "nullif(k.mall, '')"), text("originMall", "nullif(k.origin_mall, '')"), quoted("status", "k.status"), text("reason", "nullif(k.reason, '')"),
			text("offerCode", "k.offer_code"), instant("sentAt", "k.sent_at"), instant("openedAt", "k.opened_at"), instant("clickedAt", "k.clicked_at"),
			instant("unsubscribedAt", "k.unsubscribed_at"), instant("complainedAt", "k.complained_at"), instant("convertedAt", "k.converted_at"), instant("bouncedAt", "k.bounced_at"),
		},
	},
}

// ordered is money of an order k, of a column of it or of its line.
func ordered(name, column string, of ...string) part {
	row := "k"
	if len(of) > 0 {
		row = of[0]
	}
	return money(name, row+"."+column, "k.currency")
}

// lastDay is the last day on which points can be spent that end at an instant,
// as points.LastDay tells it.
func lastDay(name, column string) part {
	return quoted(name, "((("+column+") - interval '1 microsecond') AT TIME ZONE {zone})::date")
}

// eventGroup is the group of an event k, as event.GroupOf tells it.
var eventGroup = fmt.Sprintf("CASE WHEN split_part(k.kind, '.', 1) IN ('%s') THEN upper(split_part(k.kind, '.', 1)) ELSE upper('%s') END",
	strings.Join(event.Groups, "', '"), event.Other)

// eventRef is what an event k speaks of.
var eventRef = func() part {
	p := part{name: "refId", sql: "CASE split_part(k.kind, '.', 1)"}
	for _, ref := range [][2]string{{"order", "Order"}, {"points", "PointBooking"}, {"message", "Message"}, {"consent", "Consent"}} {
		p.sql += " WHEN '" + ref[0] + "' THEN " + id("", ref[1], "k.customer_id", "k.ref_id").sql
	}
	p.sql += " ELSE 'null' END"
	return p
}()

// Selection is what GraphQL is asked for an object with that is to look as a
// line of the kind does, beside __typename, and the object's type.
func (k Kind) Selection() (object, fields string) {
	src := sources[k]
	return src.object, selection(src.fields)
}

// filter is what an export is narrowed to; zero values do not narrow.
type filter struct {
	since *time.Time
	shop  *int64
}

// query puts the SQL of one page together. Its first columns are the key as
// texts, the last is the line.
type query struct {
	source
	words *strings.Replacer
	where []string
	args  []any
}

func newQuery(k Kind, f filter, zone, base string, now time.Time) *query {
	literal := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	instant := func(t time.Time) string { return literal(t.UTC().Format(time.RFC3339Nano)) + "::timestamptz" }
	pairs := []string{"{zone}", literal(zone), "{base}", literal(base) + "::text", "{now}", instant(now)}
	q := &query{source: sources[k]}
	if q.source.where != "" {
		q.where = append(q.where, q.source.where)
	}
	if f.since != nil {
		pairs = append(pairs, "{since}", instant(*f.since))
		q.where = append(q.where, q.since)
	}
	if f.shop != nil {
		q.and("k."+q.shop+" = %s", *f.shop)
	}
	q.words = strings.NewReplacer(pairs...)
	return q
}

// and narrows by a condition about arguments.
func (q *query) and(condition string, args ...any) {
	places := make([]any, len(args))
	for i, arg := range args {
		q.args = append(q.args, arg)
		places[i] = fmt.Sprintf("$%d", len(q.args))
	}
	q.where = append(q.where, fmt.Sprintf(condition, places...))
}

func (q *query) from() string {
	sql := " FROM " + q.table + " k " + q.joins
	if len(q.where) > 0 {
		sql += " WHERE " + strings.Join(q.where, " AND ")
	}
	return sql
}

// count is how many objects there are.
func (q *query) count() (sql string, args []any) {
	return q.words.Replace("SELECT count(*)" + q.from()), q.args
}

// after narrows to what comes behind a place; nil: all.
func (q *query) after(place []string) {
	if place == nil {
		return
	}
	columns, marks, args := make([]string, len(q.key)), make([]string, len(q.key)), make([]any, len(q.key))
	for i, k := range q.key {
		columns[i], marks[i], args[i] = "k."+k.column, "(%s::text)::"+k.kind, place[i]
	}
	q.and("("+strings.Join(columns, ", ")+") > ("+strings.Join(marks, ", ")+")", args...)
}

// page is the next objects by their key, at most limit.
func (q *query) page(limit int) (sql string, args []any) {
	columns, order := make([]string, len(q.key)), make([]string, len(q.key))
	for i, k := range q.key {
		columns[i], order[i] = "k."+k.column+"::text", "k."+k.column
	}
	return q.words.Replace(fmt.Sprintf("SELECT %s, %s%s ORDER BY %s LIMIT %d", strings.Join(columns, ", "), line(q.object, q.fields), q.from(), strings.Join(order, ", "), limit)), q.args
}
