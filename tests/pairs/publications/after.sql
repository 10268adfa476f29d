CREATE TABLE news (id bigint PRIMARY KEY, topic text, body text);
CREATE TABLE letters (id integer PRIMARY KEY);
CREATE TABLE fresh (id integer PRIMARY KEY);
CREATE PUBLICATION daily FOR TABLE news, fresh WITH (publish = 'insert, delete', publish_via_partition_root = true);
CREATE PUBLICATION all_of_it FOR TABLE letters;
CREATE PUBLICATION silent WITH (publish = '');
COMMENT ON PUBLICATION all_of_it IS 'all';
ALTER PUBLICATION daily OWNER TO pw_reader;
