// Decodes Avro files with avsc: prints the header's metadata, the schema and the records of each as a line of JSON.
import avro from 'avsc'

const long = avro.types.LongType.__with({
  fromBuffer: buffer => Number(buffer.readBigInt64LE()),
  toBuffer: value => { const b = Buffer.alloc(8); b.writeBigInt64LE(BigInt(value)); return b },
  fromJSON: Number, toJSON: Number, isValid: Number.isInteger, compare: (a, b) => a - b,
})

for (const file of process.argv.slice(2)) {
  await new Promise((done, failed) => {
    const records = []
    let header
    avro.createFileDecoder(file, { parseHook: schema => avro.Type.forSchema(schema, { registry: { long }, wrapUnions: false }) })
      .on('metadata', (type, codec, h) => { header = h })
      .on('data', record => records.push(record))
      .on('error', failed)
      .on('end', () => {
        const meta = Object.fromEntries(Object.entries(header.meta).map(([k, v]) => [k, v.toString()]))
        console.log(JSON.stringify({ file, meta, schema: JSON.parse(meta['avro.schema']), records }))
        done()
      })
  })
}
