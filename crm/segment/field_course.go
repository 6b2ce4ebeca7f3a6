package segment

// courseFields are the course of somebody's purchases: when each of the first
// few came and how long it took to the next.
func courseFields() []*Field {
	var list []*Field
	for _, nth := range course {
		if nth.gapOnly {
			continue
		}
		list = append(list, &Field{
			Name: nth.date, Type: TypeTime, Group: purchase,
			Words:     Words{nth.ja + "の購入日", "Day of the " + nth.en + " order"},
			Help:      Words{"キャンセルを除いて" + nth.ja + "の注文の日", "Day of the " + nth.en + " order that was not cancelled"},
			Operators: dateOperators,
			sql:       sqlNthOrder(nth), ja: jaNthOrder(nth), en: enNthOrder(nth),
		})
	}
	for _, nth := range course {
		list = append(list, &Field{
			Name: nth.gap, Type: TypeNumber, Group: purchase,
			Words:     Words{nth.ja + "の購入までの日数", "Days to the " + nth.en + " order"},
			Help:      Words{"その前の購入から" + nth.ja + "の購入までの日数（同じ日なら0）。まだ" + nth.ja + "の購入がない人は該当しない", "Calendar days from the order before (0: the same day); who has no " + nth.en + " order yet meets it never"},
			Unit:      Words{"日", "days"},
			Operators: numberOperators, Max: MaxDays,
			sql: sqlDaysToNth(nth), ja: jaDaysToNth(nth), en: enDaysToNth(nth),
		})
	}
	return list
}

// nthOrder is one of the orders after the first.
type nthOrder struct {
	date, gap      string // names of its fields
	before, column string // of customer_stats: the order before, and its own instant
	ja, en         string
	gapOnly        bool
}

// course are the orders that the rollup of a customer knows one by one.
var course = []nthOrder{
	{"second_order", "days_to_second", "s.first_order_at", "s.second_order_at", "2回目", "second", false},
	{"third_order", "days_to_third", "s.second_order_at", "s.third_order_at", "3回目", "third", false},
	{"fourth_order", "days_to_fourth", "s.third_order_at", "s.fourth_order_at", "4回目", "fourth", false},
	{"", "days_to_fifth", "s.fourth_order_at", "s.fifth_order_at", "5回目", "fifth", true},
}

// crossingFields are how somebody went from the first mall to another.
func crossingFields() []*Field {
	malls := mallChoices()
	return []*Field{
		{
			Name: "second_mall", Type: TypeChoice, Group: circulate,
			Words:     Words{"2回目の購入モール", "Mall of the second order"},
			Help:      Words{"2回目の注文のモール。初回と同じモールのこともある", "Mall of the second order, which may be the first one's"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: malls,
			sql: sqlMallColumn("s.second_mall"), ja: jaSecondMall, en: enSecondMall,
		},
		{
			Name: "next_mall", Type: TypeChoice, Group: circulate,
			Words:     Words{"次に購入したモール", "Next mall"},
			Help:      Words{"初回購入モールのほかで最初に購入したモール", "The first mall bought on besides the first mall"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: malls,
			sql: sqlMallColumn("s.next_mall"), ja: jaNextMall, en: enNextMall,
		},
		{
			Name: "crossed", Type: TypeTime, Group: circulate,
			Words:     Words{"ほかのモールで初めて購入した日", "Crossed to another mall"},
			Help:      Words{"初回購入モールのほかで最初に購入した日", "Day of the first order on a mall other than the first mall"},
			Operators: dateOperators,
			sql:       sqlCrossed, ja: jaCrossed, en: enCrossed,
		},
		{
			Name: "days_to_cross", Type: TypeNumber, Group: circulate,
			Words:     Words{"ほかのモールに移るまでの日数", "Days to another mall"},
			Help:      Words{"初回購入から、ほかのモールで最初に購入するまでの日数", "Calendar days from the first order to the first one on another mall"},
			Unit:      Words{"日", "days"},
			Operators: numberOperators, Max: MaxDays,
			sql: sqlDaysToCross, ja: jaDaysToCross, en: enDaysToCross,
		},
		{
			Name: "joinable", Type: TypeBoolean, Group: circulate,
			Words:     Words{"ほかのモールと名寄せできる", "Can be matched across malls"},
			Help:      Words{"メールアドレス、電話と氏名、氏名と住所など、どの店舗でも本人とわかる手がかりがあるか。モールの転送アドレスや会員番号だけの人は名寄せできない", "Whether there is evidence that holds on every shop: a mail address, phone and name, name and address. Relay addresses and member ids of one mall are none"},
			Operators: []Operator{Is},
			sql:       sqlJoinable, ja: jaJoinable, en: enJoinable,
		},
	}
}

// balanceFields are what is left of somebody's points, and when it goes.
func balanceFields() []*Field {
	ahead := []Operator{During, Since, Before}
	return []*Field{
		{
			Name: "points_outstanding", Type: TypeNumber, Group: membership, AsOf: true,
			Words:     Words{"未使用ポイント", "Points outstanding"},
			Help:      Words{"使われても失効してもいないポイント（利用可能・付与予定・仮押さえ）。日付を付けると、その日の終わりの残高", "Points neither spent nor expired: available, pending and held; with a day, the balance at its end"},
			Unit:      Words{"ポイント", "points"},
			Operators: numberOperators, Max: maxMoney,
			sql: sqlPointsOutstanding, ja: jaPointsOutstanding, en: enPointsOutstanding,
		},
		{
			Name: "points_expiry", Type: TypeTime, Group: membership,
			Words:     Words{"ポイントの有効期限", "Points valid until"},
			Help:      Words{"残っているポイントを使える最後の日（付与予定・仮押さえを含む）", "Last day of points that are left, pending and held ones too"},
			Operators: ahead,
			sql:       sqlPointsExpiry, ja: jaPointsExpiry, en: enPointsExpiry,
		},
		{
			Name: "points_lasting", Type: TypeBoolean, Group: membership,
			Words:     Words{"期限のないポイント", "Points that never expire"},
			Help:      Words{"有効期限のないポイントが残っているか", "Whether any points are left that never expire"},
			Operators: []Operator{Is},
			sql:       sqlPointsLasting, ja: jaPointsLasting, en: enPointsLasting,
		},
		{
			Name: "points_expired", Type: TypeTime, Group: membership,
			Words:     Words{"ポイントが失効した日", "Points expired"},
			Help:      Words{"ポイントが失効した、使えた最後の日", "Last usable day of points that expired"},
			Operators: dateOperators,
			sql:       sqlPointsExpired, ja: jaPointsExpired, en: enPointsExpired,
		},
	}
}
