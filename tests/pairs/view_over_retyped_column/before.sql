CREATE TABLE reading (id integer PRIMARY KEY, celsius integer NOT NULL);
CREATE VIEW warm AS SELECT id, celsius FROM reading WHERE celsius > 25;
CREATE VIEW hot AS SELECT id FROM warm WHERE celsius > 35;
COMMENT ON VIEW hot IS 'hot ones';
COMMENT ON COLUMN warm.celsius IS 'degrees';
