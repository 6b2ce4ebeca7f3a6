DROP TABLE import_quarantine, imports, import_mappings, upload_chunks, uploads;
