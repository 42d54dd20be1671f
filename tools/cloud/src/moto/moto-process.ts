import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
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
  // The system gives the port: one that we had found free might be another's by the time that it is listened on.
  const child = spawn('moto_server', ['--host', '127.0.0.1', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: env.PATH, HOME: env.HOME, LANG: 'C.UTF-8' },
  })
  const log = keepEnd(child)
  let port: number | undefined
  whenListening(child, (own) => {
    port = own
  })
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
  while (port === undefined || !(await answers(port))) {
    if (death !== undefined) throw new Error(death)
    if (Date.now() - begun > START_LIMIT_MS) {
      await stop()
      throw new Error(`moto_server does not answer after ${START_LIMIT_MS / 1000} s: ${log()}`)
    }
    // Short, so that the start is not waited for longer than it takes.
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const at = port
  return {
    port: at,
    reset: async () => {
      if (!(await answers(at, 'POST', '/moto-api/reset'))) throw new Error(death ?? 'moto_server cannot be reset')
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
    return false
  }
}

/** Tells the port once the process says that it listens on it. */
function whenListening(child: ChildProcess, tell: (port: number) => void): void {
  let text = ''
  const look = (part: string) => {
    text += part
    const found = /Running on http:\/\/127\.0\.0\.1:(\d+)\s/.exec(text)
    if (found === null) return
    child.stderr?.off('data', look)
    tell(Number(found[1]))
  }
  child.stderr?.on('data', look)
}

/** The last lines a process wrote to standard error. */
function keepEnd(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = `${text}${part}`.slice(-2000)
  })
  return () => text.trim().split('\n').slice(-3).join(' | ')
}
