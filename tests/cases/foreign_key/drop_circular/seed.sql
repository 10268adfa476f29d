INSERT INTO groups VALUES (1, NULL); INSERT INTO items VALUES (1, 1); UPDATE groups SET favourite_id = 1;
