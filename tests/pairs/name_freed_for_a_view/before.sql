CREATE TABLE books (title text, price integer);
CREATE INDEX cheap ON books (price);
CREATE VIEW titles AS SELECT title FROM books;
