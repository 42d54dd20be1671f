// Run in the folder of an unpacked function: loads its entry as Lambda does and answers what is asked of it on standard
// input, one JSON record a line: `{event}` for a function URL or an invocation.
// @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" and "Working with streaming responses"
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'

const streaming = Symbol('streaming')
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [streaming]: true }),
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response')
      stream.write(JSON.stringify(prelude))
      stream.write(new Uint8Array(8))
      return stream
    },
  },
}

const context = {
  callbackWaitsForEmptyEventLoop: true,
  awsRequestId: 'a',
  functionName: 'f',
  getRemainingTimeInMillis: () => 30_000,
}
const { handler } = await import(pathToFileURL(`${process.cwd()}/index.mjs`).href)

async function call(event) {
  if (!handler[streaming]) return { result: await handler(event, context) }
  const chunks = []
  let contentType = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  stream.setContentType = (type) => {
    contentType = type
  }
  await handler(event, stream, context)
  const raw = Buffer.concat(chunks)
  if (contentType !== 'application/vnd.awslambda.http-integration-response')
    return { result: JSON.parse(raw.toString()) }
  const end = raw.indexOf(Buffer.alloc(8))
  return { ...JSON.parse(raw.subarray(0, end).toString()), body: raw.subarray(end + 8).toString('base64') }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await call(JSON.parse(line)).catch((error) => ({ failed: `${error.name}: ${error.message}` }))
  process.stdout.write(`\u0001${JSON.stringify(answer)}\n`)
}
process.exit(0)
