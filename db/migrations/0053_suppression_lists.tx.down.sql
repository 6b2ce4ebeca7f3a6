DELETE FROM suppressions WHERE channel IN ('MEMBER_NO', 'PHONE');
ALTER TABLE suppressions DROP COLUMN import_id;
DELETE FROM imports WHERE kind = 'SUPPRESSIONS';
ALTER TABLE imports DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('ORDERS','CUSTOMERS','PRODUCTS','EVENTS','COSTS'));
