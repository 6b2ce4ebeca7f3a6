package signup

import (
	"errors"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
)

func TestAFormSaysWhatIsWrongWithIt(t *testing.T) {
	mail := Ask{Channel: "MAIL", Wording: Text{JA: "受け取る"}}
	sound := Content{Title: Text{JA: "登録"}, Asks: []Ask{mail}}
	if err := sound.check(); err != nil {
		t.Fatal(err)
	}
	for field, c := range map[string]Content{
		"title":          {Asks: []Ask{mail}},
		"asks":           {Title: sound.Title},
		"asks.0.wording": {Title: sound.Title, Asks: []Ask{{Channel: "MAIL"}}},
		"asks.1.channel": {Title: sound.Title, Asks: []Ask{mail, mail}},
		"asks.0.channel": {Title: sound.Title, Asks: []Ask{{Channel: "SMS", Wording: mail.Wording}}},
		"questions.1":    {Title: sound.Title, Asks: sound.Asks, Questions: []Question{{Field: Name}, {Field: Name}}},
		"intro":          {Title: sound.Title, Asks: sound.Asks, Intro: Text{EN: strings.Repeat("a", maxText+1)}},
		"privacyUrl":     {Title: sound.Title, Asks: sound.Asks, PrivacyURL: "javascript:alert(1)"},
		"joinPoints":     {Title: sound.Title, Joins: true, JoinPoints: -1},
	} {
		var found *fault.Error
		if err := c.check(); !errors.As(err, &found) || found.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	sms := Content{Title: sound.Title, Asks: []Ask{{Channel: "SMS", Wording: mail.Wording}}, Questions: []Question{{Field: Phone}}}
	if err := sms.check(); err != nil {
		t.Errorf("SMS with a phone: %v", err)
	}
}

func TestTextsOfAFormCannotLeaveTheirLine(t *testing.T) {
	c := Content{
		Title: Text{JA: " 登録\r\nBcc: a@example.com\x00 "}, Intro: Text{JA: "一行目\r\n二行目 "},
		Asks: []Ask{{Channel: "MAIL", Wording: Text{JA: "受け\n取る"}}}, JoinPoints: 5,
	}.tidy()
	if c.Title.JA != "登録 Bcc: a@example.com" || c.Intro.JA != "一行目\n二行目" || c.Asks[0].Wording.JA != "受け 取る" || c.JoinPoints != 0 {
		t.Errorf("got %+v", c)
	}
}
