package segment_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// rules are one or more of every field, and the shapes of a tree.
var rules = map[string]string{
	"everybody":                `{"all":[]}`,
	"orders":                   `{"field":"orders","op":"gte","value":2}`,
	"orders_none":              `{"field":"orders","op":"eq","value":0}`,
	"orders_range":             `{"field":"orders","op":"between","value":[2,5]}`,
	"orders_on_mall":           `{"field":"orders","op":"gte","value":2,"mall":"RAKUTEN"}`,
	"orders_on_mall_few":       `{"field":"orders","op":"lte","value":1,"mall":"RAKUTEN"}`,
	"net_sales":                `{"field":"net_sales","op":"gte","value":20000}`,
	"net_sales_low":            `{"field":"net_sales","op":"lte","value":20000}`,
	"net_sales_on_mall":        `{"field":"net_sales","op":"between","value":[1,999],"mall":"YAHOO"}`,
	"net_sales_on_mall_low":    `{"field":"net_sales","op":"between","value":[-999,999],"mall":"YAHOO"}`,
	"last_order_within":        `{"field":"last_order","op":"within_days","value":90}`,
	"last_order_not_within":    `{"not":{"field":"last_order","op":"within_days","value":90}}`,
	"last_order_before_days":   `{"field":"last_order","op":"before_days","value":180}`,
	"last_order_since":         `{"field":"last_order","op":"since","value":"2026-04-01"}`,
	"last_order_before":        `{"field":"last_order","op":"before","value":"2026-04-01"}`,
	"last_order_during":        `{"field":"last_order","op":"during","value":["2026-02-01","2026-02-28"]}`,
	"last_order_on_mall":       `{"field":"last_order","op":"within_days","value":30,"mall":"AMAZON"}`,
	"malls_any":                `{"field":"malls","op":"any_of","value":["RAKUTEN","YAHOO"]}`,
	"malls_all":                `{"field":"malls","op":"all_of","value":["RAKUTEN","YAHOO"]}`,
	"malls_none":               `{"field":"malls","op":"none_of","value":["AMAZON"]}`,
	"malls_many":               `{"field":"malls","op":"count_gte","value":2}`,
	"malls_few":                `{"field":"malls","op":"count_lte","value":1}`,
	"sku":                      `{"field":"sku","op":"any_of","value":["TEA-01"," TEA-02 ","TEA-01"]}`,
	"sku_period":               `{"field":"sku","op":"any_of","value":["TEA-01"],"within_days":365}`,
	"sku_none":                 `{"field":"sku","op":"none_of","value":["TEA-01"],"within_days":365}`,
	"member":                   `{"field":"member","op":"is","value":true}`,
	"member_not":               `{"field":"member","op":"is","value":false}`,
	"stage":                    `{"field":"stage","op":"any_of","value":["SILVER","GOLD"]}`,
	"stage_none":               `{"field":"stage","op":"none_of","value":["GOLD"]}`,
	"points":                   `{"field":"points","op":"gte","value":500}`,
	"points_few":               `{"field":"points","op":"lte","value":0}`,
	"points_expiring":          `{"field":"points","op":"gte","value":100,"within_days":30}`,
	"points_expiring_few":      `{"field":"points","op":"lte","value":100,"within_days":30}`,
	"mail_consent":             `{"field":"mail_consent","op":"is","value":true}`,
	"mail_consent_not_on_mall": `{"field":"mail_consent","op":"is","value":false,"mall":"OWN_SITE"}`,
	"birth_month":              `{"field":"birth_month","op":"any_of","value":["1","12"]}`,
	"birth_month_this":         `{"field":"birth_month","op":"this_month"}`,
	"birth_month_next":         `{"field":"birth_month","op":"next_month"}`,
	"first_order":              `{"field":"first_order","op":"before_days","value":365}`,
	"order_date":               `{"field":"order_date","op":"during","value":["2026-11-01","2026-11-30"]}`,
	"order_date_long":          `{"field":"order_date","op":"during","value":["2025-01-01","2025-12-31"]}`,
	"order_date_of_products":   `{"field":"order_date","op":"within_days","value":90,"mall":"RAKUTEN","skus":["TEA-01"],"categories":["お茶"]}`,
	"first_price":              `{"field":"first_price","op":"lte","value":3000}`,
	"average_order":            `{"field":"average_order","op":"gte","value":5000}`,
	"coupon_share":             `{"field":"coupon_share","op":"gte","value":80}`,
	"order_interval":           `{"field":"order_interval","op":"between","value":[20,40]}`,
	"overdue":                  `{"field":"overdue","op":"gte","value":150}`,
	"first_mall":               `{"field":"first_mall","op":"any_of","value":["RAKUTEN"]}`,
	"first_mall_not":           `{"field":"first_mall","op":"none_of","value":["RAKUTEN"]}`,
	"viewed":                   `{"field":"viewed","op":"gte","value":1,"within_days":30}`,
	"viewed_often":             `{"field":"viewed","op":"gte","value":3,"within_days":30,"skus":["TEA-01"]}`,
	"viewed_seldom":            `{"field":"viewed","op":"lte","value":2,"within_days":30}`,
	"viewed_never":             `{"field":"viewed","op":"eq","value":0,"categories":["お茶"]}`,
	"carted":                   `{"field":"carted","op":"gte","value":1,"categories":["お茶"]}`,
	"favourited":               `{"field":"favourited","op":"gte","value":1,"skus":["TEA-01"],"categories":["お茶"]}`,
	"searched":                 `{"field":"searched","op":"between","value":[1,5],"within_days":7}`,
	"visits":                   `{"field":"visits","op":"gte","value":3,"within_days":30}`,
	"carted_not_bought":        `{"field":"carted_not_bought","op":"is","value":true,"within_days":14}`,
	"viewed_not_bought":        `{"field":"viewed_not_bought","op":"is","value":false,"within_days":14,"skus":["TEA-01"]}`,
	"member_since":             `{"field":"member_since","op":"within_days","value":30}`,
	"consent_any":              `{"field":"consent","op":"any_of","value":["LINE","SMS"]}`,
	"consent_all":              `{"field":"consent","op":"all_of","value":["LINE","MAIL"],"mall":"OWN_SITE"}`,
	"consent_none":             `{"field":"consent","op":"none_of","value":["POSTAL"]}`,
	"mails_sent":               `{"field":"mails_sent","op":"lte","value":3,"within_days":30}`,
	"mails_opened":             `{"field":"mails_opened","op":"lte","value":0,"within_days":90}`,
	"mails_clicked":            `{"field":"mails_clicked","op":"gte","value":2}`,
	"age":                      `{"field":"age","op":"between","value":[20,39]}`,
	"household":                `{"field":"household","op":"gte","value":2}`,
	"friends_brought":          `{"field":"friends_brought","op":"gte","value":2,"within_days":90}`,
	"friends_brought_none":     `{"field":"friends_brought","op":"eq","value":0}`,
	"friends_brought_few":      `{"field":"friends_brought","op":"lte","value":3}`,
	"brought":                  `{"field":"brought","op":"is","value":true}`,
	"brought_not":              `{"field":"brought","op":"is","value":false}`,
	"gender":                   `{"field":"gender","op":"any_of","value":["FEMALE"]}`,
	"prefecture":               `{"field":"prefecture","op":"none_of","value":["東京都"]}`,
	"region":                   `{"field":"region","op":"any_of","value":["KINKI"]}`,
	"segment":                  `{"field":"segment","op":"any_of","value":["goldTwice","twice"]}`,
	"segment_none":             `{"field":"segment","op":"none_of","value":["goldTwice","everybody"]}`,
	"segment_all":              `{"not":{"field":"segment","op":"all_of","value":["goldTwice","everybody"]}}`,
	"first_order_of_products":  `{"field":"first_order","op":"during","value":["2026-01-01","2026-01-31"],"categories":["お茶"]}`,
	"second_order":             `{"field":"second_order","op":"before","value":"2026-08-01"}`,
	"third_order":              `{"field":"third_order","op":"since","value":"2026-08-01"}`,
	"fourth_order":             `{"field":"fourth_order","op":"within_days","value":30}`,
	"days_to_second":           `{"field":"days_to_second","op":"lte","value":90}`,
	"days_to_third":            `{"field":"days_to_third","op":"gte","value":30}`,
	"days_to_fourth":           `{"field":"days_to_fourth","op":"between","value":[0,30]}`,
	"days_to_fifth":            `{"field":"days_to_fifth","op":"eq","value":0}`,
	"second_mall":              `{"field":"second_mall","op":"any_of","value":["RAKUTEN"]}`,
	"next_mall":                `{"field":"next_mall","op":"any_of","value":["OWN_SITE"]}`,
	"next_mall_not":            `{"field":"next_mall","op":"none_of","value":["OWN_SITE","STORE"]}`,
	"crossed":                  `{"field":"crossed","op":"during","value":["2026-01-01","2026-06-30"]}`,
	"days_to_cross":            `{"field":"days_to_cross","op":"lte","value":60}`,
	"stage_as_of":              `{"field":"stage","op":"any_of","value":["GOLD"],"as_of":"2026-10-31"}`,
	"points_outstanding":       `{"field":"points_outstanding","op":"gte","value":1}`,
	"points_outstanding_then":  `{"field":"points_outstanding","op":"gte","value":1,"as_of":"2026-10-31"}`,
	"points_outstanding_few":   `{"field":"points_outstanding","op":"lte","value":0,"as_of":"2026-10-31"}`,
	"points_expiry":            `{"field":"points_expiry","op":"during","value":["2026-12-01","2026-12-31"]}`,
	"points_lasting":           `{"field":"points_lasting","op":"is","value":true}`,
	"points_expired":           `{"field":"points_expired","op":"during","value":["2026-10-01","2026-10-31"]}`,
	"tag":                      `{"field":"tag","op":"any_of","value":["Q3VzdG9tZXJUYWc6MQ"]}`,
	"tag_all":                  `{"field":"tag","op":"all_of","value":["Q3VzdG9tZXJUYWc6MQ","Q3VzdG9tZXJUYWc6Mg"]}`,
	"tag_unknown":              `{"field":"tag","op":"unknown"}`,
	"earn_rule":                `{"field":"earn_rule","op":"any_of","value":["RWFyblJ1bGU6MQ","RWFyblJ1bGU6Mg"]}`,
	"earn_rule_none":           `{"field":"earn_rule","op":"none_of","value":["RWFyblJ1bGU6MQ"]}`,
	"earn_rule_unknown":        `{"field":"earn_rule","op":"unknown"}`,
	"property_text":            `{"field":"property.memo","op":"contains","value":["10%"]}`,
	"property_number":          `{"field":"property.size","op":"between","value":[-0.5,24.5]}`,
	"property_date":            `{"field":"property.walk","op":"next_days","value":30}`,
	"property_month":           `{"field":"property.walk","op":"next_month"}`,
	"property_choice":          `{"field":"property.pet","op":"any_of","value":["dog","cat"]}`,
	"property_choices":         `{"field":"property.likes","op":"all_of","value":["dog","cat"]}`,
	"property_choices_none":    `{"field":"property.likes","op":"none_of","value":["dog"]}`,
	"property_boolean":         `{"field":"property.gift","op":"is","value":false}`,
	"property_unknown":         `{"field":"property.pet","op":"unknown"}`,
	"joinable":                 `{"field":"joinable","op":"is","value":true}`,
	"joinable_not":             `{"field":"joinable","op":"is","value":false}`,
	"event_share":              `{"field":"event_share","op":"gte","value":80}`,
	"event_share_low":          `{"field":"event_share","op":"lte","value":20,"mall":"RAKUTEN"}`,
	"event_share_of_nothing":   `{"field":"event_share","op":"gte","value":80,"events":["NEVER"]}`,
	"event_order":              `{"field":"event_order","op":"within_days","value":20,"events":["SUPER","OWN"]}`,
	"event_order_before":       `{"field":"event_order","op":"before","value":"2026-10-05","mall":"RAKUTEN"}`,
	"first_in_event":           `{"field":"first_in_event","op":"is","value":true}`,
	"first_in_event_not":       `{"field":"first_in_event","op":"is","value":false,"events":["FIVES"]}`,
	"nested": `{"all":[{"field":"last_order","op":"within_days","value":90},
		{"any":[{"field":"orders","op":"gte","value":2,"mall":"RAKUTEN"},{"field":"net_sales","op":"gte","value":20000}]},
		{"not":{"all":[{"field":"malls","op":"any_of","value":["OWN_SITE"]},{"field":"stage","op":"any_of","value":["GOLD"]}]}}]}`,
	"negated_any":     `{"not":{"any":[{"field":"orders","op":"gte","value":2},{"field":"sku","op":"any_of","value":["TEA-01"]}]}}`,
	"double_negation": `{"not":{"not":{"field":"orders","op":"gte","value":2}}}`,
}

func TestCompileGolden(t *testing.T) {
	for name, text := range rules {
		t.Run(name, func(t *testing.T) {
			c := catalog()
			st := c.Compile(parse(t, c, text), night).Count()
			got := st.SQL + "\n"
			for i, arg := range st.Args {
				got += fmt.Sprintf("-- $%d = %v\n", i+1, arg)
			}
			golden(t, name+".sql", got)
		})
	}
}

func TestPreviewGolden(t *testing.T) {
	c := catalog()
	q := c.Compile(parse(t, c, rules["orders"]), night)
	golden(t, "preview.sql", q.Preview(5).SQL+"\n")
	if ids := q.IDs(); len(ids.Args) != 1 || strings.Contains(ids.SQL, "$2") {
		t.Errorf("a preview changed the query it was made from: %v %s", ids.Args, ids.SQL)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\n got %s\nwant %s", name, got, want)
	}
}
