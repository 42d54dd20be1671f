import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { manifestDigest } from '../../build/manifest-digest.ts'
import { type TinyArtefact, tinyArtefact } from './tiny-artefact.ts'

/** Code that answers, in a genuine sandbox, what a release asks. Its database has the one migration already. */
const CODE = `export const handler = async (event) => {
  const { role, release, breaks } = FACTS
  if (breaks) throw new TypeError('broken on purpose')
  if (event.sax === 'verification-token') {
    return { token: tokenIn(event.of + (event.flaw ?? '')), expiresAtSec: Date.now() / 1000 + 60 }
  }
  if (event.sax === 'migrations-status') return { applied: [APPLIED], pending: [] }
  if (event.sax === 'worker-status') return { release, database: 'answers', carrier: 'credentials read' }
  if (event.sax !== undefined) return {}
  const page = (path) => ({ statusCode: 200, headers: {}, body: '<script src="' + path + '_next/static/same.js">' })
  if (event.rawPath.endsWith('/health')) return { statusCode: 200, headers: {}, body: JSON.stringify({ data: { release } }) }
  if (role === 'sleep-connect-server') return event.rawPath === '/signed-out' ? page('/') : { statusCode: 307 }
  const token = event.headers['x-sax-user-context'] ?? event.headers.authorization?.replace('Bearer ', '')
  if (token === tokenIn('first')) return page('/outreach-static/')
  return { statusCode: role === 'outreach-server' ? 307 : 401 }
}
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenIn = (person) => [encode({ alg: 'none of any use' }), encode({ person }), 'signed-by-the-host'].join('.')
`

/** The token that such a host mints for a person of verification: of the form of a genuine one, and signed by nobody. */
export function tokenIn(person: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [encode({ alg: 'none of any use' }), encode({ person }), 'signed-by-the-host'].join('.')
}

/** Writes an artefact of genuine zips that `zones deploy --artefact` takes. @param breaks role that fails at every call */
export function writeRunnable(folder: string, version: string, breaks?: string): TinyArtefact['manifest'] {
  const tiny = tinyArtefact({ version })
  const [first] = tiny.manifest.migrations
  const put = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  for (const [path, bytes] of tiny.files) put(path, bytes)
  const functions = tiny.manifest.functions.map((built) => {
    const facts = { role: built.role, release: tiny.manifest.release, breaks: built.role === breaks }
    const applied = { name: first?.name, sha256: first?.sha256 }
    const code = CODE.replace('FACTS', JSON.stringify(facts)).replace('APPLIED', JSON.stringify(applied))
    const zip = zipSync({ 'index.mjs': [new TextEncoder().encode(code), { mtime: new Date(1980, 0, 1) }] })
    put(built.file, zip)
    const digest = createHash('sha256').update(zip).digest()
    return { ...built, sha256: digest.toString('hex'), codeSha256: digest.toString('base64'), bytes: zip.length }
  })
  const same = tiny.manifest.assets.find(({ key }) => key.endsWith('/same.js'))
  const ofHost = same === undefined ? [] : [{ ...same, zone: 'sleepconnect', key: '_next/static/same.js' }]
  const unsigned = { ...tiny.manifest, functions, assets: [...tiny.manifest.assets, ...ofHost] }
  const manifest = { ...unsigned, digest: manifestDigest(unsigned) }
  put('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)))
  return manifest
}
