-- roles: pw_reader, pw_writer, pw_clerk
CREATE TABLE ledger (id integer, amount numeric, note text);
CREATE VIEW sums AS SELECT sum(amount) AS total FROM ledger;
CREATE SEQUENCE number;
CREATE SCHEMA vault;
CREATE TYPE coin AS ENUM ('dime');
CREATE DOMAIN price AS numeric;
CREATE FUNCTION count_coins(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
GRANT SELECT, INSERT ON ledger TO pw_reader;
GRANT SELECT ON ledger TO pw_writer WITH GRANT OPTION;
GRANT UPDATE (note) ON ledger TO pw_reader;
GRANT INSERT (id) ON ledger TO pw_reader;
GRANT USAGE ON SCHEMA vault TO pw_reader;
REVOKE EXECUTE ON FUNCTION count_coins FROM PUBLIC;
GRANT ALL ON number TO pw_writer;
GRANT SELECT ON sums TO PUBLIC;
