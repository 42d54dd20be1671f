import type { Passing } from '@sax/cloud'
import type { StageLayout } from '../../src/release/stage-layout.ts'

/** Invocations that change something; all others ask a function something. */
const CHANGING = ['migrations-apply', 'prepare-verification']

/**
 * Name of the step of a release that a call is: every call that may change something in the account. What differs from
 * run to run is left out of it. Undefined: it only looks, or is the site's and not the command's.
 */
export function stepOf(layout: StageLayout, { call, body }: Passing): string | undefined {
  const { service, action, parameters, changes } = call
  if (!changes || service === 'logs') return undefined
  if (action === 'Invoke') {
    const sax = member(body, 'sax')
    return CHANGING.includes(sax) ? `Invoke ${sax}` : undefined
  }
  if (service === 's3') return `${action} ${placeOf(layout, parameters, body)}`
  const role = layout.functions.find(({ functionName }) => functionName === parameters.FunctionName)?.role
  return role === undefined ? action : `${action} ${role}`
}

function placeOf(layout: StageLayout, { Bucket, Key = '' }: Readonly<Record<string, string>>, body: Buffer): string {
  if (Bucket !== layout.releaseBucket) {
    const zone = layout.assetBuckets.find(({ bucket }) => bucket === Bucket)?.zone
    return `${zone} ${Key.includes('/_next/static/') || Key.startsWith('_next/static/') ? 'hashed file' : 'file of a fixed name'}`
  }
  if (Key === 'lock.json') {
    const state = member(body, 'state')
    return `lock.json ${state === 'held' && member(body, 'renewal') !== '0' ? 'held on' : state}`
  }
  if (Key === 'work.json') return `work.json ${member(body, 'state')}`
  if (/^artefacts\/[0-9a-f]+\/files\//.test(Key)) return 'artefact file'
  if (/^artefacts\/[0-9a-f]+\/manifest\.json$/.test(Key)) return 'artefact manifest'
  if (Key.startsWith('gates/')) return 'gate'
  return Key.startsWith('records/') ? 'record' : Key
}

/** A member of a body that is JSON, as text. Clients may send it in chunks, with the JSON whole in the first. */
function member(body: Buffer, name: string): string {
  const found = new RegExp(`"${name}":\\s*("([^"]*)"|[0-9]+)`).exec(body.toString('utf8'))
  return found?.[2] ?? found?.[1] ?? ''
}
