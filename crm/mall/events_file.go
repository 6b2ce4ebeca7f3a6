package mall

import (
	"encoding/json"
	"slices"
	"strings"
)

// EventLine is the one column of a file of behaviours in JSON lines.
const EventLine = "EVENT JSON"

// EventLines is a file of behaviours, an object of the API's fields per line.
// Source: this product's own (RecordedEventInput of the API).
type EventLines struct{}

// Name is the format's stable name.
func (EventLines) Name() string { return "EVENT_LINES" }

// Kind is behaviour.
func (EventLines) Kind() string { return EventsKind }

// BindTable finds the one column there is.
func (EventLines) BindTable(header []string) (TableDecoder, error) {
	if !slices.Equal(header, []string{EventLine}) {
		return nil, missingColumns([]string{EventLine})
	}
	return eventLines{}, nil
}

type eventLines struct{}

// Row implements TableDecoder.
func (eventLines) Row(rec []string) (Row, error) {
	text := strings.TrimSpace(strings.TrimPrefix(cell(rec, 0), "\ufeff"))
	if text == "" || !json.Valid([]byte(text)) {
		return Row{}, &Problem{Code: BadJSON, Column: EventLine}
	}
	return Row{Event: text}, nil
}

// EventsCSV is a file of behaviours with the API's fields as columns, in which
// capitals and _ do not matter; those of a product stand beside the others.
// Source: as [EventLines].
type EventsCSV struct{}

// Name is the format's stable name.
func (EventsCSV) Name() string { return "EVENTS_CSV" }

// Kind is behaviour.
func (EventsCSV) Kind() string { return EventsKind }

// BindTable finds the columns in header.
func (EventsCSV) BindTable(header []string) (TableDecoder, error) {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.ReplaceAll(foldColumn(h), "_", "")
	}
	var missing []string
	for _, needed := range []string{"occurredAt", "kind"} {
		if !slices.Contains(names, strings.ToLower(needed)) {
			missing = append(missing, needed)
		}
	}
	if len(missing) > 0 {
		return nil, missingColumns(missing)
	}
	return eventsDecoder{names}, nil
}

type eventsDecoder struct{ names []string }

// Row implements TableDecoder.
func (d eventsDecoder) Row(rec []string) (Row, error) {
	fields := map[string]string{}
	for i, name := range d.names {
		if text := cell(rec, i); text != "" {
			fields[name] = text
		}
	}
	text, err := json.Marshal(fields) // in the order of the names, so that the same row is the same text
	return Row{Event: string(text)}, err
}
