package intake

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// downloadPage is how many refused rows are read at once.
const downloadPage = 500

// Download is an import's refused rows, to be mended in a spreadsheet.
type Download struct {
	s    *Service
	root *db.Import
}

// Download prepares the download of the refused rows of an import that are
// not mended yet; of one that mends another, those of that other. It is noted
// in the audit log, because the rows are personal data.
// Errors: fault.NotFound.
func (s *Service) Download(ctx context.Context, importID int64) (*Download, error) {
	root, err := s.Find(ctx, importID)
	if err != nil {
		return nil, err
	}
	if root.MendsID != nil {
		return s.Download(ctx, *root.MendsID)
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return access.Audit(ctx, tx, access.Entry{Action: "import.downloadQuarantine", ObjectKind: "Import", ObjectID: root.ID})
	})
	return &Download{s, root}, err
}

// FileName is what to save it as.
func (d *Download) FileName() string {
	name := strings.TrimSuffix(d.root.FileName, path.Ext(d.root.FileName))
	return name + "-保留.csv"
}

// WriteTo streams the file: UTF-8 with a byte order mark and CRLF, which every
// spreadsheet opens right. The line number and the reason come first, where
// they are seen however many columns follow, and stay in place beside rows that
// have too many cells or too few.
func (d *Download) WriteTo(ctx context.Context, to io.Writer) error {
	w := bufio.NewWriterSize(to, 64<<10)
	var b strings.Builder
	row := func(cells ...string) error {
		b.Reset()
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			writeCell(&b, c, ',')
		}
		b.WriteString("\r\n")
		_, err := w.WriteString(b.String())
		return err
	}
	if _, err := w.Write(bom); err != nil {
		return err
	}
	header := []string{lineColumn(d.root.ID), reasonColumn}
	for _, name := range d.root.Header {
		header = append(header, spreadsheet.Shielded(name))
	}
	if err := row(header...); err != nil {
		return err
	}
	err := d.each(ctx, func(q db.QuarantinedRow) error {
		cells := []string{strconv.FormatInt(q.LineNo, 10), spreadsheet.Shielded(reasonWords(q))}
		for _, c := range Cells(d.root, q) {
			cells = append(cells, spreadsheet.Shielded(c))
		}
		return row(cells...)
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// each reads the rows page by page.
func (d *Download) each(ctx context.Context, take func(db.QuarantinedRow) error) error {
	for after := int64(0); ; {
		rows, err := d.s.Quarantine(ctx, d.root.ID, after, downloadPage)
		if err != nil {
			return err
		}
		for _, q := range rows {
			if err := take(q); err != nil {
				return err
			}
		}
		if len(rows) < downloadPage {
			return nil
		}
		after = rows[len(rows)-1].LineNo
	}
}

// ForPrograms is the same download as JSON Lines.
type ForPrograms struct{ *Download }

// FileName is what to save it as.
func (p ForPrograms) FileName() string {
	return strings.TrimSuffix(p.Download.FileName(), ".csv") + ".jsonl"
}

// refusedLine is a refused row as programs read it.
type refusedLine struct {
	Line    int64         `json:"line"`
	Code    string        `json:"code"`
	Field   string        `json:"field"`
	Detail  string        `json:"detail"`
	Message string        `json:"message"` // all that is wrong, in words
	More    []db.RowFault `json:"more"`    // what else is wrong
	Raw     string        `json:"raw"`     // as it stood in the file
}

// WriteTo streams the file.
func (p ForPrograms) WriteTo(ctx context.Context, to io.Writer) error {
	w := bufio.NewWriterSize(to, 64<<10)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	err := p.each(ctx, func(q db.QuarantinedRow) error {
		return lines.Encode(refusedLine{q.LineNo, q.Code, q.Field, q.Detail, reasonWords(q), append([]db.RowFault{}, q.More...), q.Raw})
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// Cells takes a refused row of an import apart, as well as it can be.
func Cells(imp *db.Import, q db.QuarantinedRow) []string {
	if imp.Header == nil || mall.Headless(imp.Header) {
		return []string{q.Raw}
	}
	r := &recordReader{in: bufio.NewReader(strings.NewReader(q.Raw)), delim: imp.Delimiter[0], quotes: imp.Delimiter != "\t"}
	if rec, err := r.next(); err == nil && rec.code == "" {
		return rec.fields
	}
	return strings.Split(q.Raw, imp.Delimiter)
}

// reasons are the words for why a row was refused, for whoever mends it outside
// of the application.
var reasons = map[string]string{
	"BAD_DATE":           "日時として読み取れません",
	mall.BadMail:         "メールアドレスとして読み取れません",
	"BAD_AMOUNT":         "金額として読み取れません",
	"BAD_QUANTITY":       "個数として読み取れません",
	"MISSING_ORDER_NO":   "注文番号がありません",
	"MISSING_VALUE":      "値がありません",
	mall.UnknownStatus:   "知らない状態です。使える言葉",
	"OTHER_CHANNEL":      "モールの注文ではありません（ほかの販路の発送です）",
	"NOBODY":             "会員ID・メールアドレス・氏名と電話番号のどれもありません",
	"BAD_PROPERTY":       "カスタム項目の種類や選択肢に合いません",
	"BAD_CONSENT":        "同意の有無として読み取れません",
	mall.BadJSON:         "JSONとして読み取れません",
	mall.UnknownField:    "知らない項目です",
	mall.BadValue:        "使えない値です",
	mall.InFuture:        "まだ来ていない日時です",
	mall.RepeatedKey:     "同じキーがもう一度あります",
	mall.UnknownProduct:  "この商品コードの商品がありません",
	mall.UnknownCampaign: "この名前のキャンペーンがないか、同じ名前がいくつもあります",
	unknownShop:          "この店舗コードの店舗がありません",
	erasedPerson:         "本人の請求で情報を消去した方です",
	unknownStage:         "このコードの会員ステージがありません",
	columnCount:          "列の数が見出しと合いません",
	unclosedQuote:        "引用符が閉じられていません",
	lineTooLong:          "行が長すぎます",
	nulByte:              "使えない文字が含まれています",
	badEncoding:          "読めない文字が含まれています",
	repeatedHead:         "見出し行がもう一度あります",
	duplicateLine:        "同じ注文に同じ明細がもう一度あります",
	repeatedOrder:        "同じ注文がほかの行にもあります",
	mall.Required:        "必要な項目がありません",
	"REPEATED":           "同じ明細のキーがもう一度あります",
	"TOO_LONG":           "長すぎるか、使えない文字が含まれています",
	"OUT_OF_RANGE":       "使えない値です",
	"CURRENCY_UNKNOWN":   "この通貨コードはありません",
	"INVALID_EMAIL":      "メールアドレスとして読み取れません",
	"NOT_CANCELLED":      "キャンセルされていない注文に、キャンセル日時があります",
	"CUSTOMER_UNKNOWN":   "この顧客はいません",
	"INVALID_ID":         "IDとして読み取れません",
}

// reasonWords says all that is wrong with a row: why, where, and in detail.
func reasonWords(q db.QuarantinedRow) string {
	all := []string{faultWords(db.RowFault{Code: q.Code, Field: q.Field, Detail: q.Detail})}
	for _, f := range q.More {
		all = append(all, faultWords(f))
	}
	return strings.Join(all, " / ")
}

func faultWords(f db.RowFault) string {
	words, ok := reasons[f.Code]
	if !ok {
		words = f.Code
	}
	if f.Field != "" {
		words = fmt.Sprintf("%s: %s", f.Field, words)
	}
	switch {
	case f.Detail == "":
	case f.Code == columnCount || f.Code == mall.UnknownStatus:
		words += fmt.Sprintf("（%s）", f.Detail)
	case f.Code == mall.BadValue:
		words += fmt.Sprintf("（例: %s）", f.Detail)
	}
	return words
}
