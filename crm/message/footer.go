package message

import (
	"fmt"
	"html"
	"strings"
)

// The footer carries what 特定電子メール法 4条 wants in every advertising mail:
// who sends it, from which address, whom to ask, and how to stop it. It and the
// pixel are put in behind the content once that is rendered, so that no Liquid
// can swallow them; nor can HTML, because MJML is closed XML, and styles of the
// content yield to the footer's own.

var footerHTML = `<div role="contentinfo" style="display:block!important;visibility:visible!important;opacity:1!important;max-width:600px;margin:0 auto;padding:24px 16px;border-top:2px solid ` + mark(markAccent) + `;` +
	`font-family:'Hiragino Sans','Noto Sans JP',sans-serif;font-size:12px;line-height:1.8;color:#5b6472;text-align:center;">` + mark(markLogo) +
	`<p style="margin:0;">` + piece(`このメールは、配信に同意いただいた方へ`) + piece(mark(markSenderName)+`がお送りしています。`) + `</p>` +
	`<p style="margin:8px 0;"><a href="` + mark(markUnsubscribe) + `" style="display:inline-block;color:#5b6472;text-decoration:underline;">配信停止はこちら（Unsubscribe）</a>` +
	` ｜ <a href="` + mark(markPreferences) + `" style="display:inline-block;color:#5b6472;text-decoration:underline;">受け取る内容と回数を選ぶ（Preferences）</a></p>` +
	`<p style="margin:0;">送信者: ` + mark(markSenderName) + `<br>` + mark(markSenderAddress) + `<br>お問い合わせ: ` + mark(markSenderContact) + `</p></div>` +
	`<img src="` + mark(markPixel) + `" alt="" width="1" height="1" style="display:block;border:0;width:1px;height:1px;">`

var footerText = `
――――――――――――――――――――
このメールは、配信に同意いただいた方へ` + mark(markSenderName) + `がお送りしています。
配信停止はこちら（Unsubscribe）:
` + mark(markUnsubscribe) + `
受け取る内容と回数を選ぶ（Preferences）:
` + mark(markPreferences) + `

送信者: ` + mark(markSenderName) + `
` + mark(markSenderAddress) + `
お問い合わせ: ` + mark(markSenderContact) + `
`

// piece is a part of a sentence that a narrow screen breaks before rather than within.
func piece(words string) string { return `<span style="display:inline-block;">` + words + `</span>` }

// logoHTML is the merchant's logo above the footer's words, "" without one.
func logoHTML(b Brand, name string) string {
	if b.Logo == nil {
		return ""
	}
	width, height := b.Logo.shown()
	return fmt.Sprintf(`<img src="%s" alt="%s" width="%d" height="%d" style="display:block;border:0;margin:0 auto 12px;width:%dpx;height:%dpx;">`,
		html.EscapeString(b.Logo.URL), html.EscapeString(name), width, height, width, height)
}

// beforeEnd puts addition before the last </body>, or at the end.
func beforeEnd(markup, addition string) string {
	at := strings.LastIndex(strings.ToLower(markup), "</body")
	if at < 0 {
		return markup + addition
	}
	return markup[:at] + addition + markup[at:]
}
