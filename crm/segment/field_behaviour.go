package segment

// behaviourFields are what people do on sites and in apps, by the rollup per
// customer, product and day.
func behaviourFields() []*Field {
	return []*Field{
		actionField("viewed", "VIEW", Words{"閲覧した回数", "Times viewed"}, Words{"商品を見た回数", "How often products were looked at"}),
		actionField("carted", "CART_ADD", Words{"カートに入れた回数", "Times put into the cart"}, Words{"商品をカートに入れた回数", "How often products were put into the cart"}),
		actionField("favourited", "FAVOURITE", Words{"お気に入りに入れた回数", "Times marked as favourite"}, Words{"商品をお気に入りに入れた回数", "How often products were marked as favourite"}),
		actionField("searched", "SEARCH", Words{"検索した回数", "Times searched"}, Words{"サイトやアプリで検索した回数", "How often the site or app was searched"}),
		{
			Name: "visits", Type: TypeNumber, Group: behaviour, Period: true,
			Words:     Words{"訪れた日数", "Days visited"},
			Help:      Words{"サイトかアプリで何かの行動があった日の数", "Days with any behaviour on the site or in the app"},
			Unit:      Words{"日", "days"},
			Operators: numberOperators, Max: MaxDays,
			sql: sqlVisits, ja: jaVisits, en: enVisits,
		},
		{
			Name: "carted_not_bought", Type: TypeBoolean, Group: behaviour, Period: true, Product: true,
			Words:     Words{"カートに入れたまま未購入", "Carted, not bought"},
			Help:      Words{"カートに入れた商品（商品コードのあるもの）を、そのあと出しても買ってもいないか", "Whether a product (with a code) was put into the cart, and neither taken out nor bought since"},
			Operators: []Operator{Is},
			sql:       sqlNotBought("CART_ADD"), ja: jaCartedNotBought, en: enCartedNotBought,
		},
		{
			Name: "viewed_not_bought", Type: TypeBoolean, Group: behaviour, Period: true, Product: true,
			Words:     Words{"閲覧したまま未購入", "Viewed, not bought"},
			Help:      Words{"見た商品（商品コードのあるもの）を、そのあと買っていないか", "Whether a product (with a code) was looked at and not bought since"},
			Operators: []Operator{Is},
			sql:       sqlNotBought("VIEW"), ja: jaViewedNotBought, en: enViewedNotBought,
		},
	}
}

// actionField counts one action. A search is not about a product.
func actionField(name, action string, words, help Words) *Field {
	act := acts[name]
	return &Field{
		Name: name, Type: TypeNumber, Group: behaviour, Period: true, Product: action != "SEARCH",
		Words: words, Help: help, Unit: Words{"回", "times"},
		Operators: numberOperators, Max: maxCount,
		sql: sqlAction(action), ja: act.japanese, en: act.english,
	}
}

// everyAction is what a visit can consist of.
var everyAction = []string{
	"APP_OPEN", "CART_ADD", "CART_REMOVE", "CHECKOUT_START", "CUSTOM", "FAVOURITE", "PAGE_VIEW", "REDEMPTION_VISIT", "RESTOCK_REQUEST", "SEARCH", "VIEW",
}
