package intake_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/header"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// rakutenStream is an order file of Rakuten that is made as it is read: twenty
// rows an order, in CP932, each with the memo and the long texts that make such files
// large.
type rakutenStream struct {
	left  int64 // bytes to write at least
	no    int
	cells []string // of a row; what differs is filled in
	at    map[string]int
	rest  []byte
	rows  int64
}

func newRakutenStream(t testing.TB, size int64) *rakutenStream {
	t.Helper()
	columns := header.Rakuten.Columns()
	s := &rakutenStream{left: size, cells: make([]string, len(columns)), at: map[string]int{}}
	for i, name := range columns {
		s.at[name] = i
	}
	for name, text := range map[string]string{
		"ステータス": "発送済", "送付先一致フラグ": "1", "送料合計": "550", "代引料合計": "0", "注文者住所都道府県": "東京都", "注文者住所郡市区": "千代田区",
		"注文者姓カナ": "タカサキ", "注文者名カナ": "ハナコ", "商品名": strings.Repeat("【送料無料】髙﨑の煎茶①", 8), "項目・選択肢": "カラー:青\r\nサイズ:M", "商品税率": "0.08",
		"ひとことメモ": strings.Repeat("贈り物です、", 20), "コメント": strings.Repeat("[配送日時指定:]\r\n平日の夜にお願いします。", 10), "店舗発行クーポン名": strings.Repeat("秋の感謝祭", 6),
	} {
		s.set(name, text)
	}
	s.rest = s.encode(columns)
	return s
}

func (s *rakutenStream) set(name, text string) { s.cells[s.at[name]] = text }

func (*rakutenStream) encode(cells []string) []byte {
	raw, err := japanese.ShiftJIS.NewEncoder().String(`"` + strings.Join(cells, `","`) + "\"\r\n")
	if err != nil {
		panic(err) // the texts are this file's own
	}
	return []byte(raw)
}

// Read implements io.Reader.
func (s *rakutenStream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		if s.left <= 0 {
			return 0, io.EOF
		}
		s.order()
	}
	n := copy(p, s.rest)
	s.rest, s.left = s.rest[n:], s.left-int64(n)
	return n, nil
}

// itemsPerOrder is many, so that the benchmark is about reading.
const itemsPerOrder = 20

// order makes the rows of the next order, of one of 20,000 people.
func (s *rakutenStream) order() {
	s.no++
	who := s.no % 20_000
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(s.no) * 37 * time.Second)
	s.set("注文番号", fmt.Sprintf("123456-%s-%010d", at.Format("20060102"), s.no))
	s.set("注文日時", at.Format(time.DateTime))
	s.set("商品合計金額", "40000")
	s.set("合計金額", "40550")
	s.set("注文者姓", fmt.Sprintf("姓%d", who))
	s.set("注文者名", "花子")
	s.set("注文者メールアドレス", fmt.Sprintf("p%d@example.com", who))
	s.set("単価", "2000")
	s.set("個数", "1")
	for i := range itemsPerOrder {
		s.set("商品明細ID", fmt.Sprint(itemsPerOrder*s.no+i))
		s.set("商品番号", fmt.Sprintf("TEA-%d", (s.no+i)%500))
		s.rest = append(s.rest, s.encode(s.cells)...)
		s.rows++
	}
}

// maxResident is how much memory a process may hold that takes a file in,
// however large the file is.
const maxResident = 300 << 20

// takeLarge takes a made-up file of at least size bytes in by the whole way, and
// says how many rows it had and how much memory the process held at most.
func takeLarge(t testing.TB, size int64) (rows, peak int64) {
	t.Helper()
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "rakuten", mall.Rakuten)
	file := newRakutenStream(t, size)
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak begins anew; elsewhere it stays as it is
	imp, err := s.TakeFile(t.Context(), intake.File{Name: "large.csv", Content: file, ShopID: shop.ID}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if imp.BytesTotal < size || imp.RowsInserted != file.rows || imp.RowsQuarantined != 0 {
		t.Errorf("%d bytes: %d of %d rows went in, %d were refused", imp.BytesTotal, imp.RowsInserted, file.rows, imp.RowsQuarantined)
	}
	return file.rows, peakResident()
}

// peakResident is the most memory this process held; 0 where the system does not tell.
func peakResident() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb int64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kb); err == nil {
			return kb << 10
		}
	}
	return 0
}

// TestALargeFileInLittleMemory takes in a file that is small enough for every
// run; BenchmarkTwoGigabytes takes in the large one.
func TestALargeFileInLittleMemory(t *testing.T) {
	rows, _ := takeLarge(t, 16<<20)
	if rows < 1_000 {
		t.Errorf("%d rows prove nothing", rows)
	}
}

// BenchmarkTwoGigabytes takes a file of 2 GB in that is made as it is read: the
// promise is less than 300 MB of memory in the whole process.
func BenchmarkTwoGigabytes(b *testing.B) {
	for b.Loop() {
		begun := time.Now()
		rows, peak := takeLarge(b, 2<<30)
		b.ReportMetric(float64(rows)/time.Since(begun).Seconds(), "rows/s")
		b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		if peak > maxResident {
			b.Errorf("the process held %d MB", peak>>20)
		}
	}
}
