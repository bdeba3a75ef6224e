-- What the rules of other places ask of a line: the power applied for, and how many ducts it has.
ALTER TABLE routes ADD COLUMN power_kw DOUBLE;
ALTER TABLE routes ADD COLUMN duct_holes DOUBLE;
ALTER TABLE route_history ADD COLUMN power_kw DOUBLE;
ALTER TABLE route_history ADD COLUMN duct_holes DOUBLE;
