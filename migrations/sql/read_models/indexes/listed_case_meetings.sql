create index listed_case_meetings on rm.listed_case using gin (meetings);
