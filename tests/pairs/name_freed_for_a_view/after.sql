CREATE TABLE books (title text);
CREATE VIEW cheap AS SELECT title FROM books;
