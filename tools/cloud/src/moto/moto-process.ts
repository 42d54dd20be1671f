import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { endWithUs } from './end-with-us.ts'

/** A moto_server that we started. */
export interface Moto {
  readonly port: number
  /** Forgets everything. */
  readonly reset: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Undefined while it runs; afterwards why it does not. */
  readonly death: () => string | undefined
}

/** Whether moto_server can be started here. */
export function isMotoInstalled(): boolean {
  return spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0
}

const START_LIMIT_MS = 30_000

/**
 * Starts moto_server on a free port of loopback. Certificates are never issued by the passing of time: the layer issues
 * them itself. @throws Error when it is not installed, or does not answer
 */
export async function startMoto(env: Readonly<Record<string, string | undefined>>): Promise<Moto> {
  const port = await freePort()
  const child = spawn('moto_server', ['--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: env.PATH, HOME: env.HOME, LANG: 'C.UTF-8' },
  })
  const log = keepEnd(child)
  let death: string | undefined
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => {
      death ??= 'moto_server cannot be started; install it with: pip install "moto[server]==5.2.1"'
      resolve()
    })
    child.once('exit', (code, signal) => {
      death ??= `moto_server has ended (${signal ?? `exit code ${code}`}); its last words: ${log() || 'none'}`
      resolve()
    })
  })
  // Whoever forgets to stop it leaves it behind no longer than itself.
  const killIt = () => child.kill('SIGKILL')
  process.once('exit', killIt)
  const callOff = child.pid === undefined ? undefined : endWithUs(child.pid, 'KILL')
  const stop = async () => {
    process.off('exit', killIt)
    await callOff?.()
    death ??= 'moto_server was stopped'
    child.kill('SIGKILL')
    await ended
  }
  const begun = Date.now()
  while (!(await answers(port))) {
    if (death !== undefined) throw new Error(death)
    if (Date.now() - begun > START_LIMIT_MS) {
      await stop()
      throw new Error(`moto_server does not answer after ${START_LIMIT_MS / 1000} s: ${log()}`)
    }
  }
  return {
    port,
    reset: async () => {
      if (!(await answers(port, 'POST', '/moto-api/reset'))) throw new Error(death ?? 'moto_server cannot be reset')
    },
    stop,
    death: () => death,
  }
}

async function answers(port: number, method = 'GET', path = '/moto-api/config'): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    // Not listening yet. The pause is short, so that the start is not waited for longer than it takes.
    await new Promise((resolve) => setTimeout(resolve, 20))
    return false
  }
}

/** The last lines a process wrote to standard error. */
function keepEnd(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = `${text}${part}`.slice(-2000)
  })
  return () => text.trim().split('\n').slice(-3).join(' | ')
}

/** A port that nobody listens on, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
