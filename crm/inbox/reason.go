package inbox

import (
	"strings"

	"github.com/meguri-crm/meguri/db"
)

// reasons are why a file did not come in and what to do, in the words of the
// page of imports; Japanese, then English.
var reasons = map[string][2]string{
	"UNKNOWN_FORMAT":  {"見出し行がどの形式とも一致しません。列の対応付けを作り、フォルダーの設定で選んでください。", "The header row fits no known format. Make a column mapping and choose it in the folder's settings."},
	"MISSING_COLUMNS": {"必要な列がありません。", "Columns that are needed are missing."},
	"WRONG_MALL":      {"ファイルと店舗のモールが違います。フォルダーの設定で店舗を確かめてください。", "The file is of another mall than the shop. Check the shop in the folder's settings."},
	"SHOP_ARCHIVED":   {"店舗は終了しています。", "The shop is archived."},
	"NOT_FOUND":       {"設定した店舗か対応付けがありません。フォルダーの設定を確かめてください。", "The shop or the mapping of the folder is gone. Check its settings."},
	"EMPTY_FILE":      {"ファイルが空です。", "The file is empty."},
	"NOT_TEXT":        {"CSVファイルではありません。", "This is no CSV."},
	"EXCEL_FILE":      {"Excelブックです。「CSV UTF-8」形式で保存してください。", "This is a workbook. Save it as “CSV UTF-8”."},
	"BAD_ENCODING":    {"文字コードを判別できません。UTF-8かShift_JISで書き出してください。", "The encoding cannot be told. Export as UTF-8 or Shift_JIS."},
	"BAD_HEADER":      {"見出し行を読めません。", "The header row cannot be read."},
	"BAD_ARCHIVE":     {"圧縮ファイルを開けません。", "The archive cannot be opened."},
	"TRUNCATED_FILE":  {"ファイルが途中で切れています。", "The file is cut off."},
	"FILE_TOO_LARGE":  {"ファイルが大きすぎます。期間を分けて書き出してください。", "The file is too large. Export shorter spans."},
	"TOO_MANY_FILES":  {"ZIPに入れられるファイルは100件までです。", "A zip may hold up to 100 files."},
	"MENDED_FILE":     {"保留の行を直したファイルです。元の取り込みのページから送り直してください。", "These are mended rows. Send them from the page of the import they were held back in."},
	unreadable:        {"ファイルを読む権限がありません。", "The server may not read the file."},
}

// reason is the text beside a file that failed.
func reason(row *db.InboxFile) string {
	words, ok := reasons[*row.Code]
	if !ok {
		words = [2]string{"「取り込み」のページで理由を確かめてください。", "See the page of imports for the reason."}
	}
	lines := []string{row.Name, "", words[0], words[1], "", *row.Code}
	if row.Detail != "" {
		lines = append(lines, row.Detail)
	}
	return "\ufeff" + strings.Join(lines, "\r\n") + "\r\n"
}
