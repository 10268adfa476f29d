CREATE SCHEMA depot;

CREATE TABLE depot.crate (
  id bigint NOT NULL,
  arrived date NOT NULL,
  region text NOT NULL,
  weight numeric DEFAULT 1 CONSTRAINT crate_weighs CHECK (weight > 0),
  CONSTRAINT crate_key PRIMARY KEY (id, arrived, region)
) PARTITION BY RANGE (arrived);

CREATE INDEX crate_by_weight ON depot.crate (weight);

CREATE TABLE depot.crate_old PARTITION OF depot.crate FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE depot.crate_new PARTITION OF depot.crate (weight DEFAULT 2)
  FOR VALUES FROM ('2020-01-01') TO ('2030-01-01') PARTITION BY LIST (region);
CREATE TABLE depot.crate_new_north PARTITION OF depot.crate_new FOR VALUES IN ('north', 'far north');
CREATE TABLE depot.crate_new_rest PARTITION OF depot.crate_new DEFAULT;
CREATE TABLE depot."Crate rest" (region text NOT NULL, id bigint NOT NULL, weight numeric, arrived date NOT NULL,
  CONSTRAINT crate_weighs CHECK (weight > 0), CONSTRAINT light CHECK (weight < 1000),
  CONSTRAINT "own name" PRIMARY KEY (id, arrived, region));
ALTER TABLE depot.crate ATTACH PARTITION depot."Crate rest" DEFAULT;

CREATE TABLE depot.shelf (label text NOT NULL, level int) PARTITION BY HASH (label);
CREATE TABLE depot.shelf_0 PARTITION OF depot.shelf FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE depot.shelf_1 PARTITION OF depot.shelf FOR VALUES WITH (modulus 2, remainder 1);
