// Command compact makes the tables of the package above from Japan Post's file
// of postcodes (utf_ken_all.csv, its argument).
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: compact utf_ken_all.csv")
	}
	if err := compact(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// The columns of the file that are read.
const (
	code       = 0
	postcode   = 2
	prefecture = 6
	city       = 7
)

func compact(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	names, holders := map[string]string{}, map[string][]string{}
	for _, r := range rows {
		names[r[code]] = r[prefecture] + " " + r[city]
		if !slices.Contains(holders[r[postcode]], r[code]) {
			holders[r[postcode]] = append(holders[r[postcode]], r[code])
		}
	}
	var municipalities, runs strings.Builder
	for _, c := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintln(&municipalities, c, names[c])
	}
	before := ""
	for _, p := range slices.Sorted(maps.Keys(holders)) {
		slices.Sort(holders[p])
		if who := strings.Join(holders[p], " "); who != before {
			fmt.Fprintln(&runs, p, who)
			before = who
		}
	}
	if err := os.WriteFile("municipalities.txt", []byte(municipalities.String()), 0o600); err != nil {
		return err
	}
	return os.WriteFile("postcodes.txt", []byte(runs.String()), 0o600)
}
