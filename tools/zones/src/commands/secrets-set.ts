import { secretId } from '@sax/infra/secrets'
import { type StagePorts, stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { declined, endedEarly, guarded, overtaken, refused } from '../secrets/change-outcome.ts'
import { type Fingerprint, shown } from '../secrets/fingerprint.ts'
import { type Intention, type IntentionPorts, intendedValues } from '../secrets/intended-values.ts'
import { secretShapes } from '../secrets/secret-shapes.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { stageSecrets } from '../secrets/stage-secrets.ts'
import { secretText } from '../secrets/stored-secret.ts'
import { type SourceArguments, type ValueSource, valueSources } from '../secrets/value-sources.ts'
import { writeSecret } from '../secrets/write-secret.ts'

export interface SecretsSetArguments extends SourceArguments {
  readonly stage: string
  /** A value that is there may be lost. */
  readonly replace: boolean
  /** Nobody is asked to agree. */
  readonly yes: boolean
}

export interface SecretsSetPorts extends StagePorts, IntentionPorts {
  readonly store: SecretStore
  readonly fingerprint: Fingerprint
}

/** Gives secrets of a stage their values, and proves by reading back that they have them. Shows no value. */
export function secretsSet(arguments_: SecretsSetArguments, ports: SecretsSetPorts): Promise<ChangeOutcome> {
  return guarded(async (journal) => {
    const wanted = valueSources(arguments_)
    if (wanted.kind === 'refused') return refused(wanted.why)
    if (!ports.person.present) {
      if ([...wanted.sources.values()].includes('asked')) {
        return refused(
          'There is nobody to ask here. Pipe a value in with --stdin <name>, or have one made with --generate <name>.',
        )
      }
      if (!arguments_.yes) return refused('There is nobody to ask here. Say --yes to agree beforehand.')
    }
    const at = await stageAtHand(arguments_.stage, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const { stage, facts } = at

    const secrets = await stageSecrets(stage, ports.store)
    const absent = [...wanted.sources.keys()].filter((name) => !secrets.has(name))
    if (absent.length > 0) {
      const names = absent.map((name) => secretId(stage, name)).join(', ')
      return refused(`The infrastructure has not made ${names} yet. Make it with: npx zones infra apply ${stage}`)
    }
    const { replace } = arguments_
    const intended = await intendedValues({ ...wanted, stage, secrets, replace }, ports)
    if (intended.kind === 'refused') return refused(intended.reason)
    if (intended.kind === 'left') return declined

    const { intentions } = intended
    const writes = intentions.filter((intention) => intention.kind === 'write')
    const plan = intentions.map(lineOf).join('\n')
    if (writes.length === 0) {
      const text = `Nothing was changed in ${stage}:\n${plan}\nTo change a value: npx zones secrets rotate ${stage} <name>`
      return { kind: 'done', text }
    }
    const question = `${stage}, account ${facts.accountId}:\n${plan}\nWrite ${writes.map(({ name }) => name).join(', ')}?`
    if (!arguments_.yes && !(await ports.person.agrees(question))) return declined

    const proofs: string[] = []
    for (const { name, fields } of writes) {
      const after = secrets.get(name)
      if (after === undefined) throw new TypeError(`${name} was looked at and is not there`)
      const writing = { name, secretId: secretId(stage, name), text: secretText(name, fields), after }
      const written = await writeSecret(writing, journal, ports)
      if (written.kind !== 'proven') return endedEarly(journal, overtaken(stage, name))
      proofs.push(`  ${name.padEnd(14)}written, read back and found equal: fingerprint ${shown(written.fingerprint)}`)
    }
    const text = [
      `${stage}, account ${facts.accountId}:`,
      ...proofs,
      ...intentions.filter(({ kind }) => kind === 'keep').map(lineOf),
      'Fingerprints are made under a key of this run alone.',
      `Next: npx zones secrets check ${stage}`,
    ]
    return { kind: 'done', text: text.join('\n') }
  })
}

const from: Readonly<Record<ValueSource, string>> = {
  asked: 'as typed',
  piped: 'as piped in',
  generated: 'made here',
  auth0: "the same as auth0's client secret, as older systems have it",
}

function lineOf(intention: Intention): string {
  return `  ${intention.name.padEnd(14)}${sayOf(intention)}`
}

function sayOf(intention: Intention): string {
  if (intention.kind === 'keep') return `stays: ${intention.why}`
  const then = intention.replaces ? `; replaces a value, and then ${secretShapes[intention.name].replaced}` : ''
  return `${from[intention.source]}${then}`
}
