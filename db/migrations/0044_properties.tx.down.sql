DROP TABLE import_property_values;
DROP TABLE property_values;
DROP TABLE properties;
