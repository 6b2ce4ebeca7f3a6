package segment

// memberFields are about the loyalty programme.
func memberFields(merchant Merchant) []*Field {
	return []*Field{
		{
			Name: "member", Type: TypeBoolean, Group: membership,
			Words:     Words{"会員", "Member"},
			Help:      Words{"ポイント会員に登録しているか", "Whether enrolled in the loyalty programme"},
			Operators: []Operator{Is},
			sql:       sqlMember, ja: jaMember, en: enMember,
		},
		{
			Name: "member_since", Type: TypeTime, Group: membership,
			Words:     Words{"入会日", "Member since"},
			Help:      Words{"ポイント会員に登録した日", "Day of enrolment in the loyalty programme"},
			Operators: dateOperators,
			sql:       sqlMemberSince, ja: jaMemberSince, en: enMemberSince,
		},
		{
			Name: "stage", Type: TypeChoice, Group: membership, AsOf: true,
			Words:     Words{"会員ステージ", "Member stage"},
			Help:      Words{"現在の会員ステージ。日付を付けると、その日の終わりのステージ。会員でない人はどのステージにも該当しない", "Stage held now or, with a day, at its end; who is no member has none"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: merchant.Stages,
			sql: sqlStage, ja: jaStage, en: enStage,
		},
		{
			Name: "points", Type: TypeNumber, Group: membership,
			Words:     Words{"利用可能ポイント", "Points available"},
			Help:      Words{"いま使えるポイント。日数を付けると、その日数以内に失効するポイント", "Points usable now; with days, those that expire within them"},
			Unit:      Words{"ポイント", "points"},
			Operators: numberOperators, Max: maxMoney, Period: true,
			sql: sqlPoints, ja: jaPoints, en: enPoints,
		},
		{
			Name: "friends_brought", Type: TypeNumber, Group: membership, Period: true,
			Words:     Words{"紹介した友だち", "Friends brought"},
			Help:      Words{"本人のコードで紹介された人の数。却下した紹介、無効の紹介、同じ人だった紹介は数えない", "People brought by the code of the member; referrals that were refused or void, or of one and the same person, do not count"},
			Unit:      Words{"人", "people"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlFriends, ja: jaFriends, en: enFriends,
		},
		{
			Name: "brought", Type: TypeBoolean, Group: membership,
			Words:     Words{"友だちの紹介", "Brought by a friend"},
			Help:      Words{"会員に紹介された人か。却下した紹介、無効の紹介、同じ人だった紹介は含まない", "Whether a member brought the person; referrals that were refused or void, or of one and the same person, do not count"},
			Operators: []Operator{Is},
			sql:       sqlBrought, ja: jaBrought, en: enBrought,
		},
	}
}

// contactFields are who may be written to, and how he answers.
func contactFields() []*Field {
	return []*Field{
		{
			Name: "mail_consent", Type: TypeBoolean, Group: contact,
			Words:     Words{"メール配信の同意", "Consent to mail"},
			Help:      Words{"いずれかの店舗で有効な、広告メールへの同意", "Consent to marketing mail in force at some shop"},
			Operators: []Operator{Is}, PerMall: true,
			sql: sqlMailConsent, ja: jaMailConsent, en: enMailConsent,
		},
		{
			Name: "consent", Type: TypeChoices, Group: contact, PerMall: true,
			Words:     Words{"チャネル別の同意", "Consent by channel"},
			Help:      Words{"いずれかの店舗で有効な、広告の配信への同意", "Consent to marketing in force at some shop"},
			Operators: []Operator{AnyOf, AllOf, NoneOf}, Choices: channelChoices(),
			sql: sqlConsent, ja: jaConsent, en: enConsent,
		},
		{
			Name: "mails_sent", Type: TypeNumber, Group: contact, Period: true,
			Words:     Words{"受け取ったメール", "Mails received"},
			Help:      Words{"送信したメールの数", "Mails that were sent"},
			Unit:      Words{"通", "mails"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlMails("sent_at"), ja: jaMailsSent, en: enMailsSent,
		},
		{
			Name: "mails_opened", Type: TypeNumber, Group: contact, Period: true,
			Words:     Words{"開封したメール", "Mails opened"},
			Help:      Words{"本人が開いたメールの数。機械による開封は数えない", "Mails the person opened; opens by machines do not count"},
			Unit:      Words{"通", "mails"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlMails("opened_at"), ja: jaMailsOpened, en: enMailsOpened,
		},
		{
			Name: "mails_clicked", Type: TypeNumber, Group: contact, Period: true,
			Words:     Words{"クリックしたメール", "Mails clicked"},
			Help:      Words{"リンクを開いたメールの数", "Mails of which a link was opened"},
			Unit:      Words{"通", "mails"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlMails("clicked_at"), ja: jaMailsClicked, en: enMailsClicked,
		},
	}
}

// profileFields are what is known of the person.
func profileFields() []*Field {
	return []*Field{
		{
			Name: "birth_month", Type: TypeChoice, Group: profile,
			Words:     Words{"誕生月", "Birthday month"},
			Help:      Words{"生年月日が登録されている人のみ該当", "Only people whose birth date is known"},
			Operators: []Operator{AnyOf, ThisMonth, NextMonth}, Choices: monthChoices(),
			sql: sqlBirthMonth, ja: jaBirthMonth, en: enBirthMonth,
		},
		{
			Name: "age", Type: TypeNumber, Group: profile,
			Words:     Words{"年齢", "Age"},
			Help:      Words{"今日の満年齢。生年月日が登録されている人のみ該当", "Age today; only people whose birth date is known"},
			Unit:      Words{"歳", "years"},
			Operators: numberOperators, Max: 150,
			sql: sqlAge, ja: jaAge, en: enAge,
		},
		{
			Name: "household", Type: TypeNumber, Group: profile,
			Words:     Words{"世帯の顧客数", "Customers in the household"},
			Help:      Words{"名寄せ候補で「同じ世帯」とした顧客の数。本人を含み、世帯がわからない人は1人", "Customers whom staff said to live together, oneself included; 1 where nobody did"},
			Unit:      Words{"人", "people"},
			Operators: numberOperators, Max: maxCount,
			sql: sqlHousehold, ja: jaHousehold, en: enHousehold,
		},
		{
			Name: "gender", Type: TypeChoice, Group: profile,
			Words:     Words{"性別", "Gender"},
			Help:      Words{"登録されている性別", "As registered"},
			Operators: []Operator{AnyOf}, Choices: genderChoices(),
			sql: sqlGender, ja: jaGender, en: enGender,
		},
		{
			Name: "prefecture", Type: TypeChoice, Group: profile,
			Words:     Words{"都道府県", "Prefecture"},
			Help:      Words{"登録されている住所の都道府県", "Of the registered address"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: prefectureChoices(),
			sql: sqlPrefecture, ja: jaPlace, en: enPlace,
		},
		{
			Name: "region", Type: TypeChoice, Group: profile,
			Words:     Words{"地方", "Region"},
			Help:      Words{"登録されている住所の地方（八地方区分）", "Of the registered address, by the eight regions of Japan"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: regionChoices(),
			sql: sqlRegion, ja: jaPlace, en: enPlace,
		},
	}
}

// segmentFields speak of other segments.
func segmentFields(merchant Merchant) []*Field {
	return []*Field{{
		Name: segmentField, Type: TypeChoices, Group: combined,
		Words:     Words{"ほかのセグメント", "Other segments"},
		Help:      Words{"いま選んだセグメントの条件に該当するか", "Whether the rule of the segment is met now"},
		Operators: []Operator{AnyOf, AllOf, NoneOf}, Choices: segmentChoices(merchant.Segments),
		ja: jaSegment, en: enSegment, // its SQL is that of the rules it names: builder.node
	}}
}

// segmentField is the field that other segments are named by.
const segmentField = "segment"
