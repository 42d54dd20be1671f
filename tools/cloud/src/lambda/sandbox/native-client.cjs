// What the native part of aws-lambda-ric does: it asks for the next invocation and answers it, over HTTP. Loaded before
// the runtime client, which finds this module where it looks for `rapid-client.node`.
// @source aws-lambda-ric, src/native/rapid-client.cc; AWS Lambda Developer Guide, "Using the Lambda runtime API"
const { Agent, request } = require('node:http')
const Module = require('node:module')

const NAME = './rapid-client.node'

/** @param {string} runtimeApi `<host>:<port>` */
module.exports = function supplyNativeClient(runtimeApi) {
  const [hostname, port] = runtimeApi.split(':')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const options = { hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers }
      const asked = request(options, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.once('end', () => resolve({ bodyJson: Buffer.concat(parts).toString('utf8'), headers: answer.headers }))
      })
      asked.once('error', reject)
      asked.end(body)
    })
  // The native client answers before it returns; here the next question waits for the last answer.
  let answered = Promise.resolve()
  const answer = (path, body, headers = {}) => {
    answered = ask('POST', path, { 'content-type': 'application/json', ...headers }, body)
    // Nobody is there any more who could be answered; asking for the next says so.
    answered.catch(() => undefined)
  }
  const client = {
    initializeClient: () => undefined,
    next: () => answered.then(() => ask('GET', 'next')),
    done: (id, body) => answer(`${id}/response`, body),
    error: (id, body, cause) => answer(`${id}/error`, body, { 'lambda-runtime-function-xray-error-cause': cause }),
  }
  const resolve = Module._resolveFilename
  Module._resolveFilename = function resolveFilename(name, ...others) {
    return name === NAME ? NAME : resolve.call(this, name, ...others)
  }
  require.cache[NAME] = { id: NAME, filename: NAME, loaded: true, exports: client }
}
