import type { Manifest, ManifestFunction } from '@sax/release'
import type { LiveFunction } from './live-set.ts'
import type { ArtefactAtHand } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import type { FunctionState } from './released-functions.ts'
import { change, type Run, until } from './run.ts'
import { functionNameOf } from './stage-layout.ts'

/** Lambda needs seconds for a zip; a function in a VPC longer. */
const SETTLE_MS = 300_000

/** Brings the code of a function, unless it is there already. True when it was brought. */
export async function uploadCode(run: Run, artefact: ArtefactAtHand, built: ManifestFunction): Promise<boolean> {
  const functionName = functionNameOf(run.layout, built.role)
  await settled(run, functionName)
  const latest = await stateOf(run, functionName)
  if (latest.codeSha256 === built.codeSha256) return false
  const zip = await artefact.file(built.file)
  await change(run, () => run.ports.functions.upload(functionName, zip, latest.revisionId))
  return true
}

/** Waits until what was uploaded can be published. @throws ReleaseStop when Lambda could not take it */
export async function settled(run: Run, functionName: string): Promise<void> {
  await until(run, functionName, SETTLE_MS, async () => {
    const { isSettled, failure } = await stateOf(run, functionName)
    if (failure !== undefined) throw new ReleaseStop('failed', `${functionName} did not take its code: ${failure}`)
    return isSettled
  })
}

/** Publishes what was uploaded, if it is what the artefact has. The same code and settings give the same version again. */
export async function publishFunction(run: Run, built: ManifestFunction, manifest: Manifest): Promise<LiveFunction> {
  const functionName = functionNameOf(run.layout, built.role)
  const { codeSha256 } = built
  const latest = await stateOf(run, functionName)
  if (latest.codeSha256 !== codeSha256) {
    throw new ReleaseStop('failed', `Somebody else brought code to ${functionName} in the meantime.`)
  }
  const description = `${manifest.release} ${artefactMark(manifest.digest)}`
  const given = { codeSha256, revisionId: latest.revisionId, description }
  const version = await change(run, () => run.ports.functions.publish(functionName, given))
  const published = await run.ports.functions.state(functionName, version)
  if (published?.codeSha256 !== codeSha256) {
    throw new ReleaseStop('failed', `Version ${version} of ${functionName} is not what was published.`)
  }
  return { version, release: manifest.release, artefact: manifest.digest, codeSha256 }
}

/** What the description of a version says of the artefact that it was published of. */
export const artefactMark = (digest: string) => digest.slice(0, 12)

async function stateOf({ ports }: Run, functionName: string): Promise<FunctionState> {
  const state = await ports.functions.state(functionName, undefined)
  if (state === undefined) throw new ReleaseStop('failed', `${functionName} is no longer there.`)
  return state
}
