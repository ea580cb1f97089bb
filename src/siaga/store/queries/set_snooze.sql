-- Let a rule be silent until a moment.
INSERT INTO alert_snooze (rule, until, who, moment) VALUES (:rule, :until, :who, :moment)
