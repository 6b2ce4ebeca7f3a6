package world

import (
	"encoding/json"
	"fmt"
	"time"
)

// Rule is a rule of the merchant's point programme, as staff once made it.
type Rule struct {
	Made       string          `json:"made"` // the day, YYYY-MM-DD
	Name       string          `json:"name"`
	Shops      []string        `json:"shops,omitempty"` // codes of those it means; none: all
	Definition json.RawMessage `json:"definition"`      // as crm/points keeps it, without shops
}

// What the merchant gives for what people do, in points.
const (
	welcome  = 500
	befriend = 200
	birthday = 300
	// birthdayDays is how long the birthday's points live.
	birthdayDays = 60
)

// rules are the merchant's: what joining, a birthday and LINE bring, a day of
// thanks three times a month, and the points of two events, one of them past and
// one under way.
func (w *World) rules() []Rule {
	first := w.Begin()
	may := time.Date(w.End.Year(), time.May, 1, 0, 0, 0, 0, Japan)
	if !may.AddDate(0, 0, 20).Before(w.End) {
		may = may.AddDate(-1, 0, 0)
	}
	own := []string{OwnSite, Kyoto}
	return []Rule{
		action(first, "入会特典", `"action":"JOIN","often":"ONCE"`, welcome),
		action(first, "LINE友だち追加の特典", `"action":"LINE_SUBSCRIPTION","often":"ONCE"`, befriend),
		action(first, "お誕生日特典", fmt.Sprintf(`"action":"BIRTHDAY","often":"YEAR","validDays":%d`, birthdayDays), birthday),
		times(first, "毎月5・15・25日 ご愛顧感謝デー", own, fmt.Sprintf(`"multiplier":20000,"from":"%s","daysOfMonth":[5,15,25],"caps":{"order":1000}`, dayName(first))),
		times(may.AddDate(0, 0, -14), "新茶まつり ポイント3倍", own, fmt.Sprintf(`"multiplier":30000,"from":"%s","to":"%s","caps":{"person":3000}`, dayName(may), dayName(may.AddDate(0, 0, 19)))),
		times(w.Day(17), "季節のお茶まつり ポイント2倍", []string{OwnSite}, fmt.Sprintf(`"multiplier":20000,"from":"%s","to":"%s"`, dayName(w.Day(3)), dayName(w.Day(-11)))),
	}
}

func dayName(t time.Time) string { return t.In(Japan).Format(time.DateOnly) }

func action(made time.Time, name, terms string, points int64) Rule {
	return Rule{Made: dayName(made), Name: name, Definition: json.RawMessage(fmt.Sprintf(`{"kind":"ACTION",%s,"points":%d,"from":"%s","currency":"JPY"}`, terms, points, dayName(made)))}
}

func times(made time.Time, name string, shops []string, terms string) Rule {
	return Rule{Made: dayName(made), Name: name, Shops: shops, Definition: json.RawMessage(`{"kind":"MULTIPLIER","currency":"JPY",` + terms + `}`)}
}
