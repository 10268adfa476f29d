INSERT INTO items VALUES (1, NULL, 'one'), (2, 1, 'two');
