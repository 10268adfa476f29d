CREATE TABLE parent (id integer NOT NULL, note text);
CREATE TABLE child () INHERITS (parent);
