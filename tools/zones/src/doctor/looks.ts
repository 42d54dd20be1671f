import { MISSING_TENANT } from '@sax/probes'
import type { Observations, QuestionName, SeenAnswer } from './observations.ts'
import { type Look, lookAt } from './tree.ts'

/** An answer in few words, as evidence. */
export function told({ asked, status, code, headers }: SeenAnswer): string {
  const cache = headers['x-cache'] === undefined ? '' : `, ${headers['x-cache']}`
  return `${asked}: ${status === 0 ? 'no answer' : status}${code === undefined ? '' : ` ${code}`}${cache}`
}

/** Whether one answer is so. */
export function answer(seen: Observations, name: QuestionName, is: (answer: SeenAnswer) => boolean): Look {
  return lookAt(seen.answers[name], (value) => ({ is: is(value), evidence: told(value) }))
}

/** Whether any of them is so; unseen only when none could be seen. */
export function anyAnswer(
  seen: Observations,
  names: readonly QuestionName[],
  is: (answer: SeenAnswer) => boolean,
): Look {
  const asked = names.map((name) => seen.answers[name])
  const values = asked.flatMap((one) => (one.kind === 'seen' ? [one.value] : []))
  const hit = values.find(is)
  if (hit !== undefined) return { answer: 'yes', evidence: told(hit) }
  const [unseen] = asked.flatMap((one) => (one.kind === 'unseen' ? [one.why] : []))
  if (unseen !== undefined) return { answer: 'unseen', why: unseen }
  return { answer: 'no', evidence: values.map(told).join('; ') }
}

/** Whether the platform reports such a failure of one of the functions. */
export function failure(seen: Observations, what: (errorType: string, phase: 'init' | 'call') => boolean): Look {
  return lookAt(seen.failures, (failures) => {
    const hit = failures.find(({ errorType, phase }) => what(errorType, phase))
    return {
      is: hit !== undefined,
      evidence:
        hit === undefined
          ? 'no such failure in the last quarter of an hour'
          : `${hit.role}: ${hit.errorType} ${hit.phase === 'init' ? 'while starting' : 'in a call'}`,
    }
  })
}

/** Whether something of the infrastructure is not as its template says, in a way that is meant here. */
export function drifted(seen: Observations, group: 'Distributions' | 'Buckets' | 'Functions', about: RegExp): Look {
  return lookAt(seen.infrastructure, (items) => {
    const wrong = items.filter((item) => item.group === group && item.standing !== 'right')
    const hit = wrong.find(({ name, findings }) => [name, ...findings].some((text) => about.test(text)))
    return {
      is: hit !== undefined,
      evidence:
        hit === undefined
          ? `${group.toLowerCase()}: nothing of that kind differs from the template`
          : `${hit.name}: ${hit.findings.find((text) => about.test(text)) ?? hit.findings[0] ?? hit.standing}`,
    }
  })
}

/** A request that went around the zone, word for word. */
export function isBypassed({ status, message }: SeenAnswer): boolean {
  return status === 400 && message === MISSING_TENANT
}

export function isUpstreamFault({ status }: SeenAnswer): boolean {
  return [502, 503, 504].includes(status)
}

/** Whether the host gives no token, so that nobody can be told who asks. */
export function gaveNoToken({ answers }: Observations): Look {
  const first = answers['api.host.cookie']
  const none = first.kind === 'unseen' && /gave no token|asked for a token/.test(first.why)
  return none
    ? { answer: 'yes', evidence: first.why }
    : { answer: 'no', evidence: 'the host gave a token of verification' }
}

/** Version that the infrastructure was made with. */
const PLACEHOLDER = '1'

/** Whether a function that answers people still runs what the infrastructure put there. */
export function runsPlaceholder({ functions }: Observations): Look {
  return lookAt(functions, (all) => {
    const hit = all.find(({ version }) => version === PLACEHOLDER)
    return {
      is: hit !== undefined,
      evidence:
        hit === undefined
          ? 'no alias points at the placeholder'
          : `${hit.role}: version ${hit.version}, the placeholder`,
    }
  })
}

/** The first of them that says yes; else the first that saw nothing; else no. */
export function either(...looks: readonly Look[]): Look {
  return (
    looks.find(({ answer }) => answer === 'yes') ??
    looks.find(({ answer }) => answer === 'unseen') ??
    looks[0] ?? { answer: 'no', evidence: 'nothing was looked at' }
  )
}
