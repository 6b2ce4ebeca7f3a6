package mall

import (
	"testing"
	"time"
)

func TestAmountsAreExact(t *testing.T) {
	for _, c := range []struct {
		text    string
		digits  int
		minor   int64
		rounded bool
	}{
		{"2.55", 2, 255, false},
		{"2.550", 2, 255, false},
		{"0.001", 2, 0, true},
		{"0.005", 2, 1, true},
		{"-0.005", 2, -1, true},
		{"2.5449999", 2, 254, true},
		{"11062.06", 2, 1106206, false},
		{"-11062.06", 2, -1106206, false},
		{"￥1,234", 0, 1234, false},
		{"１，２３４円", 0, 1234, false},
		{"−50", 0, -50, false},
		{"▲50", 0, -50, false},
		{"+7", 0, 7, false},
		{"9007199254740991", 0, 1<<53 - 1, false},
		{"1.5", 0, 2, true},
		{"-1.5", 0, -2, true},
	} {
		d, err := parseDecimal(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got, rounded, err := d.minor(c.digits)
		if err != nil || got != c.minor || rounded != c.rounded {
			t.Errorf("%s with %d digits is %d (rounded %t), %v; want %d (%t)", c.text, c.digits, got, rounded, err, c.minor, c.rounded)
		}
	}
	for _, text := range []string{"", "-", "x", "1e5", "1.2.3", "1 2", "--1", "99999999999999999999", "９x"} {
		if d, err := parseDecimal(text); err == nil {
			t.Errorf("%q is read as %v", text, d)
		}
	}
	big, err := parseDecimal("9007199254740991")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := big.minor(2); err == nil {
		t.Error("an amount beyond 2^53 passes")
	}
	if _, err := big.times(1 << 40); err == nil {
		t.Error("a product beyond int64 passes")
	}
}

func TestDatesAsShopsWriteThem(t *testing.T) {
	jst := time.FixedZone("JST", 9*3600)
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		text  string
		order dateOrder
		want  string
	}{
		{"2024-03-01 09:05:00", ymd, "2024-03-01T09:05:00+09:00"},
		{"2024/3/1 9:05", ymd, "2024-03-01T09:05:00+09:00"},
		{"2024年3月1日", ymd, "2024-03-01T00:00:00+09:00"},
		{"2024年3月1日9時5分6秒", ymd, "2024-03-01T09:05:06+09:00"},
		{"２０２４/０３/０１", ymd, "2024-03-01T00:00:00+09:00"},
		{"20240301", ymd, "2024-03-01T00:00:00+09:00"},
		{"2024-03-01T09:05:00Z", ymd, "2024-03-01T09:05:00Z"},
		{"2024-03-01T09:05:00.123+00:00", ymd, "2024-03-01T09:05:00Z"},
		{"2024-03-01 09:05:00 +0900", ymd, "2024-03-01T09:05:00+09:00"},
		{"12/31/2024 23:59", mdy, "2024-12-31T23:59:00+09:00"},
		{"31.12.2024", dmy, "2024-12-31T00:00:00+09:00"},
		{"2024-02-29", ymd, "2024-02-29T00:00:00+09:00"},
	} {
		got, err := parseTime(c.text, c.order, jst)
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("%s (%s) is %v, %v; want %s", c.text, c.order, got, err, c.want)
		}
	}
	for _, text := range []string{"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-01 24:00", "2024-01-01 10", "yesterday", "12/31/2024", "2024-01-01 10:00 pm", "-1-1-1"} {
		if got, err := parseTime(text, ymd, jst); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func FuzzValues(f *testing.F) {
	f.Add("1,234.50")
	f.Add("2024年3月1日9時5分")
	f.Add("−９９９９")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := parseDecimal(s); err == nil {
			for digits := range 4 {
				if v, _, err := d.minor(digits); err == nil && (v > maxAmount || v < -maxAmount) {
					t.Errorf("%q is %d, beyond what is exact", s, v)
				}
			}
			if p, err := d.times(-3); err == nil && p.unscaled/-3 != d.unscaled {
				t.Errorf("%q times -3 overflows", s)
			}
		}
		if at, err := parseTime(s, ymd, time.UTC); err == nil && (at.Year() < 1899 || at.Year() > 3000) {
			t.Errorf("%q is %v", s, at)
		}
	})
}
