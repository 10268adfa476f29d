CREATE TABLE a (id integer CONSTRAINT a_has_id NOT NULL, b integer NOT NULL, c integer, d integer NOT NULL NO INHERIT, w integer GENERATED ALWAYS AS (b * 2) VIRTUAL);
ALTER TABLE a ADD CONSTRAINT c_there NOT NULL c NOT VALID;
ALTER TABLE a ADD CONSTRAINT lax CHECK (b > 0) NOT ENFORCED;
CREATE TABLE period (id int4range, during daterange, CONSTRAINT period_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE used (id int4range, during daterange, CONSTRAINT used_fkey FOREIGN KEY (id, PERIOD during) REFERENCES period (id, PERIOD during));
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE r (t_id integer CONSTRAINT r_fkey REFERENCES t NOT ENFORCED, u_id integer CONSTRAINT u_fkey REFERENCES t);
