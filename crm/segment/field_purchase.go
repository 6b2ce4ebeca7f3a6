package segment

// purchaseFields are what was bought, when and for how much.
func purchaseFields() []*Field {
	return []*Field{
		{
			Name: "orders", Type: TypeNumber, Group: purchase,
			Words:     Words{"購入回数", "Number of orders"},
			Help:      Words{"キャンセルと返品を除く注文の数", "Orders, without cancellations and returns"},
			Unit:      Words{"回", "orders"},
			Operators: numberOperators, Max: maxCount, PerMall: true,
			sql: sqlOrders, ja: jaOrders, en: enOrders,
		},
		{
			Name: "net_sales", Type: TypeMoney, Group: purchase,
			Words:     Words{"純売上", "Net sales"},
			Help:      Words{"設定の「純売上」の定義で数えた額。キャンセルを除き、返品を差し引く（基準通貨）", "By the definition under Settings → Net sales, without cancelled orders and less returns, in the base currency"},
			Operators: numberOperators, Max: maxMoney, PerMall: true,
			sql: sqlNetSales, ja: jaNetSales, en: enNetSales,
		},
		{
			Name: "last_order", Type: TypeTime, Group: purchase,
			Words:     Words{"最終購入日", "Last order"},
			Help:      Words{"キャンセルを除く最後の注文の日", "Day of the last order that was not cancelled"},
			Operators: dateOperators, PerMall: true,
			sql: sqlLastOrder, ja: jaLastOrder, en: enLastOrder,
		},
		{
			Name: "first_order", Type: TypeTime, Group: purchase, Product: true,
			Words:     Words{"初回購入日", "First order"},
			Help:      Words{"キャンセルを除く最初の注文の日。その注文にあった商品やカテゴリでも絞り込める", "Day of the first order that was not cancelled; may be narrowed to products and categories in that order"},
			Operators: dateOperators,
			sql:       sqlFirstOrder, ja: jaFirstOrder, en: enFirstOrder,
		},
		{
			Name: "order_date", Type: TypeTime, Group: purchase, Product: true, PerMall: true,
			Words:     Words{"購入した日", "Order placed"},
			Help:      Words{"期間内にキャンセルを除く注文が1回でもあるか。商品やカテゴリでも絞り込める", "Whether there is any order in the period that was not cancelled; may be narrowed to products and categories"},
			Operators: []Operator{WithinDays, During, Since, Before},
			sql:       sqlOrderDate, ja: jaOrderDate, en: enOrderDate,
		},
		{
			Name: "sku", Type: TypeText, Group: purchase,
			Words:     Words{"購入商品", "Products bought"},
			Help:      Words{"注文明細の商品コード（SKU）", "SKU on the lines of orders"},
			Operators: []Operator{AnyOf, NoneOf}, Period: true,
			sql: sqlSKU, ja: jaSKU, en: enSKU,
		},
	}
}

// habitFields are how somebody buys. They are worked out from at least one
// order, the rhythm from two; who has fewer meets none of their conditions.
func habitFields() []*Field {
	return []*Field{
		{
			Name: "first_price", Type: TypeMoney, Group: purchase,
			Words:     Words{"初回購入額", "First order's value"},
			Help:      Words{"最初の注文の純売上（基準通貨）。注文のない人は該当しない", "Net sales of the first order, in the base currency; without orders nobody meets it"},
			Operators: numberOperators, Max: maxMoney,
			sql: sqlFirstPrice, ja: jaFirstPrice, en: enFirstPrice,
		},
		{
			Name: "average_order", Type: TypeMoney, Group: purchase,
			Words:     Words{"平均注文額", "Average order"},
			Help:      Words{"純売上を注文の数で割った額（基準通貨）。注文のない人は該当しない", "Net sales by the number of orders, in the base currency; without orders nobody meets it"},
			Operators: numberOperators, Max: maxMoney,
			sql: sqlAverageOrder, ja: jaAverageOrder, en: enAverageOrder,
		},
		{
			Name: "coupon_share", Type: TypeNumber, Group: purchase,
			Words:     Words{"クーポン利用率", "Orders with coupon"},
			Help:      Words{"クーポンを使った注文の割合。注文のない人は該当しない", "Share of orders with a coupon; without orders nobody meets it"},
			Unit:      Words{"%", "%"},
			Operators: numberOperators, Max: 100,
			sql: sqlCouponShare, ja: jaCouponShare, en: enCouponShare,
		},
		{
			Name: "order_interval", Type: TypeNumber, Group: purchase,
			Words:     Words{"平均購入間隔", "Days between orders"},
			Help:      Words{"最初から最後の注文までの日数を、間の回数で割った日数。2回以上購入した人のみ", "Days from the first to the last order by the gaps between; of those with at least 2 orders"},
			Unit:      Words{"日", "days"},
			Operators: numberOperators, Max: MaxDays,
			sql: sqlOrderInterval, ja: jaOrderInterval, en: enOrderInterval,
		},
		{
			Name: "overdue", Type: TypeNumber, Group: purchase,
			Words:     Words{"離脱のきざし", "Overdue"},
			Help:      Words{"最終購入からの日数が、その人の平均購入間隔の何%か。150%を超えると離脱の候補。2回以上購入した人のみ", "Days since the last order as a share of the person's own interval; above 150% somebody may be leaving. Of those with at least 2 orders"},
			Unit:      Words{"%", "%"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlOverdue, ja: jaOverdue, en: enOverdue,
		},
	}
}

// mallFields are where somebody buys.
func mallFields() []*Field {
	malls := mallChoices()
	return []*Field{
		{
			Name: "malls", Type: TypeChoices, Group: circulate,
			Words:     Words{"購入モール", "Malls bought on"},
			Help:      Words{"これまでに購入したモール", "Malls with at least one order"},
			Operators: []Operator{AnyOf, AllOf, NoneOf, CountLeast, CountAtMost}, Choices: malls, Max: int64(len(malls)),
			sql: sqlMalls, ja: jaMalls, en: enMalls,
		},
		{
			Name: "first_mall", Type: TypeChoice, Group: circulate,
			Words:     Words{"初回購入モール", "First mall"},
			Help:      Words{"最初の注文のモール", "Mall of the first order"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: malls,
			sql: sqlFirstMall, ja: jaFirstMall, en: enFirstMall,
		},
	}
}
