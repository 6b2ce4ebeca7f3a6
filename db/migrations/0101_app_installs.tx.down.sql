DROP TABLE app_installs;
