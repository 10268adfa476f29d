CREATE TABLE parcels (
  id integer PRIMARY KEY, weight bigint NOT NULL DEFAULT 1 CHECK (weight > 0), label varchar(10) UNIQUE,
  "Sent at" timestamptz, zone text
);
CREATE INDEX by_weight ON parcels (weight) WHERE zone IS NOT NULL;
COMMENT ON COLUMN parcels.weight IS 'in grams';
