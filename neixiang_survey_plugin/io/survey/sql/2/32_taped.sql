-- The fingerprint of the line's course for which a figure was taped; empty for other facts.
ALTER TABLE confirmed_facts ADD COLUMN of_line TEXT;
