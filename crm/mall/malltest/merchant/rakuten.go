package merchant

import "github.com/meguri-crm/meguri/crm/mall"

var rakutenStates = map[mall.OrderStatus]string{
	mall.Placed: "注文確認待ち", mall.Shipped: "発送済", mall.Completed: "支払手続き済", mall.Cancelled: "キャンセル確定",
}

func rakutenRows(w *writer, o Order) []map[string]string {
	p, h := o.buyer.person, o.buyer.person.home
	order := map[string]string{
		"注文番号": o.No, "ステータス": rakutenStates[o.Status], "注文日時": o.At.Format("2006-01-02 15:04:05"), "送付先一致フラグ": "1",
		"商品合計金額": number(o.Goods), "送料合計": number(o.Shipping), "代引料合計": number(o.Fee), "合計金額": number(o.Goods + o.Shipping + o.Fee),
		"ポイント利用額": number(o.Points), "クーポン利用総額": number(-o.ShopCoupon - o.MallCoupon),
		"店舗発行クーポン利用額": number(-o.ShopCoupon), "楽天発行クーポン利用額": number(o.MallCoupon), "店舗発行クーポンコード": o.Code,
		"注文者姓": w.spelled(p.family), "注文者名": w.spelled(p.given), "注文者姓カナ": p.family.kana, "注文者名カナ": p.given.kana,
		"注文者郵便番号1": h.zip[:3], "注文者郵便番号2": h.zip[3:], "注文者住所都道府県": h.prefecture, "注文者住所郡市区": h.city,
		"注文者住所それ以降の住所": w.street(h), "注文者メールアドレス": o.buyer.mail,
		"注文者電話番号1": o.buyer.phone[:3], "注文者電話番号2": o.buyer.phone[3:7], "注文者電話番号3": o.buyer.phone[7:],
	}
	if o.Gift {
		order["送付先一致フラグ"], order["送付先姓"], order["送付先名"], order["送付先電話番号1"] = "0", "贈田", "次郎", "06"
	}
	if o.undecided {
		for _, column := range []string{"送料合計", "代引料合計", "合計金額", "店舗発行クーポン利用額", "楽天発行クーポン利用額", "ポイント利用額"} {
			order[column] = "-9999"
		}
	}
	if o.waiting {
		for _, column := range []string{"注文者姓", "注文者名", "注文者住所都道府県", "注文者住所郡市区"} {
			order[column] = "入力待ち"
		}
		order["注文者姓カナ"], order["注文者名カナ"], order["注文者メールアドレス"] = "ニュウリョクマチ", "ニュウリョクマチ", ""
		order["注文者電話番号1"], order["注文者電話番号2"], order["注文者電話番号3"] = "999", "9999", "9999"
	}
	var rows []map[string]string
	for _, l := range o.Lines {
		row := map[string]string{"商品明細ID": l.Key, "商品番号": l.SKU, "商品名": l.Name, "単価": number(l.Price), "個数": number(l.Quantity), "商品税率": "0.1"}
		for column, text := range order {
			row[column] = text
		}
		rows = append(rows, row)
	}
	return rows
}
