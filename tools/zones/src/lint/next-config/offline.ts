import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

/** Thrown where a configuration reaches out; the message says what it tried. */
const refuse = (what: string) => () => {
  throw new Error(`${what} while the configuration is read`)
}

/**
 * Takes the network and other programs away from this process. A configuration is somebody's program: what it would do
 * in a build is not for a lint to do. Commands, usually `git rev-parse`, answer with a line that means nothing.
 */
export function goOffline(): void {
  const network = refuse('tries to use the network')
  Object.assign(net.Socket.prototype, { connect: network })
  Object.assign(dns, { lookup: network, resolve: network })
  Object.assign(dns.promises, { lookup: network, resolve: network })
  Object.assign(dgram, { createSocket: network })
  Object.assign(globalThis, { fetch: network, WebSocket: refuse('tries to use the network') })
  const answer = (_command: string, ...rest: readonly unknown[]) =>
    rest.some((option) => typeof option === 'object' && option !== null && 'encoding' in option)
      ? 'unknown\n'
      : Buffer.from('unknown\n')
  const started = refuse('tries to start a program')
  Object.assign(childProcess, {
    execSync: answer,
    execFileSync: answer,
    spawnSync: () => ({ pid: 0, status: 0, signal: null, output: [], stdout: 'unknown\n', stderr: '' }),
    exec: started,
    execFile: started,
    spawn: started,
    fork: started,
  })
  Object.assign(process, { exit: refuse('calls process.exit'), abort: refuse('calls process.abort') })
}
