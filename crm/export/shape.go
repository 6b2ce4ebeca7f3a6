package export

import (
	"fmt"
	"strings"
)

// part is one field of an object: its name in the schema, and the SQL that
// writes its value as JSON. Lines are put together by Postgres, as text: that is
// several times as fast as a value of JSON that is built and then written.
type part struct {
	name string
	sql  string
	of   []part // what is selected of it, where it is an object
}

// text is a string that may be null.
func text(name, column string) part {
	return part{name: name, sql: "coalesce(to_json(" + column + ")::text, 'null')"}
}

// flag is true or false.
func flag(name, condition string) part { return part{name: name, sql: "to_json(" + condition + ")"} }

// plain is what Postgres writes as JSON does: a number, or JSON itself; or null.
func plain(name, column string) part {
	return part{name: name, sql: "coalesce((" + column + ")::text, 'null')"}
}

// quoted is what needs no escape: a day, an enum value of the program's own.
func quoted(name, column string) part {
	return part{name: name, sql: `coalesce('"' || ` + column + ` || '"', 'null')`}
}

// instant is as the schema's DateTime.
func instant(name, column string) part {
	return part{name: name, sql: `coalesce('"' || replace((` + column + ` AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z"', 'null')`}
}

// id is as gid.Encode and gid.EncodePair write it; null where a column is.
func id(name, kind string, columns ...string) part {
	row := strings.Join(columns, " || '.' || ")
	return part{name: name, sql: `coalesce('"' || rtrim(encode(convert_to('` + kind + `:' || ` + row + `, 'UTF8'), 'base64'), '=') || '"', 'null')`}
}

// object is an object, or null where absent holds.
func object(name, absent string, of ...part) part {
	sql := line("", of)
	if absent != "" {
		sql = "CASE WHEN " + absent + " THEN 'null' ELSE " + sql + " END"
	}
	return part{name: name, sql: sql, of: of}
}

// money is an amount with its currency.
func money(name, amount, currency string) part {
	return object(name, "", plain("amount", amount), text("currency", currency))
}

// many is a list of objects; from is SQL behind FROM, with its ORDER BY as order.
func many(name, from, order string, of ...part) part {
	return part{name: name, of: of, sql: "'[' || coalesce((SELECT string_agg(" + line("", of) + ", ',' ORDER BY " + order + ") FROM " + from + "), '') || ']'"}
}

// words is a list of strings.
func words(name, column string) part {
	return part{name: name, sql: "array_to_json(" + column + ")::text"}
}

// mostArguments is how many arguments a function of Postgres takes, less some.
const mostArguments = 90

// line is SQL that writes an object; kind is its __typename, where that is told.
func line(kind string, of []part) string {
	pieces := []string{}
	lead := "{"
	if kind != "" {
		lead = `{"__typename":"` + kind + `",`
	}
	for i, p := range of {
		if i > 0 {
			lead = ","
		}
		pieces = append(pieces, "'"+lead+`"`+p.name+`":'`, p.sql)
	}
	pieces = append(pieces, "'}'")
	if len(pieces) > mostArguments {
		panic(fmt.Sprintf("export: %d pieces are too many for one call", len(pieces)))
	}
	return "concat(" + strings.Join(pieces, ", ") + ")"
}

// selection is what GraphQL is asked for the same with.
func selection(of []part) string {
	var b strings.Builder
	for i, p := range of {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.name)
		if len(p.of) > 0 {
			b.WriteString(" { " + selection(p.of) + " }")
		}
	}
	return b.String()
}
