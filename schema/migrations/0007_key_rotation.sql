-- Wrapping keys come and go. Which ones are in use is asked at every start, so it must not cost a
-- look at every subject.
CREATE INDEX subject_keys_by_wrapping_key
  ON event_log.subject_keys (tenant_id, wrapping_key_id, subject_id)
  WHERE wrapping_key_id IS NOT NULL;

-- When the wrapping key was lost for good and the subject got a new key: what was sealed before that
-- stays closed for ever, and is no forgery.
ALTER TABLE event_log.subject_keys ADD COLUMN lost_at timestamptz;
ALTER TYPE event_log.subject_key_state ADD ATTRIBUTE lost_at timestamptz;
