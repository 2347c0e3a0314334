// Checks a Dockerfile. usage: node dockerfile.mjs FILE ; prints one line a finding.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { validate } = createRequire(import.meta.url)("dockerfile-utils");
const found = validate(readFileSync(process.argv[2], "utf8"));
for (const { range, message } of found) {
  console.log(`${range.start.line + 1}: ${message}`);
}
process.exit(found.length === 0 ? 0 : 1);
