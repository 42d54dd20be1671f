/** What the references of a template stand for. */
export interface Surroundings {
  readonly region: string
  readonly accountId: string
  /** Physical ids by logical id, as far as they are known. */
  readonly physicalIds: Readonly<Record<string, string>>
}

/** Stands for whatever cannot be told without asking AWS. Equal to anything in a comparison. */
export const UNKNOWN = Symbol('unknown')

/**
 * A value of a template with its references put in: `Ref`, `Fn::Sub` and `Fn::Join`, pseudo parameters included. Whatever
 * leads to something unknown is `UNKNOWN`, as are the other functions.
 */
export function resolved(value: unknown, surroundings: Surroundings): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolved(item, surroundings))
  if (typeof value !== 'object' || value === null) return value
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
  if (others.length === 0 && name === 'Ref') return referred(String(argument), surroundings) ?? UNKNOWN
  if (others.length === 0 && name === 'Fn::Sub') return substituted(argument, surroundings) ?? UNKNOWN
  if (others.length === 0 && name === 'Fn::Join') return joined(argument, surroundings) ?? UNKNOWN
  if (others.length === 0 && name.startsWith('Fn::')) return UNKNOWN
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, surroundings)]))
}

/** A resolved text; undefined when it is none, or unknown. */
export function resolvedText(value: unknown, surroundings: Surroundings): string | undefined {
  const found = resolved(value, surroundings)
  return typeof found === 'string' ? found : undefined
}

function referred(name: string, { region, accountId, physicalIds }: Surroundings): string | undefined {
  switch (name) {
    case 'AWS::Region':
      return region
    case 'AWS::AccountId':
      return accountId
    case 'AWS::Partition':
      return 'aws'
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    default:
      return physicalIds[name] || undefined
  }
}

function substituted(argument: unknown, surroundings: Surroundings): string | undefined {
  // The form with a map of variables is not written by our templates.
  if (typeof argument !== 'string') return undefined
  let isKnown = true
  const text = argument.replaceAll(/\$\{([^}!]+)\}/g, (_match, name: string) => {
    const found = referred(name, surroundings)
    isKnown &&= found !== undefined
    return found ?? ''
  })
  return isKnown ? text : undefined
}

function joined(argument: unknown, surroundings: Surroundings): string | undefined {
  if (!Array.isArray(argument)) return undefined
  const [separator, parts]: readonly unknown[] = argument
  if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined
  const texts = parts.map((part: unknown) => resolvedText(part, surroundings))
  return texts.includes(undefined) ? undefined : texts.join(separator)
}
