import { createHash } from 'node:crypto'
import type { Invoked } from '../../aws/invoke.ts'
import type { Flaw } from './tiny-artefact.ts'

export interface TinyDatabase {
  applied: { readonly name: string; readonly sha256: string }[]
}

interface Code {
  readonly role: string
  readonly release: string
  readonly flaw?: Flaw
  readonly migrations: readonly string[]
}

interface HttpEvent {
  readonly rawPath: string
  readonly headers: Readonly<Record<string, string>>
}

/** Does what a function of a tiny artefact does when it is called. */
export function runTiny(role: string, text: string | undefined, event: unknown, database: TinyDatabase): Invoked {
  if (text === undefined || text === 'placeholder') return failed('PlaceholderError')
  const code = JSON.parse(text) as Code
  if (code.role !== role || code.flaw === 'fails') return failed('TypeError')
  if (code.flaw === 'has too little memory') {
    return failed(
      'Runtime.ExitError',
      'REPORT RequestId: 1\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\n',
    )
  }
  const { sax, of, flaw, names = [] } = event as { sax?: string; of?: string; flaw?: string; names?: readonly string[] }
  switch (sax) {
    case undefined:
      return answered(http(code, event as HttpEvent))
    case 'verification-token':
      return answered({ token: `${of} ${flaw ?? 'good'}`, expiresAtSec: 60 })
    case 'migrations-status': {
      const done = new Set(database.applied.map(({ name }) => name))
      return answered({ applied: [...database.applied], pending: code.migrations.filter((name) => !done.has(name)) })
    }
    case 'migrations-apply':
      for (const name of names) {
        database.applied.push({ name, sha256: createHash('sha256').update(name).digest('hex') })
      }
      return answered({ applied: [...names] })
    case 'worker-status': {
      const release = code.flaw === 'says another release' ? 'another' : code.release
      const carrier = code.flaw === 'cannot send' ? 'no credentials' : 'credentials read'
      return answered({ release, database: 'answers', carrier })
    }
    default:
      return answered({})
  }
}

function http({ role, release, flaw }: Code, { rawPath, headers }: HttpEvent): unknown {
  const says = flaw === 'says another release' ? 'another' : release
  if (rawPath.endsWith('/health')) {
    return { statusCode: 200, headers: {}, body: JSON.stringify({ data: { release: says } }) }
  }
  const token = headers['x-sax-user-context'] ?? headers.authorization?.replace('Bearer ', '')
  const script = flaw === 'names a file that is not there' ? 'gone' : release.split('-')[0]
  if (role === 'sleep-connect-server') {
    return rawPath === '/signed-out' ? streamed(200, `<script src="/_next/static/${script}.js">`) : streamed(307, '')
  }
  const isGood = flaw === 'lets anybody in' || (flaw !== 'refuses the token' && token === 'first good')
  if (isGood) return streamed(200, `<script src="/outreach-static/_next/static/${script}.js">`)
  return { statusCode: role === 'outreach-server' ? 307 : 401, headers: {}, body: '' }
}

const streamed = (statusCode: number, body: string) =>
  `{"statusCode":${statusCode},"headers":{}}${'\0'.repeat(8)}${body}`
const answered = (payload: unknown): Invoked => ({ kind: 'answered', payload, executedVersion: undefined })
const failed = (errorType: string, logTail = ''): Invoked => ({ kind: 'failed', errorType, logTail })
