create unique index checkpoint_serves on rm.checkpoint (read_model, authority) where serves;
