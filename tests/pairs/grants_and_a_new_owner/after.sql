CREATE TABLE ledger (id integer, amount integer);
CREATE TABLE diary (id integer);
CREATE VIEW sums AS SELECT sum(amount) AS total FROM ledger;
ALTER TABLE ledger OWNER TO pw_reader;
ALTER TABLE diary OWNER TO pw_reader;
GRANT SELECT ON ledger TO pw_writer;
GRANT SELECT ON sums TO pw_reader;
ALTER VIEW sums OWNER TO pw_clerk;
