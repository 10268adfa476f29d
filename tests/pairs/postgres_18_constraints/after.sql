-- postgres: 18
CREATE TABLE a (id integer NOT NULL, b integer CONSTRAINT b_there NOT NULL, c integer CONSTRAINT c_there NOT NULL, d integer NOT NULL, e integer CONSTRAINT e_there NOT NULL, w integer GENERATED ALWAYS AS (b * 3) VIRTUAL);
ALTER TABLE a ADD CONSTRAINT lax CHECK (b > 0);
CREATE TABLE period (id int4range, during daterange, CONSTRAINT period_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE used (id int4range, during daterange);
CREATE TABLE other (id int4range, during daterange, CONSTRAINT other_key UNIQUE (id, during WITHOUT OVERLAPS));
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE r (t_id integer CONSTRAINT r_fkey REFERENCES t, u_id integer CONSTRAINT u_fkey REFERENCES t NOT ENFORCED);
