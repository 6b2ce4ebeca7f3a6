package rakuten

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

const numberColumn = "注文番号"

var format = mall.RakutenOrders{}.Name()

// columns are those of the order CSV that an answer fills.
var columns = []string{
	numberColumn, "ステータス", "注文日時", "発送完了報告日時", "送付先一致フラグ", "ギフト配送希望",
	"商品合計金額", "合計金額", "請求金額", "送料合計", "代引料合計", "決済手数料", "ポイント利用額", "店舗発行クーポン利用額", "楽天発行クーポン利用額", "店舗発行クーポンコード",
	"10%請求額に対する税額", "8%請求額に対する税額", "0%請求額に対する税額",
	"注文者郵便番号1", "注文者郵便番号2", "注文者住所都道府県", "注文者住所郡市区", "注文者住所それ以降の住所", "注文者姓", "注文者名", "注文者姓カナ", "注文者名カナ",
	"注文者電話番号1", "注文者電話番号2", "注文者電話番号3", "注文者メールアドレス", "注文者性別", "注文者誕生日",
	"商品明細ID", "商品名", "商品番号", "商品管理番号", "SKU管理番号", "システム連携用SKU番号", "SKU情報", "項目・選択肢", "単価", "個数", "商品税率",
	source.Where,
}

// states are the words that the CSV has for orderProgress.
var states = map[source.Text]string{
	"100": "注文確認待ち", "200": "楽天処理中", "300": "発送待ち", "400": "変更確定待ち", "500": "発送済",
	"600": "支払手続き中", "700": "支払手続き済", "800": "キャンセル確定待ち", "900": "キャンセル確定",
}

// order is what getOrder tells, as far as anybody asks.
type order struct {
	OrderNumber, OrderProgress, OrderDatetime, ShippingCmplRptDatetime, GiftCheckFlag source.Text
	GoodsPrice, TotalPrice, RequestPrice, PostagePrice, DeliveryPrice, PaymentCharge  source.Text
	CouponShopPrice, CouponOtherPrice                                                 source.Text
	OrdererModel                                                                      person
	PointModel                                                                        struct{ UsedPoint source.Text }
	CouponModelList                                                                   []struct{ CouponCode source.Text }
	TaxSummaryModelList                                                               []struct{ TaxRate, ReqPriceTax source.Text }
	PackageModelList                                                                  []parcel
}

type person struct {
	ZipCode1, ZipCode2, Prefecture, City, SubAddress, FamilyName, FirstName, FamilyNameKana, FirstNameKana source.Text
	PhoneNumber1, PhoneNumber2, PhoneNumber3, EmailAddress, Sex, BirthYear, BirthMonth, BirthDay           source.Text
}

type parcel struct {
	SenderModel   person
	ItemModelList []item
}

type item struct {
	ItemDetailID                                                                              source.Text `json:"itemDetailId"`
	ItemName, ItemNumber, ManageNumber, Price, Units, SelectedChoice, TaxRate, DeleteItemFlag source.Text
	SkuModelList                                                                              []struct{ VariantID, MerchantDefinedSkuID, SkuInfo source.Text }
}

// written is an answer's i-th order as rows of the CSV, one for each item.
func written(raw json.RawMessage, i int) source.Order {
	where := fmt.Sprintf("OrderModelList[%d]", i)
	var o order
	if err := json.Unmarshal(raw, &o); err != nil {
		var known struct{ OrderNumber source.Text }
		_ = json.Unmarshal(raw, &known) // its number may be readable all the same
		return source.Unreadable(format, numberColumn, known.OrderNumber.String(), where, source.Misshapen(err))
	}
	no := o.OrderNumber.String()
	head := o.cells()
	told := source.Order{No: no}
	for _, p := range o.PackageModelList {
		for _, l := range p.ItemModelList {
			if l.DeleteItemFlag == "1" {
				continue
			}
			cells := maps.Clone(head)
			l.fill(cells)
			told.Rows = append(told.Rows, source.Row{Format: format, Cells: cells})
		}
	}
	if len(told.Rows) == 0 {
		return source.Unreadable(format, numberColumn, no, where+".PackageModelList", "no items")
	}
	return told
}

// cells is what stands on each row of the order.
func (o order) cells() map[string]string {
	b := o.OrdererModel
	cells := map[string]string{
		numberColumn: o.OrderNumber.String(), "ステータス": states[o.OrderProgress], "注文日時": o.OrderDatetime.String(), "発送完了報告日時": o.ShippingCmplRptDatetime.String(),
		"送付先一致フラグ": o.same(), "ギフト配送希望": o.GiftCheckFlag.String(),
		"商品合計金額": o.GoodsPrice.String(), "合計金額": o.TotalPrice.String(), "請求金額": o.RequestPrice.String(), "送料合計": o.PostagePrice.String(),
		"代引料合計": o.DeliveryPrice.String(), "決済手数料": o.PaymentCharge.String(), "ポイント利用額": o.PointModel.UsedPoint.String(),
		"店舗発行クーポン利用額": o.CouponShopPrice.String(), "楽天発行クーポン利用額": o.CouponOtherPrice.String(), "店舗発行クーポンコード": o.codes(),
		"注文者郵便番号1": b.ZipCode1.String(), "注文者郵便番号2": b.ZipCode2.String(), "注文者住所都道府県": b.Prefecture.String(), "注文者住所郡市区": b.City.String(),
		"注文者住所それ以降の住所": b.SubAddress.String(), "注文者姓": b.FamilyName.String(), "注文者名": b.FirstName.String(),
		"注文者姓カナ": b.FamilyNameKana.String(), "注文者名カナ": b.FirstNameKana.String(),
		"注文者電話番号1": b.PhoneNumber1.String(), "注文者電話番号2": b.PhoneNumber2.String(), "注文者電話番号3": b.PhoneNumber3.String(),
		"注文者メールアドレス": b.EmailAddress.String(), "注文者性別": b.Sex.String(), "注文者誕生日": b.birth(),
	}
	for _, t := range o.TaxSummaryModelList {
		if prefix, ok := map[string]string{"0.1": "10%", "0.10": "10%", "0.08": "8%", "0": "0%", "0.0": "0%"}[t.TaxRate.String()]; ok {
			cells[prefix+"請求額に対する税額"] = t.ReqPriceTax.String()
		}
	}
	return cells
}

// same is "1" when everything goes to who ordered it.
func (o order) same() string {
	for _, p := range o.PackageModelList {
		to := p.SenderModel
		if to.FamilyName+to.FirstName != "" && (to.FamilyName != o.OrdererModel.FamilyName || to.FirstName != o.OrdererModel.FirstName) {
			return "0"
		}
	}
	return "1"
}

func (o order) codes() string {
	var codes []string
	for _, c := range o.CouponModelList {
		if c.CouponCode != "" {
			codes = append(codes, c.CouponCode.String())
		}
	}
	return strings.Join(codes, ",")
}

// birth is empty unless all of it is told.
func (p person) birth() string {
	for _, part := range []source.Text{p.BirthYear, p.BirthMonth, p.BirthDay} {
		if part == "" || part == "0" {
			return ""
		}
	}
	return fmt.Sprintf("%s/%s/%s", p.BirthYear, p.BirthMonth, p.BirthDay)
}

func (l item) fill(cells map[string]string) {
	cells["商品明細ID"], cells["商品名"], cells["商品番号"], cells["商品管理番号"] = l.ItemDetailID.String(), l.ItemName.String(), l.ItemNumber.String(), l.ManageNumber.String()
	cells["項目・選択肢"], cells["単価"], cells["個数"], cells["商品税率"] = l.SelectedChoice.String(), l.Price.String(), l.Units.String(), l.TaxRate.String()
	if len(l.SkuModelList) > 0 {
		sku := l.SkuModelList[0]
		cells["SKU管理番号"], cells["システム連携用SKU番号"], cells["SKU情報"] = sku.VariantID.String(), sku.MerchantDefinedSkuID.String(), sku.SkuInfo.String()
	}
}
