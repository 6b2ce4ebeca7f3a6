package mall

// names are what people call the malls.
var names = map[Mall][2]string{
	Rakuten: {"楽天市場", "Rakuten"}, Amazon: {"Amazon", "Amazon"}, Yahoo: {"Yahoo!ショッピング", "Yahoo! Shopping"},
	AuPay: {"au PAY マーケット", "au PAY Market"}, Qoo10: {"Qoo10", "Qoo10"}, Shopify: {"Shopify", "Shopify"},
	Futureshop: {"futureshop", "futureshop"}, Makeshop: {"MakeShop", "MakeShop"}, OwnSite: {"自社サイト", "Own site"}, Store: {"実店舗", "Store"},
}

// Name is what people call a mall, in English or else in Japanese; of what is no
// mall, its code.
func (m Mall) Name(locale string) string {
	name, ok := names[m]
	switch {
	case !ok:
		return string(m)
	case locale == "en":
		return name[1]
	}
	return name[0]
}
