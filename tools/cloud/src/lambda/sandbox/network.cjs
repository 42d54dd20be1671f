// The world as a function sees it from a laptop: HTTPS leads to one listener that stands for every name, PostgreSQL to
// whoever stands for the database, and nothing else is there. Loaded before anything of the function.
const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')

const HTTPS = 443
const POSTGRES = 5432

/**
 * @param {{ ownPorts: number[], tlsPort?: number, postgres: { host: string, port: number }[] }} world `ownPorts`: what
 * may be reached on loopback, the runtime API and the laptop's AWS
 */
module.exports = function replaceNetwork({ ownPorts, tlsPort, postgres }) {
  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function connectWithin(...given) {
    // Node hands over what it has normalized as one array.
    const [first, ...others] = Array.isArray(given[0]) ? given[0] : given
    const options = asOptions(first, others)
    // A request over HTTPS names `null` as its pipe.
    if (typeof options.path === 'string') return connect.apply(this, given)
    const { host = 'localhost', port } = options
    const to = destination(host, Number(port))
    if (to === undefined) {
      const error = Object.assign(new Error(`no ${host}:${port} in this sandbox: it has no internet`), {
        ...{ code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: host, port: Number(port) },
      })
      process.nextTick(() => this.destroy(error))
      return this
    }
    const { lookup: _, family: __, ...rest } = options
    const callback = [first, ...others].findLast((one) => typeof one === 'function')
    return connect.call(this, { ...rest, host: '127.0.0.1', port: to }, ...(callback ? [callback] : []))
  }

  function destination(host, port) {
    const name = String(host).toLowerCase()
    if (isLoopback(name)) return ownPorts.includes(port) ? port : undefined
    if (port === HTTPS) return tlsPort
    if (port === POSTGRES) return postgres.find((one) => one.host.toLowerCase() === name)?.port
    return undefined
  }

  for (const target of [dns, dns.promises]) {
    const { lookup } = target
    target.lookup = function lookupWithin(name, ...others) {
      if (net.isIP(name) !== 0 || isLoopback(name)) return lookup.call(this, name, ...others)
      const error = Object.assign(new Error(`no address of ${name} in this sandbox: connect to it by its name`), {
        ...{ code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: name },
      })
      if (target === dns.promises) return Promise.reject(error)
      process.nextTick(others.at(-1), error)
    }
  }

  dgram.createSocket = () => {
    throw Object.assign(new Error('no datagrams in this sandbox: it has no internet'), { code: 'EACCES' })
  }
}

function asOptions(first, others) {
  if (typeof first === 'object' && first !== null) return first
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first }
  return { port: first, host: typeof others[0] === 'string' ? others[0] : undefined }
}

function isLoopback(name) {
  return name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d+){3}$/.test(name)
}
