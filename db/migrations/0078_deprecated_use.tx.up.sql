-- Requests of partner clients that used what is deprecated.
ALTER TABLE api_client_usage ADD COLUMN deprecated bigint NOT NULL DEFAULT 0;
