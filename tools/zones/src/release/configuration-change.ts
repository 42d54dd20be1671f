import { isSecretId } from '../secrets/agreement-facts.ts'

export interface VariableChange {
  readonly name: string
  /** Undefined: it is not there. What may be a secret is not shown. */
  readonly from: string | undefined
  readonly to: string | undefined
}

/** What the next version of a function has otherwise than the one that is live: only settings, no code. */
export interface ConfigurationChange {
  readonly added: readonly VariableChange[]
  readonly changed: readonly VariableChange[]
  readonly removed: readonly VariableChange[]
}

type Variables = Readonly<Record<string, string>>

/** How the environment changes with the next version. Infrastructure owns it; a release brings it to people. */
export function configurationChange(live: Variables, next: Variables): ConfigurationChange {
  const names = [...new Set([...Object.keys(live), ...Object.keys(next)])].sort()
  const change = (name: string): VariableChange => ({
    name,
    from: shown(name, live[name]),
    to: shown(name, next[name]),
  })
  return {
    added: names.filter((name) => live[name] === undefined).map(change),
    removed: names.filter((name) => next[name] === undefined).map(change),
    changed: names
      .filter((name) => live[name] !== undefined && next[name] !== undefined && live[name] !== next[name])
      .map(change),
  }
}

export function isEmpty({ added, changed, removed }: ConfigurationChange): boolean {
  return added.length + changed.length + removed.length === 0
}

const PLAIN = /^(STAGE|LOG_LEVEL|[A-Z0-9_]+_(URL|HOST|NAMES?|USER|DOMAIN|SID|SEC)|AUTH0_CLIENT_ID)$/

/** Values whose names say that they are none of a secret's. */
function shown(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (name.endsWith('_SECRET_ID')) return isSecretId(value) ? value : '(not shown)'
  // An address can carry a password.
  return PLAIN.test(name) && !/\/\/[^/]*@/.test(value) ? value : '(not shown)'
}
