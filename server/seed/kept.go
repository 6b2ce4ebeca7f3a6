package seed

import (
	"context"
	"encoding/json"

	"github.com/meguri-crm/meguri/crm/note"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/db"
)

// asked is how many members staff has asked about themselves: as many as a small
// shop does, whatever the size of the merchant.
const asked = 1500

// know is what staff keeps of people beside their orders: properties of members,
// a few tags and notes.
func (s *story) know(ctx context.Context) error {
	var members []int64
	err := s.DB.NewRaw("SELECT id FROM customers WHERE member_since IS NOT NULL AND merged_into IS NULL AND NOT anonymous ORDER BY id LIMIT ?", asked).Scan(ctx, &members)
	if err != nil {
		return db.Fault(err)
	}
	if err := s.properties(ctx, members); err != nil {
		return err
	}
	if err := s.tags(ctx, members); err != nil {
		return err
	}
	notes := note.New(s.DB, s.Clock)
	for i, body := range []string{
		"店頭で「香りの強いお茶が好き」とお聞きしました。新茶の案内を優先。", "ギフトの包装を毎回ご希望。のしは「御礼」。", "電話よりメールをご希望とのことです。",
	} {
		if i < len(members) {
			if _, err := notes.Write(ctx, members[i], body, i == 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// properties are what members were asked at the till and by mail; not everybody
// answered everything.
func (s *story) properties(ctx context.Context, members []int64) error {
	service := property.New(s.DB, s.Clock)
	places := []string{property.OnProfile, property.InList, property.InForm}
	var writes []property.Write
	for i, d := range []property.Draft{
		{Key: "favourite", Name: "好きなカテゴリ", Type: property.Choices, Places: places, Options: []property.Option{{Name: "お茶"}, {Name: "器"}, {Name: "お菓子"}}},
		{Key: "pet", Name: "ペットの有無", Type: property.Boolean, Places: places},
		{Key: "birthday_gift", Name: "誕生日プレゼント希望", Type: property.Boolean, Places: places},
	} {
		made, err := service.Create(ctx, d)
		if err != nil {
			return err
		}
		for _, id := range members {
			if answer := answerOf(made, id+int64(i)); property.Known(answer) {
				writes = append(writes, property.Write{CustomerID: id, Property: made, Value: answer})
			}
		}
	}
	return property.Put(ctx, s.DB, writes, s.Clock.Now(), 0)
}

// answerOf is what somebody says, the same in each run.
func answerOf(d property.Definition, n int64) json.RawMessage {
	switch {
	case n%4 == 0:
		return property.Nothing
	case d.Type == property.Boolean && n%3 == 0:
		return json.RawMessage("true")
	case d.Type == property.Boolean:
		return json.RawMessage("false")
	}
	value, _ := json.Marshal([]string{d.Options[n%int64(len(d.Options))].Value}) // of a text: it never fails
	return value
}

// tags are the words that staff puts on people.
func (s *story) tags(ctx context.Context, members []int64) error {
	service := tag.New(s.DB, s.Clock, s.Segments)
	for i, name := range []string{"ギフト利用", "要フォロー", "お茶会参加"} {
		made, err := service.Create(ctx, name)
		if err != nil {
			return err
		}
		for at := i; at < min(len(members), 180); at += 4 + 3*i {
			if err := service.Change(ctx, members[at], []int64{made.ID}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
