-- What happens is told to programs of partners (webhooks). The database itself takes down what is told, in the
-- transaction in which it happens, so that nothing that writes can forget it; while no endpoint wants a kind, that
-- costs a look into a small table.

CREATE TABLE webhook_endpoints (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text        NOT NULL,
    url           text        NOT NULL,
    kinds         text[]      NOT NULL,                 -- of events that it wants
    sealed        bytea       NOT NULL,                 -- its signing secrets, encrypted
    status        text        NOT NULL DEFAULT 'ACTIVE',
    stopped_why   text,                                 -- STAFF, or GONE: it answered 410
    failures      int         NOT NULL DEFAULT 0,       -- attempts in a row that failed
    failing_since timestamptz,
    delivered_at  timestamptz,                          -- the latest that it took
    next_at       timestamptz NOT NULL,
    lease_owner   text,
    lease_until   timestamptz,
    created_at    timestamptz NOT NULL,
    created_by    bigint,                               -- staff
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id),
    CONSTRAINT webhook_endpoints_staff_fkey FOREIGN KEY (created_by) REFERENCES staff (id),
    CONSTRAINT webhook_endpoints_status_check CHECK (status IN ('ACTIVE','STOPPED')),
    CONSTRAINT webhook_endpoints_stopped_check CHECK ((status = 'STOPPED') = (stopped_why IS NOT NULL) AND stopped_why IN ('STAFF','GONE'))
);
CREATE UNIQUE INDEX webhook_endpoints_name_key ON webhook_endpoints (lower(name));

-- One row per thing that happened and that somebody wanted to hear of.
CREATE TABLE webhook_events (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    kind        text        NOT NULL,
    customer_id bigint,               -- whom it is about; the number he had then
    at          timestamptz NOT NULL, -- when it happened
    told        jsonb       NOT NULL, -- row ids and figures, no personal data
    CONSTRAINT webhook_events_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_events_customer_idx ON webhook_events (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE webhook_deliveries (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    endpoint_id bigint      NOT NULL,
    event_id    bigint      NOT NULL,
    status      text        NOT NULL DEFAULT 'WAITING',
    attempts    int         NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(), -- its 24 hours begin; a replay begins them anew
    ended_at    timestamptz,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
    CONSTRAINT webhook_deliveries_endpoint_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_event_fkey FOREIGN KEY (event_id) REFERENCES webhook_events (id) ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_status_check CHECK (status IN ('WAITING','DELIVERED','DEAD')),
    CONSTRAINT webhook_deliveries_ended_check CHECK ((status = 'WAITING') = (ended_at IS NULL))
);
CREATE INDEX webhook_deliveries_endpoint_idx ON webhook_deliveries (endpoint_id, id);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (endpoint_id, next_at) WHERE status = 'WAITING';
CREATE INDEX webhook_deliveries_dead_idx ON webhook_deliveries (endpoint_id, id) WHERE status = 'DEAD';
CREATE INDEX webhook_deliveries_event_idx ON webhook_deliveries (event_id);

CREATE TABLE webhook_attempts (
    delivery_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    at          timestamptz NOT NULL,
    took_ms     int         NOT NULL,
    http_status int,                 -- NULL: there was no answer
    trouble     text,                -- NULL: it took it
    answer      text        NOT NULL DEFAULT '', -- the beginning of what it said
    CONSTRAINT webhook_attempts_pkey PRIMARY KEY (delivery_id, id),
    CONSTRAINT webhook_attempts_delivery_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries (id) ON DELETE CASCADE
);

CREATE FUNCTION webhook_wanted(kind text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM webhook_endpoints w WHERE w.status = 'ACTIVE' AND kind = ANY (w.kinds))
$$;

-- Each event goes to every endpoint that wants its kind.
CREATE FUNCTION webhook_events_fan_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_deliveries (endpoint_id, event_id)
        SELECT w.id, e.id FROM added e JOIN webhook_endpoints w ON w.status = 'ACTIVE' AND e.kind = ANY (w.kinds) ORDER BY e.id;
    RETURN NULL;
END $$;
CREATE TRIGGER webhook_events_fan_out AFTER INSERT ON webhook_events
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION webhook_events_fan_out();

CREATE FUNCTION point_bookings_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhook_wanted('points.booked') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            SELECT 'points.booked', customer_id, occurred_at, jsonb_build_object('booking', id, 'kind', kind, 'points', amount, 'available', available_after,
                'reason', reason, 'shop', shop_id, 'orderNo', order_no) FROM added ORDER BY id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER point_bookings_webhook AFTER INSERT ON point_bookings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION point_bookings_webhook();

CREATE FUNCTION stage_changes_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhook_wanted('stage.changed') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            SELECT 'stage.changed', c.customer_id, c.at, jsonb_build_object('from', c.from_stage, 'fromName', f.name, 'to', c.to_stage, 'toName', t.name,
                'reason', c.reason, 'until', c.until)
            FROM added c LEFT JOIN stages f ON f.id = c.from_stage JOIN stages t ON t.id = c.to_stage ORDER BY c.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stage_changes_webhook AFTER INSERT ON stage_changes
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION stage_changes_webhook();

CREATE FUNCTION consents_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhook_wanted('consent.changed') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            SELECT 'consent.changed', customer_id, occurred_at, jsonb_build_object('channel', channel, 'purpose', purpose, 'state', state,
                'shop', origin_shop_id, 'method', method) FROM added ORDER BY id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER consents_webhook AFTER INSERT ON consents
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION consents_webhook();

CREATE FUNCTION customer_merges_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    undone CONSTANT boolean := NEW.undone_at IS NOT NULL;
    kind   CONSTANT text := CASE WHEN undone THEN 'customer.unmerged' ELSE 'customer.merged' END;
BEGIN
    IF webhook_wanted(kind) THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            VALUES (kind, NEW.customer_id, CASE WHEN undone THEN NEW.undone_at ELSE NEW.merged_at END, jsonb_build_object('merged', NEW.merged_id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER customer_merges_webhook AFTER INSERT ON customer_merges FOR EACH ROW EXECUTE FUNCTION customer_merges_webhook();
CREATE TRIGGER customer_merges_webhook_undone AFTER UPDATE OF undone_at ON customer_merges FOR EACH ROW
    WHEN (OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL) EXECUTE FUNCTION customer_merges_webhook();

CREATE FUNCTION customers_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind CONSTANT text := TG_ARGV[0];
BEGIN
    IF webhook_wanted(kind) THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            VALUES (kind, NEW.id, CASE kind WHEN 'customer.joined' THEN NEW.member_since ELSE NEW.erased_at END, '{}');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER customers_webhook_new AFTER INSERT ON customers FOR EACH ROW
    WHEN (NEW.member_since IS NOT NULL) EXECUTE FUNCTION customers_webhook('customer.joined');
CREATE TRIGGER customers_webhook_joined AFTER UPDATE OF member_since ON customers FOR EACH ROW
    WHEN (OLD.member_since IS NULL AND NEW.member_since IS NOT NULL) EXECUTE FUNCTION customers_webhook('customer.joined');
CREATE TRIGGER customers_webhook_erased AFTER UPDATE OF erased_at ON customers FOR EACH ROW
    WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION customers_webhook('customer.erased');

CREATE FUNCTION member_offers_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    issued CONSTANT boolean := NEW.issued_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.issued_at IS NULL);
    used   CONSTANT boolean := NEW.used_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.used_at IS NULL);
BEGIN
    IF issued AND webhook_wanted('offer.issued') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told) VALUES ('offer.issued', NEW.customer_id, NEW.issued_at, jsonb_build_object('offer', NEW.offer_id));
    END IF;
    IF used AND webhook_wanted('offer.used') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            VALUES ('offer.used', NEW.customer_id, NEW.used_at, jsonb_build_object('offer', NEW.offer_id, 'by', NEW.used_by));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER member_offers_webhook_new AFTER INSERT ON member_offers FOR EACH ROW EXECUTE FUNCTION member_offers_webhook();
CREATE TRIGGER member_offers_webhook AFTER UPDATE OF issued_at, used_at ON member_offers FOR EACH ROW EXECUTE FUNCTION member_offers_webhook();
