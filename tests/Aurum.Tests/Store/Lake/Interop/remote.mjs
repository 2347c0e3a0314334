// Reads a table in a bucket with icebird over HTTP, with requests that are signed here; its metadata by icebird's own look at the bucket, or
// by iceberg-js from a REST catalog. Answers requests, one a line, with the rows:
// {"table": "s3://...", "endpoint", "key", "secret", "ref", "snapshot", "catalog": {"url", "warehouse", "token", "namespace", "name"}}.
import { createHash, createHmac } from 'node:crypto'
import readline from 'node:readline'
import { IcebergRestCatalog } from 'iceberg-js'
import { icebergMetadata, icebergRead } from 'icebird'

const plainFetch = globalThis.fetch
const amazon = /^https:\/\/([^.]+)\.s3\.amazonaws\.com\/([^?]*)\??(.*)$/
const region = 'us-east-1'
let server

const hash = text => createHash('sha256').update(text).digest('hex')
const mac = (key, text) => createHmac('sha256', key).update(text).digest()
const escaped = text => encodeURIComponent(text).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase())

// Signature version 4, as the manual of Amazon S3 has it.
function signed(method, url, headers) {
  const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = `${now.slice(0, 8)}/${region}/s3/aws4_request`
  const all = { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-date': now }
  const names = Object.keys(all).sort()
  const request = [
    method, url.pathname, url.search.slice(1), ...names.map(n => `${n}:${all[n]}`), '', names.join(';'), 'UNSIGNED-PAYLOAD',
  ].join('\n')
  const key = ['aws4_request', 's3', region, now.slice(0, 8)].reduceRight((k, part) => mac(k, part), 'AWS4' + server.secret)
  const signature = createHmac('sha256', key).update(['AWS4-HMAC-SHA256', now, scope, hash(request)].join('\n')).digest('hex')
  headers.set('x-amz-date', now)
  headers.set('x-amz-content-sha256', 'UNSIGNED-PAYLOAD')
  headers.set('authorization', `AWS4-HMAC-SHA256 Credential=${server.key}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`)
}

globalThis.fetch = (address, init = {}) => {
  const found = amazon.exec(String(address))
  if (!found) return plainFetch(address, init)
  const [, bucket, path, query] = found
  const pairs = [...new URLSearchParams(query)].map(([n, v]) => `${escaped(n)}=${escaped(v)}`).sort()
  const key = decodeURIComponent(path).split('/').map(escaped).join('/')
  const url = new URL(`${server.endpoint}/${bucket}/${key}${pairs.length ? '?' + pairs.join('&') : ''}`)
  const headers = new Headers(init.headers)
  signed(init.method ?? 'GET', url, headers)
  return plainFetch(url, { ...init, headers })
}

const plain = (key, value) => typeof value === 'bigint' ? Number(value) : value === undefined ? null : value

async function ofCatalog({ url, warehouse, token, namespace, name }) {
  const catalog = new IcebergRestCatalog({ baseUrl: url, warehouse, auth: { type: 'bearer', token } })
  const { namespaces } = await catalog.listNamespaces()
  const { identifiers } = await catalog.listTables({ namespace: [namespace] })
  const metadata = await catalog.loadTable({ namespace: [namespace], name })
  return { metadata, namespaces: namespaces.map(n => n.namespace.join('.')), tables: identifiers.map(t => t.name) }
}

async function answer(request) {
  server = request
  const { metadata, ...listed } = request.catalog
    ? await ofCatalog(request.catalog)
    : { metadata: await icebergMetadata({ tableUrl: request.table }) }
  const tableUrl = request.table ?? metadata.location
  const id = request.snapshot ?? (request.ref ? metadata.refs[request.ref]['snapshot-id'] : metadata['current-snapshot-id'])
  const rows = await icebergRead({ tableUrl, metadata: { ...metadata, 'current-snapshot-id': id } })
  return { rows, ...listed }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let reply
  try {
    reply = await answer(JSON.parse(line))
  } catch (error) {
    reply = { error: String(error?.stack ?? error) }
  }
  process.stdout.write(JSON.stringify(reply, plain) + '\n')
}
