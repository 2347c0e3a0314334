// Holds documents against a JSON Schema with ajv: one document a line on standard input, one answer a line.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(process.argv[2], 'utf8')));

for await (const line of createInterface({ input: process.stdin })) {
  const valid = validate(JSON.parse(line));
  console.log(JSON.stringify({
    valid,
    errors: (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`),
  }));
}
