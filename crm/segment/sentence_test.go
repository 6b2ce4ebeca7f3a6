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
			"Customers who have their birthday next month or (have at least 500 usable points expiring within 30 days and consent to mail from the own site)",
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
		{
			`{"all":[{"field":"carted_not_bought","op":"is","value":true,"within_days":14,"categories":["お茶"]},{"field":"viewed","op":"gte","value":3,"within_days":30,"skus":["TEA-01","TEA-02"]}]}`,
			"直近14日以内にカテゴリ「お茶」の商品をカートに入れたまま買っておらず、直近30日以内に商品TEA-01かTEA-02を3回以上見た顧客",
			"Customers who put products of お茶 into the cart within the last 14 days and have not bought it since and viewed TEA-01 or TEA-02 at least 3 times within the last 30 days",
		},
		{
			`{"all":[{"field":"mails_opened","op":"lte","value":0,"within_days":90},{"field":"mails_sent","op":"gte","value":3,"within_days":90},{"field":"visits","op":"eq","value":0,"within_days":30}]}`,
			"直近90日以内にメールを開いておらず、直近90日以内にメールを3通以上受け取り、直近30日以内に訪れていない顧客",
			"Customers who did not open any mail within the last 90 days and received at least 3 mails within the last 90 days and did not visit within the last 30 days",
		},
		{
			`{"all":[{"field":"overdue","op":"gte","value":150},{"field":"order_interval","op":"between","value":[20,40]},{"field":"first_price","op":"lte","value":3000},{"field":"coupon_share","op":"gte","value":80}]}`,
			"最終購入からの日数がふだんの購入間隔の150%以上で、平均購入間隔が20日〜40日で、初回購入額が¥3,000以下で、クーポン利用率が80%以上の顧客",
			"Customers who last bought at least 150% of their own interval ago and order every between 20 and 40 days on average and spent at most ¥3,000 on the first order and used a coupon in at least 80% of their orders",
		},
		{
			`{"all":[{"field":"member","op":"is","value":true},{"field":"member_since","op":"within_days","value":30},{"field":"prefecture","op":"any_of","value":["東京都","大阪府"]},{"field":"gender","op":"any_of","value":["FEMALE"]},{"field":"age","op":"between","value":[20,39]},{"field":"consent","op":"none_of","value":["LINE"]}]}`,
			"直近30日以内に入会し、東京都か大阪府に住み、性別が女性で、年齢が20歳〜39歳で、LINEの配信に同意していない会員",
			"Members who became members within the last 30 days and live in Tokyo or Osaka and are of gender female and are between 20 and 39 years old and have not consented to LINE",
		},
		{
			`{"all":[{"field":"segment","op":"any_of","value":["goldTwice"]},{"field":"first_mall","op":"none_of","value":["RAKUTEN","YAHOO"]},{"field":"order_date","op":"during","value":["2026-11-01","2026-11-30"],"skus":["TEA-01"]},{"field":"segment","op":"none_of","value":["twice"]}]}`,
			"セグメント「ゴールドで2回以上」に該当し、最初の購入が楽天でもYahoo!ショッピングでもなく、2026/11/1〜2026/11/30に商品TEA-01を購入し、セグメント「2回以上」に該当しない顧客",
			`Customers who are in segment "ゴールドで2回以上" and did not first buy on Rakuten or Yahoo! Shopping and bought TEA-01 from 2026-11-01 to 2026-11-30 and are not in segment "2回以上"`,
		},
		{
			`{"all":[{"field":"first_order","op":"during","value":["2026-01-01","2026-01-31"],"categories":["お茶"]},{"field":"days_to_second","op":"lte","value":90},{"field":"third_order","op":"before","value":"2026-08-01"},{"field":"second_mall","op":"any_of","value":["RAKUTEN"]}]}`,
			"2026/1/1〜2026/1/31にカテゴリ「お茶」の商品を含む初回の購入をし、2回目の購入が前回の購入から90日以内で、2026/8/1より前に3回目の購入をし、2回目の購入が楽天の顧客",
			"Customers who had products of お茶 in their first order, placed from 2026-01-01 to 2026-01-31 and placed the second order at most 90 days after the one before and placed the third order before 2026-08-01 and placed the second order on Rakuten",
		},
		{
			`{"all":[{"field":"next_mall","op":"any_of","value":["OWN_SITE"]},{"field":"crossed","op":"since","value":"2026-01-01"},{"field":"days_to_cross","op":"lte","value":60},{"field":"next_mall","op":"none_of","value":["STORE","YAHOO"]}]}`,
			"次に購入したモールが自社サイトで、2026/1/1以降にほかのモールで初めて購入し、ほかのモールでの初めての購入が初回購入から60日以内で、次に購入したモールが実店舗でもYahoo!ショッピングでもない顧客",
			"Customers who went on to buy on the own site and first bought on another mall since 2026-01-01 and first bought on another mall at most 60 days after the first order and did not go on to buy next on the physical store or Yahoo! Shopping",
		},
		{
			`{"all":[{"field":"stage","op":"any_of","value":["GOLD"],"as_of":"2026-10-31"},{"field":"points_outstanding","op":"gte","value":1},{"field":"points_outstanding","op":"gte","value":1,"as_of":"2026-10-31"},{"field":"points_expiry","op":"during","value":["2026-12-01","2026-12-31"]},{"field":"points_lasting","op":"is","value":false},{"field":"points_expired","op":"during","value":["2026-10-01","2026-10-31"]}]}`,
			"2026/10/31の時点でステージがゴールドで、未使用ポイント（付与予定・仮押さえを含む）が1ポイント以上で、2026/10/31の時点で未使用ポイント（付与予定・仮押さえを含む）が1ポイント以上で、有効期限が2026/12/1〜2026/12/31のポイントを持ち、期限のないポイントを持たず、2026/10/1〜2026/10/31にポイントが失効した顧客",
			"Customers who at the end of 2026-10-31 were at stage Gold and have at least 1 point outstanding (pending and held ones too) and at the end of 2026-10-31 had at least 1 point outstanding (pending and held ones too) and have points whose last day is from 2026-12-01 to 2026-12-31 and have no points that never expire and had points expire from 2026-10-01 to 2026-10-31",
		},
		{
			`{"all":[{"field":"event_share","op":"gte","value":80},{"field":"event_order","op":"within_days","value":90,"events":["SUPER"]},{"field":"first_in_event","op":"is","value":true}]}`,
			"注文のうちセール中の割合が80%以上で、直近90日以内に楽天スーパーSALE中に購入し、セール中に初めて購入した顧客",
			"Customers who placed at least 80% of their orders during sales and bought during Rakuten Super Sale within the last 90 days and first bought during sales",
		},
		{
			`{"all":[{"field":"event_share","op":"gte","value":100,"mall":"RAKUTEN"},{"field":"event_share","op":"lte","value":0,"events":["FIVES"]},{"field":"first_in_event","op":"is","value":false}]}`,
			"楽天でセールのときだけ買い、5のつく日（Yahoo!ショッピング）のときには一度も買わず、セール以外のときに初めて購入した顧客",
			"Customers who buy only during sales on Rakuten and never buy during Days with 5 (Yahoo! Shopping) and first bought outside sales",
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
