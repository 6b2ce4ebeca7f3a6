CREATE OR REPLACE FUNCTION webhook_wanted(kind text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM webhook_endpoints w WHERE w.status = 'ACTIVE' AND kind = ANY (w.kinds))
$$;
