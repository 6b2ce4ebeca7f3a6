package message

import "github.com/meguri-crm/meguri/crm/policy"

// The findings of content itself; those of rules come from crm/policy.

func blocking(code string, message, remedy policy.Text) policy.Finding {
	return policy.Finding{Code: code, Severity: policy.Block, Message: message, Remedy: remedy}
}

func warning(code string, message, remedy policy.Text) policy.Finding {
	return policy.Finding{Code: code, Severity: policy.Warn, Message: message, Remedy: remedy}
}

func findingUnknownVariable(name string) policy.Finding {
	remedy := policy.Text{JA: "変数の一覧から選んでください。", EN: "Choose one from the list of variables."}
	if meant := suggestion(name); meant != "" {
		remedy = policy.Text{JA: "「" + meant + "」ではありませんか。", EN: "Did you mean “" + meant + "”?"}
	}
	return blocking("UNKNOWN_VARIABLE", policy.Text{
		JA: "変数「" + name + "」はありません。", EN: "There is no variable “" + name + "”.",
	}, remedy)
}

func findingUnknownFilter(name string) policy.Finding {
	return blocking("UNKNOWN_FILTER", policy.Text{
		JA: "フィルター「" + name + "」は使えません。", EN: "The filter “" + name + "” cannot be used.",
	}, policy.Text{JA: "default、date、upcase などの使えるフィルターに替えてください。", EN: "Use one of the filters that are offered, such as default, date or upcase."})
}

func findingUnknownTag(name, source string) policy.Finding {
	if name == "" {
		name = source
	}
	return blocking("UNKNOWN_TAG", policy.Text{
		JA: "タグ「" + name + "」は使えません。", EN: "The tag “" + name + "” cannot be used.",
	}, policy.Text{JA: "if、unless、case、for、assign が使えます。", EN: "if, unless, case, for and assign can be used."})
}

func findingLiquid(message string) policy.Finding {
	return blocking("LIQUID_INVALID", policy.Text{
		JA: "差し込みの書き方に誤りがあります: " + message, EN: "The Liquid is not valid: " + message,
	}, policy.Text{JA: "{{ }} と {% %} の対応と、if と endif などの対応を確かめてください。", EN: "Check that {{ }} and {% %} are closed, and that every if has its endif."})
}

func findingLiquidLost(source string) policy.Finding {
	return blocking("LIQUID_LOST", policy.Text{
		JA: "「" + source + "」はこの場所では消えてしまいます。", EN: "“" + source + "” would be lost at this place.",
	}, policy.Text{JA: "mj-text の中に書くか、mj-raw で囲んでください。", EN: "Write it inside mj-text, or wrap it in mj-raw."})
}

func findingMJML(message string) policy.Finding {
	return blocking("MJML_INVALID", policy.Text{
		JA: "MJML に誤りがあります: " + message, EN: "The MJML is not valid: " + message,
	}, policy.Text{JA: "タグの閉じ忘れと属性名を確かめてください。", EN: "Check for unclosed tags and misspelt attributes."})
}

func findingForbiddenElement(name string) policy.Finding {
	return blocking("MJML_FORBIDDEN", policy.Text{
		JA: "「" + name + "」は使えません。", EN: "“" + name + "” cannot be used.",
	}, policy.Text{JA: "mj-section と mj-image などで組み直してください。", EN: "Build it from mj-section, mj-image and the like."})
}

func findingWrapperWidth() policy.Finding {
	return blocking("MJML_FORBIDDEN", policy.Text{
		JA: "mj-wrapper は、幅が 600px でない mj-body の中では崩れます。", EN: "mj-wrapper breaks inside an mj-body that is not 600px wide.",
	}, policy.Text{JA: "mj-body の width を外すか、mj-wrapper を使わないでください。", EN: "Remove the width of mj-body, or use no mj-wrapper."})
}

func findingEmpty(code string, ja, en string) policy.Finding {
	return blocking(code, policy.Text{JA: ja + "がありません。", EN: "There is no " + en + "."},
		policy.Text{JA: ja + "を入力してください。", EN: "Write the " + en + "."})
}

func findingTooLarge() policy.Finding {
	return blocking("TOO_LARGE", policy.Text{JA: "内容が大きすぎます。", EN: "The content is too large."},
		policy.Text{JA: "256 KB 以内にしてください。", EN: "Keep it within 256 KB."})
}

func findingSubjectLine() policy.Finding {
	return blocking("SUBJECT_LINE_BREAK", policy.Text{JA: "件名に改行は使えません。", EN: "A subject has one line."},
		policy.Text{JA: "改行を取り除いてください。", EN: "Remove the line break."})
}

func findingUntracked(url string) policy.Finding {
	f := blocking("LINK_UNTRACKED", policy.Text{
		JA: "受け取る人ごとに変わるリンク「" + url + "」のクリックは数えられません。", EN: "Clicks on “" + url + "”, which differs by recipient, are not counted.",
	}, policy.Text{JA: "数えたい場合は、リンク先に顧客ごとの変数を使わないでください。", EN: "To have them counted, use no variable of the customer in the link."})
	f.Severity = policy.Info
	return f
}
