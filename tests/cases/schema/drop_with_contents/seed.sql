INSERT INTO audit.events (outcome) VALUES ('done'), ('failed');
