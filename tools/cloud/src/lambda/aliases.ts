import { randomUUID } from 'node:crypto'
import type { AliasConfiguration, AliasRoutingConfiguration, Lambda } from '@aws-sdk/client-lambda'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import { functionAddress } from './function-name.ts'
import { type Alias, type FunctionState, type LambdaState, requireRevision, versionOf } from './function-state.ts'

/** Aliases. @source AWS Lambda API Reference; AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias" */
export function aliasHandlers(state: LambdaState): Handlers<Lambda> {
  const find = (given: string | undefined, context: { readonly accountId: string; readonly region: string }) =>
    state.get(context.accountId, functionAddress(given, undefined, context).name, context.region)
  return {
    createAlias: ({ FunctionName, Name = '', FunctionVersion = '', Description, RoutingConfig }, context) => {
      const fn = find(FunctionName, context)
      if (!/^(?!^[0-9]+$)[a-zA-Z0-9-_]{1,128}$/.test(Name)) {
        throw invalid(
          `Value '${Name}' at 'name'`,
          'Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)',
        )
      }
      if (fn.aliases.has(Name)) {
        throw new AwsError('ResourceConflictException', `Alias already exists: ${fn.arn}:${Name}`, 409, {
          Type: 'User',
        })
      }
      checkTargets(fn, FunctionVersion, RoutingConfig)
      return store(fn, { name: Name, version: FunctionVersion, description: Description ?? '', routing: RoutingConfig })
    },
    updateAlias: ({ FunctionName, Name = '', FunctionVersion, Description, RoutingConfig, RevisionId }, context) => {
      const fn = find(FunctionName, context)
      const alias = aliasOf(fn, Name)
      requireRevision(RevisionId, alias.revisionId, 'GetFunction/GetAlias')
      const version = FunctionVersion ?? alias.version
      const routing = RoutingConfig ?? alias.routing
      checkTargets(fn, version, routing)
      return store(fn, { name: Name, version, description: Description ?? alias.description, routing })
    },
    getAlias: ({ FunctionName, Name = '' }, context) => {
      const fn = find(FunctionName, context)
      return described(fn, aliasOf(fn, Name))
    },
    listAliases: ({ FunctionName, FunctionVersion, Marker, MaxItems }, context) => {
      const fn = find(FunctionName, context)
      const all = [...fn.aliases.values()]
        .filter(({ version }) => FunctionVersion === undefined || version === FunctionVersion)
        .map((alias) => described(fn, alias))
      const { items, next } = pageOf(all, MaxItems ?? 50, Marker, 'InvalidParameterValueException')
      return { Aliases: [...items], NextMarker: next }
    },
    deleteAlias: ({ FunctionName, Name = '' }, context) => {
      const fn = find(FunctionName, context)
      // With the alias goes its URL. Deleting what is not there succeeds.
      fn.urls.delete(Name)
      fn.policies.delete(Name)
      fn.aliases.delete(Name)
      return {}
    },
  }
}

/** @throws AwsError ResourceNotFoundException */
export function aliasOf(fn: FunctionState, name: string): Alias {
  const alias = fn.aliases.get(name)
  if (alias !== undefined) return alias
  throw new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${fn.arn}:${name}`, 404, { Type: 'User' })
}

function store(fn: FunctionState, given: Omit<Alias, 'revisionId'>): AliasConfiguration {
  const isRouting = Object.keys(given.routing?.AdditionalVersionWeights ?? {}).length > 0
  const alias = { ...given, routing: isRouting ? given.routing : undefined, revisionId: randomUUID() }
  fn.aliases.set(alias.name, alias)
  return described(fn, alias)
}

export function described(
  fn: FunctionState,
  { name, version, description, routing, revisionId }: Alias,
): AliasConfiguration {
  return {
    ...{ AliasArn: `${fn.arn}:${name}`, Name: name, FunctionVersion: version },
    ...{ Description: description, RevisionId: revisionId },
    ...(routing === undefined ? {} : { RoutingConfig: routing }),
  }
}

function checkTargets(fn: FunctionState, version: string, routing: AliasRoutingConfiguration | undefined): void {
  const main = versionOf(fn, version)
  const weights = Object.entries(routing?.AdditionalVersionWeights ?? {})
  const [first] = weights
  if (first === undefined) return
  if (weights.length > 1) throw refused('Number of items in AdditionalVersionWeights cannot be greater than 1')
  const [other, weight] = first
  const given = `Value '{${other}=${weight}}' at 'routingConfig.additionalVersionWeights'`
  if (!/^[0-9]+$/.test(other)) {
    throw invalid(given, 'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [0-9]+]')
  }
  if (weight < 0 || weight > 1) {
    throw invalid(
      given,
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
    )
  }
  if (version === '$LATEST') throw refused('$LATEST is not supported for an alias pointing to more than 1 version')
  if (other === version) {
    throw refused(
      `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
    )
  }
  const second = versionOf(fn, other)
  const [a, b] = [main.configuration, second.configuration]
  // The guide says so; the sentence is unverified.
  if (a.Role !== b.Role || a.DeadLetterConfig?.TargetArn !== b.DeadLetterConfig?.TargetArn) {
    throw refused('Both versions of an alias must have the same execution role and the same dead-letter queue.')
  }
}

function refused(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' })
}

function invalid(what: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: ${what} failed to satisfy constraint: ${constraint}`,
  )
}
