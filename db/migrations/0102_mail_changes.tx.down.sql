DROP TABLE mail_changes;
