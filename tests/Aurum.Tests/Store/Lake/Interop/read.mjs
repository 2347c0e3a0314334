// Reads a table of the lake with icebird, which knows only fetch(): file addresses are read from disk, with ranges as over HTTP.
// Answers requests, one a line, with the rows: {"table": folder, "metadata": file name, "ref": name, "snapshot": id}, the last three or null.
import fs from 'node:fs'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'

globalThis.fetch = async (address, init = {}) => {
  const file = fileURLToPath(String(address))
  if (!fs.existsSync(file)) return new Response('', { status: 404, statusText: 'Not Found' })
  const bytes = fs.readFileSync(file)
  const headers = { 'content-length': String(bytes.length) }
  if (init.method === 'HEAD') return new Response(null, { status: 200, headers })
  const range = /bytes=(\d+)-(\d*)/.exec(new Headers(init.headers).get('range') ?? '')
  if (!range) return new Response(bytes, { status: 200, headers })
  return new Response(bytes.subarray(Number(range[1]), range[2] ? Number(range[2]) + 1 : bytes.length), { status: 206 })
}

const { icebergMetadata, icebergRead } = await import('icebird')

const plain = (key, value) =>
  typeof value === 'bigint' ? Number(value) : value === undefined ? null : value

async function answer({ table, metadata: metadataFileName, ref, snapshot }) {
  const tableUrl = `file://${table}`
  const metadata = await icebergMetadata({ tableUrl, metadataFileName: metadataFileName ?? undefined })
  const id = snapshot ?? (ref ? metadata.refs[ref]['snapshot-id'] : metadata['current-snapshot-id'])
  const rows = await icebergRead({ tableUrl, metadata: { ...metadata, 'current-snapshot-id': id } })
  return { rows }
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
