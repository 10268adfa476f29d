INSERT INTO items (id, name) VALUES (1, 'one'), (2, 'two'), (3, 'it''s \three');
