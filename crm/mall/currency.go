package mall

import "golang.org/x/text/currency"

// minorDigits is how many decimals the minor unit of a currency has, by ISO
// 4217: 0 for JPY, 2 for GBP.
func minorDigits(code string) (int, bool) {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 0, false
	}
	digits, _ := currency.Standard.Rounding(unit)
	return digits, true
}
