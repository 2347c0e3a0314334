// Prints the manifests of a YAML file as one JSON list. usage: node manifests.mjs FILE
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const documents = parseAllDocuments(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(documents.map((document) => document.toJS()).filter((manifest) => manifest !== null)));
