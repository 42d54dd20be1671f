import { attributePath } from './configuration-document.ts'
import { ConfigurationError } from './configuration-error.ts'
import { entry, NO_VALUE, type References, type TemplateSections } from './references.ts'
import { isRecord } from './shapes.ts'

/** Replaces intrinsic functions by what they give. */
export interface Intrinsics {
  readonly resolve: (value: unknown, where: string) => unknown
  /** Whether a condition of the template holds. */
  readonly holds: (condition: string, where: string) => boolean
}

/**
 * The intrinsic functions of one template.
 * @source AWS CloudFormation User Guide, "Intrinsic function reference"
 * @throws ConfigurationError `unresolved` for names the template does not hold, `malformed` for wrong arguments,
 * `unsupported` for functions that only the service can run (`Fn::Transform`).
 */
export function intrinsics(sections: TemplateSections, references: References): Intrinsics {
  const deciding = new Set<string>()

  const resolve = (value: unknown, where: string): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, i) => resolve(item, `${where}[${i}]`)).filter((item) => item !== NO_VALUE)
    }
    if (!isRecord(value)) return value
    const [name, ...others] = Object.keys(value)
    if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return call(name, value[name], where)
    }
    const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner, `${where}.${key}`)] as const)
    return Object.fromEntries(entries.filter(([, inner]) => inner !== NO_VALUE))
  }

  const text = (value: unknown, where: string): string => {
    const resolved = resolve(value, where)
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') {
      return String(resolved)
    }
    throw new ConfigurationError('malformed', where, 'a text is needed here; it resolves to something else')
  }

  const list = (value: unknown, where: string): readonly unknown[] => {
    if (Array.isArray(value)) return value
    throw new ConfigurationError('malformed', where, 'a list is needed here')
  }

  const call = (name: string, given: unknown, where: string): unknown => {
    const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
    if (apply !== undefined) return apply(given, `${where}.${name}`)
    throw new ConfigurationError(
      'unsupported',
      where,
      `${name} is run by CloudFormation only; give the template as it stands after it was processed`,
    )
  }

  const select = (given: unknown, where: string): unknown => {
    const [index, from] = list(given, where)
    const position = Number(text(index, where))
    const items = resolve(from, where)
    const item = Array.isArray(items) ? items[position] : undefined
    if (item !== undefined) return item
    // What is not yet made has no parts yet: the whole stands for any of them.
    const whole = Array.isArray(items) && items.length === 1 ? items[0] : items
    if (typeof whole === 'string' && references.isSymbolic(whole)) return whole
    throw new ConfigurationError('malformed', where, `there is no item ${position} to select`)
  }

  const substitute = (given: unknown, where: string): string => {
    const [pattern, variables] = Array.isArray(given) ? given : [given, {}]
    if (typeof pattern !== 'string') throw new ConfigurationError('malformed', where, 'a text is needed here')
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, written: string) => {
      if (literal === '!') return `\${${written}}`
      const name = written.trim()
      const own = entry(variables, name)
      if (own !== undefined) return text(own, where)
      if (name.includes('.')) return references.attribute(...attributePath(name), where)
      return text({ Ref: name }, where)
    })
  }

  const find = (given: unknown, where: string): unknown => {
    const [map, top, second, fallback] = list(given, where)
    const keys = [map, top, second].map((key) => text(key, where))
    const found = keys.reduce<unknown>((section, key) => entry(section, key), sections.Mappings)
    if (found !== undefined) return resolve(found, where)
    if (isRecord(fallback) && 'DefaultValue' in fallback) return resolve(fallback.DefaultValue, where)
    throw new ConfigurationError(
      'unresolved',
      where,
      `Mappings has no ${keys.join('.')}; add it or pass the key's value`,
    )
  }

  const decide = (expression: unknown, where: string): boolean => {
    const [name = '', ...others] = isRecord(expression) ? Object.keys(expression) : []
    const given = isRecord(expression) ? expression[name] : undefined
    if (others.length === 0 && name === 'Condition') return holds(String(given), where)
    if (name === 'Fn::Equals') {
      const [left, right] = list(given, where).map((side) => comparable(resolve(side, where)))
      return left === right
    }
    if (name === 'Fn::Not') return !decide(list(given, where)[0], where)
    if (name === 'Fn::And') return list(given, where).every((part) => decide(part, where))
    if (name === 'Fn::Or') return list(given, where).some((part) => decide(part, where))
    throw new ConfigurationError('malformed', where, 'a condition is Equals, And, Or, Not or another condition')
  }

  const holds = (condition: string, where: string): boolean => {
    const expression = entry(sections.Conditions, condition)
    if (expression === undefined) {
      throw new ConfigurationError('unresolved', where, `Conditions has no ${condition}; add it or correct the name`)
    }
    if (deciding.has(condition)) throw new ConfigurationError('malformed', where, `${condition} depends on itself`)
    deciding.add(condition)
    try {
      return decide(expression, `${where} (condition ${condition})`)
    } finally {
      deciding.delete(condition)
    }
  }

  const FUNCTIONS: Readonly<Record<string, (given: unknown, where: string) => unknown>> = {
    Ref: (given, where) => references.ref(String(given), where),
    'Fn::GetAtt': (given, where) => {
      if (typeof given === 'string') return references.attribute(...attributePath(given), where)
      const [logicalId, ...attribute] = list(given, where).map((part) => text(part, where))
      return references.attribute(logicalId ?? '', attribute.join('.'), where)
    },
    'Fn::Sub': substitute,
    'Fn::Join': (given, where) => {
      const [delimiter, parts] = list(given, where)
      const resolved = resolve(parts, where)
      const items = Array.isArray(resolved) ? resolved : [resolved]
      return items.map((item) => text(item, where)).join(text(delimiter, where))
    },
    'Fn::Select': select,
    'Fn::Split': (given, where) => {
      const [delimiter, source] = list(given, where)
      return text(source, where).split(text(delimiter, where))
    },
    'Fn::If': (given, where) => {
      const [condition, yes, no] = list(given, where)
      return resolve(holds(String(condition), where) ? yes : no, where)
    },
    'Fn::Equals': (given, where) => decide({ 'Fn::Equals': given }, where),
    'Fn::Not': (given, where) => decide({ 'Fn::Not': given }, where),
    'Fn::And': (given, where) => decide({ 'Fn::And': given }, where),
    'Fn::Or': (given, where) => decide({ 'Fn::Or': given }, where),
    'Fn::FindInMap': find,
    'Fn::ImportValue': (given, where) => references.exported(text(given, where)),
    'Fn::Base64': (given, where) => Buffer.from(text(given, where)).toString('base64'),
    'Fn::GetAZs': (_given, where) => ['a', 'b', 'c'].map((letter) => `${text({ Ref: 'AWS::Region' }, where)}${letter}`),
    'Fn::ToJsonString': (given, where) => JSON.stringify(resolve(given, where)),
    'Fn::Length': (given, where) => list(resolve(given, where), where).length,
  }
  return { resolve, holds }
}

/** CloudFormation compares texts: `true` equals `"true"`. */
function comparable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
