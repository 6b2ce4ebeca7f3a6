package segment_test

import "testing"

func TestSentence(t *testing.T) {
	for _, tc := range []struct{ rule, ja, en string }{
		{
			`{"all":[{"field":"last_order","op":"within_days","value":90},{"field":"orders","op":"gte","value":2,"mall":"RAKUTEN"},{"field":"member","op":"is","value":true}]}`,
			"直近90日以内に購入し、楽天で2回以上買った会員", "Members who bought within the last 90 days and ordered on Rakuten at least 2 times",
		},
		{`{"all":[]}`, "すべての顧客", "All customers"},
		{`{"field":"member","op":"is","value":true}`, "すべての会員", "All members"},
		{
			`{"all":[{"field":"malls","op":"any_of","value":["RAKUTEN"]},{"field":"malls","op":"none_of","value":["OWN_SITE"]}]}`,
			"楽天で買い、自社サイトでは買っていない顧客", "Customers who bought on Rakuten and never bought on the own site",
		},
		{
			`{"all":[{"any":[{"field":"net_sales","op":"gte","value":20000},{"field":"stage","op":"any_of","value":["SILVER","GOLD"]}]},{"field":"last_order","op":"before_days","value":180}]}`,
			"最終購入から180日を過ぎ、かつ（純売上が¥20,000以上の、またはステージがシルバーかゴールドの）顧客",
			"Customers who (brought net sales of at least ¥20,000 or are at stage Silver or Gold) and last bought more than 180 days ago",
		},
		{
			`{"any":[{"field":"birth_month","op":"next_month"},{"all":[{"field":"points","op":"gte","value":500,"within_days":30},{"field":"mail_consent","op":"is","value":true,"mall":"OWN_SITE"}]}]}`,
			"来月が誕生月の、または（30日以内に失効するポイントが500以上あり、自社サイトのメール配信に同意している）顧客",
			"Customers who have their birthday next month or (have at least 500 points expiring within 30 days and consent to mail from the own site)",
		},
		{
			`{"all":[{"field":"orders","op":"eq","value":1},{"not":{"field":"sku","op":"any_of","value":["TEA-01","TEA-02"],"within_days":365}}]}`,
			"ちょうど1回買い、商品TEA-01かTEA-02を直近365日以内に買った人を除く顧客",
			"Customers who ordered exactly 1 time and are not among those who bought TEA-01 or TEA-02 within the last 365 days",
		},
		{
			`{"not":{"any":[{"field":"malls","op":"count_gte","value":2},{"field":"orders","op":"lte","value":0}]}}`,
			"（2つ以上のモールで買った、または一度も買っていない）人を除く顧客",
			"Customers who are not among those who (bought on at least 2 malls or never bought)",
		},
		{
			`{"all":[{"any":[{"field":"orders","op":"gte","value":3},{"field":"net_sales","op":"lte","value":-1}]},{"any":[{"field":"last_order","op":"during","value":["2026-01-01","2026-03-31"]},{"field":"member","op":"is","value":false}]}]}`,
			"（3回以上買った、または純売上が-¥1以下の）かつ（最終購入が2026/1/1〜2026/3/31の、または会員ではない）顧客",
			"Customers who (ordered at least 3 times or brought net sales of at most -¥1) and (last bought from 2026-01-01 to 2026-03-31 or are not members)",
		},
	} {
		c := catalog()
		got := c.Sentence(parse(t, c, tc.rule))
		if got.JA != tc.ja {
			t.Errorf("%s\n got %s\nwant %s", tc.rule, got.JA, tc.ja)
		}
		if got.EN != tc.en {
			t.Errorf("%s\n got %s\nwant %s", tc.rule, got.EN, tc.en)
		}
	}
}
