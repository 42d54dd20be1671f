import type { DeployedStage } from '@sax/infra/account-facts'
import { z } from 'zod'
import type { Bucket } from './bucket.ts'
import { gateKey } from './bucket-keys.ts'
import { jsonText, readJson } from './stored-json.ts'

/** Gates that every release passes before it reaches a stage. The one place that lists them. */
export const gateNames = ['check', 'test', 'infra-check', 'rehearsal'] as const

/** Passed by a release that was live in this stage and was probed there. */
export const verifiedIn = (stage: DeployedStage) => `verified-${stage}`

/** Names of the gates of a stage, in the order they are shown. */
export function requiredGates(stage: DeployedStage): readonly string[] {
  return stage === 'production' ? [...gateNames, verifiedIn('staging')] : gateNames
}

export const gateResultSchema = z.strictObject({
  format: z.literal(1),
  gate: z.string(),
  /** Of the artefact that was judged. */
  digest: z.string(),
  release: z.string(),
  commit: z.string(),
  command: z.array(z.string()),
  exitCode: z.int(),
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string(),
  who: z.string(),
})

export type GateResult = Readonly<z.output<typeof gateResultSchema>>

/** A gate that somebody leaves out, and why. */
export interface GateOverride {
  readonly gate: string
  readonly because: string
  /** What was typed to agree to it, before production: stage and release. */
  readonly confirmed?: string | undefined
}

/** As `GateOverride`, where it is written down. */
export const gateOverrideSchema = z.strictObject({
  gate: z.string(),
  because: z.string(),
  confirmed: z.string().optional(),
})

/** A stage before which leaving a gate out is typed by name: a reason alone is written in a moment, wherever one happens to be. */
export function mustBeTyped(stage: DeployedStage): boolean {
  return stage === 'production'
}

/** What is typed to bring `release` to `stage` without a gate. */
export const typedFor = (stage: DeployedStage, release: string) => `${stage}/${release}`

/** Arguments that leave gates out, for whoever runs the commands of a release from a program. */
export function withoutGateArguments(
  stage: DeployedStage,
  release: string,
  gates: readonly string[],
  because: string,
): readonly string[] {
  return [
    ...gates.flatMap((gate) => ['--without-gate', gate]),
    ...['--because', because],
    ...(mustBeTyped(stage) ? ['--confirm-without-gate', typedFor(stage, release)] : []),
  ]
}

export interface GateStanding {
  readonly gate: string
  readonly standing: 'passed' | 'failed' | 'missing' | 'left out'
  /** Who and when, or why it was left out. */
  readonly told: string
}

/** How the required gates of an artefact stand. A result of another artefact is none. */
export function gateStandings(
  required: readonly string[],
  results: readonly GateResult[],
  digest: string,
  overrides: readonly GateOverride[],
): readonly GateStanding[] {
  return required.map((gate) => {
    const override = overrides.find((one) => one.gate === gate)
    if (override !== undefined) return { gate, standing: 'left out', told: override.because }
    const result = results.find((one) => one.gate === gate && one.digest === digest)
    if (result === undefined) return { gate, standing: 'missing', told: '' }
    const told = `${result.who}, ${result.endedAt}`
    return result.exitCode === 0
      ? { gate, standing: 'passed', told }
      : { gate, standing: 'failed', told: `exit code ${result.exitCode}, ${told}` }
  })
}

/** Why the gates keep a release out, a sentence each. Empty: they do not. */
export function gateRefusals(standings: readonly GateStanding[], release: string): readonly string[] {
  return standings.flatMap(({ gate, standing, told }) => {
    if (standing === 'missing') return [`Nobody has shown that ${release} passes the gate ${gate}.`]
    if (standing === 'failed') return [`${release} did not pass the gate ${gate} (${told}).`]
    return []
  })
}

/** What is wrong with overrides, as a sentence. Undefined: nothing. */
export function overrideFault(stage: DeployedStage, overrides: readonly GateOverride[]): string | undefined {
  const required = requiredGates(stage)
  for (const { gate, because } of overrides) {
    if (!required.includes(gate)) return `There is no gate ${gate} before ${stage}. Gates: ${required.join(', ')}.`
    if (because.trim().length < 10) return 'Say why in ten letters or more: --because "…". It is written down.'
  }
  return undefined
}

/** Results that a bucket holds for an artefact. */
export async function gateResultsIn(
  bucket: Bucket,
  digest: string,
  gates: readonly string[],
): Promise<readonly GateResult[]> {
  const found = await Promise.all(gates.map((gate) => readJson(bucket, gateKey(digest, gate), gateResultSchema)))
  return found.flatMap((one) => (one === undefined ? [] : [one.value]))
}

/**
 * Keeps passed gates beside the artefact they are about, so that the next stage finds them. What was written down for the
 * stage already stays.
 * @param change called around every write
 */
export async function keepGateResults(
  bucket: Bucket,
  results: readonly GateResult[],
  digest: string,
  change: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<void> {
  for (const result of results.filter((one) => one.digest === digest && one.exitCode === 0)) {
    await change(() => bucket.write(gateKey(digest, result.gate), jsonText(result), { kind: 'absent' }))
  }
}
