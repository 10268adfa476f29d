-- An heir goes from one parent to another, and the names of what it inherited as NOT NULL stay taken.
CREATE TABLE authors (born date NOT NULL);
CREATE TABLE poets () INHERITS (authors);
