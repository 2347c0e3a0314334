// Checks values of a chart against its schema, as helm install does. usage: node values.mjs SCHEMA FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";

const Ajv = createRequire(import.meta.url)("ajv").default;
const isRight = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
  .compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
if (!isRight(parse(readFileSync(process.argv[3], "utf8"), { merge: true, uniqueKeys: true }))) {
  for (const error of isRight.errors) {
    console.log(`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  process.exit(1);
}
