CREATE LANGUAGE tongue HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION speaks() RETURNS integer LANGUAGE tongue AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD trees TYPE INDEX HANDLER bthandler;
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE TRANSFORM FOR integer LANGUAGE tongue (FROM SQL WITH FUNCTION from_sql(internal));
