-- Points for joining by a registration form are rules of the point programme: one for each amount, of the forms that give it.
-- Who was welcomed before counts as one who has had them from each, so that none gives him points a second time.

CREATE TEMP TABLE joining ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY amount) AS n, amount, forms FROM (
    SELECT (v.content->>'joinPoints')::bigint AS amount, jsonb_agg(f.id ORDER BY f.id) AS forms
    FROM sign_up_forms f JOIN sign_up_form_versions v ON (v.form_id, v.version) = (f.id, f.version)
    WHERE (v.content->>'joins')::boolean AND (v.content->>'joinPoints')::bigint > 0 GROUP BY 1) a;

WITH made AS (
    INSERT INTO earn_rules (created_at) SELECT now() FROM joining RETURNING id
), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM made
)
INSERT INTO earn_rule_versions (rule_id, version, name, enabled, definition, created_at, actor_kind)
SELECT m.id, 1, '入会特典', true, jsonb_build_object('kind', 'ACTION', 'action', 'JOIN', 'often', 'ONCE', 'points', j.amount, 'currency', 'JPY', 'forms', j.forms), now(), 'SYSTEM'
FROM joining j JOIN numbered m USING (n);

INSERT INTO earn_uses (customer_id, rule_id, source, day, points)
SELECT b.customer_id, r.rule_id, 'request:join', (b.occurred_at AT TIME ZONE 'Asia/Tokyo')::date, b.amount
FROM point_bookings b CROSS JOIN (SELECT rule_id FROM earn_rule_versions WHERE definition->>'action' = 'JOIN' AND created_at = now() AND actor_kind = 'SYSTEM') r
WHERE b.idempotency_key = 'request:join' AND b.kind = 'GRANT';

-- What members did that earns by itself is found by when it happened.
CREATE INDEX customers_joined_idx ON customers (member_since) WHERE member_since IS NOT NULL;
CREATE INDEX customers_birthday_idx ON customers ((extract(month FROM birth_date) * 100 + extract(day FROM birth_date))) WHERE member_since IS NOT NULL;
CREATE INDEX consents_given_idx ON consents (occurred_at) WHERE state = 'GIVEN';
