package pulltest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
)

// Rakuten is RMS: a request a second, windows of 63 days, 730 days back, pages of
// 1,000, 15,000 a search, 100 orders and a version of today's a getOrder, and a
// key that ends.
type Rakuten struct {
	*Fake
	Secret, Key string
	Ends        time.Time

	mu     sync.Mutex
	orders []*rakutenOrder // by time
	by     map[string]*rakutenOrder
	second bucket
	// Hidden are orders that getOrder finds and does not tell.
	Hidden map[string]bool
}

type rakutenOrder struct {
	no                     string
	ordered, shipped, paid time.Time
	progress               int
	model                  map[string]any
}

// NewRakuten is RMS with a merchant's orders.
func NewRakuten(t testing.TB, clock *Clock, m *merchant.Merchant) *Rakuten {
	r := &Rakuten{
		Secret: "SP123456_secretsecret", Key: "SL123456_licencekey", Ends: clock.Now().Add(90 * 24 * time.Hour),
		by: map[string]*rakutenOrder{}, second: bucket{rate: 1, burst: 1}, Hidden: map[string]bool{},
	}
	r.Fake = newFake(t, clock, http.HandlerFunc(r.serve))
	for _, told := range m.Told(mall.Rakuten) {
		r.Add(told)
	}
	return r
}

// Hurry lets calls come as fast as they will, for clients with a clock of their own.
func (r *Rakuten) Hurry() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.second = bucket{rate: 1, burst: 1e6}
}

// Add makes an order known.
func (r *Rakuten) Add(told merchant.Told) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := rakutenOrderOf(told)
	r.by[o.no] = o
	r.orders = append(r.orders, o)
	slices.SortFunc(r.orders, func(a, b *rakutenOrder) int { return a.ordered.Compare(b.ordered) })
}

// Ship reports an order as shipped now, Cancel takes it back.
func (r *Rakuten) Ship(no string) { r.change(no, 500) }

// Cancel takes an order back.
func (r *Rakuten) Cancel(no string) { r.change(no, 900) }

// Set changes what is told of an order.
func (r *Rakuten) Set(no, field string, value any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.by[no].model[field] = value
}

func (r *Rakuten) change(no string, progress int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.by[no]
	o.progress, o.model["orderProgress"] = progress, progress
	if progress == 500 {
		o.shipped = r.Clock.Now()
		o.model["shippingCmplRptDatetime"] = o.shipped.In(jst).Format(rmsTime)
	}
}

const rmsTime = "2006-01-02T15:04:05-0700"

var jst = time.FixedZone("JST", 9*60*60)

func (r *Rakuten) serve(w http.ResponseWriter, req *http.Request) {
	name := strings.Trim(req.URL.Path, "/")
	name = name[strings.LastIndex(name, "/")+1:]
	if r.called(w, name) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.Clock.Now()
	switch want := "ESA " + base64.StdEncoding.EncodeToString([]byte(r.Secret+":"+r.Key)); {
	case !r.second.take(now):
		r.breach("more than a request a second: %s", name)
		answer(w, http.StatusTooManyRequests, map[string]any{"MessageModelList": []any{}})
	case req.Header.Get("Authorization") != want, now.After(r.Ends):
		answer(w, http.StatusUnauthorized, map[string]any{"Results": map[string]string{"errorCode": "GA0001", "message": "Un-Authorised"}})
	case name == "expiry-date":
		answer(w, http.StatusOK, map[string]string{"expiryDate": r.Ends.In(jst).Format("2006-01-02T15:04:05")})
	case name == "searchOrder":
		r.search(w, req, now)
	case name == "getOrder":
		r.get(w, req)
	default:
		r.breach("there is no %s", name)
		answer(w, http.StatusNotFound, nil)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone needs none
}

func said(kind, code string) map[string]any {
	return map[string]any{"MessageModelList": []any{map[string]string{"messageType": kind, "messageCode": code, "message": "。"}}}
}

func (r *Rakuten) search(w http.ResponseWriter, req *http.Request, now time.Time) {
	var q struct {
		DateType                   int
		StartDatetime, EndDatetime string
		OrderProgressList          []int
		PaginationRequestModel     struct{ RequestRecordsAmount, RequestPage int }
	}
	if err := json.NewDecoder(req.Body).Decode(&q); err != nil {
		r.breach("searchOrder: %v", err)
	}
	from, errFrom := time.Parse(rmsTime, q.StartDatetime)
	to, errTo := time.Parse(rmsTime, q.EndDatetime)
	page := q.PaginationRequestModel
	switch {
	case errFrom != nil || errTo != nil:
		r.breach("searchOrder: the dates are %q and %q", q.StartDatetime, q.EndDatetime)
		answer(w, http.StatusBadRequest, said("ERROR", "ORDER_EXT_API_SEARCH_ORDER_ERROR_011"))
		return
	case to.Sub(from) > 63*24*time.Hour || to.Before(from) || now.Sub(from) > 730*24*time.Hour || page.RequestRecordsAmount > 1000 || page.RequestPage < 1 || q.DateType < 1 || q.DateType > 6:
		r.breach("searchOrder: %s to %s, %+v, date %d", from, to, page, q.DateType)
		answer(w, http.StatusBadRequest, said("ERROR", "ORDER_EXT_API_SEARCH_ORDER_ERROR_014"))
		return
	}
	var found []string
	for _, o := range r.orders {
		at := map[int]time.Time{1: o.ordered, 5: o.shipped, 6: o.paid}[q.DateType]
		if !at.IsZero() && !at.Before(from) && !at.After(to) && (q.OrderProgressList == nil || slices.Contains(q.OrderProgressList, o.progress)) {
			found = append(found, o.no)
		}
	}
	found = found[:min(len(found), 15_000)]
	pages := (len(found) + page.RequestRecordsAmount - 1) / page.RequestRecordsAmount
	begin := min((page.RequestPage-1)*page.RequestRecordsAmount, len(found))
	body := said("INFO", "ORDER_EXT_API_SEARCH_ORDER_INFO_101")
	body["orderNumberList"] = found[begin:min(begin+page.RequestRecordsAmount, len(found))]
	body["PaginationResponseModel"] = map[string]int{"totalRecordsAmount": len(found), "totalPages": pages, "requestPage": page.RequestPage}
	answer(w, http.StatusOK, body)
}

func (r *Rakuten) get(w http.ResponseWriter, req *http.Request) {
	var q struct {
		OrderNumberList []string
		Version         int
	}
	if err := json.NewDecoder(req.Body).Decode(&q); err != nil {
		r.breach("getOrder: %v", err)
	}
	if q.Version < 3 || q.Version > 10 {
		answer(w, http.StatusBadRequest, said("ERROR", "ORDER_EXT_API_GET_ORDER_ERROR_009"))
		return
	}
	if len(q.OrderNumberList) == 0 || len(q.OrderNumberList) > 100 {
		r.breach("getOrder: %d orders", len(q.OrderNumberList))
		answer(w, http.StatusBadRequest, said("ERROR", "ORDER_EXT_API_GET_ORDER_ERROR_010"))
		return
	}
	models, messages := []any{}, []any{map[string]string{"messageType": "INFO", "messageCode": "ORDER_EXT_API_GET_ORDER_INFO_101"}}
	for _, no := range q.OrderNumberList {
		if r.Hidden[no] || r.by[no] == nil {
			messages = append(messages, map[string]string{"messageType": "WARNING", "messageCode": "ORDER_EXT_API_GET_ORDER_WARNING_101", "orderNumber": no})
			continue
		}
		models = append(models, r.by[no].model)
	}
	answer(w, http.StatusOK, map[string]any{"MessageModelList": messages, "version": q.Version, "OrderModelList": models})
}

var rakutenProgress = map[string]int{"注文確認待ち": 100, "発送済": 500, "支払手続き済": 700, "キャンセル確定": 900}

// rakutenOrderOf is an order as getOrder tells it, of what the CSV tells.
func rakutenOrderOf(t merchant.Told) *rakutenOrder {
	rows := t.Rows["rakuten"]
	row := rows[0]
	o := &rakutenOrder{no: t.No, ordered: t.At, progress: rakutenProgress[row["ステータス"]]}
	orderer := map[string]any{
		"zipCode1": row["注文者郵便番号1"], "zipCode2": row["注文者郵便番号2"], "prefecture": row["注文者住所都道府県"], "city": row["注文者住所郡市区"],
		"subAddress": row["注文者住所それ以降の住所"], "familyName": row["注文者姓"], "firstName": row["注文者名"], "familyNameKana": row["注文者姓カナ"], "firstNameKana": row["注文者名カナ"],
		"phoneNumber1": row["注文者電話番号1"], "phoneNumber2": row["注文者電話番号2"], "phoneNumber3": row["注文者電話番号3"], "emailAddress": row["注文者メールアドレス"], "sex": nil,
		"birthYear": 0, "birthMonth": 0, "birthDay": 0,
	}
	sender := map[string]any{"familyName": row["注文者姓"], "firstName": row["注文者名"], "zipCode1": row["注文者郵便番号1"]}
	if row["送付先一致フラグ"] == "0" {
		sender = map[string]any{"familyName": row["送付先姓"], "firstName": row["送付先名"]}
	}
	coupons := []any{}
	if code := row["店舗発行クーポンコード"]; code != "" {
		coupons = append(coupons, map[string]any{"couponCode": code, "couponName": "クーポン", "itemId": 0})
	}
	items := make([]any, len(rows))
	for i, r := range rows {
		items[i] = map[string]any{
			"itemDetailId": whole(r["商品明細ID"]), "itemName": r["商品名"], "itemId": 10_000 + i, "itemNumber": r["商品番号"], "manageNumber": "m-" + r["商品番号"],
			"price": whole(r["単価"]), "units": whole(r["個数"]), "selectedChoice": nil, "taxRate": 0.1, "priceTaxIncl": whole(r["単価"]), "deleteItemFlag": 0,
			"SkuModelList": []any{map[string]any{"variantId": nil, "merchantDefinedSkuId": nil, "skuInfo": nil}},
		}
	}
	o.model = map[string]any{
		"orderNumber": t.No, "orderProgress": o.progress, "subStatusId": nil, "orderDatetime": t.At.In(jst).Format(rmsTime), "shippingCmplRptDatetime": nil,
		"giftCheckFlag": 0, "orderType": 1, "goodsPrice": whole(row["商品合計金額"]), "postagePrice": whole(row["送料合計"]), "deliveryPrice": whole(row["代引料合計"]),
		"paymentCharge": 0, "totalPrice": whole(row["合計金額"]), "requestPrice": whole(row["合計金額"]),
		"couponAllTotalPrice": 0, "couponShopPrice": absolute(row["店舗発行クーポン利用額"]), "couponOtherPrice": absolute(row["楽天発行クーポン利用額"]),
		"OrdererModel": orderer, "PointModel": map[string]any{"usedPoint": whole(row["ポイント利用額"])}, "CouponModelList": coupons, "TaxSummaryModelList": []any{},
		"PackageModelList": []any{map[string]any{"basketId": 1, "SenderModel": sender, "ItemModelList": items}},
	}
	return o
}

func whole(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // "" is none
	return n
}

// absolute leaves what is not decided as it is.
func absolute(s string) int64 {
	if n := whole(s); n < 0 && n != -9999 {
		return -n
	}
	return whole(s)
}
