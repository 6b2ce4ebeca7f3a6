-- The least that earn, hold and capture can be: a statement each that moves a
-- balance and writes one row.
\set c random(1, :members)
WITH moved AS (UPDATE bare_accounts SET balance = balance + 1 WHERE customer_id = :c RETURNING customer_id)
    INSERT INTO bare_entries (customer_id, amount, at) SELECT customer_id, 1, now() FROM moved;
WITH moved AS (UPDATE bare_accounts SET balance = balance - 1, held = held + 1 WHERE customer_id = :c RETURNING customer_id)
    INSERT INTO bare_holds (customer_id, amount) SELECT customer_id, 1 FROM moved RETURNING id AS hold \gset
WITH closed AS (UPDATE bare_holds SET open = false WHERE id = :hold AND open RETURNING customer_id, amount),
    moved AS (UPDATE bare_accounts a SET held = a.held - closed.amount FROM closed WHERE a.customer_id = closed.customer_id)
    INSERT INTO bare_entries (customer_id, amount, at) SELECT customer_id, -amount, now() FROM closed;
