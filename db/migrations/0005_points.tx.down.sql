DROP TABLE stage_changes, member_stages, stages, point_holds, point_lots, point_entries, point_bookings, point_accounts;
