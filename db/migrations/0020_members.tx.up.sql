-- Moving in from another system: members with their history.

-- Of the customers that a file brought: whom it made members, since when, and what they were before.
ALTER TABLE import_customers
    ADD COLUMN since_told   timestamptz, -- NULL: it did not
    ADD COLUMN since_before timestamptz, -- member_since; NULL: he was no member
    ADD COLUMN via_before   text;

ALTER TABLE imports
    ADD COLUMN members_count bigint NOT NULL DEFAULT 0, -- whom a file of members made members, or earlier ones
    ADD COLUMN actions_count bigint NOT NULL DEFAULT 0; -- actions on points that it booked

-- The books of a former system were closed at this instant: what was bought before it is in the balance and earns nothing.
ALTER TABLE point_accounts ADD COLUMN opened_at timestamptz;
