import { randomUUID } from 'node:crypto'
import type {
  AliasRoutingConfiguration,
  EventSourceMappingConfiguration,
  FunctionConfiguration,
  FunctionUrlConfig,
} from '@aws-sdk/client-lambda'
import { AwsError } from '../wire/aws-error.ts'

export interface Alias {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly routing?: AliasRoutingConfiguration | undefined
  readonly revisionId: string
}

/** A statement of a resource policy, as it is written there. */
export interface PolicyStatement {
  readonly Sid: string
  readonly [member: string]: unknown
}

/** One published version, or `$LATEST`. */
export interface Version {
  readonly configuration: FunctionConfiguration
  readonly zip: Buffer
}

/** A function with everything that hangs on it. */
export interface FunctionState {
  readonly name: string
  readonly arn: string
  readonly accountId: string
  latest: Version
  /** An update is under way; it is over when somebody looks. */
  settling: boolean
  readonly versions: Map<string, Version>
  nextVersion: number
  readonly aliases: Map<string, Alias>
  /** By qualifier; the function itself under the empty one. */
  readonly urls: Map<string, FunctionUrlConfig>
  readonly policies: Map<string, { readonly statements: readonly PolicyStatement[]; readonly revisionId: string }>
  reserved?: number | undefined
  readonly tags: Map<string, string>
}

export interface StoredMapping extends EventSourceMappingConfiguration {
  readonly accountId: string
  readonly tags: Readonly<Record<string, string>>
}

/** All functions and event source mappings of all accounts. */
export class LambdaState {
  readonly #functions = new Map<string, FunctionState>()
  readonly mappings = new Map<string, StoredMapping>()
  /** Concurrent executions that an account may have. */
  readonly concurrencyLimit: number

  constructor(concurrencyLimit: number) {
    this.concurrencyLimit = concurrencyLimit
  }

  of(accountId: string): readonly FunctionState[] {
    return [...this.#functions.values()].filter((fn) => fn.accountId === accountId)
  }

  /** The function behind a URL's host name, and the qualifier that the URL is bound to; the empty one is the function itself. */
  behind(
    host: string,
  ): { readonly fn: FunctionState; readonly key: string; readonly url: FunctionUrlConfig } | undefined {
    for (const fn of this.#functions.values()) {
      for (const [key, url] of fn.urls) if (url.FunctionUrl === `https://${host}/`) return { fn, key, url }
    }
    return undefined
  }

  find(accountId: string, name: string): FunctionState | undefined {
    return this.#functions.get(`${accountId} ${name}`)
  }

  /** @throws AwsError ResourceNotFoundException */
  get(accountId: string, name: string, region: string): FunctionState {
    const fn = this.find(accountId, name)
    if (fn !== undefined) return fn
    throw notFound(`arn:aws:lambda:${region}:${accountId}:function:${name}`)
  }

  add(fn: FunctionState): void {
    this.#functions.set(`${fn.accountId} ${fn.name}`, fn)
  }

  delete(fn: FunctionState): void {
    this.#functions.delete(`${fn.accountId} ${fn.name}`)
    for (const [id, { accountId, FunctionArn = '' }] of this.mappings) {
      const isOfFunction = FunctionArn === fn.arn || FunctionArn.startsWith(`${fn.arn}:`)
      if (accountId === fn.accountId && isOfFunction) this.mappings.delete(id)
    }
  }
}

export function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' })
}

/**
 * The version that a qualifier stands for; an alias leads to its main version.
 * @throws AwsError ResourceNotFoundException
 */
export function versionOf(fn: FunctionState, qualifier = '$LATEST'): Version {
  if (qualifier === '$LATEST') return fn.latest
  const number = fn.aliases.get(qualifier)?.version ?? qualifier
  const version = number === '$LATEST' ? fn.latest : fn.versions.get(number)
  if (version === undefined) throw notFound(`${fn.arn}:${qualifier}`)
  return version
}

/**
 * Ends an update that is under way. The revision changes with it, so that the revision of the update's own answer is
 * out of date. @source AWS Lambda Developer Guide, "Lambda function states"
 */
export function settle(fn: FunctionState): void {
  if (!fn.settling) return
  fn.settling = false
  const {
    StateReason: _,
    StateReasonCode: __,
    LastUpdateStatusReason: ___,
    LastUpdateStatusReasonCode: ____,
    ...rest
  } = fn.latest.configuration
  const settled = { ...rest, State: 'Active', LastUpdateStatus: 'Successful', RevisionId: randomUUID() } as const
  fn.latest = { ...fn.latest, configuration: settled }
}

/** @throws AwsError ResourceConflictException while an update is under way */
export function refuseWhileSettling(fn: FunctionState): void {
  if (!fn.settling) return
  throw new AwsError(
    'ResourceConflictException',
    `The operation cannot be performed at this time. An update is in progress for resource: ${fn.arn}`,
    409,
    { Type: 'User' },
  )
}

/** @throws AwsError PreconditionFailedException when the revision that somebody read is no longer the latest */
export function requireRevision(given: string | undefined, latest: string | undefined, readWith: string): void {
  if (given === undefined || given === latest) return
  throw new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${readWith} API to retrieve the latest Revision Id`,
    412,
    { Type: 'User' },
  )
}
