// Checks Kubernetes manifests against the schemas of their kinds, and that each of their fields is one that the schema knows.
// usage: node kubernetes.mjs FILE ; prints one line a manifest.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

// What the check looks at is what the schema knows: a field that nobody asked for is a misspelt one.
const watched = (node, path, unasked) => {
  if (node === null || typeof node !== "object") {
    return node;
  }
  const isList = Array.isArray(node);
  const copy = isList ? [] : {};
  for (const key of Object.keys(node)) {
    copy[key] = watched(node[key], `${path}/${key}`, unasked);
    if (!isList) {
      unasked.add(`${path}/${key}`);
    }
  }
  return new Proxy(copy, {
    get: (target, key) => {
      unasked.delete(`${path}/${String(key)}`);
      return target[key];
    },
    ownKeys: (target) => {
      Object.keys(target).forEach((key) => unasked.delete(`${path}/${key}`));
      return Reflect.ownKeys(target);
    },
  });
};

// apps/v1 Deployment is IoK8sApiAppsV1Deployment.
const schemaOf = ({ apiVersion, kind }) => {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  const upper = (word) => word[0].toUpperCase() + word.slice(1);
  return `IoK8sApi${upper(group.split(".")[0])}${upper(version)}${kind}`;
};

let failed = 0;
const tell = (isRight, text) => {
  failed += isRight ? 0 : 1;
  console.log(text);
};
for (const document of parseAllDocuments(readFileSync(process.argv[2], "utf8"), { uniqueKeys: true })) {
  if (document.errors.length > 0) {
    tell(false, `BROKEN ${document.errors[0].message}`);
    continue;
  }
  const manifest = document.toJS();
  if (manifest === null) {
    continue;
  }
  const name = `${manifest.apiVersion} ${manifest.kind} ${manifest.metadata?.name}`;
  try {
    const { validate } = await import(`kubernetes-models/_schemas/${schemaOf(manifest)}`);
    const unasked = new Set();
    if (!validate(watched(manifest, "", unasked))) {
      throw new Error(validate.errors.map((error) => `${error.instancePath} ${error.message ?? error.keyword}`).join(", "));
    }
    tell(unasked.size === 0, unasked.size === 0 ? `ok ${name}` : `WRONG ${name}: no field ${[...unasked].join(", ")}`);
  } catch (error) {
    tell(false, `WRONG ${name}: ${error.message}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
