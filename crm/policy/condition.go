package policy

// Condition is a check that rules can be built from.
type Condition struct {
	Name string
	// Params are the parts of Params it reads, by their JSON names.
	Params []string
	// Content says that it judges contents; staff can make rules of their own
	// from these only, because the others hold what law and malls ask about a
	// person.
	Content bool
	Label   Text
}

// Conditions are all conditions there are, in the order staff are shown them.
func Conditions() []Condition { return catalogOfConditions }

var catalogOfConditions = []Condition{
	{urlOutside, []string{"hosts", "contacts"}, true, Text{"許可したホスト以外へのリンク・QRコード", "A link or QR code to a host that is not allowed"}},
	{urlTo, []string{"classes", "hosts", "contacts"}, true, Text{"指定した種類・ホストへのリンク・QRコード", "A link or QR code to hosts of some kinds"}},
	{phrasesUsed, []string{"phrases", "except"}, true, Text{"指定した言い回し", "Certain phrases"}},
	{phrasesNear, []string{"phrases", "with", "except"}, true, Text{"近くに並ぶ2つの言い回し", "Phrases near one another"}},
	{contactGiven, []string{"phrases", "contacts", "with", "except"}, true, Text{"連絡先の案内（電話・メール・LINE IDなど）", "Contact details: phone, mail, LINE"}},
	{giftOver, []string{"with", "except"}, true, Text{"総付景品の上限を超える額", "A gift above the limit for gifts to everybody"}},
	{prizeOver, []string{"with", "except"}, true, Text{"懸賞の上限を超える額", "A prize above the limit for lotteries"}},
	{offerElsewhere, []string{"phrases", "except"}, true, Text{"別のチャネルで使えるクーポン", "A coupon that is valid elsewhere"}},
	{diverts, []string{"hosts", "contacts", "phrases", "except"}, true, Text{"外部への誘導（リンク・特典・言い回し）", "Leading buyers away by link, offer or phrase"}},
	{adInTransactional, []string{"phrases", "except", "advertising"}, true, Text{"取引の通知に混ざった広告", "Advertising within a notice about an order"}},
	{addressSuppressed, nil, false, Text{"配信停止・苦情・不達の宛先", "An address that opted out, complained or bounced"}},
	{relayAddress, []string{"domains"}, false, Text{"モールの転送用アドレス", "A mall's relay address"}},
	{amazonBuyer, nil, false, Text{"Amazonの購入者", "A buyer on Amazon"}},
	{knownOnlyRakuten, nil, false, Text{"楽天市場の注文でしか知らない方", "Known only from Rakuten orders"}},
	{noNewsletterConsent, nil, false, Text{"Yahoo!の注文でしか知らず、購読もしていない方", "Known only from Yahoo! orders, not subscribed"}},
	{noConsentRecord, nil, false, Text{"同意の記録がない方", "No record of consent"}},
	{mustNotContact, []string{"years"}, false, Text{"連絡してはならない年齢の方", "People too young to be written to"}},
	{senderIncomplete, nil, false, Text{"送信者情報の不足", "Missing details of the sender"}},
	{builtIn, nil, false, Text{"Meguriの仕組みで守る（判定は出さない）", "Kept by Meguri itself, without findings"}},
	{reminder, nil, false, Text{"担当者が見直して確かめる", "Reviewed by staff"}},
	{consentRetention, []string{"years"}, false, Text{"同意記録の保存期間", "How long records of consent are kept"}},
}

// The names of the conditions that judge nothing: what the program keeps
// whatever anybody does, and what only people can check.
const (
	builtIn  = "built_in"
	reminder = "reminder"
)

// Judged reports whether rules of the condition give findings or refusals.
func (c Condition) Judged() bool { return c.Name != builtIn && c.Name != reminder }

// ConditionOf is the condition of that name.
func ConditionOf(name string) (Condition, bool) {
	for _, c := range catalogOfConditions {
		if c.Name == name {
			return c, true
		}
	}
	return Condition{}, false
}
