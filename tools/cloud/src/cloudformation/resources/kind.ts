import type { Lambda } from '@aws-sdk/client-lambda'
import type { AccountClients } from '../../moto/moto-clients.ts'
import type { Handlers } from '../../server/own-api.ts'
import type { World } from '../../world.ts'
import type { JsonObject } from '../engine/template.ts'
import type { Provisioned } from './provisioned.ts'

/** What the work on one resource has at hand. */
export interface Work {
  readonly accountId: string
  readonly region: string
  readonly stackName: string
  readonly logicalId: string
  readonly world: World
  readonly clients: AccountClients
  readonly lambda: Handlers<Lambda>
  /** Aborted when the cloud starts over or stops. */
  readonly signal: AbortSignal
  /** Tells the stack's events something while the work goes on. */
  readonly say: (reason: string) => void
}

/** A resource as it is now, in CloudFormation's shape. */
export interface Live extends Provisioned {
  readonly properties: JsonObject
}

/** What CloudFormation can do with a type. */
export interface Kind {
  readonly type: string
  /** @throws Error whose message becomes the reason of the failure */
  readonly create: (properties: JsonObject, work: Work) => Promise<Provisioned>
  /** Absent: nothing but what the stack remembers of it. Gives the attributes afterwards. */
  readonly update?: (
    current: Provisioned,
    properties: JsonObject,
    before: JsonObject,
    work: Work,
  ) => Promise<JsonObject>
  /** Deleting what is not there any more succeeds. */
  readonly delete: (current: Provisioned, properties: JsonObject, work: Work) => Promise<void>
  /** The resource that the primary identifier names; undefined when it is not there. */
  readonly read?: (identifier: JsonObject, work: Work) => Promise<Live | undefined>
  /** Primary identifiers of all there are. */
  readonly list?: (work: Work) => Promise<readonly JsonObject[]>
  /** Whether what is read can be compared with a template. */
  readonly drift: boolean
  /** Properties that cannot be read back, and so are never compared. */
  readonly unread?: readonly string[]
  /** Whether it can be brought into a stack. */
  readonly importable: boolean
}

/** A name made up for a resource that was given none: `<stack>-<logical id>-<random>`. */
export function madeUpName({ stackName, logicalId }: Work, length = 64): string {
  const random = crypto.randomUUID().replace(/-/g, '').slice(0, 12)
  return `${`${stackName}-${logicalId}`.slice(0, length - 13)}-${random}`
}

/** A text property; empty when it is not given. */
export function text(properties: JsonObject, name: string): string {
  const value = properties[name]
  return value === undefined ? '' : String(value)
}

/** Tags as SDKs want them. */
export function tagsOf({ Tags }: JsonObject): { Key: string; Value: string }[] {
  if (!Array.isArray(Tags)) return []
  return Tags.map(({ Key, Value }: { Key: string; Value: unknown }) => ({ Key, Value: String(Value) }))
}

/** Tags as templates write them; undefined when there are none. */
export function shownTags(
  tags: Readonly<Record<string, string>> | ReadonlyMap<string, string>,
): readonly object[] | undefined {
  const entries = tags instanceof Map ? [...tags] : Object.entries(tags)
  return entries.length === 0 ? undefined : entries.map(([Key, Value]) => ({ Key, Value }))
}

export function tagRecord(properties: JsonObject): Record<string, string> {
  return Object.fromEntries(tagsOf(properties).map(({ Key, Value }) => [Key, Value]))
}

/** True for the errors by which services say that something is not there. */
export function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const names = ['code' in error ? String(error.code) : '', error.name]
  return names.some((name) => /^NoSuch|NotFound|NonExistent|QueueDoesNotExist/.test(name))
}

/** What `find` gives, or undefined when the service says that it is not there. */
export async function orAbsent<Value>(find: Promise<Value>): Promise<Value | undefined> {
  try {
    return await find
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** Members that are given. */
export function given<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Value
}
