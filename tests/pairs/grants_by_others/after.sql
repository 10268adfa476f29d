CREATE TABLE ledger (id integer, amount numeric);
ALTER TABLE ledger OWNER TO pw_reader;
GRANT UPDATE (amount) ON ledger TO pw_clerk WITH GRANT OPTION;
SET ROLE pw_clerk;
GRANT UPDATE (amount) ON ledger TO pw_writer;
RESET ROLE;
