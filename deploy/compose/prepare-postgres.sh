#!/bin/sh
# Makes the databases of other programs and the role that Aurum works as: neither owner of tables nor above row-level security.
set -eu
for name in nessie marquez; do
  psql -tAc "SELECT 1 FROM pg_database WHERE datname = '$name'" | grep -q 1 || createdb "$name"
done
# The password goes through standard input and a variable of psql, so that it is in no list of processes and quoted as it must be.
psql -v ON_ERROR_STOP=1 -q <<SQL
\set password \`printf %s "\$AURUM_APP_PASSWORD"\`
SELECT 'CREATE ROLE aurum_app LOGIN NOSUPERUSER NOBYPASSRLS' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aurum_app')
\gexec
ALTER ROLE aurum_app PASSWORD :'password';
GRANT CONNECT ON DATABASE aurum TO aurum_app;
SQL
