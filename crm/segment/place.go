package segment

// prefecture is one of the 47, as addresses write it, with its region.
type prefecture struct{ name, english, region string }

// japan are the prefectures in the order of their codes (JIS X 0401), in the
// eight regions.
var japan = []prefecture{
	{"北海道", "Hokkaido", "HOKKAIDO"},
	{"青森県", "Aomori", "TOHOKU"},
	{"岩手県", "Iwate", "TOHOKU"},
	{"宮城県", "Miyagi", "TOHOKU"},
	{"秋田県", "Akita", "TOHOKU"},
	{"山形県", "Yamagata", "TOHOKU"},
	{"福島県", "Fukushima", "TOHOKU"},
	{"茨城県", "Ibaraki", "KANTO"},
	{"栃木県", "Tochigi", "KANTO"},
	{"群馬県", "Gunma", "KANTO"},
	{"埼玉県", "Saitama", "KANTO"},
	{"千葉県", "Chiba", "KANTO"},
	{"東京都", "Tokyo", "KANTO"},
	{"神奈川県", "Kanagawa", "KANTO"},
	{"新潟県", "Niigata", "CHUBU"},
	{"富山県", "Toyama", "CHUBU"},
	{"石川県", "Ishikawa", "CHUBU"},
	{"福井県", "Fukui", "CHUBU"},
	{"山梨県", "Yamanashi", "CHUBU"},
	{"長野県", "Nagano", "CHUBU"},
	{"岐阜県", "Gifu", "CHUBU"},
	{"静岡県", "Shizuoka", "CHUBU"},
	{"愛知県", "Aichi", "CHUBU"},
	{"三重県", "Mie", "KINKI"},
	{"滋賀県", "Shiga", "KINKI"},
	{"京都府", "Kyoto", "KINKI"},
	{"大阪府", "Osaka", "KINKI"},
	{"兵庫県", "Hyogo", "KINKI"},
	{"奈良県", "Nara", "KINKI"},
	{"和歌山県", "Wakayama", "KINKI"},
	{"鳥取県", "Tottori", "CHUGOKU"},
	{"島根県", "Shimane", "CHUGOKU"},
	{"岡山県", "Okayama", "CHUGOKU"},
	{"広島県", "Hiroshima", "CHUGOKU"},
	{"山口県", "Yamaguchi", "CHUGOKU"},
	{"徳島県", "Tokushima", "SHIKOKU"},
	{"香川県", "Kagawa", "SHIKOKU"},
	{"愛媛県", "Ehime", "SHIKOKU"},
	{"高知県", "Kochi", "SHIKOKU"},
	{"福岡県", "Fukuoka", "KYUSHU"},
	{"佐賀県", "Saga", "KYUSHU"},
	{"長崎県", "Nagasaki", "KYUSHU"},
	{"熊本県", "Kumamoto", "KYUSHU"},
	{"大分県", "Oita", "KYUSHU"},
	{"宮崎県", "Miyazaki", "KYUSHU"},
	{"鹿児島県", "Kagoshima", "KYUSHU"},
	{"沖縄県", "Okinawa", "KYUSHU"},
}

func prefectureChoices() []Choice {
	list := make([]Choice, len(japan))
	for i, p := range japan {
		list[i] = Choice{p.name, Words{p.name, p.english}}
	}
	return list
}

func regionChoices() []Choice {
	return []Choice{
		{"HOKKAIDO", Words{"北海道", "Hokkaido"}},
		{"TOHOKU", Words{"東北", "Tohoku"}},
		{"KANTO", Words{"関東", "Kanto"}},
		{"CHUBU", Words{"中部", "Chubu"}},
		{"KINKI", Words{"近畿", "Kinki"}},
		{"CHUGOKU", Words{"中国", "Chugoku"}},
		{"SHIKOKU", Words{"四国", "Shikoku"}},
		{"KYUSHU", Words{"九州・沖縄", "Kyushu and Okinawa"}},
	}
}

func genderChoices() []Choice {
	return []Choice{
		{"FEMALE", Words{"女性", "female"}},
		{"MALE", Words{"男性", "male"}},
		{"OTHER", Words{"その他", "other"}},
		{"UNKNOWN", Words{"不明", "unknown"}},
	}
}

func channelChoices() []Choice {
	return []Choice{
		{"MAIL", Words{"メール", "mail"}},
		{"LINE", Words{"LINE", "LINE"}},
		{"SMS", Words{"SMS", "SMS"}},
		{"PUSH", Words{"アプリ通知", "push"}},
		{"POSTAL", Words{"郵送", "post"}},
	}
}
