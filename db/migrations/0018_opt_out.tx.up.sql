-- When the address last said no, whatever else speaks against it: a reason that
-- staff may lift (a bounce, a complaint, their own) must not take it along.
ALTER TABLE suppressions ADD COLUMN opted_out_at timestamptz;

UPDATE suppressions SET opted_out_at = at WHERE reason IN ('OPT_OUT','COMPLAINT');
-- Opt-outs that came to an address suppressed for another reason stand in the consents only.
UPDATE suppressions s SET opted_out_at = said.at
FROM (
    SELECT sha256(convert_to(lower(btrim(c.email)), 'UTF8')) AS hash, max(o.occurred_at) AS at
    FROM consents o JOIN customers c ON c.id = o.customer_id
    WHERE c.email <> '' AND o.channel = 'MAIL' AND o.state = 'WITHDRAWN' AND o.method IN ('UNSUBSCRIBE_LINK','ONE_CLICK','UNSUBSCRIBE_MAIL','COMPLAINT')
    GROUP BY 1
) said
WHERE s.channel = 'MAIL' AND s.value_hash = said.hash AND s.opted_out_at IS NULL;

ALTER TABLE suppressions ADD CONSTRAINT suppressions_opted_out_check CHECK (reason NOT IN ('OPT_OUT','COMPLAINT') OR opted_out_at IS NOT NULL);

-- Reports that are forgotten in time, the unmatched among them first.
CREATE INDEX bounces_unmatched_idx ON bounces (received_at) WHERE customer_id IS NULL;
