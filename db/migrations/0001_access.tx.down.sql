DROP TABLE settings, audit_log, sign_in_throttles, refresh_tokens, staff_sessions, staff;
