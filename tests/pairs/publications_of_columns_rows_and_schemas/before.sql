CREATE SCHEMA app;
CREATE SCHEMA more;
CREATE TABLE news (id integer PRIMARY KEY, topic text, body text);
CREATE TABLE letters (id integer PRIMARY KEY, kind text);
CREATE PUBLICATION daily FOR TABLE news (id, topic) WHERE (id > 10), letters WHERE (id < 3);
CREATE PUBLICATION wide FOR TABLES IN SCHEMA app, more;
