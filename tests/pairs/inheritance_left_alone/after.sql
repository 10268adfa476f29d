CREATE TABLE stone (weight int);
CREATE TABLE gem (hue text, cut text) INHERITS (stone);
CREATE TABLE pebble () INHERITS (stone);
ALTER TABLE gem ADD CONSTRAINT heavy CHECK (weight > 0);
