// Registers a schema, sends a value through it and reads it back, with a client of the registry that others wrote.
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'

const [host, subject] = process.argv.slice(2)
const registry = new SchemaRegistry({ host }, {})
const schema = { type: 'record', name: 'Price', namespace: 'aurum.test', fields: [{ name: 'place', type: 'string' }, { name: 'mwh', type: 'double' }] }
const { id } = await registry.register({ type: SchemaType.AVRO, schema: JSON.stringify(schema) }, { subject })
const again = await registry.register({ type: SchemaType.AVRO, schema: JSON.stringify(schema) }, { subject })
const bytes = await registry.encode(id, { place: 'TH_NP15', mwh: 31.5 })
const value = await new SchemaRegistry({ host }).decode(bytes)
const latest = await registry.getLatestSchemaId(subject)
const found = await registry.getRegistryId(subject, 1)
let refusal = null
try {
  const changed = { ...schema, fields: [...schema.fields, { name: 'hour', type: 'int' }] }
  await registry.register({ type: SchemaType.AVRO, schema: JSON.stringify(changed) }, { subject })
} catch (error) {
  refusal = String(error.message)
}
console.log(JSON.stringify({ id, again: again.id, latest, found, hex: bytes.toString('hex'), value, refusal }))
