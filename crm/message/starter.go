package message

import (
	"embed"

	"github.com/meguri-crm/meguri/crm/policy"
)

// Starter is ready-made content to begin with.
type Starter struct {
	Code    string
	Name    policy.Text
	Subject string
	MJML    string
}

//go:embed starter/*.mjml
var starterFiles embed.FS

// Starters are the ready-made contents, in the order staff are shown them.
func Starters() []Starter {
	starters := []Starter{
		{Code: "news", Name: policy.Text{JA: "お知らせ", EN: "News"}, Subject: "{{ shop.name }}からのお知らせ"},
		{Code: "coupon", Name: policy.Text{JA: "クーポン", EN: "Coupon"}, Subject: "{{ customer.addressee }}へ {{ offer.name }}"},
		{Code: "points", Name: policy.Text{JA: "ポイント失効のお知らせ", EN: "Points about to expire"}, Subject: "{{ customer.addressee }}、ポイントの有効期限が近づいています"},
	}
	for i := range starters {
		mjml, err := starterFiles.ReadFile("starter/" + starters[i].Code + ".mjml")
		if err != nil {
			panic(err) // a starter without its file is a mistake in the program
		}
		starters[i].MJML = string(mjml)
	}
	return starters
}
