-- roles: pw_reader, pw_writer, pw_clerk
CREATE TABLE ledger (id integer, amount numeric);
CREATE TABLE diary (id integer);
CREATE VIEW sums AS SELECT sum(amount) AS total FROM ledger;
ALTER TABLE ledger OWNER TO pw_writer;
GRANT SELECT ON ledger TO pw_reader;
GRANT SELECT ON sums TO pw_reader;
GRANT INSERT ON diary TO pw_reader;
ALTER VIEW sums OWNER TO pw_clerk;
REVOKE DELETE ON ledger FROM pw_writer;
