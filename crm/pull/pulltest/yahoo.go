package pulltest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"encoding/xml"
	"fmt"
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

// Yahoo is the store APIs of Yahoo!ショッピング: a query a second for each address,
// access tokens of an hour, a signature with
// the registered key, 2,000 numbers a search, 50,000 queries a day.
type Yahoo struct {
	*Fake
	Seller, Client, Secret, Refresh, PublicKey string

	key     *rsa.PrivateKey
	mu      sync.Mutex
	orders  []*yahooOrder
	paces   map[string]*bucket
	tokens  map[string]time.Time // access tokens, until when
	handed  int
	spoiled map[string]string // LineId by order: its items' prices are no numbers
	// Rotate gives a new refresh token with each access token; the old one is spent.
	Rotate bool
	// Unregistered refuses our address, NoLeave the application.
	Unregistered, NoLeave bool
}

type yahooOrder struct {
	no               string
	ordered, changed time.Time
	head             map[string]string
	items            []map[string]string
}

// NewYahoo is the service with a merchant's orders.
func NewYahoo(t testing.TB, clock *Clock, m *merchant.Merchant) *Yahoo {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	y := &Yahoo{
		Seller: "meguri", Client: "dj00aiZpPUNMSUVOVA--", Secret: "clientsecretclientsecret", Refresh: "refresh-0", key: key,
		PublicKey: string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
		paces:     map[string]*bucket{}, tokens: map[string]time.Time{}, spoiled: map[string]string{},
	}
	y.Fake = newFake(t, clock, http.HandlerFunc(y.serve))
	for _, told := range m.Told(mall.Yahoo) {
		y.orders = append(y.orders, &yahooOrder{told.No, told.At, told.At, told.Rows["yahoo-orders"][0], told.Rows["yahoo-items"]})
	}
	slices.SortFunc(y.orders, func(a, b *yahooOrder) int { return a.ordered.Compare(b.ordered) })
	return y
}

// Set changes a field of an order now.
func (y *Yahoo) Set(no, field, value string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, o := range y.orders {
		if o.no == no {
			o.head[field], o.changed = value, y.Clock.Now()
		}
	}
}

// Spoil makes the prices of an order's items no numbers.
func (y *Yahoo) Spoil(no string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.spoiled[no] = "時価"
}

func (y *Yahoo) serve(w http.ResponseWriter, req *http.Request) {
	name := req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:]
	if y.called(w, name) {
		return
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	now := y.Clock.Now()
	if name == "token" {
		y.token(w, req, now)
		return
	}
	if y.paces[name] == nil {
		y.paces[name] = &bucket{rate: 1, burst: 1}
	}
	until, known := y.tokens[strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")]
	switch {
	case !y.paces[name].take(now):
		y.breach("more than a query a second: %s", name)
		y.refuse(w, http.StatusServiceUnavailable, "", "busy")
	case y.Unregistered:
		y.refuse(w, http.StatusForbidden, "px-04306", "The request IP address is not registered.")
	case y.NoLeave:
		y.refuse(w, http.StatusForbidden, "px-04303", "This application ID is not registered for using order API.")
	case !known || now.After(until) || !y.signed(req, now):
		y.refuse(w, http.StatusUnauthorized, "px-04102", "AccessToken has been expired. This API session is shorter than another API.")
	case name == "orderList":
		y.list(w, req, now)
	case name == "orderInfo":
		y.info(w, req)
	default:
		y.breach("there is no %s", name)
		w.WriteHeader(http.StatusNotFound)
	}
}

func (y *Yahoo) refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message></Error>`, code, message)
}

// signed checks what only the holder of the private key can read: the store
// account and the time, some minutes old at most.
func (y *Yahoo) signed(req *http.Request, now time.Time) bool {
	sealed, err := base64.StdEncoding.DecodeString(req.Header.Get("X-Sws-Signature"))
	if err != nil || req.Header.Get("X-Sws-Signature-Version") == "" {
		return false
	}
	plain, err := rsa.DecryptPKCS1v15(rand.Reader, y.key, sealed)
	seller, stamp, _ := strings.Cut(string(plain), ":")
	at, _ := strconv.ParseInt(stamp, 10, 64)
	return err == nil && seller == y.Seller && now.Unix()-at < 300
}

func (y *Yahoo) token(w http.ResponseWriter, req *http.Request, now time.Time) {
	client, secret, _ := req.BasicAuth()
	switch {
	case client != strings.ReplaceAll(y.Client, "=", "%3D") || secret != y.Secret:
		answer(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
	case req.FormValue("grant_type") == "authorization_code" && req.FormValue("code") == "code-of-leave" && req.FormValue("redirect_uri") == "https://crm.example.com/settings/connections":
		y.handed++
		y.Refresh = fmt.Sprintf("refresh-%d", y.handed)
		answer(w, http.StatusOK, map[string]string{"access_token": "unused", "expires_in": "3600", "refresh_token": y.Refresh})
	case req.FormValue("grant_type") != "refresh_token" || req.FormValue("refresh_token") != y.Refresh:
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
	default:
		y.handed++
		access := fmt.Sprintf("access-%d", y.handed)
		y.tokens[access] = now.Add(time.Hour)
		told := map[string]string{"access_token": access, "token_type": "Bearer", "expires_in": "3600"}
		if y.Rotate {
			y.Refresh = fmt.Sprintf("refresh-%d", y.handed)
			told["refresh_token"] = y.Refresh
		}
		answer(w, http.StatusOK, told)
	}
}

func (y *Yahoo) list(w http.ResponseWriter, req *http.Request, now time.Time) {
	var q struct {
		Search struct {
			Result, Start int
			Condition     struct{ OrderTimeFrom, OrderTimeTo, LastUpdateTimeFrom, LastUpdateTimeTo string }
			Field         string
		}
		SellerID string `xml:"SellerId"`
	}
	if err := xml.NewDecoder(req.Body).Decode(&q); err != nil {
		y.breach("orderList: %v", err)
	}
	when := q.Search.Condition
	from, errFrom := time.ParseInLocation("20060102150405", when.OrderTimeFrom+when.LastUpdateTimeFrom, jst)
	to, errTo := time.ParseInLocation("20060102150405", when.OrderTimeTo+when.LastUpdateTimeTo, jst)
	if errFrom != nil || errTo != nil || q.Search.Result < 1 || q.Search.Result > 2000 || q.Search.Start < 1 || q.Search.Field == "" || to.After(now) {
		y.breach("orderList: %+v", q)
		y.refuse(w, http.StatusBadRequest, "od-00001", "request parameter error")
		return
	}
	if q.SellerID != y.Seller {
		y.refuse(w, http.StatusBadRequest, "od-00002", "seller")
		return
	}
	var found []string
	for _, o := range y.orders {
		at := o.ordered
		if when.LastUpdateTimeFrom != "" {
			at = o.changed
		}
		if !at.Before(from) && !at.After(to) {
			found = append(found, o.no)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<Result><Status>OK</Status><Search><TotalCount>%d</TotalCount>", len(found))
	begin := min(q.Search.Start-1, len(found))
	for i, no := range found[begin:min(begin+q.Search.Result, len(found))] {
		fmt.Fprintf(&b, "<OrderInfo><Index>%d</Index><OrderId>%s</OrderId></OrderInfo>", begin+i+1, no)
	}
	b.WriteString("</Search></Result>")
	w.Header().Set("Content-Type", "application/xml")
	_, _ = w.Write([]byte(b.String()))
}

func (y *Yahoo) info(w http.ResponseWriter, req *http.Request) {
	var q struct {
		Target struct {
			OrderID string `xml:"OrderId"`
			Field   string
		}
	}
	if err := xml.NewDecoder(req.Body).Decode(&q); err != nil {
		y.breach("orderInfo: %v", err)
	}
	i := slices.IndexFunc(y.orders, func(o *yahooOrder) bool { return o.no == q.Target.OrderID })
	if i < 0 {
		y.refuse(w, http.StatusBadRequest, "od-00003", "no order")
		return
	}
	asked := strings.Split(q.Target.Field, ",")
	for _, field := range asked {
		if !slices.Contains(yahooFields, field) {
			y.breach("orderInfo has no field %s", field)
		}
	}
	w.Header().Set("Content-Type", "application/xml")
	_, _ = w.Write([]byte(y.written(y.orders[i], asked)))
}

// yahooFields are fields that orderInfo documents, as far as anybody asks.
var yahooFields = strings.Fields(`OrderId OrderTime OrderStatus ShipDate BillLastName BillFirstName BillLastNameKana BillFirstNameKana BillZipCode BillPrefecture BillCity
	BillAddress1 BillAddress2 BillPhoneNumber BillEmgPhoneNumber BillMailAddress ShipLastName ShipFirstName ShipCharge PayCharge GiftWrapCharge Discount UsePoint
	TotalMallCouponDiscount LineId ItemId SubCode Title SubCodeOption ItemOption Inscription Quantity UnitPrice OriginalPrice CouponId CouponDiscount CouponUseNum ItemTaxRatio`)

func (y *Yahoo) written(o *yahooOrder, asked []string) string {
	head := map[string]string{}
	for k, v := range o.head {
		head[k] = v
	}
	if head["BillLastName"] == "" { // the API always parts names
		head["BillLastName"], head["BillFirstName"], _ = strings.Cut(head["BillName"], " ")
		head["ShipLastName"], head["ShipFirstName"], _ = strings.Cut(head["ShipName"], " ")
	}
	head["OrderTime"] = o.ordered.In(jst).Format(time.RFC3339)
	parts := map[string]*strings.Builder{"": {}, "Pay": {}, "Ship": {}, "Detail": {}}
	for _, field := range asked {
		v := head[field]
		if v == "" {
			continue
		}
		part := ""
		switch {
		case strings.HasPrefix(field, "Bill"):
			part = "Pay"
		case strings.HasSuffix(field, "Charge"), field == "Discount", field == "UsePoint", strings.HasSuffix(field, "CouponDiscount"):
			part = "Detail"
		case strings.HasPrefix(field, "Ship"):
			part = "Ship"
		}
		tag(parts[part], field, v)
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><ResultSet totalResultsAvailable="1" totalResultsReturned="1" firstResultPosition="1"><Result><Status>OK</Status><OrderInfo>`)
	b.WriteString(parts[""].String())
	for _, part := range []string{"Pay", "Ship", "Detail"} {
		b.WriteString("<" + part + ">" + parts[part].String() + "</" + part + ">")
	}
	for _, item := range o.items {
		b.WriteString("<Item>")
		for _, field := range asked {
			v := item[field]
			if spoilt := y.spoiled[o.no]; spoilt != "" && (field == "UnitPrice" || field == "OriginalPrice") {
				v = spoilt
			}
			if v != "" && field != "OrderId" {
				tag(&b, field, v)
			}
		}
		b.WriteString("</Item>")
	}
	b.WriteString("</OrderInfo></Result></ResultSet>")
	return b.String()
}

func tag(b *strings.Builder, name, text string) {
	b.WriteString("<" + name + ">")
	_ = xml.EscapeText(b, []byte(text)) // a builder never fails
	b.WriteString("</" + name + ">")
}
