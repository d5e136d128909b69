create trigger erasure_only_grows before update or delete or truncate on es.erasure
for each statement execute function es.refuse_change();
alter table es.erasure enable always trigger erasure_only_grows;
