DROP TABLE api_client_usage;
DROP TABLE api_client_secrets;
DROP TABLE api_clients;

-- What partner clients did stays in the books as the system's; the books themselves forbid changes.
ALTER TABLE audit_log DISABLE TRIGGER USER;
ALTER TABLE point_bookings DISABLE TRIGGER USER;
UPDATE audit_log SET actor_kind = 'SYSTEM', actor_id = NULL WHERE actor_kind = 'CLIENT';
UPDATE point_bookings SET actor_kind = 'SYSTEM', actor_id = NULL WHERE actor_kind = 'CLIENT';
UPDATE stage_changes SET actor_kind = 'SYSTEM', actor_id = NULL WHERE actor_kind = 'CLIENT';
ALTER TABLE audit_log ENABLE TRIGGER USER;
ALTER TABLE point_bookings ENABLE TRIGGER USER;
ALTER TABLE stage_changes DROP CONSTRAINT stage_changes_actor_kind_check,
    ADD CONSTRAINT stage_changes_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND'));
ALTER TABLE point_bookings DROP CONSTRAINT point_bookings_actor_kind_check,
    ADD CONSTRAINT point_bookings_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND'));
ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check,
    ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND'));
