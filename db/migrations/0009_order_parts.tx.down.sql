ALTER TABLE imports DROP CONSTRAINT imports_companion_fkey, DROP COLUMN companion_id;
DROP TABLE order_parts;
