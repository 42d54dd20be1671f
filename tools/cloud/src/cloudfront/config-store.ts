import { randomUUID } from 'node:crypto'
import { AwsError } from '../wire/aws-error.ts'
import { newId, requireMatch, type StoredConfig } from './cloudfront-state.ts'

/** What errors of one kind of configuration are called, and what CloudFront has of it itself. */
export interface ConfigKind<Config extends { Name: string | undefined }> {
  /** `CachePolicy`: the errors are NoSuchCachePolicy, CachePolicyAlreadyExists, CachePolicyInUse. */
  readonly noun: string
  readonly stored: Map<string, StoredConfig<Config>>
  readonly managed: ReadonlyMap<string, Config>
  readonly newId: () => string
  /** Whether a distribution uses it. */
  readonly isUsed: (id: string) => boolean
}

/** A configuration as it is found: with its tag. */
export interface Found<Config> {
  readonly id: string
  readonly config: Config
  readonly etag: string
  readonly modifiedAt: Date
  readonly isManaged: boolean
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z')

/** Making, finding, changing and deleting of configurations that differ only by what they are called. */
export function configStore<Config extends { Name: string | undefined }>(kind: ConfigKind<Config>) {
  const absent = () => new AwsError(`NoSuch${kind.noun}`, `The specified ${kind.noun} does not exist.`, 404)
  const own = (accountId: string, id: string | undefined): StoredConfig<Config> => {
    if (kind.managed.has(id ?? '')) throw new AwsError('AccessDenied', `Managed ${kind.noun} cannot be changed.`, 403)
    const found = kind.stored.get(id ?? '')
    if (found?.accountId === accountId) return found
    throw absent()
  }
  const find = (accountId: string, id: string | undefined): Found<Config> => {
    const managed = kind.managed.get(id ?? '')
    if (managed !== undefined) {
      return { id: id ?? '', config: managed, etag: 'E23ZP02F085DFQ', modifiedAt: LONG_AGO, isManaged: true }
    }
    return { ...own(accountId, id), isManaged: false }
  }
  const isTaken = (accountId: string, name: string | undefined, except?: string) =>
    [...kind.stored.values()].some(
      (one) => one.accountId === accountId && one.config.Name === name && one.id !== except,
    )
  const refuseTaken = (accountId: string, config: Config, except?: string) => {
    if (!isTaken(accountId, config.Name, except)) return
    throw new AwsError(`${kind.noun}AlreadyExists`, `A ${kind.noun} with the name ${config.Name} already exists.`, 409)
  }
  return {
    create: (accountId: string, config: Config | undefined): Found<Config> => {
      if (config?.Name === undefined) throw new AwsError('InvalidArgument', `A ${kind.noun} needs a name.`)
      refuseTaken(accountId, config)
      const made = { id: kind.newId(), accountId, config, etag: newId(), modifiedAt: new Date() }
      kind.stored.set(made.id, made)
      return { ...made, isManaged: false }
    },
    find,
    update: (
      accountId: string,
      id: string | undefined,
      ifMatch: string | undefined,
      config: Config | undefined,
    ): Found<Config> => {
      const found = own(accountId, id)
      requireMatch(ifMatch, found.etag)
      if (config === undefined)
        throw new AwsError('InvalidArgument', `The configuration of the ${kind.noun} is missing.`)
      refuseTaken(accountId, config, found.id)
      Object.assign(found, { config, etag: newId(), modifiedAt: new Date() })
      return { ...found, isManaged: false }
    },
    delete: (accountId: string, id: string | undefined, ifMatch: string | undefined): void => {
      const found = own(accountId, id)
      requireMatch(ifMatch, found.etag)
      if (kind.isUsed(found.id)) {
        throw new AwsError(
          `${kind.noun}InUse`,
          `Cannot delete the ${kind.noun} because it is attached to a distribution.`,
          409,
        )
      }
      kind.stored.delete(found.id)
    },
    list: (accountId: string): readonly Found<Config>[] => [
      ...[...kind.managed.keys()].map((id) => find(accountId, id)),
      ...[...kind.stored.values()]
        .filter((one) => one.accountId === accountId)
        .map((one) => ({ ...one, isManaged: false })),
    ],
    has: (accountId: string, id: string): boolean =>
      kind.managed.has(id) || kind.stored.get(id)?.accountId === accountId,
  }
}

export const uuidId = (): string => randomUUID()
