import { secretId, secretNames } from '@sax/infra/secrets'
import { type StagePorts, stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { declined, endedEarly, guarded, overtaken, refused } from '../secrets/change-outcome.ts'
import { duration, moment } from '../secrets/duration.ts'
import { type Fingerprint, shown } from '../secrets/fingerprint.ts'
import { type FreshPorts, freshFields } from '../secrets/fresh-fields.ts'
import { type Rotating, rotatingSecret } from '../secrets/rotating-secret.ts'
import { afterStep, type Due, dueStep } from '../secrets/rotation.ts'
import { rotationWords } from '../secrets/rotation-words.ts'
import { secretShapes } from '../secrets/secret-shapes.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { secretText } from '../secrets/stored-secret.ts'
import { isSecretName } from '../secrets/value-sources.ts'
import { writeSecret } from '../secrets/write-secret.ts'

export interface SecretsRotateArguments {
  readonly stage: string
  readonly name: string
  /** Say what is due, and do nothing. */
  readonly status: boolean
  /** Begin another rotation although one has just ended. */
  readonly again: boolean
  /** Take a new value that Auth0 or the carrier made from standard input. */
  readonly stdin: boolean
  /** Nobody is asked to agree. */
  readonly yes: boolean
}

export interface SecretsRotatePorts extends StagePorts, FreshPorts {
  readonly store: SecretStore
  readonly fingerprint: Fingerprint
}

/**
 * Does the one step of a secret's rotation that is due, or says when one will be. What was done before is read from the
 * secret itself, so that the same command goes on wherever an earlier one ended.
 */
export function secretsRotate(arguments_: SecretsRotateArguments, ports: SecretsRotatePorts): Promise<ChangeOutcome> {
  return guarded(async (journal) => {
    const { name } = arguments_
    if (!isSecretName(name)) return refused(`There is no secret of that name; there are ${secretNames.join(', ')}.`)
    if (arguments_.stdin && secretShapes[name].generated) {
      return refused(`--stdin has no effect: a new value of ${name} is made here. Leave it out.`)
    }
    const looksOnly = arguments_.status
    if (!looksOnly && !arguments_.yes && !ports.person.present) {
      return refused('There is nobody to ask here. Say --yes to agree beforehand.')
    }
    const at = await stageAtHand(arguments_.stage, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const { stage, facts } = at
    const rotating = await rotatingSecret(stage, name, ports.store)
    if (rotating.kind === 'refused') return refused(rotating.reason)

    const due = dueStep(name, rotating, arguments_.again)
    const command = `npx zones secrets rotate ${stage} ${name}`
    if (looksOnly) return { kind: 'done', text: `${name} of ${stage}: ${standing(rotating, due)}` }
    if (due.kind === 'waiting') return refused(`Nothing is due yet: ${whenDue(due)}. Run ${command} again then.`)
    if (due.kind === 'finished') {
      const text = `The rotation of ${name} ended at ${moment(due.endedAtMs)}; nothing is due. For another one: ${command} --again`
      return { kind: 'done', text }
    }

    const fresh = await freshFields({ stage, name, step: due.step, stdin: arguments_.stdin }, ports)
    if (fresh.kind === 'left') return declined
    if (fresh.kind === 'refused') return refused(fresh.reason)
    const { main } = secretShapes[name]
    if (fresh.fields[main] !== undefined && fresh.fields[main] === rotating.fields[main]) {
      return { kind: 'done', text: `Nothing was changed: ${name} of ${stage} is this very value already.` }
    }
    const words = rotationWords[name][due.step]
    const question = `${stage}, account ${facts.accountId}: ${due.step} ${name}.\n${words?.does}\nGo on?`
    if (!arguments_.yes && !(await ports.person.agrees(question))) return declined

    const fields = afterStep(name, due.step, rotating.fields, fresh.fields)
    const text = secretText(name, fields)
    const writing = { name, secretId: secretId(stage, name), text, after: rotating.state }
    const written = await writeSecret(writing, journal, ports)
    if (written.kind !== 'proven') return endedEarly(journal, overtaken(stage, name))
    const next = dueStep(name, { fields, before: rotating.fields, ...written })
    const done = [
      `${stage}, account ${facts.accountId}: ${due.step} ${name}, read back and found equal: fingerprint ${shown(written.fingerprint)}`,
      words?.holds,
      ...(next.kind === 'waiting' ? [`Next: ${whenDue(next)}, with ${command}`] : []),
    ]
    return { kind: 'done', text: done.join('\n') }
  })
}

function whenDue({ step, leftSec, dueAtMs }: Extract<Due, { kind: 'waiting' }>): string {
  return `${step} is due in ${duration(leftSec)}, at ${moment(dueAtMs)}`
}

function standing({ createdAtMs }: Rotating, due: Due): string {
  const since = `value written at ${moment(createdAtMs)}`
  if (due.kind === 'waiting') return `${since}; ${whenDue(due)}.`
  if (due.kind === 'finished') return `${since}, by the end of a rotation; nothing is due.`
  return due.step === 'prepare' || due.step === 'exchange'
    ? `${since}; no rotation is under way.`
    : `${since}; ${due.step} is due now.`
}
