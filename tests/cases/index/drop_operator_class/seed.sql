INSERT INTO items VALUES (1, 'one', 1, '{a}', '{}'), (2, 'two', NULL, '{}', '[1]');
