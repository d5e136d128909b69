create unique index listed_case_opened on rm.listed_case (authority, generation, opened);
