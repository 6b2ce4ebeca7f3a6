package mall

import "testing"

func TestBrokenMail(t *testing.T) {
	for cell, want := range map[string]bool{
		"a@example.com": false, "ａ＠ｅｘａｍｐｌｅ．ｃｏｍ": false, "a.@docomo.example.jp": false, "": false, "なし": false, "-": false, "0": false,
		"a(at)example.com": true, "example.com": true, "a@b": true, "@example.com": true, "a@@example.com": true, "a@b@example.com": true, "a b@example.com": true,
	} {
		if got := brokenMail(cell); got != want {
			t.Errorf("%q: %v", cell, got)
		}
	}
}

func TestBrokenDay(t *testing.T) {
	for cell, want := range map[string]bool{
		"1980/1/1": false, "1980-01-01": false, "1980年1月1日": false, "19800101": false, "": false, "1/1": false, "1980": false, "不明": false,
		"1980/13/45": true, "19801345": true, "1980年2月30日": true,
	} {
		if got := brokenDay(cell, ymd); got != want {
			t.Errorf("%q: %v", cell, got)
		}
	}
}
