// Loaded before everything else into every Node process of a build: parts of one program may talk to one another on this
// machine; whoever wants to go further, or asks a name server, is written down and gets nothing.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

const note = (what) => {
  appendFileSync(process.env.NOTED_CONNECTIONS, `node ${process.argv[1] ?? ''}: ${what}\n`)
  throw new Error(`no connections here: ${what}`)
}
const isHere = (host) => host === undefined || /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0]
  const { path, port = options, host = typeof args[1] === 'string' ? args[1] : undefined } = Object(options)
  if (typeof path === 'string' || isHere(host)) return connect.apply(this, args)
  return note(`connect ${host}:${port}`)
}
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  const [plain, promised] = [dns[name], dns.promises[name]]
  dns[name] = (host, ...rest) => (isHere(host) ? plain(host, ...rest) : note(`${name} ${host}`))
  dns.promises[name] = async (host, ...rest) => (isHere(host) ? promised(host, ...rest) : note(`${name} ${host}`))
}
dgram.Socket.prototype.send = () => note('datagram')
