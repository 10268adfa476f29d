CREATE TABLE stone (weight int, hue text, CONSTRAINT heavy CHECK (weight > 0));
CREATE TABLE gem (hue text, cut text) INHERITS (stone);
CREATE TABLE pebble () INHERITS (stone);
