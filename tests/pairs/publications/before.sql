-- roles: pw_reader
CREATE TABLE news (id integer PRIMARY KEY, topic text, body text);
CREATE TABLE letters (id integer PRIMARY KEY);
CREATE TABLE old (id integer PRIMARY KEY);
CREATE PUBLICATION daily FOR TABLE news, letters, old;
CREATE PUBLICATION all_of_it FOR ALL TABLES;
CREATE PUBLICATION gone FOR TABLE news WITH (publish = 'insert');
COMMENT ON PUBLICATION all_of_it IS 'all';
