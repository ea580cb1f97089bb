"""Who may do what: accounts, logins, sessions, tokens. `person_of` says who asks; the pages and the API obey it."""
