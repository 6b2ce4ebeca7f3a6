-- Tokens of customers that can be taken back, and tokens of the merchant's own OIDC provider.

-- Counted up when all tokens of a customer are taken back. Nodes read those of the last day only: no token is older.
CREATE TABLE customer_token_versions (
    customer_id bigint      NOT NULL,
    version     int         NOT NULL,
    revoked_at  timestamptz NOT NULL,
    CONSTRAINT customer_token_versions_pkey PRIMARY KEY (customer_id)
);
CREATE INDEX customer_token_versions_revoked_idx ON customer_token_versions (revoked_at);
-- Who was merged into somebody is found without reading all customers.
CREATE INDEX customers_merged_into_idx ON customers (merged_into) WHERE merged_into IS NOT NULL;

-- OIDC providers whose tokens are accepted for customers.
CREATE TABLE token_issuers (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    issuer        text        NOT NULL, -- the iss of its tokens
    name          text        NOT NULL,
    jwks_url      text        NOT NULL DEFAULT '', -- '': as discovery says
    audiences     text[]      NOT NULL, -- one of them is the aud
    algorithms    text[]      NOT NULL,
    skew_seconds  int         NOT NULL DEFAULT 60,
    shop_id       bigint      NOT NULL, -- whose member id the claim tells
    member_claim  text        NOT NULL DEFAULT 'sub',
    first_seen    text        NOT NULL, -- of a member id that nobody has: REFUSE, LINK by the verified mail, CREATE besides
    enroll        boolean     NOT NULL DEFAULT false, -- makes who comes a member
    version       int         NOT NULL DEFAULT 1, -- counted up with each change
    created_by    bigint,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz,
    CONSTRAINT token_issuers_pkey PRIMARY KEY (id),
    CONSTRAINT token_issuers_issuer_key UNIQUE (issuer),
    CONSTRAINT token_issuers_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT token_issuers_staff_fkey FOREIGN KEY (created_by) REFERENCES staff (id),
    CONSTRAINT token_issuers_skew_check CHECK (skew_seconds BETWEEN 0 AND 300),
    CONSTRAINT token_issuers_first_seen_check CHECK (first_seen IN ('REFUSE', 'LINK', 'CREATE')),
    CONSTRAINT token_issuers_lists_check CHECK (cardinality(audiences) > 0 AND cardinality(algorithms) > 0)
);
