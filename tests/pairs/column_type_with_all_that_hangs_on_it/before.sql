CREATE TABLE parent (code integer PRIMARY KEY);
CREATE TABLE item (
  id integer PRIMARY KEY, code integer REFERENCES parent, price integer NOT NULL DEFAULT 1 CHECK (price > 0),
  doubled integer GENERATED ALWAYS AS (price * 2) STORED, name text
);
CREATE INDEX item_price ON item ((price + 1));
CREATE STATISTICS item_both ON price, code FROM item;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER item_seen AFTER UPDATE OF price ON item FOR EACH ROW WHEN (new.price > 1) EXECUTE FUNCTION touch();
ALTER TABLE item DISABLE TRIGGER item_seen;
CREATE RULE item_log AS ON UPDATE TO item WHERE new.price > 5 DO ALSO DELETE FROM parent WHERE code = old.code;
ALTER TABLE item ENABLE ALWAYS RULE item_log;
ALTER TABLE item ENABLE ROW LEVEL SECURITY;
CREATE POLICY dear ON item USING (price > 3);
CREATE VIEW cheap AS SELECT id, price, doubled FROM item WHERE price < 5;
CREATE RULE cheap_gone AS ON DELETE TO cheap DO INSTEAD DELETE FROM item WHERE id = old.id;
ALTER VIEW cheap ALTER COLUMN price SET DEFAULT 2;
COMMENT ON VIEW cheap IS 'what costs little';
CREATE MATERIALIZED VIEW totals AS SELECT sum(price) AS total FROM item;
CREATE UNIQUE INDEX totals_total ON totals (total);
ALTER MATERIALIZED VIEW totals CLUSTER ON totals_total;
ALTER TABLE item CLUSTER ON item_price;
