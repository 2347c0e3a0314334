// Reads events of a topic from its beginning as another program does: kafkajs, and avsc through the registry's client.
// BROKERS TOPIC COUNT REGISTRY: prints so many, a line of JSON each, in the order of partitions and offsets.
import kafkajs from 'kafkajs'
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'

const { Kafka, logLevel } = kafkajs
const [brokers, topic, count, host] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'kafkajs', brokers: brokers.split(','), logLevel: logLevel.ERROR })
const registry = new SchemaRegistry({ host }, {})
const consumer = kafka.consumer({ groupId: `kafkajs-${process.pid}`, sessionTimeout: 6000, heartbeatInterval: 500 })
await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
const seen = []
await new Promise((resolve) => consumer.run({
  eachMessage: async ({ partition, message }) => {
    seen.push({
      partition,
      offset: Number(message.offset),
      key: message.key && message.key.toString(),
      value: await registry.decode(message.value),
      headers: Object.fromEntries(Object.entries(message.headers).map(([k, v]) => [k, v.toString()])),
    })
    if (seen.length === Number(count)) resolve()
  },
}))
await consumer.disconnect()
seen.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
for (const event of seen) console.log(JSON.stringify(event))
