/** A route that fits, with what its path's variables hold. */
export interface MatchedRoute<Route> {
  readonly route: Route
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * The route of a request: a full path before one with variables, before a greedy one, before `$default`; a method by
 * name before ANY. @source Amazon API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway"
 */
export function matchRoute<Route extends { readonly key: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): MatchedRoute<Route> | undefined {
  const fitting = routes
    .flatMap((route) => {
      if (route.key === '$default') return [{ route, parameters: {}, rank: Number.POSITIVE_INFINITY }]
      const [verb = '', pattern = ''] = route.key.split(' ')
      if (verb !== 'ANY' && verb !== method) return []
      const parameters = variablesOf(pattern, path)
      if (parameters === undefined) return []
      const greedy = pattern.includes('+}') ? 100 : 0
      return [{ route, parameters, rank: greedy + Object.keys(parameters).length * 2 + (verb === 'ANY' ? 1 : 0) }]
    })
    .sort((a, b) => a.rank - b.rank)
  return fitting[0]
}

function variablesOf(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  const parameters: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? []
    const rest = given.slice(index)
    if (rest.length === 0) return undefined
    if (name === undefined) {
      if (part !== rest[0]) return undefined
    } else if (plus === '+') {
      parameters[name] = rest.join('/')
      return parameters
    } else parameters[name] = rest[0] ?? ''
  }
  return wanted.length === given.length ? parameters : undefined
}
