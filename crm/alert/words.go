package alert

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/template"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/db"
)

// words are the subject and the paragraphs of a mail, as templates over the
// name of the subject and the figures.
type words struct{ subject, body string }

var mailWords = map[string]map[Kind]words{
	"ja": {
		ImportFailed: {
			"取り込みに失敗しました: {{.name}}",
			"「{{.name}}」の取り込みが途中で止まりました（エラー: {{.errorCode}}）。取り込み済みの行はそのまま残っています。\n\n原因を確かめて、もう一度取り込んでください。同じファイルを取り込み直しても、二重にはなりません。",
		},
		QuarantineWaiting: {
			"直されていない行があります: {{.name}}",
			"「{{.name}}」の{{n .rows}}行が、{{n .days}}日のあいだ保留されたままです。直すと注文や顧客に加わり、数字に入ります。",
		},
		BounceJump: {
			"メールのエラーが増えています",
			"直近{{n .hours}}時間に送った{{n .sent}}通のうち、届かなかったものが{{n .bounced}}通、迷惑メールとして報告されたものが{{n .complained}}通あります（届かない割合は、ふだん{{percent .usual}}）。\n\n続けると、受信側に送信を止められることがあります。対象者の取り込み元と、配信中のキャンペーンを確かめてください。",
		},
		CodesLow: {
			"クーポンコードが{{if eq (n .left) \"0\"}}なくなりました{{else}}残り少なくなりました{{end}}: {{.name}}",
			"「{{.name}}」のコードは残り{{n .left}}件です（全{{n .total}}件）{{if .needed}}。予約中のキャンペーンには最大{{n .needed}}件が必要です{{end}}。コードが足りない人には配信されません。{{if .campaigns}}\n\nキャンペーン{{range .campaigns}}「{{.}}」{{end}}{{if .moreCampaigns}}ほか{{n .moreCampaigns}}件{{end}}で使っています。{{end}}",
		},
		ScheduleMissed: {
			"予約した配信が始まりませんでした: {{.name}}",
			"キャンペーン「{{.name}}」は予約した時刻に始まりませんでした。理由を確かめ、予約し直すか、いま配信してください。",
		},
		ScheduleBlocked: {
			"予約した配信は、このままでは始まりません: {{.name}}",
			"キャンペーン「{{.name}}」は予約されていますが、直す項目があるため、このままでは予約の時刻に始まりません。キャンペーンのページで理由を確かめ、時刻までに直してください。",
		},
		LedgerBroken: {
			"ポイント台帳の検査で食い違いが見つかりました",
			"夜間の検査で、ポイントの記録と残高に{{n .discrepancies}}件の食い違いが見つかりました。残高は自動では変わりません。内容を確かめ、サーバーの管理者に知らせてください。",
		},
		SenderKey: {
			"メールの署名鍵を使えません: {{.name}}",
			"{{.name}}の署名鍵{{n .keys}}本を開けないため、このドメインのメールは送られずに待っています。サーバーの設定 MEGURI_SECRET が、鍵を作ったときのものか確かめてください。",
		},
		SenderDNS: {
			"送信元ドメインのDNSを確認してください: {{.name}}",
			"{{.name}}のDNSレコードのうち{{n .records}}件が、公開されていないか、内容が違います。このままでは、メールが迷惑メールに入りやすくなります。",
		},
		ConnectionExpiring: {
			"モール連携の有効期限が{{if .expired}}切れました{{else}}近づいています{{end}}: {{.name}}",
			"「{{.name}}」の注文を取り込むための認証情報は、{{.on}}{{if .expired}}に期限が切れました。注文は届いていません{{else}}に期限が切れます（あと{{n .days}}日）。切れると注文が届かなくなります{{end}}。\n\nモールで新しく発行して、設定の「モール連携」に入力してください。止まっていたあいだの注文も、そのあとで取り込みます。",
		},
		WebhookFailing: {
			"{{if .gone}}Webhookを停止しました{{else}}Webhookが届いていません{{end}}: {{.name}}",
			"{{if .gone}}送信先「{{.name}}」が「もう受け取らない（410）」と答えたため、送信を止めました。{{else}}送信先「{{.name}}」に1時間以上、何も届いていません。届かなかったものは24時間、間隔をあけて送り直します。{{end}}\n\n設定の「Webhook」で、送信の記録を確かめてください。",
		},
		WatchedFolder: {
			"自動取り込みフォルダーを確かめてください: {{.name}}",
			"{{if .code}}フォルダー「{{.name}}」を確認できないため、ファイルを取り込めません（エラー: {{.code}}）。サーバーのフォルダーがあるか、読み書きできるかを確かめてください。{{else}}フォルダー「{{.name}}」に入ったファイル{{n .files}}件を取り込めませんでした。failed フォルダーのファイルの横に理由があります。直したファイルを入れ直し、failed から取り除くと解決済みになります。{{end}}",
		},
		ConnectionTroubled: {
			"モールから注文を取り込めません: {{.name}}",
			"「{{.name}}」の注文を取り込めない状態が続いています（エラー: {{.code}}）。設定の「モール連携」で、理由と対処を確かめてください。届いていない注文は、直ったあとで取り込みます。",
		},
		ReferralsFlagged: {
			"確認が必要な友だち紹介があります",
			"同じ人どうしの紹介かもしれないなど、確認が必要な友だち紹介が{{n .referrals}}件あります{{if .days}}（最も古いものは{{n .days}}日前から）{{end}}。確認が済むまで、紹介した人にも紹介された人にもポイントは付きません。\n\n「紹介」のページで、承認するか却下してください。",
		},
	},
	"en": {
		ImportFailed: {
			"An import failed: {{.name}}",
			"The import of “{{.name}}” stopped half way (error: {{.errorCode}}). Rows that are in stay in.\n\nFind the cause and import the file again: nothing is taken in twice.",
		},
		QuarantineWaiting: {
			"Rows wait to be mended: {{.name}}",
			"Rows of “{{.name}}” ({{n .rows}}) have been held back for {{n .days}} days. Once mended they join orders and customers, and count.",
		},
		BounceJump: {
			"More mails than usual come back",
			"Of {{n .sent}} mails sent within {{n .hours}} hours, {{n .bounced}} could not be delivered and {{n .complained}} were reported as spam (usually {{percent .usual}} cannot be delivered).\n\nIf this goes on, receivers may refuse your mail. Look at where the addresses come from and at the campaigns that are being sent.",
		},
		CodesLow: {
			"Coupon codes are {{if eq (n .left) \"0\"}}used up{{else}}running low{{end}}: {{.name}}",
			"“{{.name}}” has {{n .left}} of {{n .total}} codes left{{if .needed}}; scheduled campaigns need up to {{n .needed}}{{end}}. Who gets no code gets no mail.{{if .campaigns}}\n\nUsed by{{range $i, $name := .campaigns}}{{if $i}},{{end}} “{{$name}}”{{end}}{{if .moreCampaigns}} and {{n .moreCampaigns}} more{{end}}.{{end}}",
		},
		ScheduleMissed: {
			"A scheduled campaign did not begin: {{.name}}",
			"“{{.name}}” did not begin when it should have. See why, and schedule it again or send it now.",
		},
		ScheduleBlocked: {
			"A scheduled campaign cannot begin as it is: {{.name}}",
			"“{{.name}}” is scheduled, but something must be mended or it will not begin. See why on its page, and mend it before its time.",
		},
		LedgerBroken: {
			"The books of the points do not balance",
			"The nightly check found {{n .discrepancies}} differences between the records of points and the balances. No balance changes by itself. Look at them and tell whoever runs the server.",
		},
		SenderKey: {
			"A signing key cannot be used: {{.name}}",
			"DKIM keys of {{.name}} cannot be opened ({{n .keys}}), so that mail from this domain waits. Make sure that MEGURI_SECRET is the one the keys were made under.",
		},
		SenderDNS: {
			"Look at the DNS records of {{.name}}",
			"DNS records of {{.name}} are missing or differ ({{n .records}}). Mail is then more likely to be taken for spam.",
		},
		ConnectionExpiring: {
			"The key of a mall {{if .expired}}has ended{{else}}ends soon{{end}}: {{.name}}",
			"The key that brings the orders of “{{.name}}” {{if .expired}}ended on {{.on}}: no orders come{{else}}ends on {{.on}} ({{n .days}} days left); then no orders come{{end}}.\n\nMake a new one at the mall and enter it under Settings, Mall connections. The orders of the time between come afterwards.",
		},
		WebhookFailing: {
			"{{if .gone}}Webhooks were stopped{{else}}Webhooks do not arrive{{end}}: {{.name}}",
			"{{if .gone}}The endpoint “{{.name}}” answered that it is gone (410); nothing is sent there any more.{{else}}The endpoint “{{.name}}” has taken nothing for an hour. What it did not take is sent again for 24 hours.{{end}}\n\nSee what was sent under Settings, Webhooks.",
		},
		WatchedFolder: {
			"Look at a watched folder: {{.name}}",
			"{{if .code}}The folder “{{.name}}” cannot be looked into, so that no files come in (error: {{.code}}). Make sure that it is there and can be read and written.{{else}}Files laid into the folder “{{.name}}” did not come in ({{n .files}}). The reason lies beside each in “failed”. Lay the mended file down again and take the old one out of “failed”, which resolves this.{{end}}",
		},
		ConnectionTroubled: {
			"Orders do not come: {{.name}}",
			"The orders of “{{.name}}” do not come from the mall (error: {{.code}}). See why, and what to do, under Settings, Mall connections. What is missing comes once that is mended.",
		},
		ReferralsFlagged: {
			"Referrals wait to be looked at",
			"Something looks odd about referrals, e.g. both may be one person ({{n .referrals}} to look at{{if .days}}, the oldest for {{n .days}} days{{end}}). Nobody gets points for them until you have decided.\n\nApprove or refuse them on the page of referrals.",
		},
	},
}

var linkWords = map[string]string{"ja": "Meguriで確認する", "en": "See it in Meguri"}

// compose writes the mail about an alert; a language without words is Japanese.
func compose(row *db.Alert, locale string) (n notice.Notice, err error) {
	if mailWords[locale] == nil {
		locale = "ja"
	}
	w, ok := mailWords[locale][Kind(row.Kind)]
	if !ok {
		return n, fmt.Errorf("alert: no words for %s", row.Kind)
	}
	figures := map[string]any{}
	if err := json.Unmarshal(row.Figures, &figures); err != nil {
		return n, fmt.Errorf("figures of alert %d: %w", row.ID, err)
	}
	figures["name"] = row.SubjectName
	if n.Subject, err = fill(w.subject, figures); err != nil {
		return n, err
	}
	body, err := fill(w.body, figures)
	n.Subject, n.Lines = "[Meguri] "+n.Subject, strings.Split(body, "\n\n")
	n.Path, n.LinkText = pathOf(row), linkWords[locale]
	return n, err
}

var printer = message.NewPrinter(language.Japanese) // groups digits as both languages do

func fill(text string, figures map[string]any) (string, error) {
	t, err := template.New("").Option("missingkey=zero").Funcs(template.FuncMap{
		"n": func(v any) string {
			f, _ := v.(float64)
			return printer.Sprintf("%d", int64(f))
		},
		"percent": func(v any) string {
			f, _ := v.(float64) // basis points
			return strconv.FormatFloat(f/100, 'f', 1, 64) + "%"
		},
	}).Parse(text)
	if err != nil {
		return "", fmt.Errorf("alert: words: %w", err)
	}
	var b strings.Builder
	err = t.Execute(&b, figures)
	return b.String(), err
}
