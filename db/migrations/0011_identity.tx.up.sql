-- Who is who: hints that find doubtful pairs, the pairs themselves, merges and what they moved.

-- What several customers may share, as hashes: a phone; an address to the house number with the first letter of the
-- name. They never join, they only find pairs to look at. Set from data of malls that allow it.
ALTER TABLE customers ADD COLUMN hint_phone bigint, ADD COLUMN hint_address bigint;
CREATE INDEX customers_hint_phone_idx ON customers (hint_phone, id) WHERE hint_phone IS NOT NULL;
CREATE INDEX customers_hint_address_idx ON customers (hint_address, id) WHERE hint_address IS NOT NULL;

-- By which key an order's buyer was known, and with which key another came: hashes. They tell, when a merge is
-- undone, what came in the meantime through the keys of the one who was merged.
ALTER TABLE orders ADD COLUMN known_by bigint;
ALTER TABLE identity_keys ADD COLUMN learned_by bigint;

-- Two customers who may be one person, and what was decided about them. One row a pair, the smaller id first.
CREATE TABLE identity_candidates (
    customer_id    bigint      NOT NULL,
    other_id       bigint      NOT NULL,
    reason         text        NOT NULL, -- the step of the ladder that found it: LINKED (one order names both), NAME_ADDRESS, PHONE, ADDRESS_FAMILY
    score          int         NOT NULL, -- 0..100
    agree          text[]      NOT NULL, -- what agrees: MAIL, PHONE, NAME, KANA, FAMILY_NAME, ADDRESS, POSTAL_CODE, BIRTH_DATE, LINE
    differ         text[]      NOT NULL, -- what contradicts: MEMBER_ID, BIRTH_DATE, GIVEN_NAME …
    household      boolean     NOT NULL DEFAULT false, -- rather two people of one house
    status         text        NOT NULL DEFAULT 'OPEN', -- JOINING: sure, and about to be merged by the program
    decided_score  int,                  -- how sure it was when a person decided; only surer evidence opens it again
    decided_as     text,                 -- what the person decided, kept when it is opened again
    decided_at     timestamptz,
    decided_by     bigint,               -- staff
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CONSTRAINT identity_candidates_pkey PRIMARY KEY (customer_id, other_id),
    CONSTRAINT identity_candidates_order_check CHECK (customer_id < other_id),
    CONSTRAINT identity_candidates_reason_check CHECK (reason IN ('LINKED','NAME_ADDRESS','PHONE','ADDRESS_FAMILY')),
    CONSTRAINT identity_candidates_score_check CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT identity_candidates_status_check CHECK (status IN ('OPEN','JOINING','MERGED','REJECTED','HOUSEHOLD')),
    CONSTRAINT identity_candidates_decided_check CHECK (status IN ('OPEN','JOINING','MERGED') OR decided_score IS NOT NULL AND decided_as IS NOT NULL)
);
CREATE INDEX identity_candidates_other_idx ON identity_candidates (other_id);
CREATE INDEX identity_candidates_list_idx ON identity_candidates (status, score DESC, customer_id DESC, other_id DESC);

-- A merge: merged_id is customer_id from merged_at until undone_at.
CREATE TABLE customer_merges (
    customer_id       bigint      NOT NULL, -- the one who stays
    id                bigint GENERATED ALWAYS AS IDENTITY,
    merged_id         bigint      NOT NULL,
    reason            text        NOT NULL, -- STAFF, EVIDENCE
    score             int         NOT NULL,
    agree             text[]      NOT NULL DEFAULT '{}',
    differ            text[]      NOT NULL DEFAULT '{}',
    profile_before    jsonb       NOT NULL, -- of the one who stays
    profile_after     jsonb       NOT NULL,
    candidates_before jsonb       NOT NULL DEFAULT '[]', -- the pairs of both
    orders_count      int         NOT NULL DEFAULT 0,    -- what moved with the merge
    merged_at         timestamptz NOT NULL,
    merged_by         bigint,               -- staff
    settled_at        timestamptz,          -- when nothing could still be written under the old id
    undone_at         timestamptz,
    undone_by         bigint,
    CONSTRAINT customer_merges_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT customer_merges_id_key UNIQUE (id),
    CONSTRAINT customer_merges_two_check CHECK (customer_id <> merged_id),
    CONSTRAINT customer_merges_reason_check CHECK (reason IN ('STAFF','EVIDENCE'))
);
CREATE UNIQUE INDEX customer_merges_active_key ON customer_merges (merged_id) WHERE undone_at IS NULL;
CREATE INDEX customer_merges_unsettled_idx ON customer_merges (id) WHERE settled_at IS NULL AND undone_at IS NULL;

-- Which rows a merge moved, so that an undo puts back those and no others.
CREATE TABLE customer_merge_rows (
    customer_id bigint   NOT NULL,
    merge_id    bigint   NOT NULL,
    noun        text     NOT NULL, -- the table
    ids         bigint[] NOT NULL,
    CONSTRAINT customer_merge_rows_pkey PRIMARY KEY (customer_id, merge_id, noun)
);
CREATE TABLE customer_merge_keys (
    customer_id bigint NOT NULL,
    merge_id    bigint NOT NULL,
    kind        text   NOT NULL,
    shop_id     bigint NOT NULL,
    value       text   NOT NULL,
    CONSTRAINT customer_merge_keys_pkey PRIMARY KEY (customer_id, merge_id, kind, shop_id, value)
);

-- The customer that id stands for now: itself, or whoever it was merged into.
CREATE FUNCTION survivor_of(id bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain AS (
        SELECT c.id, c.merged_into FROM customers c WHERE c.id = survivor_of.id
        UNION ALL SELECT c.id, c.merged_into FROM chain JOIN customers c ON c.id = chain.merged_into)
    SELECT chain.id FROM chain WHERE chain.merged_into IS NULL
$$;

-- A consent may change hands with its customer, within a merge or its undo, and in nothing else.
DROP TRIGGER consents_append_only ON consents;
CREATE TRIGGER consents_append_only BEFORE DELETE ON consents FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE FUNCTION consents_move_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'customer_id' IS DISTINCT FROM to_jsonb(NEW) - 'customer_id' OR NOT EXISTS (
        SELECT FROM customer_merges m WHERE m.id = nullif(current_setting('meguri.merge', true), '')::bigint
            AND (m.customer_id, m.merged_id) IN ((NEW.customer_id, OLD.customer_id), (OLD.customer_id, NEW.customer_id))) THEN
        RAISE EXCEPTION 'rows of consents are never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_move_only BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION consents_move_only();
