-- A parent refers to the key of its own heir, of a column that the heir inherits.
CREATE TABLE unrelated (id integer);
