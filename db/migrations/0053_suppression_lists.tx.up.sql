-- Lists of people who must not be written to, as files of their own. Beside MAIL a suppression
-- holds for a member's number of a shop (MEMBER_NO: sha256 of 'shop:number') or a phone (PHONE: of its E.164).

ALTER TABLE imports DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('ORDERS','CUSTOMERS','PRODUCTS','EVENTS','COSTS','SUPPRESSIONS'));
ALTER TABLE suppressions ADD COLUMN import_id bigint; -- the list that told it last; NULL: no list did
