INSERT INTO items VALUES (1, 'A@b'), (2, NULL);
