SELECT pid, died_on
FROM persons
WHERE died_on IS NOT NULL
