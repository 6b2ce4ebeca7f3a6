DROP TABLE bulk_edit_customers;
DROP TABLE bulk_edits;
DROP TABLE customer_note_pins;
DROP TABLE customer_note_versions;
DROP TABLE customer_notes;
DROP TABLE customer_taggings;
DROP TABLE customer_tags;
DELETE FROM events WHERE kind = 'note.written';
