-- roles: lock_owner
-- What is there in every case. `-- case:` begins one: what it has before, then, below `-- after`, what changes.
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 20);
CREATE DOMAIN free AS text;
CREATE DOMAIN named AS text DEFAULT 'x';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION own_volatile() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT (random() * 10)::integer';
CREATE TABLE p (id integer PRIMARY KEY, name text, code text UNIQUE);
CREATE TABLE t (
  id integer PRIMARY KEY, pid integer, a text, b integer, v varchar(10), n numeric(10,2), u varchar(20),
  at timestamp, d date, s short, f free, ip cidr, words varchar(10)[], gone text
);
CREATE TABLE "Odd ""T""" (id integer PRIMARY KEY, "A b" text);
CREATE VIEW shown AS SELECT id, a FROM t;
CREATE MATERIALIZED VIEW kept AS SELECT id, a FROM t;
CREATE TABLE pt (id integer NOT NULL, k integer NOT NULL, x text) PARTITION BY RANGE (k);
CREATE TABLE pt_1 PARTITION OF pt FOR VALUES FROM (0) TO (100);
CREATE TABLE pt_2 PARTITION OF pt FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (k);
CREATE TABLE pt_2a PARTITION OF pt_2 FOR VALUES FROM (100) TO (150);
CREATE TABLE pt_d PARTITION OF pt DEFAULT;
CREATE TABLE base (id integer, x text);
CREATE TABLE heir () INHERITS (base);
CREATE TABLE grandchild () INHERITS (heir);
INSERT INTO p SELECT n, 'name ' || n, 'code ' || n FROM generate_series(1, 300) AS n;
INSERT INTO t SELECT n, n, 'a' || n, n, 'v' || n, n, 'u' || n, now(), now(), 's' || n, 'f', '10.0.0.0/8', '{a}'
FROM generate_series(1, 300) AS n;
INSERT INTO "Odd ""T""" VALUES (1, 'x');
INSERT INTO pt SELECT n, n % 150, 'x' FROM generate_series(1, 300) AS n;
INSERT INTO pt VALUES (1000, 1000, 'x');
INSERT INTO base VALUES (1, 'x');
INSERT INTO heir VALUES (1, 'x');
INSERT INTO grandchild VALUES (1, 'x');
-- case: add column nullable
-- after
ALTER TABLE t ADD x text;
-- case: add column to an odd name
-- after
ALTER TABLE "Odd ""T""" ADD "X y" text NOT NULL DEFAULT '';
-- case: add column constant default not null
-- after
ALTER TABLE t ADD x integer NOT NULL DEFAULT 1;
-- case: add column stable default
-- after
ALTER TABLE t ADD x timestamptz DEFAULT now();
-- case: add column volatile default
-- after
ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid();
-- case: add column clock
-- after
ALTER TABLE t ADD x timestamptz DEFAULT clock_timestamp();
-- case: add column own volatile function
-- after
ALTER TABLE t ADD x integer DEFAULT own_volatile();
-- case: add column stored generated
-- after
ALTER TABLE t ADD x integer GENERATED ALWAYS AS (b * 2) STORED;
-- case: add column virtual generated
-- postgres: 18
-- after
ALTER TABLE t ADD x integer GENERATED ALWAYS AS (b * 2) VIRTUAL;
-- case: add column identity
-- after
ALTER TABLE t ADD x integer GENERATED ALWAYS AS IDENTITY;
-- case: add column serial
-- after
ALTER TABLE t ADD x serial;
-- case: add column constrained domain
-- after
ALTER TABLE t ADD x short;
-- case: add column constrained domain with default
-- after
ALTER TABLE t ADD x short DEFAULT 'a';
-- case: add column free domain
-- after
ALTER TABLE t ADD x free;
-- case: add column domain with a default
-- after
ALTER TABLE t ADD x named;
-- case: add column enum with default
-- after
ALTER TABLE t ADD x mood DEFAULT 'sad';
-- case: add column with a check
-- after
ALTER TABLE t ADD x integer DEFAULT 1 CHECK (x > 0);
-- case: add column with a reference
-- weaker: the column holds nothing, so that nothing is looked for in the other table
-- after
ALTER TABLE t ADD x integer REFERENCES p;
-- case: add column unique
-- after
ALTER TABLE t ADD x integer UNIQUE;
-- case: add column to parents
-- after
ALTER TABLE pt ADD y text;
ALTER TABLE base ADD y text DEFAULT 'a';
-- case: add volatile column to parents
-- after
ALTER TABLE pt ADD y uuid DEFAULT gen_random_uuid();
ALTER TABLE base ADD y uuid DEFAULT gen_random_uuid();
-- case: drop column with a view on the table
-- after
ALTER TABLE t DROP gone;
-- case: set and drop default
-- after
ALTER TABLE t ALTER b SET DEFAULT 1;
-- case: set not null
-- after
ALTER TABLE t ALTER b SET NOT NULL;
-- case: set not null with a valid check
ALTER TABLE t ADD CONSTRAINT b_there CHECK (b IS NOT NULL);
-- after
ALTER TABLE t ALTER b SET NOT NULL;
-- case: set not null on parents
-- after
ALTER TABLE pt ALTER x SET NOT NULL;
ALTER TABLE base ALTER x SET NOT NULL;
-- case: varchar wider
-- after
ALTER TABLE t ALTER u TYPE varchar(30);
-- case: varchar to text
-- after
ALTER TABLE t ALTER v TYPE text;
-- case: text to varchar without limit
-- after
ALTER TABLE t ALTER gone TYPE varchar;
-- case: indexed text to varchar
CREATE INDEX t_gone ON t (gone);
-- after
ALTER TABLE t ALTER gone TYPE varchar;
-- case: integer to bigint
-- after
ALTER TABLE t ALTER b TYPE bigint;
-- case: numeric wider
-- after
ALTER TABLE t ALTER n TYPE numeric(12,2);
-- case: numeric without limit
-- after
ALTER TABLE t ALTER n TYPE numeric;
-- case: numeric of another scale
-- after
ALTER TABLE t ALTER n TYPE numeric(12,3);
-- case: timestamp with and without zone
-- after
ALTER TABLE t ALTER at TYPE timestamptz;
-- case: timestamp of a precision
-- after
ALTER TABLE t ALTER at TYPE timestamp(3);
-- case: date to timestamp
-- after
ALTER TABLE t ALTER d TYPE timestamp;
-- case: text to enum
ALTER TABLE t ADD m text;
-- after
ALTER TABLE t ALTER m TYPE mood USING m::mood;
-- case: domain to its base
-- after
ALTER TABLE t ALTER s TYPE text, ALTER f TYPE text;
-- case: cidr to inet
-- after
ALTER TABLE t ALTER ip TYPE inet;
-- case: array of wider
-- after
ALTER TABLE t ALTER words TYPE varchar(20)[];
-- case: array to array of text
-- after
ALTER TABLE t ALTER words TYPE text[];
-- case: another collation
-- after
ALTER TABLE t ALTER gone TYPE text COLLATE "C";
-- case: another collation of an indexed column
CREATE INDEX t_gone ON t (gone);
-- after
ALTER TABLE t ALTER gone TYPE text COLLATE "C";
-- case: type of a parent's column
-- after
ALTER TABLE pt ALTER id TYPE bigint;
ALTER TABLE base ALTER id TYPE bigint;
-- case: type of a generated column
ALTER TABLE t ADD g integer GENERATED ALWAYS AS (b * 2) STORED;
-- after
ALTER TABLE t ALTER g TYPE bigint;
-- case: expression dropped
ALTER TABLE t ADD g integer GENERATED ALWAYS AS (b * 2) STORED;
-- after
ALTER TABLE t ALTER g DROP EXPRESSION;
-- case: identity added to a column
-- after
ALTER TABLE t ALTER id ADD GENERATED BY DEFAULT AS IDENTITY;
-- case: identity changed
ALTER TABLE t ALTER id ADD GENERATED BY DEFAULT AS IDENTITY;
-- after
ALTER TABLE t ALTER id SET GENERATED ALWAYS;
-- case: check
-- after
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0);
-- case: check not valid
-- after
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0) NOT VALID;
-- case: check validated
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0) NOT VALID;
-- after
ALTER TABLE t VALIDATE CONSTRAINT c;
-- case: check on parents
-- after
ALTER TABLE pt ADD CONSTRAINT c CHECK (id > 0);
ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0);
-- case: check on parents validated
ALTER TABLE pt ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- after
ALTER TABLE pt VALIDATE CONSTRAINT c;
ALTER TABLE base VALIDATE CONSTRAINT c;
-- case: constraint renamed
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0);
-- after
ALTER TABLE t RENAME CONSTRAINT c TO d;
-- case: key renamed
-- after
ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk;
-- case: foreign key
-- after
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- case: foreign key not valid
-- after
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p NOT VALID;
-- case: foreign key validated
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p NOT VALID;
-- after
ALTER TABLE t VALIDATE CONSTRAINT fk;
-- case: foreign key to itself
-- after
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES t;
-- case: foreign key deferrable
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE t ALTER CONSTRAINT fk DEFERRABLE;
-- case: foreign key that cascades
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE t DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p ON DELETE CASCADE;
-- case: foreign key of a partitioned table
DELETE FROM pt WHERE id > 300;
-- after
ALTER TABLE pt ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES p;
-- case: foreign key of a parent
-- after
ALTER TABLE base ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES p;
-- case: foreign key enforced
-- postgres: 18
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p NOT ENFORCED;
-- after
ALTER TABLE t ALTER CONSTRAINT fk ENFORCED;
-- case: not null not valid
-- postgres: 18
ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b NOT VALID;
-- after
ALTER TABLE t VALIDATE CONSTRAINT b_there;
-- case: unique
-- after
ALTER TABLE t ADD CONSTRAINT uq UNIQUE (b);
-- case: unique on a partitioned table
-- after
ALTER TABLE pt ADD CONSTRAINT uq UNIQUE (id, k);
-- case: primary key
CREATE TABLE bare (id integer, x text);
INSERT INTO bare VALUES (1, 'x');
-- after
ALTER TABLE bare ADD PRIMARY KEY (id);
-- case: exclusion
-- after
ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING btree (b WITH =);
-- case: index
-- after
CREATE INDEX i ON t (b);
-- case: unique index
-- after
CREATE UNIQUE INDEX i ON t (b) WHERE b > 0;
-- case: index on a partitioned table
-- after
CREATE INDEX i ON pt (x);
-- case: index on a partitioned table only
-- after
CREATE INDEX i ON ONLY pt (x);
-- case: index renamed
CREATE INDEX i ON t (b);
-- after
ALTER INDEX i RENAME TO j;
-- case: index parameter
CREATE INDEX i ON t (b);
-- after
ALTER INDEX i SET (fillfactor = 50);
-- case: trigger
-- after
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- case: trigger replaced
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- after
CREATE OR REPLACE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- case: trigger disabled
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- after
ALTER TABLE t DISABLE TRIGGER g;
-- case: trigger renamed
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- after
ALTER TRIGGER g ON t RENAME TO h;
-- case: trigger on a partitioned table
-- after
CREATE TRIGGER g AFTER UPDATE ON pt FOR EACH ROW EXECUTE FUNCTION touch();
-- case: trigger of statements on a partitioned table
-- after
CREATE TRIGGER g AFTER UPDATE ON pt FOR EACH STATEMENT EXECUTE FUNCTION touch();
-- case: constraint trigger
-- after
CREATE CONSTRAINT TRIGGER g AFTER UPDATE ON t FROM p FOR EACH ROW EXECUTE FUNCTION touch();
-- case: trigger on a view
-- after
CREATE TRIGGER g INSTEAD OF UPDATE ON shown FOR EACH ROW EXECUTE FUNCTION touch();
-- case: rule
-- after
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
-- case: row level security
-- after
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
-- case: policy
-- after
CREATE POLICY y ON t USING (b > 0);
-- case: policy changed
CREATE POLICY y ON t USING (b > 0);
-- after
ALTER POLICY y ON t USING (b > 1);
-- case: view
-- after
CREATE VIEW w AS SELECT b FROM t;
-- case: view replaced
-- after
CREATE OR REPLACE VIEW shown AS SELECT id, a, b FROM t;
-- case: view options
-- after
ALTER VIEW shown SET (security_barrier = true);
-- case: view over a retyped column
-- after
DROP VIEW shown; DROP MATERIALIZED VIEW kept;
ALTER TABLE t ALTER a TYPE varchar(40);
CREATE VIEW shown AS SELECT id, a FROM t;
CREATE MATERIALIZED VIEW kept AS SELECT id, a FROM t;
-- case: materialized view gone
-- after
DROP MATERIALIZED VIEW kept;
-- case: index on a materialized view
-- after
CREATE INDEX i ON kept (a);
-- case: partition attached
CREATE TABLE pt_3 (id integer NOT NULL, k integer NOT NULL, x text);
INSERT INTO pt_3 VALUES (1, 300, 'x');
-- after
ALTER TABLE pt ATTACH PARTITION pt_3 FOR VALUES FROM (300) TO (400);
-- case: partition attached with a key
CREATE TABLE pt_3 (id integer NOT NULL, k integer NOT NULL, x text);
INSERT INTO pt_3 VALUES (1, 300, 'x');
DELETE FROM pt WHERE id > 300;
ALTER TABLE pt ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES p;
-- after
ALTER TABLE pt ATTACH PARTITION pt_3 FOR VALUES FROM (300) TO (400);
-- case: partition made
-- after
CREATE TABLE pt_3 PARTITION OF pt FOR VALUES FROM (300) TO (400);
-- case: partition detached
-- after
ALTER TABLE pt DETACH PARTITION pt_1;
-- case: partition of partitions detached
-- after
ALTER TABLE pt DETACH PARTITION pt_2;
-- case: partition dropped
-- after
DROP TABLE pt_1;
-- case: inheritance begins
CREATE TABLE other (id integer, x text);
INSERT INTO other VALUES (1, 'x');
-- after
ALTER TABLE other INHERIT base;
-- case: heir made
-- after
CREATE TABLE other () INHERITS (base);
-- case: enum value
-- after
ALTER TYPE mood ADD VALUE 'calm';
-- case: domain check
-- after
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '');
-- case: domain check not valid
-- after
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID;
-- case: domain check validated
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID;
-- after
ALTER DOMAIN short VALIDATE CONSTRAINT c;
-- case: domain not null
-- after
ALTER DOMAIN short SET NOT NULL;
-- case: domain over a domain
CREATE DOMAIN shorter AS short;
ALTER TABLE p ADD s shorter;
ALTER TABLE pt ADD s shorter;
-- after
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '');
-- case: comments
-- after
COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'x'; COMMENT ON VIEW shown IS 'x'; COMMENT ON COLUMN shown.a IS 'x';
COMMENT ON MATERIALIZED VIEW kept IS 'x'; COMMENT ON INDEX t_pkey IS 'x'; COMMENT ON CONSTRAINT t_pkey ON t IS 'x';
-- case: grants
-- after
GRANT SELECT ON t TO PUBLIC; GRANT SELECT (name) ON p TO PUBLIC;
-- case: column settings
-- after
ALTER TABLE t ALTER a SET STATISTICS 50; ALTER TABLE t ALTER a SET STORAGE external; ALTER TABLE t ALTER a SET COMPRESSION pglz;
ALTER TABLE t ALTER b SET (n_distinct = 5);
-- case: table parameters
-- after
ALTER TABLE t SET (fillfactor = 50); ALTER TABLE p SET (user_catalog_table = true);
-- case: unlogged
CREATE TABLE alone (id integer PRIMARY KEY);
INSERT INTO alone VALUES (1);
-- after
ALTER TABLE alone SET UNLOGGED;
-- case: clustered
-- after
ALTER TABLE t CLUSTER ON t_pkey;
-- case: replica identity
-- after
ALTER TABLE t REPLICA IDENTITY FULL;
-- case: statistics
-- after
CREATE STATISTICS st ON a, b FROM t;
-- case: publication
-- after
CREATE PUBLICATION pb FOR TABLE p, t;
-- case: tables dropped
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
DROP VIEW shown; DROP MATERIALIZED VIEW kept; DROP TABLE t;
-- case: table with a key made
-- after
CREATE TABLE new (id integer PRIMARY KEY, pid integer REFERENCES p, tid integer REFERENCES t);
-- case: table with a key to a partitioned table
ALTER TABLE pt ADD PRIMARY KEY (id, k);
-- after
CREATE TABLE new (id integer, k integer, FOREIGN KEY (id, k) REFERENCES pt);
-- case: sequence
CREATE SEQUENCE sq;
-- after
ALTER SEQUENCE sq INCREMENT 2 OWNED BY t.id;
-- case: key of a parent
-- after
ALTER TABLE base ADD CONSTRAINT uq UNIQUE (id);
-- case: index on a parent
-- after
CREATE INDEX i ON base (id);
-- case: trigger on a parent
-- after
CREATE TRIGGER g AFTER UPDATE ON base FOR EACH ROW EXECUTE FUNCTION touch();
-- case: column of parents dropped
-- after
ALTER TABLE pt DROP x; ALTER TABLE base DROP x;
-- case: owners
-- after
ALTER TABLE t OWNER TO lock_owner; ALTER VIEW shown OWNER TO lock_owner; ALTER MATERIALIZED VIEW kept OWNER TO lock_owner;
ALTER TABLE pt OWNER TO lock_owner;
-- case: columns renamed
-- rename: column public.t.b to c
-- rename: column public.pt.x to y
-- rename: column public.base.x to y
-- after
ALTER TABLE t RENAME b TO c; ALTER TABLE pt RENAME x TO y; ALTER TABLE base RENAME x TO y;
-- case: relations renamed
-- rename: table public.base to "B"
-- rename: view public.shown to seen
-- rename: materialized view public.kept to had
-- after
ALTER TABLE base RENAME TO "B"; ALTER VIEW shown RENAME TO seen; ALTER MATERIALIZED VIEW kept RENAME TO had;
