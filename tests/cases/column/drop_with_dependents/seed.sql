INSERT INTO items VALUES (1, 'k', 'c', 5, NULL), (2, 'l', 'd', 50, 1);
