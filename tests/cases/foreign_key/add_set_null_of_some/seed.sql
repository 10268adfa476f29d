INSERT INTO groups VALUES (1, 'a'); INSERT INTO items VALUES (1, 1, 'a');
