-- Minor units follow ISO 4217 from here on. Until now they followed CLDR, which gives these currencies none: what is stored in whole
-- units is scaled, once. A program from before this reads and writes such amounts a hundred times (IQD: a thousand times) too large.
WITH scale ("currency", "factor") AS (
    VALUES ('AFN', 100), ('ALL', 100), ('COP', 100), ('HUF', 100), ('IDR', 100), ('IQD', 1000), ('IRR', 100), ('KPW', 100), ('LAK', 100),
        ('LBP', 100), ('MGA', 100), ('MMK', 100), ('PKR', 100), ('SLL', 100), ('SOS', 100), ('SYP', 100), ('YER', 100)
), lines AS (
    UPDATE "order_line" l SET "unit_minor" = l."unit_minor" * s."factor"
    FROM "customer_order" o JOIN scale s ON s."currency" = o."currency"
    WHERE l."order_id" = o."id"
), staged AS (
    -- Orders of files that are checked and not written yet: their amounts are within.
    UPDATE "order_import_row" r SET "data" = jsonb_set(r."data", '{lines}', (
        SELECT jsonb_agg(jsonb_set(x.line, '{unitMinor}', to_jsonb((x.line->>'unitMinor')::bigint * s."factor")) ORDER BY x.place)
        FROM jsonb_array_elements(r."data"->'lines') WITH ORDINALITY AS x (line, place)))
    FROM scale s
    WHERE s."currency" = r."data"->>'currency'
)
UPDATE "customer_order" o SET "total_minor" = o."total_minor" * s."factor"
FROM scale s
WHERE s."currency" = o."currency";
