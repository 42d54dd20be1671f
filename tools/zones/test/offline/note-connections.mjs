// Loaded before everything else into every Node process of a command: writes down who wants to connect where, or asks a
// name server, and lets nobody.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

const refused = (what) => {
  appendFileSync(process.env.NOTED_CONNECTIONS, `node ${process.argv[1] ?? ''}: ${what}\n`)
  return Object.assign(new Error(`no connections here: ${what}`), { code: 'ENETUNREACH' })
}
const note = (what) => {
  throw refused(what)
}

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0]
  // Pipes between processes of one machine have a path and no port.
  if (typeof options?.path === 'string' && options.port === undefined) return connect.apply(this, args)
  const failure = refused(
    `connect ${typeof options === 'object' ? `${options?.host ?? 'localhost'}:${options?.port}` : args.join(':')}`,
  )
  // As a network does that is not there: later, and to whoever listens.
  setImmediate(() => this.destroy(failure))
  return this
}
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = (host) => note(`${name} ${host}`)
  dns.promises[name] = async (host) => note(`${name} ${host}`)
}
dgram.Socket.prototype.send = () => note('datagram')
