-- roles: pw_reader, pw_writer, pw_clerk
CREATE TABLE ledger (id integer, amount numeric);
GRANT SELECT, INSERT ON ledger TO pw_writer WITH GRANT OPTION;
SET ROLE pw_writer;
GRANT SELECT ON ledger TO pw_reader WITH GRANT OPTION;
SET ROLE pw_reader;
GRANT SELECT ON ledger TO pw_clerk;
RESET ROLE;
