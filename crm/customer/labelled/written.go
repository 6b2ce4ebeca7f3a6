package labelled

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
)

// written is p as a mall's file tells of a buyer: which of the columns there are,
// how they are divided, and which habits their writers have.
func (w *world) written(p *person, m mall.Mall) mall.Buyer {
	family, given := p.family.spellings[p.spelling], p.given.spellings[0]
	h := p.home
	b := mall.Buyer{
		FamilyName: family, GivenName: given, FamilyKana: p.family.kana, GivenKana: p.given.kana, Phone: dashed(p.phone),
		PostalCode: h.zip, Prefecture: h.prefecture, City: h.city, Address: w.address(h), Mail: p.mail,
	}
	switch m {
	case mall.Rakuten:
		b.Mail = p.relay(m)
		b.Gender = map[bool]string{true: "女", false: "男"}[p.woman]
	case mall.Yahoo:
		b.PostalCode = h.zip[:3] + "-" + h.zip[3:]
	case mall.Amazon:
		b.Mail, b.FamilyName, b.GivenName = p.relay(m), family+" "+given, ""
		b.FamilyKana, b.GivenKana = "", ""
	case mall.Shopify:
		b.FamilyKana, b.GivenKana = "", ""
		b.Phone, b.PostalCode = "+81"+p.phone[1:], "'"+h.zip
		if w.chance(35) {
			b.Phone = ""
		}
	case mall.Store: // a till: kana in half width, a phone, no address
		b = mall.Buyer{FamilyName: halfWidth(p.family.kana), GivenName: halfWidth(p.given.kana), Phone: p.phone}
	case mall.AuPay:
		b.Mail, b.FamilyName, b.GivenName = p.relay(m), family+"　"+given, ""
		b.FamilyKana, b.GivenKana = p.family.kana+"　"+p.given.kana, ""
		b.Prefecture, b.City, b.Address = "", "", h.prefecture+h.city+b.Address
	}
	return b
}

func dashed(phone string) string {
	if len(phone) == 11 {
		return phone[:3] + "-" + phone[3:7] + "-" + phone[7:]
	}
	return phone[:2] + "-" + phone[2:6] + "-" + phone[6:]
}

// address writes a home below the city in one of the usual ways.
func (w *world) address(h *home) string {
	block, number, part := h.numbers[0], h.numbers[1], h.numbers[2]
	line := pick(w, h.names)
	switch w.rng.IntN(5) {
	case 0, 1:
		line += fmt.Sprintf("%d-%d-%d", block, number, part)
	case 2:
		line += fmt.Sprintf("%d丁目%d番%d号", block, number, part)
	case 3:
		line += fullWidth(fmt.Sprintf("%d－%d－%d", block, number, part))
	default:
		line += fmt.Sprintf("%s丁目%d-%d", numeral(block), number, part)
	}
	return line + w.flat(h)
}

// flat is building and room; people leave the building out more often than the room.
func (w *world) flat(h *home) string {
	if h.room == 0 {
		return ""
	}
	switch w.rng.IntN(10) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("-%d", h.room)
	case 2:
		return fmt.Sprintf(" %d号室", h.room)
	case 3:
		return h.building + fullWidth(strconv.Itoa(h.room)) + "号"
	}
	return fmt.Sprintf(" %s%d", h.building, h.room)
}

func numeral(n int) string {
	return []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}[n%10]
}

// fullWidth writes digits as Japanese keyboards do.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + ('０' - '0')
		}
		return r
	}, s)
}

var halves = func() *strings.Replacer {
	full := []rune("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー")
	half := []rune("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ")
	voiced := []rune("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ")
	bare := []rune("カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ")
	var pairs []string
	for i, r := range full {
		pairs = append(pairs, string(r), string(half[i]))
	}
	single := strings.NewReplacer(pairs...)
	for i, r := range voiced {
		mark := "ﾞ"
		if i >= 20 {
			mark = "ﾟ"
		}
		pairs = append(pairs, string(r), single.Replace(string(bare[i]))+mark)
	}
	return strings.NewReplacer(pairs...)
}()

func halfWidth(kana string) string { return halves.Replace(kana) }
