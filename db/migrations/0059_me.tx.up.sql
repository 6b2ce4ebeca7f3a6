-- What a shopper sees of himself in the merchant's app: his card, his code to refer friends, his offers, and his
-- points as they come.

-- The number on a member's card. It is his for good: after a merge the old one still finds the survivor.
CREATE TABLE member_cards (
    customer_id bigint      NOT NULL,
    number      text        NOT NULL, -- 12 digits, the last a check digit (Luhn)
    created_at  timestamptz NOT NULL,
    CONSTRAINT member_cards_pkey PRIMARY KEY (customer_id),
    CONSTRAINT member_cards_number_key UNIQUE (number),
    CONSTRAINT member_cards_number_check CHECK (number ~ '^[0-9]{12}$')
);

-- The code by which a member refers friends. It stays his, as the number of the card.
CREATE TABLE referral_codes (
    customer_id bigint      NOT NULL,
    code        text        NOT NULL, -- 8 letters and digits that cannot be taken for each other
    created_at  timestamptz NOT NULL,
    CONSTRAINT referral_codes_pkey PRIMARY KEY (customer_id),
    CONSTRAINT referral_codes_code_key UNIQUE (code),
    CONSTRAINT referral_codes_code_check CHECK (code ~ '^[2-9A-HJKMNP-Z]{8}$')
);

-- Offers that members take themselves.
ALTER TABLE offers
    ADD COLUMN for_members  boolean NOT NULL DEFAULT false,
    ADD COLUMN min_stage_id bigint,  -- the lowest stage whose members may take it; NULL: every member
    ADD COLUMN member_limit bigint,  -- how many members may take it; NULL: any number
    ADD CONSTRAINT offers_min_stage_fkey FOREIGN KEY (min_stage_id) REFERENCES stages (id),
    ADD CONSTRAINT offers_member_limit_check CHECK (member_limit > 0),
    ADD CONSTRAINT offers_members_check CHECK (for_members OR min_stage_id IS NULL AND member_limit IS NULL);

CREATE TABLE member_offers (
    customer_id bigint      NOT NULL,
    offer_id    bigint      NOT NULL,
    code        text        NOT NULL DEFAULT '', -- as it was when he took it; '': not taken, or it needs none
    seen_at     timestamptz,
    issued_at   timestamptz,
    used_at     timestamptz,
    used_by     text,                            -- who said so: CUSTOMER, STAFF, CLIENT
    CONSTRAINT member_offers_pkey PRIMARY KEY (customer_id, offer_id),
    CONSTRAINT member_offers_offer_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT member_offers_used_check CHECK ((used_at IS NULL) = (used_by IS NULL) AND (used_at IS NULL OR issued_at IS NOT NULL)),
    CONSTRAINT member_offers_used_by_check CHECK (used_by IN ('CUSTOMER','STAFF','CLIENT'))
);
CREATE INDEX member_offers_offer_idx ON member_offers (offer_id) WHERE issued_at IS NOT NULL;
CREATE INDEX offer_codes_customer_idx ON offer_codes (customer_id) WHERE customer_id IS NOT NULL;

-- Who is watching his points now, by the process that he is connected to. Commits that notify wait for each other, so
-- that a booking notifies only where somebody is watching; of everyone else it costs a look into this small table.
CREATE UNLOGGED TABLE member_watches (
    customer_id bigint      NOT NULL,
    node        bigint      NOT NULL, -- chosen by chance by each process
    until       timestamptz NOT NULL, -- by the database's clock; renewed while he watches
    CONSTRAINT member_watches_pkey PRIMARY KEY (customer_id, node)
);
CREATE INDEX member_watches_node_idx ON member_watches (node);

CREATE FUNCTION point_bookings_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('meguri', 'points:' || w.customer_id)
        FROM (SELECT DISTINCT customer_id FROM added) b JOIN member_watches w ON w.customer_id = b.customer_id
        WHERE w.until > clock_timestamp();
    RETURN NULL;
END $$;
CREATE TRIGGER point_bookings_tell AFTER INSERT ON point_bookings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION point_bookings_tell();
