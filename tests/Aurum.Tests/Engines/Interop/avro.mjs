// Answers questions about Avro with avsc, a line of JSON for each line: decode, encode (random values), canonical, resolve.
import avro from 'avsc'
import readline from 'node:readline'

const long = avro.types.LongType.__with({
  fromBuffer: buffer => Number(buffer.readBigInt64LE()),
  toBuffer: value => { const b = Buffer.alloc(8); b.writeBigInt64LE(BigInt(value)); return b },
  fromJSON: Number, toJSON: Number, isValid: Number.isInteger, compare: (a, b) => a - b,
})

const typeOf = schema => avro.Type.forSchema(schema, { registry: { long }, wrapUnions: false })
const plain = value => JSON.parse(JSON.stringify(value, (_, v) => v?.type === 'Buffer' ? 'hex:' + Buffer.from(v.data).toString('hex') : v))

function answer(ask) {
  const type = typeOf(ask.schema)
  switch (ask.op) {
    case 'decode':
      return { value: plain(type.fromBuffer(Buffer.from(ask.hex, 'hex'))) }
    case 'encode': {
      const value = type.random()
      return { hex: type.toBuffer(value).toString('hex'), value: plain(value) }
    }
    case 'canonical':
      return { text: JSON.stringify(type.schema()) }
    case 'resolve': {
      const resolver = type.createResolver(typeOf(ask.writer), { ignoreNamespaces: true })
      return ask.hex === undefined ? { ok: true } : { value: plain(type.fromBuffer(Buffer.from(ask.hex, 'hex'), resolver)) }
    }
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(answer(JSON.parse(line))))
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }))
  }
}
