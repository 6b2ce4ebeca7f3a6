package segment

var events = Words{"セール・イベント", "Sales and events"}

// eventFields are whether somebody buys in sales. Without an event named they
// speak of the malls' large sales and the merchant's own days; what is predicted
// only to be somewhere in a period counts nowhere.
func eventFields() []*Field {
	return []*Field{
		{
			Name: "event_share", Type: TypeNumber, Group: events, PerMall: true, Event: true,
			Words:     Words{"セール中の注文の割合", "Orders in sales"},
			Help:      Words{"注文したモールの大きなセールと自店の予定の期間にした注文の割合。イベントを選ぶと、その期間だけで数える。注文のない人は該当しない", "Share of orders placed during large sales of their mall or the merchant's own days; with events chosen, during those. Without orders nobody meets it"},
			Unit:      Words{"%", "%"},
			Operators: numberOperators, Max: 100,
			sql: sqlEventShare, ja: jaEventShare, en: enEventShare,
		},
		{
			Name: "event_order", Type: TypeTime, Group: events, PerMall: true, Event: true,
			Words:     Words{"セール中に購入した日", "Bought in a sale"},
			Help:      Words{"期間内に、注文したモールの大きなセールか自店の予定の間の注文が1回でもあるか。イベントを選ぶと、その期間だけを見る", "Whether there is any order in the period that was placed during a large sale of its mall or the merchant's own days; with events chosen, during those"},
			Operators: []Operator{WithinDays, During, Since, Before},
			sql:       sqlEventOrder, ja: jaEventOrder, en: enEventOrder,
		},
		{
			Name: "first_in_event", Type: TypeBoolean, Group: events, Event: true,
			Words:     Words{"初回購入がセール中", "First order in a sale"},
			Help:      Words{"最初の注文が、そのモールの大きなセールか自店の予定の期間だったか。注文のない人はどちらにも該当しない", "Whether the first order was placed during a large sale of its mall or the merchant's own days; without orders nobody meets either"},
			Operators: []Operator{Is},
			sql:       sqlFirstInEvent, ja: jaFirstInEvent, en: enFirstInEvent,
		},
	}
}
