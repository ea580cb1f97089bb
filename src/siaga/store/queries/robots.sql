-- What servers said of robots.
SELECT origin, verdict, text, moment FROM robots
