package customer

import (
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/property"
)

// fileColumn is a column of a file of customers.
type fileColumn struct {
	list   string // the column of the list it goes with; empty: always there
	ja, en string
	cell   func(fileLine) string
}

// fileLine is a customer on the way into a file.
type fileLine struct {
	Listed
	holding holding
	held    property.Held
	tags    string
	file    *File
}

// propertyColumns are the columns of what the merchant keeps of customers; in a
// file that is taken in they are told by the same names.
func propertyColumns(kept []property.Definition) []fileColumn {
	columns := make([]fileColumn, len(kept))
	for i, d := range kept {
		columns[i] = fileColumn{"property." + d.Key, d.Name, d.Name, func(l fileLine) string { return d.Shown(l.held[d.ID], l.file.locale) }}
	}
	return columns
}

// fileColumns are all of them, in their order in the file.
var fileColumns = []fileColumn{
	{"", "顧客ID", "Customer ID", func(l fileLine) string { return gid.Encode("Customer", l.ID) }},
	{"name", "姓", "Family name", func(l fileLine) string { return l.FamilyName }},
	{"name", "名", "Given name", func(l fileLine) string { return l.GivenName }},
	{"kana", "セイ", "Family name (kana)", func(l fileLine) string { return l.FamilyKana }},
	{"kana", "メイ", "Given name (kana)", func(l fileLine) string { return l.GivenKana }},
	{"name", "メールアドレス", "Mail address", func(l fileLine) string { return l.Email }},
	{"phone", "電話番号", "Phone", func(l fileLine) string { return NationalPhone(l.Phone) }},
	{"prefecture", "都道府県", "Prefecture", func(l fileLine) string { return l.Prefecture }},
	{"stage", "会員ステージ", "Stage", func(l fileLine) string { return l.holding.Stage }},
	{"member", "入会日", "Member since", func(l fileLine) string { return l.day(l.MemberSince) }},
	{"points", "利用可能ポイント", "Usable points", func(l fileLine) string { return figure(l.holding.Points) }},
	{"outstanding", "未使用ポイント（付与予定・仮押さえを含む）", "Points outstanding (pending and held ones too)", func(l fileLine) string { return figure(l.holding.Outstanding) }},
	{"malls", "購入モール", "Malls bought on", func(l fileLine) string { return l.malls() }},
	{"orders", "購入回数", "Orders", func(l fileLine) string { return figure(l.Stats.OrdersCount) }},
	{"cancelled", "キャンセル回数", "Cancelled orders", func(l fileLine) string { return figure(l.Stats.CancelledCount) }},
	{"sales", "純売上", "Net sales", func(l fileLine) string { return figure(l.Stats.NetSales) }},
	{"average", "平均注文額", "Average order", func(l fileLine) string {
		return figure(l.Stats.NetSales / int64(max(1, l.Stats.OrdersCount)))
	}},
	{"first", "初回購入日", "First order", func(l fileLine) string { return l.day(l.Stats.FirstOrderAt) }},
	{"last", "最終購入日", "Last order", func(l fileLine) string { return l.day(l.Stats.LastOrderAt) }},
	{"tags", "タグ", "Tags", func(l fileLine) string { return l.tags }},
	{"created", "登録日", "Created", func(l fileLine) string { return l.day(&l.CreatedAt) }},
}

func figure[N int | int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// day is a day in the merchant's zone, as spreadsheets read it.
func (l fileLine) day(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.In(l.file.zone).Format("2006/01/02")
}

func (l fileLine) malls() string {
	names := make([]string, len(l.Stats.Malls))
	for i, m := range l.Stats.Malls {
		names[i] = mall.Mall(m).Name(l.file.locale)
	}
	return strings.Join(names, "、")
}
