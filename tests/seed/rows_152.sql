-- Rows as they can be before 153: every cluster has a model, and no two clusters share the coming natural key.
INSERT INTO organizations (id, name) VALUES
    ('00000000-0000-0000-0000-000000000001', 'First'),
    ('00000000-0000-0000-0000-000000000002', 'Second');
INSERT INTO user_profiles (user_id, active_organization_id, email) VALUES
    ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 'one@example.org');
INSERT INTO ml_models (id, organization_id, external_model_id, model_name, training_start_date) VALUES
    ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000001', 'ext-1', 'Model 1', '2026-01-01'),
    ('00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-000000000002', 'ext-2', 'Model 2', NULL);
INSERT INTO clusters (id, organization_id, external_cluster_id, model_id, name, subcluster_name, kb_status, config) VALUES
    ('00000000-0000-0000-0000-000000000021', '00000000-0000-0000-0000-000000000001', 'c-1',
     '00000000-0000-0000-0000-000000000011', 'Network', NULL, 'FOUND', '{"auto_respond": true}'),
    ('00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000001', 'c-2',
     '00000000-0000-0000-0000-000000000011', 'Network', 'VPN', 'GAP', '{}'),
    ('00000000-0000-0000-0000-000000000023', '00000000-0000-0000-0000-000000000002', 'c-1',
     '00000000-0000-0000-0000-000000000012', 'Network', NULL, NULL, NULL);
INSERT INTO tickets (id, organization_id, cluster_id, external_id, subject, external_status) VALUES
    ('00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-000000000001',
     '00000000-0000-0000-0000-000000000021', 't-1', 'It''s down', 'open'),
    ('00000000-0000-0000-0000-000000000032', '00000000-0000-0000-0000-000000000001', NULL, 't-2', 'Later', 'open');
INSERT INTO blobs (blob_id, digest, data) VALUES ('00000000-0000-0000-0000-000000000041', 'digest', '\x00ff');
INSERT INTO blob_metadata (id, organization_id, user_id, filename, file_size, mime_type, blob_id) VALUES
    ('00000000-0000-0000-0000-000000000051', '00000000-0000-0000-0000-000000000001',
     '00000000-0000-0000-0000-0000000000a1', 'a.md', 2, 'text/markdown', '00000000-0000-0000-0000-000000000041');
INSERT INTO cluster_kb_links (organization_id, cluster_id, blob_metadata_id) VALUES
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000021',
     '00000000-0000-0000-0000-000000000051');
INSERT INTO data_source_connections (id, organization_id, type, name, created_by, updated_by) VALUES
    ('00000000-0000-0000-0000-000000000061', '00000000-0000-0000-0000-000000000001', 'confluence', 'Wiki',
     '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000a1');
INSERT INTO ingestion_runs (organization_id, data_source_connection_id, started_by) VALUES
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000061',
     '00000000-0000-0000-0000-0000000000a1');
