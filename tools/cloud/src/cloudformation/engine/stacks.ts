import { randomUUID } from 'node:crypto'
import type {
  Capability,
  ChangeSetStatus,
  ChangeSetType,
  ExecutionStatus,
  OnStackFailure,
  ResourceStatus,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation'
import { AwsError } from '../../wire/aws-error.ts'
import type { PlannedChange, ValidationFinding } from './planned-change.ts'
import { type Definition, EMPTY, type JsonObject, type Template } from './template.ts'

/** A resource of a stack, as the stack last left it. */
export interface StackResource {
  readonly logicalId: string
  readonly type: string
  /** Undefined: nothing was made, or nothing is left. */
  readonly physicalId?: string
  readonly attributes: JsonObject
  readonly status: ResourceStatus
  readonly reason?: string
  readonly at: Date
  /** As the template wrote it when it was last made or changed. */
  readonly definition: Definition
  /** Its properties then, with all values. */
  readonly properties: JsonObject
}

export interface StackEvent {
  readonly id: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly at: Date
  readonly status: ResourceStatus
  readonly reason?: string | undefined
  readonly properties?: JsonObject | undefined
  readonly token?: string | undefined
}

/** What a stack goes back to when an update fails. */
export interface Stable {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly resources: ReadonlyMap<string, StackResource>
}

export interface Stack {
  readonly id: string
  readonly name: string
  readonly accountId: string
  readonly region: string
  readonly createdAt: Date
  updatedAt?: Date
  deletedAt?: Date
  status: StackStatus
  reason?: string | undefined
  template: Template
  parameters: Readonly<Record<string, string>>
  tags: readonly Tag[]
  capabilities: readonly string[]
  outputs: Readonly<Record<string, string>>
  terminationProtection: boolean
  disableRollback: boolean
  policy?: string
  readonly resources: Map<string, StackResource>
  /** Newest first. */
  events: readonly StackEvent[]
  readonly changeSets: Map<string, ChangeSet>
  /** Tokens of executions that have begun, so that repeating one changes nothing. */
  readonly tokens: Set<string>
  stable?: Stable
  /** Change set that was executed last. */
  lastChangeSetId?: string
  /** What goes on at the moment. */
  work?: Promise<void>
  drift?: { readonly status: 'DRIFTED' | 'IN_SYNC'; readonly at: Date }
}

/** What a template would do to a stack, worked out before it does. */
export interface ChangeSet {
  readonly id: string
  readonly name: string
  readonly stack: Stack
  readonly type: ChangeSetType
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: readonly Tag[]
  readonly capabilities: readonly Capability[]
  readonly onStackFailure?: OnStackFailure | undefined
  readonly importExisting: boolean
  readonly token?: string | undefined
  status: ChangeSetStatus
  reason?: string
  execution: ExecutionStatus
  changes: readonly PlannedChange[]
  findings: readonly ValidationFinding[]
  /** So many looks still show it unfinished. */
  looksLeft: number
}

/** All stacks of all accounts, deleted ones included. */
export class Stacks {
  readonly #stacks: Stack[] = []

  create({ name, accountId, region }: Pick<Stack, 'name' | 'accountId' | 'region'>): Stack {
    const stack: Stack = {
      ...{ name, accountId, region },
      id: `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`,
      ...{ createdAt: new Date(), status: 'REVIEW_IN_PROGRESS', template: EMPTY, parameters: {}, tags: [] },
      ...{ capabilities: [], outputs: {}, terminationProtection: false, disableRollback: false },
      ...{ resources: new Map(), events: [], changeSets: new Map(), tokens: new Set() },
    }
    this.#stacks.push(stack)
    return stack
  }

  /** Takes back a stack whose first change set was refused. */
  forget(stack: Stack): void {
    this.#stacks.splice(this.#stacks.indexOf(stack), 1)
  }

  of(accountId: string, region: string): readonly Stack[] {
    return this.#stacks.filter((stack) => stack.accountId === accountId && stack.region === region)
  }

  all(): readonly Stack[] {
    return this.#stacks
  }

  /** By name those that are there; by id deleted ones as well. */
  find(accountId: string, region: string, nameOrId: string): Stack | undefined {
    const own = this.of(accountId, region)
    if (nameOrId.startsWith('arn:')) return own.find(({ id }) => id === nameOrId)
    return own.findLast(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE')
  }

  /** @throws AwsError ValidationError */
  get(accountId: string, region: string, nameOrId: string | undefined, sentence?: string): Stack {
    if (nameOrId === undefined || nameOrId === '')
      throw new AwsError('ValidationError', 'StackName is a required parameter.')
    const stack = this.find(accountId, region, nameOrId)
    if (stack !== undefined) return stack
    throw new AwsError('ValidationError', sentence ?? `Stack with id ${nameOrId} does not exist`)
  }

  /** The stack that a resource belongs to. @param except a stack that may have it */
  ownerOf(accountId: string, region: string, type: string, physicalId: string, except?: Stack): Stack | undefined {
    return this.of(accountId, region).find(
      (stack) =>
        stack !== except &&
        stack.status !== 'DELETE_COMPLETE' &&
        [...stack.resources.values()].some((one) => one.type === type && one.physicalId === physicalId),
    )
  }
}

/** Notes what happens to a resource, or with `AWS::CloudFormation::Stack` to the stack itself. */
export function tell(stack: Stack, event: Omit<StackEvent, 'id' | 'at'>): void {
  stack.events = [{ ...event, id: randomUUID(), at: new Date() }, ...stack.events]
}

/** Changes the state of a stack, which is also an event. */
export function enter(stack: Stack, status: StackStatus, reason?: string, token?: string): void {
  stack.status = status
  stack.reason = reason
  const event = { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' }
  tell(stack, { ...event, status: status as ResourceStatus, reason, token })
}
