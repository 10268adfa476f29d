-- roles: clerk
-- One waits for all others, the other comes last.
CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION noted();
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO clerk;
