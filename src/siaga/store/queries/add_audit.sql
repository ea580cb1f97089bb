-- Add a line to the audit trail.
INSERT INTO audit (moment, who, means, deed, object, note)
VALUES (:moment, :who, :means, :deed, :object, :note)
