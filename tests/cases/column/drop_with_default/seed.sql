INSERT INTO items VALUES (1, 'one', 5, true), (2, 'two', 6, false);
