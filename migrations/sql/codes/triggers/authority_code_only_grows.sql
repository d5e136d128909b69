create trigger authority_code_only_grows before update or delete or truncate on es.authority_code
for each statement execute function es.refuse_change();
alter table es.authority_code enable always trigger authority_code_only_grows;
