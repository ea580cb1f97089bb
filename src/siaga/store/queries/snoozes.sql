-- Until when each rule is silent.
SELECT rule, until
FROM alert_snooze
WHERE number IN (SELECT max(number) FROM alert_snooze GROUP BY rule)
