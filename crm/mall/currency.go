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

// MinorDigits is how many decimals the minor unit of a currency has; false for
// what is none.
func MinorDigits(code string) (int, bool) { return minorDigits(code) }

// ParseAmount reads an amount as files write it (1,234.50, ￥1,200, full-width
// forms) in the minor unit with that many decimals, finer ones rounded half up;
// false for what is none.
func ParseAmount(s string, digits int) (int64, bool) {
	d, err := parseDecimal(s)
	if err != nil {
		return 0, false
	}
	amount, _, err := d.minor(digits)
	return amount, err == nil
}
