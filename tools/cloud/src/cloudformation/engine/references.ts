import { isObject } from './template.ts'

/** Something that a value names: a parameter or resource, or an attribute of a resource. */
export interface Reference {
  readonly target: string
  /** Undefined: `Ref`. */
  readonly attribute?: string
}

/** Everything that a value names, also inside texts of `Fn::Sub`. Pseudo parameters are left out. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  const [only] = Object.entries(value)
  if (only !== undefined && Object.keys(value).length === 1) {
    const [name, content] = only
    if (name === 'Ref' && typeof content === 'string') return isPseudo(content) ? [] : [{ target: content }]
    if (name === 'Fn::GetAtt') return attributeReference(content)
    if (name === 'Fn::Sub') return substituted(content)
  }
  return Object.values(value).flatMap(referencesIn)
}

export function isPseudo(name: string): boolean {
  return name.startsWith('AWS::')
}

/** The placeholders of a text of `Fn::Sub`: `${Name}`, `${Name.Attribute}`; `${!Literal}` is none. */
export const PLACEHOLDER = /\$\{([^!${}][^${}]*)\}/g

/** The first dot ends the logical id. */
export function splitAttribute(text: string): Reference {
  const dot = text.indexOf('.')
  return dot === -1 ? { target: text } : { target: text.slice(0, dot), attribute: text.slice(dot + 1) }
}

function attributeReference(content: unknown): readonly Reference[] {
  if (typeof content === 'string') return [splitAttribute(content)]
  if (!Array.isArray(content)) return []
  const [target, attribute] = content
  if (typeof attribute !== 'string') return [{ target: String(target) }, ...referencesIn(attribute)]
  return [{ target: String(target), attribute }]
}

function substituted(content: unknown): readonly Reference[] {
  const [text, variables] = Array.isArray(content) ? content : [content, {}]
  const own = isObject(variables) ? variables : {}
  const named = [...String(text).matchAll(PLACEHOLDER)]
    .map(([, name = '']) => splitAttribute(name.trim()))
    .filter(({ target }) => !isPseudo(target) && !Object.hasOwn(own, target))
  return [...named, ...Object.values(own).flatMap(referencesIn)]
}
