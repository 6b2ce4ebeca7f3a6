DROP TABLE stage_changes, member_stages, stages;
DROP FUNCTION point_spend, point_grant, point_event_kind;
DROP TABLE point_holds, point_lots, point_entries, point_bookings, point_accounts;
DROP FUNCTION point_entries_balance;
