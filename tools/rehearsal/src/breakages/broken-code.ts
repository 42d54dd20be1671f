import type { PackageContents } from './altered-release.ts'

const ENTRY = 'index.mjs'
const UNBROKEN = 'unbroken.mjs'

/** Code that runs instead of a package's own entry, which it finds as `./unbroken.mjs`. */
export function inFrontOf(contents: PackageContents, code: string): void {
  const entry = contents.get(ENTRY)
  if (entry === undefined) throw new TypeError(`the package has no ${ENTRY}`)
  contents.set(UNBROKEN, entry)
  contents.set(ENTRY, Buffer.from(code))
}

/** Ends before it has answered anything, as code does that reads a variable which nobody set. */
export const CRASHING_INIT = "throw new Error('broken on purpose: this code does not start')\n"

/** Lets every request wait longer than a person does. */
export const slow = (waitMs: number) => `
import { setTimeout as wait } from 'node:timers/promises'
import { handler as unbroken } from './${UNBROKEN}'
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  await wait(${waitMs})
  return unbroken(event, stream, context)
})
`

/** Answers well until it is warm, as code does that takes a connection with every request and gives none back. */
export const failingAfter = (requests: number) => `
import { handler as unbroken } from './${UNBROKEN}'
let answered = 0
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  answered += 1
  if (answered <= ${requests}) return unbroken(event, stream, context)
  const broken = awslambda.HttpResponseStream.from(stream, { statusCode: 500, headers: { 'content-type': 'text/plain' } })
  broken.end('broken on purpose: no connection is left')
})
`

/** Needs more memory with the first request than any function has. */
export const devouring = (megabytes: number) => `
import { handler as unbroken } from './${UNBROKEN}'
const kept = []
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  for (let taken = 0; taken < ${megabytes}; taken += 64) kept.push(Buffer.alloc(64 * 1024 * 1024, 1))
  return unbroken(event, stream, context)
})
`

/** A migration that fails after it has done something: neither half may last. */
export const FAILING_MIGRATION = `-- kind: expand
create table app.broken_on_purpose (id integer primary key);
select 1 / 0;
`

const STYLES = /(static\/[\w/]*?)[\w.~-]+\.css/g

/** Pages name style sheets that no release has brought, as they do when files are uploaded from another build. */
export function namingMissingStyles(contents: PackageContents): void {
  let named = 0
  for (const [path, content] of contents) {
    if (!/\.(m?js|json|html)$/.test(path)) continue
    const text = Buffer.from(content).toString('utf8')
    const altered = text.replace(STYLES, (_, folder: string) => {
      named += 1
      return `${folder}broken-on-purpose.css`
    })
    if (altered !== text) contents.set(path, Buffer.from(altered))
  }
  if (named === 0) throw new TypeError('no style sheet is named in the package')
}
