CREATE SCHEMA app;
CREATE TABLE app.accounts (id bigint PRIMARY KEY, owner text NOT NULL, balance numeric NOT NULL DEFAULT 0, changed_at timestamptz);
COMMENT ON TABLE app.accounts IS 'What people have';
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
  NEW.changed_at := now();
  RETURN NEW;
END;
$$;
CREATE FUNCTION app.total(who text DEFAULT 'me', VARIADIC more text[] DEFAULT '{}') RETURNS numeric LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 7
  AS $$
  SELECT sum(balance) FROM app.accounts WHERE owner = who OR owner = ANY (more)   $$;
CREATE FUNCTION app.total(who integer) RETURNS TABLE (id bigint, "sum of" numeric) LANGUAGE sql ROWS 5 SECURITY DEFINER
  AS 'SELECT id, balance FROM app.accounts WHERE id = who';
CREATE FUNCTION app.windows() RETURNS text LANGUAGE plpgsql AS E'\r\nBEGIN\r\n  RETURN ''$$'';\r\nEND;\r\n';
CREATE FUNCTION app.later() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM app.rich $$;
CREATE VIEW app.rich WITH (security_barrier) AS SELECT a.id, a.owner AS "Owner", app.total(a.owner) AS total FROM app.accounts a WHERE a.balance > 1000;
CREATE VIEW app.richest AS SELECT * FROM app.rich ORDER BY total DESC LIMIT 1;
CREATE VIEW app.checked AS SELECT id FROM app.accounts WHERE id > 0 WITH LOCAL CHECK OPTION;
COMMENT ON VIEW app.rich IS 'Who has much';
COMMENT ON COLUMN app.rich."Owner" IS 'of the account';
COMMENT ON FUNCTION app.total(integer) IS 'one of two';
CREATE TRIGGER touched BEFORE UPDATE OF balance, owner OR INSERT ON app.accounts FOR EACH ROW WHEN (NEW.balance > 0) EXECUTE FUNCTION app.touch('a', 'it''s');
CREATE TRIGGER counted AFTER UPDATE ON app.accounts REFERENCING OLD TABLE AS before NEW TABLE AS "after" EXECUTE FUNCTION app.touch();
CREATE TRIGGER instead INSTEAD OF INSERT ON app.rich FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY "own accounts" ON app.accounts FOR SELECT USING (owner = current_user OR id IN (SELECT id FROM app.rich));
CREATE POLICY writers ON app.accounts AS RESTRICTIVE FOR INSERT TO pg_monitor WITH CHECK (balance >= 0);
CREATE PROCEDURE app.reset(INOUT how integer) LANGUAGE plpgsql AS $$ BEGIN how := 1; END $$;
CREATE AGGREGATE app.longest(text) (SFUNC = textcat, STYPE = text);
CREATE FUNCTION app.standard(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a + 1;
CREATE TABLE app.uses (a integer CHECK (app.standard(a) > 1), b text DEFAULT app.windows());
CREATE MATERIALIZED VIEW app.sums AS SELECT owner, sum(balance) AS total FROM app.accounts GROUP BY owner;
CREATE UNIQUE INDEX sums_owner ON app.sums (owner);
CREATE RULE quiet AS ON DELETE TO app.uses DO INSTEAD NOTHING;
