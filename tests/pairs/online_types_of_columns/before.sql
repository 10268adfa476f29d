CREATE TABLE parcels (
  id integer PRIMARY KEY, weight integer NOT NULL DEFAULT 1 CHECK (weight > 0), label varchar(20) UNIQUE,
  "Sent at" text, zone text
);
CREATE INDEX by_weight ON parcels (weight) WHERE zone IS NOT NULL;
COMMENT ON COLUMN parcels.weight IS 'in grams';
INSERT INTO parcels SELECT n, n, 'label ' || n, '2026-01-01', 'x' FROM generate_series(1, 300) AS n;
