INSERT INTO items VALUES (1, 'ab', '{cd,ef}'), (2, NULL, NULL);
