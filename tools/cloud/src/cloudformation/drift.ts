import { randomUUID } from 'node:crypto'
import type {
  CloudFormation,
  PropertyDifference,
  StackDriftDetectionStatus,
  StackResourceDrift,
  StackResourceDriftStatus,
} from '@aws-sdk/client-cloudformation'
import type { Handlers } from '../server/own-api.ts'
import { pageOf } from '../wire/page.ts'
import { importIdentifier } from './engine/identifier.ts'
import type { Stack, StackResource } from './engine/stacks.ts'
import { invalid, type JsonObject } from './engine/template.ts'
import type { CloudFormationParts } from './parts.ts'
import { kindOf } from './resources/all-kinds.ts'
import { propertyDifferences } from './schema/property-differences.ts'

/** States in which drift can be detected. @source AWS CloudFormation API Reference, "DetectStackDrift" */
const DETECTABLE =
  /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|UPDATE_ROLLBACK_FAILED|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/

interface Detection {
  readonly id: string
  readonly stack: Stack
  readonly begunAt: Date
  drifts: readonly StackResourceDrift[]
  done: boolean
  failure?: string
}

/** Drift. What is compared is what a template says; what it leaves open may be anything. @source AWS CloudFormation User Guide, "Detect unmanaged configuration changes" */
export function driftHandlers({ world, engine }: CloudFormationParts): Handlers<CloudFormation> {
  const detections: Detection[] = []
  return {
    detectStackDrift: ({ StackName, LogicalResourceIds }, { accountId, region }) => {
      const stack = world.stacks.get(accountId, region, StackName)
      if (!DETECTABLE.test(stack.status)) {
        throw invalid(
          `Drift detection cannot be performed on stack [${stack.id}] while it is in ${stack.status} state.`,
        )
      }
      const detection: Detection = { id: randomUUID(), stack, begunAt: new Date(), drifts: [], done: false }
      detections.push(detection)
      const wanted = [...stack.resources.values()].filter(
        ({ logicalId }) => LogicalResourceIds?.includes(logicalId) ?? true,
      )
      void Promise.all(wanted.map((resource) => detect(stack, resource, engine))).then(
        (drifts) => finish(detection, drifts),
        (error: unknown) => {
          detection.failure = error instanceof Error ? error.message : String(error)
          detection.done = true
        },
      )
      return { StackDriftDetectionId: detection.id }
    },
    describeStackDriftDetectionStatus: ({ StackDriftDetectionId }) => {
      const detection = detections.find(({ id }) => id === StackDriftDetectionId)
      if (detection === undefined) throw invalid(`Drift detection id ${StackDriftDetectionId} does not exist`)
      const drifted = detection.drifts.filter(
        ({ StackResourceDriftStatus: status }) => status === 'MODIFIED' || status === 'DELETED',
      )
      return {
        ...{ StackId: detection.stack.id, StackDriftDetectionId, Timestamp: detection.begunAt },
        DetectionStatus: statusOf(detection),
        DetectionStatusReason: detection.failure,
        ...(detection.done
          ? { StackDriftStatus: drifted.length > 0 ? 'DRIFTED' : 'IN_SYNC', DriftedStackResourceCount: drifted.length }
          : {}),
      }
    },
    describeStackResourceDrifts: (
      { StackName, StackResourceDriftStatusFilters: filters, NextToken, MaxResults },
      context,
    ) => {
      const stack = world.stacks.get(context.accountId, context.region, StackName)
      const latest = detections.findLast((one) => one.stack === stack && one.done)
      const all = (latest?.drifts ?? []).filter(
        ({ StackResourceDriftStatus: status }) => status !== undefined && (filters?.includes(status) ?? true),
      )
      const { items, next } = pageOf(all, MaxResults ?? 100, NextToken)
      return { StackResourceDrifts: [...items], NextToken: next }
    },
  }
}

function statusOf({ done, failure }: Detection): StackDriftDetectionStatus {
  if (!done) return 'DETECTION_IN_PROGRESS'
  return failure === undefined ? 'DETECTION_COMPLETE' : 'DETECTION_FAILED'
}

function finish(detection: Detection, drifts: readonly StackResourceDrift[]): void {
  detection.drifts = drifts
  detection.done = true
  const isDrifted = drifts.some(({ StackResourceDriftStatus: status }) => status === 'MODIFIED' || status === 'DELETED')
  detection.stack.drift = { status: isDrifted ? 'DRIFTED' : 'IN_SYNC', at: new Date() }
}

async function detect(
  stack: Stack,
  resource: StackResource,
  engine: CloudFormationParts['engine'],
): Promise<StackResourceDrift> {
  const { logicalId, physicalId, type, properties } = resource
  const about = {
    ...{
      StackId: stack.id,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Timestamp: new Date(),
    },
  }
  const shown = (status: StackResourceDriftStatus, more: Partial<StackResourceDrift> = {}): StackResourceDrift => ({
    ...{ ...about, StackResourceDriftStatus: status, ...more },
  })
  const kind = kindOf(type)
  const identifier = identifierOf(resource)
  if (kind?.read === undefined || !kind.drift || identifier === undefined) return shown('NOT_CHECKED')
  const live = await kind.read(identifier, engine.workOn(stack, logicalId))
  const compared = without(properties, kind.unread ?? [])
  const ExpectedProperties = JSON.stringify(compared)
  if (live === undefined) return shown('DELETED', { ExpectedProperties })
  const differences: PropertyDifference[] = propertyDifferences(type, compared, live.properties).map((one) => ({
    ...{
      PropertyPath: one.path,
      ExpectedValue: asText(one.expected),
      ActualValue: asText(one.actual),
      DifferenceType: one.kind,
    },
  }))
  const ActualProperties = JSON.stringify(live.properties)
  return shown(differences.length === 0 ? 'IN_SYNC' : 'MODIFIED', {
    ...{ ExpectedProperties, ActualProperties, PropertyDifferences: differences },
  })
}

/** The primary identifier of a resource of a stack, from what the stack knows of it. */
function identifierOf({ type, physicalId, attributes, properties }: StackResource): JsonObject | undefined {
  const names = importIdentifier(type)
  if (names === undefined || physicalId === undefined) return undefined
  const [first] = names
  if (names.length === 1 && first !== undefined)
    return { [first]: attributes[first] ?? properties[first] ?? physicalId }
  return Object.fromEntries(names.map((name) => [name, attributes[name] ?? properties[name] ?? physicalId]))
}

function without(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)))
}

function asText(value: unknown): string {
  if (value === undefined) return 'null'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
