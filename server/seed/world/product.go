package world

import "time"

// Product is one of the merchant's teas and sweets. Price in yen, tax included.
type Product struct {
	SKU, Name, Category string
	Price               int64

	weight int    // how often it is bought
	season season // when it is sold; zero: always
	staple bool   // is drunk up and bought again
	gift   bool
	rate   int // of the consumption tax in percent; 0: 8
}

// season is a part of the year, by month and day, which may run over its end.
type season struct{ fromMonth, fromDay, toMonth, toDay int }

func (s season) on(t time.Time) bool {
	if s == (season{}) {
		return true
	}
	_, m, d := t.In(Japan).Date()
	at, from, to := int(m)*100+d, s.fromMonth*100+s.fromDay, s.toMonth*100+s.toDay
	if from <= to {
		return from <= at && at <= to
	}
	return at >= from || at <= to
}

const (
	sencha  = "煎茶"
	gyokuro = "玉露・抹茶"
	hojicha = "ほうじ茶・玄米茶"
	teabag  = "ティーバッグ"
	wakocha = "和紅茶"
	limited = "季節限定"
	sweets  = "お菓子"
	gifts   = "ギフト"
	ware    = "茶器"
)

// Products are what the merchant sells.
var Products = []*Product{
	{SKU: "SENCHA-100", Name: "深蒸し煎茶 100g", Category: sencha, Price: 1080, weight: 16, staple: true},
	{SKU: "SENCHA-3", Name: "深蒸し煎茶 100g×3袋", Category: sencha, Price: 2980, weight: 9, staple: true},
	{SKU: "SENCHA-YAME", Name: "八女煎茶 100g", Category: sencha, Price: 1296, weight: 5, staple: true},
	{SKU: "KABUSE-100", Name: "かぶせ茶 100g", Category: sencha, Price: 1620, weight: 4, staple: true},
	{SKU: "KUKICHA-100", Name: "茎茶 100g", Category: sencha, Price: 756, weight: 5, staple: true},
	{SKU: "KONACHA-200", Name: "粉茶 200g", Category: sencha, Price: 972, weight: 4, staple: true},
	{SKU: "GYOKURO-50", Name: "玉露 50g", Category: gyokuro, Price: 2160, weight: 5, staple: true},
	{SKU: "GYOKURO-YAME", Name: "八女玉露 50g", Category: gyokuro, Price: 3240, weight: 2},
	{SKU: "MATCHA-40", Name: "宇治抹茶 40g缶", Category: gyokuro, Price: 1944, weight: 8, staple: true},
	{SKU: "MATCHA-100", Name: "宇治抹茶 100g袋", Category: gyokuro, Price: 3456, weight: 3, staple: true},
	{SKU: "HOJI-200", Name: "ほうじ茶 200g", Category: hojicha, Price: 860, weight: 12, staple: true},
	{SKU: "HOJI-500", Name: "ほうじ茶 500g お徳用", Category: hojicha, Price: 1944, weight: 5, staple: true},
	{SKU: "GENMAI-200", Name: "玄米茶 200g", Category: hojicha, Price: 780, weight: 9, staple: true},
	{SKU: "GENMAI-MATCHA", Name: "抹茶入り玄米茶 200g", Category: hojicha, Price: 918, weight: 5, staple: true},
	{SKU: "BANCHA-300", Name: "京番茶 300g", Category: hojicha, Price: 864, weight: 3, staple: true},
	{SKU: "TEABAG-50", Name: "緑茶ティーバッグ 50個", Category: teabag, Price: 1480, weight: 14, staple: true},
	{SKU: "TEABAG-100", Name: "緑茶ティーバッグ 100個", Category: teabag, Price: 2680, weight: 6, staple: true},
	{SKU: "TEABAG-HOJI", Name: "ほうじ茶ティーバッグ 50個", Category: teabag, Price: 1380, weight: 8, staple: true},
	{SKU: "TEABAG-DECAF", Name: "デカフェ緑茶 30個", Category: teabag, Price: 1620, weight: 3, staple: true},
	{SKU: "WAKOCHA-80", Name: "和紅茶 80g", Category: wakocha, Price: 1296, weight: 6, staple: true},
	{SKU: "EARLGREY-20", Name: "和紅茶アールグレイ 20個", Category: wakocha, Price: 1404, weight: 3},
	{SKU: "SHINCHA-100", Name: "新茶 100g（季節限定）", Category: limited, Price: 1620, weight: 26, season: season{4, 20, 6, 30}},
	{SKU: "SHINCHA-3", Name: "新茶 飲みくらべ 3袋", Category: limited, Price: 4320, weight: 9, season: season{4, 20, 6, 15}},
	{SKU: "COLD-30", Name: "水出し煎茶 30個", Category: limited, Price: 1280, weight: 22, season: season{5, 10, 9, 15}},
	{SKU: "COLD-HOJI", Name: "水出しほうじ茶 30個", Category: limited, Price: 1280, weight: 10, season: season{5, 10, 9, 15}},
	{SKU: "SHOGA-15", Name: "しょうがほうじ茶 15個", Category: limited, Price: 1080, weight: 12, season: season{10, 20, 3, 10}},
	{SKU: "YUZU-20", Name: "ゆず和紅茶 20個", Category: limited, Price: 1296, weight: 8, season: season{11, 1, 2, 20}},
	{SKU: "SAKURA-30", Name: "桜茶 30g", Category: limited, Price: 864, weight: 8, season: season{2, 25, 4, 15}},
	{SKU: "YOKAN-5", Name: "抹茶ようかん 5本", Category: sweets, Price: 1620, weight: 6},
	{SKU: "COOKIE-12", Name: "抹茶クッキー 12枚", Category: sweets, Price: 1188, weight: 7},
	{SKU: "CASTELLA-1", Name: "抹茶カステラ 1本", Category: sweets, Price: 1728, weight: 4},
	{SKU: "CHOCO-16", Name: "抹茶生チョコレート 16粒", Category: sweets, Price: 1620, weight: 24, season: season{1, 20, 3, 14}},
	{SKU: "WARABI-2", Name: "抹茶わらび餅 2箱", Category: sweets, Price: 1296, weight: 9, season: season{6, 1, 9, 10}},
	{SKU: "GIFT-2", Name: "茶筒ギフト 2本入り", Category: gifts, Price: 3780, weight: 5, gift: true},
	{SKU: "GIFT-3", Name: "茶筒ギフト 3本入り", Category: gifts, Price: 5400, weight: 4, gift: true},
	{SKU: "GIFT-SWEETS", Name: "銘茶とお菓子の詰め合わせ", Category: gifts, Price: 4320, weight: 4, gift: true},
	{SKU: "GIFT-KODEN", Name: "法要・返礼 銘茶3本箱", Category: gifts, Price: 8640, weight: 2, gift: true},
	{SKU: "GIFT-CHUGEN", Name: "お中元 冷茶ギフト", Category: gifts, Price: 5400, weight: 26, gift: true, season: season{6, 10, 7, 31}},
	{SKU: "GIFT-SEIBO", Name: "お歳暮 銘茶詰合せ", Category: gifts, Price: 6480, weight: 32, gift: true, season: season{11, 15, 12, 22}},
	{SKU: "GIFT-MOTHER", Name: "母の日 花とお茶のセット", Category: gifts, Price: 4860, weight: 24, gift: true, season: season{4, 15, 5, 12}},
	{SKU: "GIFT-KEIRO", Name: "敬老の日 玉露と和菓子", Category: gifts, Price: 4860, weight: 18, gift: true, season: season{8, 25, 9, 20}},
	{SKU: "ASSORT-5", Name: "五種飲みくらべセット", Category: sencha, Price: 1500, weight: 11},
	trial,
	{SKU: "KYUSU-1", Name: "常滑焼 急須", Category: ware, Price: 6600, weight: 2, rate: 10},
	{SKU: "CUP-2", Name: "湯のみ ペア", Category: ware, Price: 4400, weight: 2, rate: 10},
	{SKU: "TUTU-1", Name: "桜皮の茶筒", Category: ware, Price: 7700, weight: 1, rate: 10},
	{SKU: "BOTTLE-1", Name: "フィルターインボトル", Category: ware, Price: 2200, weight: 6, rate: 10, season: season{4, 15, 9, 10}},
}

// trial is what people begin with; nobody buys it again.
var trial = &Product{SKU: "TRIAL-3", Name: "はじめての方限定 お試し3種セット", Category: sencha, Price: 1000}

// margins are how much of the price is left of what the merchant pays, in percent.
var margins = map[string]int64{
	sencha: 58, gyokuro: 52, hojicha: 61, teabag: 63, wakocha: 55, limited: 50, sweets: 44, gifts: 49, ware: 38,
}

// Cost is what one piece costs the merchant, in yen: of the price without tax.
func (p *Product) Cost() int64 {
	net := p.Price * 100 / int64(100+p.tax())
	return net * (100 - margins[p.Category]) / 100
}

// tax is the rate of the consumption tax in percent.
func (p *Product) tax() int {
	if p.rate == 0 {
		return 8
	}
	return p.rate
}

// seasonal picks one of what is sold on a day.
func (g dice) seasonal(at time.Time) *Product {
	total := 0
	for _, p := range Products {
		if p.season.on(at) {
			total += p.weight
		}
	}
	n := g.IntN(total)
	for _, p := range Products {
		if !p.season.on(at) {
			continue
		}
		if n -= p.weight; n < 0 {
			return p
		}
	}
	return Products[0]
}

// favourites are one or two that somebody always drinks.
func (g dice) favourites() []*Product {
	var list []*Product
	for n := 1 + g.IntN(2); len(list) < n; {
		if p := Products[g.IntN(len(Products))]; p.staple {
			list = append(list, p)
		}
	}
	return list
}
