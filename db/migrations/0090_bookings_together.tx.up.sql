-- In PL/pgSQL the plan is kept: a function in SQL is planned again by every statement whose trigger asks it.
CREATE OR REPLACE FUNCTION webhook_wanted(kind text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM webhook_endpoints w WHERE w.status = 'ACTIVE' AND webhook_wanted.kind = ANY (w.kinds));
END $$;
