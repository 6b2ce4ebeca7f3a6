-- Addresses that Amazon lends are known again without being kept.
UPDATE identity_keys k SET value = 'sha256:' || left(encode(sha256(convert_to(k.value, 'UTF8')), 'hex'), 32)
FROM shops s WHERE s.id = k.shop_id AND s.mall = 'AMAZON' AND k.kind IN ('MAIL', 'RELAY_MAIL');
UPDATE customer_merge_keys k SET value = 'sha256:' || left(encode(sha256(convert_to(k.value, 'UTF8')), 'hex'), 32)
FROM shops s WHERE s.id = k.shop_id AND s.mall = 'AMAZON' AND k.kind IN ('MAIL', 'RELAY_MAIL');
UPDATE identities k SET value = 'sha256:' || left(encode(sha256(convert_to(k.value, 'UTF8')), 'hex'), 32)
FROM shops s WHERE s.id = k.shop_id AND s.mall = 'AMAZON' AND k.kind IN ('MAIL', 'RELAY_MAIL');
