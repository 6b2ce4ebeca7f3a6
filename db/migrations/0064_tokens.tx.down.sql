DROP TABLE token_issuers;
DROP TABLE customer_token_versions;
DROP INDEX customers_merged_into_idx;
