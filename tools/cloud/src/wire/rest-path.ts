/** A path template of the AWS model, such as `/2015-03-31/functions/{FunctionName}` or `/{Key+}?acl`. */
export interface CompiledPath {
  readonly expression: RegExp
  readonly labels: readonly string[]
  /** Query parameters that must be there, with the value they must have; an empty value means any. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

export function compilePath(template: string): CompiledPath {
  const [path = '', query = ''] = template.split('?')
  const labels: string[] = []
  const pattern = path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const label = /^\{(.+?)(\+?)\}$/.exec(part)
      if (label === null) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      labels.push(label[1] ?? '')
      return label[2] === '+' ? '(.+)' : '([^/]+)'
    })
    .join('')
  return {
    expression: new RegExp(`^${pattern.replace(/\/$/, '')}/?$`),
    labels,
    // A client of its own puts x-id there, and no other does.
    query: [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id'),
  }
}

/** The values of the labels when path and query fit, decoded. */
export function matchPath(
  compiled: CompiledPath,
  path: string,
  query: URLSearchParams,
): Readonly<Record<string, string>> | undefined {
  const match = compiled.expression.exec(path)
  if (match === null) return undefined
  const asked = compiled.query.every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value))
  if (!asked) return undefined
  return Object.fromEntries(compiled.labels.map((label, i) => [label, decoded(match[i + 1] ?? '')]))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
