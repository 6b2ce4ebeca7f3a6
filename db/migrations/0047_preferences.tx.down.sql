DROP TABLE contact_wishes;
