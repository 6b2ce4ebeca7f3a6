package ledger

import (
	"context"
	"io"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// filePage is how many bookings are read at a time for a file.
const filePage = 1000

// File is the ledger, narrowed, as a file that is written while it is read.
type File struct {
	ledger  *Service
	filter  Filter
	english bool
}

// Download opens the bookings that f finds as a file in words of locale (ja or
// en), and notes that the caller took it. It names customers by id only.
func (s *Service) Download(ctx context.Context, f Filter, locale string) (*File, error) {
	err := access.Audit(ctx, s.db, access.Entry{Action: "points.download", ObjectKind: "PointLedger"})
	return &File{ledger: s, filter: f, english: locale == "en"}, err
}

// WriteTo streams the file page by page.
func (f *File) WriteTo(ctx context.Context, to io.Writer) error {
	w := spreadsheet.NewWriter(to)
	header := []string{"日時", "顧客ID", "取引ID", "種類", "増減", "対象ポイント", "取引後の利用可能ポイント", "理由", "注文番号", "メモ", "操作者"}
	if f.english {
		header = []string{"Time", "Customer ID", "Booking ID", "Kind", "Change", "Points", "Available afterwards", "Reason", "Order number", "Note", "By"}
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for after := (*Place)(nil); ; {
		rows, err := f.ledger.Search(ctx, f.filter, after, filePage)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := w.Write(f.cells(row)); err != nil {
				return err
			}
		}
		if len(rows) < filePage {
			return w.Close()
		}
		last := PlaceOf(rows[len(rows)-1])
		after = &last
	}
}

func (f *File) cells(b *db.PointBooking) []string {
	order := ""
	if b.OrderNo != nil {
		order = *b.OrderNo
	}
	kind := b.Kind
	if name, known := kindNames[b.Kind]; known && !f.english {
		kind = name
	}
	return []string{
		b.OccurredAt.In(f.ledger.zone).Format(time.DateTime), gid.Encode("Customer", b.CustomerID), gid.EncodePair("PointBooking", b.CustomerID, b.ID), kind,
		strconv.FormatInt(points.Change(b), 10), strconv.FormatInt(b.Amount, 10), strconv.FormatInt(b.AvailableAfter, 10),
		b.Reason, order, b.Note, b.ActorKind,
	}
}

// kindNames are the kinds of booking in Japanese, as they stand on screen.
var kindNames = map[string]string{
	"GRANT": "付与", "MATURE": "利用開始", "HOLD": "仮押さえ", "CAPTURE": "仮押さえの利用", "RELEASE": "仮押さえの解除", "REDEEM": "利用",
	"EXPIRE": "失効", "CLAWBACK": "取り消し", "RESTORE": "返還", "ADJUST": "調整",
	"TRANSFER_OUT": "統合先への引き継ぎ", "TRANSFER_IN": "統合による引き継ぎ", "DEBT_OUT": "不足分の引き継ぎ（移動元）", "DEBT_IN": "不足分の引き継ぎ",
}
