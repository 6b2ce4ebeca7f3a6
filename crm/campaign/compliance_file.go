package campaign

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
)

// ComplianceFile is a report as a spreadsheet: one table, whose first column says
// what a row is about.
type ComplianceFile struct {
	Report *Compliance
	Zone   *time.Location
	Locale string // ja unless en
}

// WriteTo writes the file.
func (f ComplianceFile) WriteTo(_ context.Context, w io.Writer) error {
	out := spreadsheet.NewWriter(w)
	for _, rows := range [][][]string{{f.header()}, f.head(), f.texts(), f.rules(), f.findings(), f.exemptions(), f.outcomes()} {
		for _, row := range rows {
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

func (f ComplianceFile) say(ja, en string) string { return policy.Text{JA: ja, EN: en}.In(f.Locale) }

func (f ComplianceFile) header() []string {
	if f.Locale == "en" {
		return []string{"Section", "Rule", "Version", "Weight", "Place", "What", "Evidence no.", "Origins", "By", "When", "Until", "People"}
	}
	return []string{"区分", "ルール", "版", "重さ", "場所", "内容", "承認番号", "対象の出所", "担当", "日時", "期限", "人数"}
}

func (f ComplianceFile) head() [][]string {
	r := f.Report
	section := f.say("キャンペーン", "Campaign")
	return [][]string{
		{section, "", "", "", "", r.Campaign.Name, "", "", "", f.at(r.MadeAt), "", ""},
		{section, "", "", "", "", f.say("判定に使ったルールの日", "Rules as of"), "", "", "", r.AsOf.Format(time.DateOnly), "", ""},
	}
}

func (f ComplianceFile) texts() (rows [][]string) {
	for _, text := range f.Report.Texts {
		rows = append(rows, []string{f.say("文面", "Text"), "", "", "", "variants." + text.Mall, text.Subject + " SHA-256 " + text.Hash, "", "", "", "", "", ""})
	}
	return rows
}

func (f ComplianceFile) rules() (rows [][]string) {
	for _, rule := range f.Report.Rules {
		rows = append(rows, []string{
			f.say("確かめたルール", "Rule asked"), rule.ID, strconv.Itoa(rule.Version), string(rule.Severity), "", rule.Message.In(f.Locale), "",
			strings.Join(rule.Scope.Origin, " "), "", rule.ReviewedOn.Format(time.DateOnly), "", "",
		})
	}
	return rows
}

func (f ComplianceFile) findings() (rows [][]string) {
	for _, finding := range f.Report.Findings {
		rows = append(rows, []string{
			f.say("見つかったこと", "Finding"), finding.Code, strconv.Itoa(finding.Version), string(finding.Severity), finding.Place,
			strings.TrimSpace(finding.Message.In(f.Locale) + " " + finding.Excerpt), "", strings.Join(finding.Origins, " "), "", "", "", "",
		})
	}
	return rows
}

func (f ComplianceFile) exemptions() (rows [][]string) {
	for _, e := range f.Report.Exemptions {
		section, until := f.say("例外", "Override"), ""
		if e.WithdrawnAt != nil {
			section = f.say("取り消した例外", "Override withdrawn")
		}
		if e.ValidUntil != nil {
			until = e.ValidUntil.Format(time.DateOnly)
		}
		rows = append(rows, []string{section, e.RuleID, strconv.Itoa(e.RuleVersion), "", "", e.Reason, e.EvidenceNo, "", e.By, f.at(e.CreatedAt), until, ""})
	}
	return rows
}

func (f ComplianceFile) outcomes() (rows [][]string) {
	for _, o := range f.Report.Outcomes {
		rows = append(rows, []string{f.say("送信の結果", "Outcome"), o.Reason, "", "", "", string(o.Status), "", strings.Join(o.Malls, " "), "", "", "", strconv.FormatInt(o.Count, 10)})
	}
	return rows
}

func (f ComplianceFile) at(t time.Time) string { return t.In(f.Zone).Format("2006-01-02 15:04") }
