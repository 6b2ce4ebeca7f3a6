package customer

// Belongings are the tables whose rows a merge moves.
func Belongings() (tables []string) {
	for _, b := range belongings {
		tables = append(tables, b.table)
	}
	return tables
}
