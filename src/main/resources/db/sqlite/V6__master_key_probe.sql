-- One sealed text, by which a start learns whether its master key is this database's.
create table master_key_probe (
    position int not null primary key,
    sealed text not null
);
