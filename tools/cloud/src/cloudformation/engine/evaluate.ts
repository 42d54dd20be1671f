import { isPseudo, PLACEHOLDER, splitAttribute } from './references.ts'
import { invalid, isObject, type JsonObject } from './template.ts'
import { UNKNOWN } from './unknown.ts'

/** What names stand for. Values that are known only later are `UNKNOWN`. */
export interface Scope {
  readonly pseudo: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, unknown>>
  readonly mappings: JsonObject
  /** Whether a condition of that name holds. @throws AwsError for one that is not there */
  readonly condition: (name: string) => boolean
  readonly ref: (logicalId: string) => unknown
  readonly attribute: (logicalId: string, attribute: string) => unknown
}

/** Left out wherever it stands. */
const NO_VALUE = Symbol('AWS::NoValue')

/**
 * The value of an expression. @source AWS CloudFormation Template Reference, "Intrinsic function reference"
 * @throws AwsError ValidationError for expressions that make no sense, and for functions that are not available here
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const result = reduced(value, scope)
  return result === NO_VALUE ? undefined : result
}

function reduced(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string' && value.includes('{{resolve:')) {
    throw invalid("Dynamic references ({{resolve:…}}) are not available in the laptop's AWS.")
  }
  if (Array.isArray(value)) return value.map((item) => reduced(item, scope)).filter((item) => item !== NO_VALUE)
  if (!isObject(value)) return value
  const [only] = Object.entries(value)
  if (only !== undefined && Object.keys(value).length === 1) {
    const [name, content] = only
    if (name === 'Ref') return referred(String(content), scope)
    if (name.startsWith('Fn::')) return called(name, content, scope)
  }
  const members = Object.entries(value).map(([name, member]) => [name, reduced(member, scope)] as const)
  return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE))
}

function referred(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE
  if (isPseudo(name)) {
    if (Object.hasOwn(scope.pseudo, name)) return scope.pseudo[name]
    throw invalid(`Template format error: Unresolved pseudo parameter ${name}`)
  }
  return Object.hasOwn(scope.parameters, name) ? scope.parameters[name] : scope.ref(name)
}

function called(name: string, content: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Fn::GetAtt':
      return got(content, scope)
    case 'Fn::Sub':
      return substituted(content, scope)
    case 'Fn::Join': {
      const [glue, items] = pair(name, content)
      const values = listOf(name, reduced(items, scope))
      return values === UNKNOWN ? UNKNOWN : joined(String(glue), values)
    }
    case 'Fn::Select': {
      const [index, items] = pair(name, content)
      const values = listOf(name, reduced(items, scope))
      const at = Number(reduced(index, scope))
      if (values === UNKNOWN) return UNKNOWN
      if (values[at] === undefined)
        throw invalid(`Template error: Fn::Select cannot select nonexistent value at index ${at}`)
      return values[at]
    }
    case 'Fn::Split': {
      const [glue, text] = pair(name, content)
      const value = reduced(text, scope)
      return isUnknown(value) ? UNKNOWN : String(value).split(String(glue))
    }
    case 'Fn::Base64': {
      const value = reduced(content, scope)
      return isUnknown(value) ? UNKNOWN : Buffer.from(String(value)).toString('base64')
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = Array.isArray(content) ? content : []
      return reduced(scope.condition(String(condition)) ? whenTrue : whenFalse, scope)
    }
    case 'Fn::FindInMap':
      return mapped(content, scope)
    case 'Fn::GetAZs': {
      const region = String(reduced(content, scope) || scope.pseudo['AWS::Region'])
      return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${region}${letter}`)
    }
    default:
      throw invalid(`${name} is not available in the laptop's AWS.`)
  }
}

function got(content: unknown, scope: Scope): unknown {
  const { target, attribute } = Array.isArray(content)
    ? { target: String(content[0]), attribute: String(reduced(content[1], scope)) }
    : splitAttribute(String(content))
  if (attribute === undefined || attribute === '') {
    throw invalid(
      'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    )
  }
  return scope.attribute(target, attribute)
}

function substituted(content: unknown, scope: Scope): unknown {
  const [text, variables] = Array.isArray(content) ? content : [content, {}]
  const own = isObject(variables) ? variables : {}
  let unknown = false
  const result = String(text).replace(PLACEHOLDER, (_all, given: string) => {
    const name = given.trim()
    const { target, attribute } = splitAttribute(name)
    const value = Object.hasOwn(own, name)
      ? reduced(own[name], scope)
      : attribute === undefined
        ? referred(target, scope)
        : scope.attribute(target, attribute)
    unknown ||= isUnknown(value)
    return String(value)
  })
  return unknown ? UNKNOWN : result.replace(/\$\{!/g, '${')
}

function mapped(content: unknown, scope: Scope): unknown {
  const [map, first, second] = listOf('Fn::FindInMap', reduced(content, scope))
  const table = scope.mappings[String(map)]
  const row = isObject(table) ? table[String(first)] : undefined
  const value = isObject(row) ? row[String(second)] : undefined
  if (value === undefined) throw invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`)
  return value
}

function pair(name: string, content: unknown): readonly [unknown, unknown] {
  if (Array.isArray(content) && content.length === 2) return [content[0], content[1]]
  throw invalid(`Template error: every ${name} object requires two parameters`)
}

function listOf(name: string, value: unknown): readonly unknown[] | typeof UNKNOWN {
  if (value === UNKNOWN) return UNKNOWN
  if (Array.isArray(value)) return value
  throw invalid(`Template error: ${name} requires a list`)
}

function joined(glue: string, values: readonly unknown[]): string {
  return values.some(isUnknown) ? UNKNOWN : values.map(String).join(glue)
}

export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && value.includes(UNKNOWN)
}
