package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Order is a row of orders. Money is in the minor unit of Currency.
type Order struct {
	bun.BaseModel `bun:"table:orders,alias:order"`

	CustomerID     int64 `bun:",pk"`
	ID             int64 `bun:",pk,autoincrement"`
	ShopID         int64
	OrderNo        string
	Kind           string
	Status         string
	OrderedAt      time.Time
	ShippedAt      *time.Time
	CancelledAt    *time.Time
	Currency       string
	GoodsAmount    int64
	ShippingAmount int64
	FeeAmount      int64
	TaxAmount      int64
	TaxBreakdown   json.RawMessage `bun:"type:jsonb"`
	ShopCoupon     int64
	MallCoupon     int64
	PointsUsed     int64
	TotalAmount    int64
	NetSales       int64
	Quantity       int64
	CouponCodes    []string `bun:",array"`
	Gift           bool
	ContentHash    []byte
	KnownBy        *int64 // hash of the surest key its buyer was known by; nil: nobody was named
	ImportID       *int64
	CreatedAt      time.Time `bun:",nullzero,default:now()"`
	UpdatedAt      time.Time `bun:",nullzero,default:now()"`
}

// OrderLine is a row of order_lines.
type OrderLine struct {
	bun.BaseModel `bun:"table:order_lines,alias:order_line"`

	CustomerID int64  `bun:",pk"`
	OrderID    int64  `bun:",pk"`
	LineKey    string `bun:",pk"`
	SKU        string `bun:"sku"`
	Name       string
	Option     string
	UnitPrice  int64
	Quantity   int64
	Amount     int64
	TaxRate    *int // basis points
}

// OrderKey is a row of order_keys, which makes an order number of a shop unique.
type OrderKey struct {
	bun.BaseModel `bun:"table:order_keys,alias:order_key"`

	ShopID     int64  `bun:",pk"`
	OrderNo    string `bun:",pk"`
	CustomerID int64
	OrderID    int64
}

// CustomerStats is a row of customer_stats, the rollup of a customer's orders.
type CustomerStats struct {
	bun.BaseModel `bun:"table:customer_stats,alias:customer_stats"`

	CustomerID     int64 `bun:",pk"`
	OrdersCount    int
	CancelledCount int
	NetSales       int64
	FirstOrderAt   *time.Time
	LastOrderAt    *time.Time
	FirstMall      *string
	FirstNetSales  *int64 // of the first sale; nil also when it was in another currency
	FirstOrderID   *int64 // the first sale
	SecondOrderAt  *time.Time
	ThirdOrderAt   *time.Time
	FourthOrderAt  *time.Time
	FifthOrderAt   *time.Time
	SecondMall     *string // of the second sale
	NextMall       *string // the first mall bought on that is not FirstMall, and when
	NextMallAt     *time.Time
	Malls          []string `bun:",array"`
	CouponOrders   int
	UpdatedAt      time.Time `bun:",nullzero,default:now()"`
}

// CustomerMallStats is a row of customer_mall_stats: the rollup per mall and currency.
type CustomerMallStats struct {
	bun.BaseModel `bun:"table:customer_mall_stats,alias:customer_mall_stats"`

	CustomerID   int64  `bun:",pk"`
	Mall         string `bun:",pk"`
	Currency     string `bun:",pk"`
	OrdersCount  int
	NetSales     int64
	FirstOrderAt *time.Time
	LastOrderAt  *time.Time
}

// Event is a row of events, the one stream of what happens to a customer.
type Event struct {
	bun.BaseModel `bun:"table:events,alias:event"`

	CustomerID int64     `bun:",pk"`
	OccurredAt time.Time `bun:",pk"`
	ID         int64     `bun:",pk,autoincrement"`
	Kind       string
	ShopID     *int64
	RefID      *int64
	Data       json.RawMessage `bun:"type:jsonb,nullzero,default:'{}'"`
}
