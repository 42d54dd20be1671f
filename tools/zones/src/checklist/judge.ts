import type { ProbeResult } from '@sax/probes'
import type { Observations, Seen } from '../doctor/observations.ts'
import type { Check, Line } from './lines.ts'

/** Everything that lines are ticked by. */
export interface Sight {
  readonly stage: string
  /** Public address of the zone, which the host has to know. */
  readonly outreachUrl: string
  readonly results: readonly ProbeResult[]
  readonly functions: Observations['functions']
  readonly infrastructure: Observations['infrastructure']
  readonly secrets: Observations['secrets']
  /** Variables of the version that the host's traffic reaches. */
  readonly hostEnvironment: Seen<Readonly<Record<string, string>>>
  readonly lint: Seen<{ readonly isClean: boolean; readonly told: string }>
}

/** One check of a line. `proof`: what was seen, or why nothing was. */
export interface Checked {
  readonly holds: boolean
  /** What was looked at, for example the id of a probe. */
  readonly by: string
  readonly proof: string
}

export interface TickedLine {
  readonly line: Line
  /** Seen to hold, all of it. A line that could not be seen is open. */
  readonly isTicked: boolean
  readonly checked: readonly Checked[]
}

export function ticked(line: Line, sight: Sight): TickedLine {
  const checked = line.checks.flatMap((check) => judge(check, sight))
  return { line, checked, isTicked: checked.length > 0 && checked.every(({ holds }) => holds) }
}

function judge(check: Check, sight: Sight): readonly Checked[] {
  switch (check.kind) {
    case 'probes':
      return check.ids.flatMap((id) => probed(id, sight.results))
    case 'lint':
      return [from('lint', sight.lint, ({ isClean, told }) => ({ holds: isClean, proof: told }))]
    case 'secrets':
      return [
        from('secrets check', sight.secrets, ({ agrees, secrets, disagreements: [first] }) => ({
          holds: agrees,
          proof: agrees
            ? `${secrets.flatMap(({ readers }) => readers).length} readers of ${secrets.length} secrets read the same values`
            : `${first?.about ?? 'they'} ${first?.why ?? 'do not agree'}`,
        })),
      ]
    case 'address':
      return [
        from(check.variable, sight.hostEnvironment, (variables) => {
          const value = variables[check.variable]
          return {
            holds: value === sight.outreachUrl,
            proof: value === undefined ? 'is not set' : `is ${value}, owed ${sight.outreachUrl}`,
          }
        }),
      ]
    case 'released':
      return check.roles.map((role) =>
        from(role, sight.functions, (functions) => {
          const one = functions.find((fn) => fn.role === role)
          if (one?.version === undefined) return { holds: false, proof: 'has nothing behind its alias' }
          const shared = one.weighted.length > 0 ? `, with a share for ${one.weighted.join(', ')}` : ''
          return {
            // Version 1 is the placeholder that the infrastructure was made with.
            holds: one.version !== '1' && shared === '',
            proof: `version ${one.version}${shared}${one.version === '1' ? ', the placeholder' : ''}`,
          }
        }),
      )
    case 'distributions':
      return [
        from('infra status', sight.infrastructure, (items) => {
          const all = items.filter(({ group }) => group === 'Distributions')
          const [wrong] = all.filter(({ standing }) => standing !== 'right')
          return {
            holds: all.length > 0 && wrong === undefined,
            proof:
              wrong === undefined
                ? `${all.length} distributions are as their templates say`
                : `${wrong.name}: ${wrong.findings[0] ?? wrong.standing}`,
          }
        }),
      ]
  }
}

/** The probes whose ids begin so. Sentences before ids: a line is proven by what was answered. */
function probed(id: string, results: readonly ProbeResult[]): readonly Checked[] {
  const own = results.filter((result) => (/[.:]$/.test(id) ? result.id.startsWith(id) : result.id === id))
  if (own.length === 0) return [{ holds: false, by: id, proof: 'was not looked at' }]
  return own.map(({ id: by, outcome, findings, evidence }) => ({
    by,
    holds: outcome === 'kept',
    proof:
      outcome === 'kept'
        ? evidence
            .slice(0, 2)
            .map(({ question, answer }) => `${question}: ${answer}`)
            .join('; ') || 'kept'
        : `${outcome}: ${findings[0] ?? 'no reason is known'}`,
  }))
}

function from<Value>(
  by: string,
  seen: Seen<Value>,
  judged: (value: Value) => { readonly holds: boolean; readonly proof: string },
): Checked {
  return seen.kind === 'seen' ? { by, ...judged(seen.value) } : { by, holds: false, proof: `not seen: ${seen.why}` }
}
