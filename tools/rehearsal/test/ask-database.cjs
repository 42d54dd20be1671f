// A function that signs in at a database by hand, from inside its sandbox, and gives what came back as text.
const { createHash, createHmac } = require('node:crypto')
const { once } = require('node:events')
const net = require('node:net')
const tls = require('node:tls')

/** ReadyForQuery, outside of a transaction. */
const READY = 'Z\0\0\0\x05I'
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

exports.handler = async ({ host, user, database, password = tokenOf(host, user), statement }) => {
  const raw = net.connect(5432, host)
  await once(raw, 'connect')
  raw.write(SSL_REQUEST)
  await once(raw, 'data')
  const socket = tls.connect({ socket: raw, servername: host })
  await once(socket, 'secureConnect')
  // Who was refused is told, and may not write any more.
  socket.on('error', () => undefined)
  let heard = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    heard += chunk
  })
  const until = async (isThere) => {
    while (!isThere() && !socket.closed) await Promise.race([once(socket, 'data'), once(socket, 'close')])
  }
  const readyTimes = (times) => () => heard.split(READY).length > times
  socket.write(packet('', `\0\x03\0\0user\0${user}\0database\0${database}\0\0`))
  await until(() => heard.length > 0)
  socket.write(packet('p', `${password}\0`))
  await until(readyTimes(1))
  socket.write(packet('Q', `${statement}\0`))
  await until(readyTimes(2))
  socket.destroy()
  return heard
}

function packet(type, text) {
  const body = Buffer.from(text, 'latin1')
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

/** @source IAM User Guide, "Create a signed AWS API request" (query parameters) */
function tokenOf(host, user) {
  const {
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: session,
    AWS_REGION: region,
  } = process.env
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = [now.slice(0, 8), region, 'rds-db', 'aws4_request']
  const query = Object.entries({
    ...{ Action: 'connect', DBUser: user, 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256' },
    ...{ 'X-Amz-Credential': [id, ...scope].join('/'), 'X-Amz-Date': now, 'X-Amz-Expires': '900' },
    ...{ 'X-Amz-Security-Token': session, 'X-Amz-SignedHeaders': 'host' },
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const asked = ['GET', '/', query, `host:${host}:5432`, '', 'host', sha256('')].join('\n')
  const signed = ['AWS4-HMAC-SHA256', now, scope.join('/'), sha256(asked)].join('\n')
  const key = scope.reduce((before, part) => hmac(before, part), `AWS4${secret}`)
  return `${host}:5432/?${query}&X-Amz-Signature=${hmac(key, signed).toString('hex')}`
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest()
}
