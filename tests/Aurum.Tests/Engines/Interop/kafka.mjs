// Reads and writes Kafka as another program does: kafkajs.
// write TOPIC: lines of {"key", "value"} on standard input are sent, packed with gzip.
// read TOPIC COUNT: prints so many messages of a topic from its beginning.
import kafkajs from 'kafkajs'
import { createInterface } from 'node:readline'

const { Kafka, Partitioners, CompressionTypes, logLevel } = kafkajs
const [verb, brokers, topic, count] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'kafkajs', brokers: brokers.split(','), logLevel: logLevel.ERROR })

if (verb === 'write') {
  const messages = []
  for await (const line of createInterface({ input: process.stdin })) {
    const { key, value } = JSON.parse(line)
    messages.push({ key, value, headers: { 'aurum-tenant': 'others' } })
  }
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages, acks: -1, compression: CompressionTypes.GZIP })
  await producer.disconnect()
  console.log(JSON.stringify({ sent: messages.length }))
} else {
  const consumer = kafka.consumer({ groupId: `kafkajs-${process.pid}`, sessionTimeout: 6000, heartbeatInterval: 500 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let seen = 0
  await new Promise((resolve) => consumer.run({
    eachMessage: async ({ partition, message }) => {
      console.log(JSON.stringify({
        partition,
        offset: Number(message.offset),
        timestamp: Number(message.timestamp),
        key: message.key && message.key.toString(),
        value: message.value && message.value.toString(),
        headers: Object.fromEntries(Object.entries(message.headers).map(([k, v]) => [k, v.toString()])),
      }))
      if (++seen === Number(count)) resolve()
    },
  }))
  await consumer.disconnect()
}
