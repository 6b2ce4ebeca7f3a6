DROP TRIGGER audit_log_append_only ON audit_log;
DROP INDEX audit_log_action_idx, audit_log_actor_idx, audit_log_object_idx, audit_log_at_idx;
CREATE INDEX audit_log_object_idx ON audit_log (object_kind, object_id, id DESC);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_kind, actor_id, id DESC);
ALTER TABLE mailbox_mails DROP COLUMN private;
DROP TABLE staff_recovery_codes, staff_totp, password_resets, staff_invites;
DROP TRIGGER staff_last_owner ON staff;
DROP TRIGGER staff_last_owner_deleted ON staff;
DROP FUNCTION staff_keep_an_owner();
