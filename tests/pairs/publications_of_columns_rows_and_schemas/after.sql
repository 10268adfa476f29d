-- postgres: 15
CREATE SCHEMA app;
CREATE SCHEMA third;
CREATE TABLE news (id bigint PRIMARY KEY, body text);
CREATE TABLE letters (id integer PRIMARY KEY, kind text);
CREATE PUBLICATION daily FOR TABLE news (id, body), letters WHERE (id < 4);
CREATE PUBLICATION wide FOR TABLES IN SCHEMA app, third;
