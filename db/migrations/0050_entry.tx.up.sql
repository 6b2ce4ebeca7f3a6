-- Staff who write a customer down may also meet somebody of the same name or mail address, and tell the two apart.
ALTER TABLE identity_candidates
    DROP CONSTRAINT identity_candidates_reason_check,
    ADD CONSTRAINT identity_candidates_reason_check CHECK (reason IN ('LINKED','NAME_ADDRESS','PHONE','ADDRESS_FAMILY','ADDRESS_GIVEN','MAIL','NAME'));
