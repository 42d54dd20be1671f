import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListStackResourcesCommand,
  type ResourceToImport,
  SetStackPolicyCommand,
  type StackEvent,
  type StackResourceDrift,
  type StackStatus,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation'
import type { ChangeSetPage } from '../plan/gate.ts'
import type { Template } from '../plan/template-plan.ts'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

/** A stack as CloudFormation sees it now. */
export interface StackState {
  readonly stackId: string
  readonly status: StackStatus
  /** Empty: none was given. */
  readonly reason: string
  readonly outputs: Readonly<Record<string, string>>
  readonly isProtected: boolean
}

export interface StackResource {
  readonly logicalId: string
  readonly type: string
  /** Empty until it exists. */
  readonly physicalId: string
  readonly status: string
}

export interface ChangeSetRequest {
  readonly stackName: string
  readonly name: string
  /** `CREATE` for a stack that does not exist or has nothing in it yet. */
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT'
  readonly templateUrl: string
  readonly tags: Readonly<Record<string, string>>
  /** For `IMPORT` alone. */
  readonly resourcesToImport?: readonly ResourceToImport[]
}

/** What the commands need of CloudFormation. Every method throws `AwsFailure` when AWS does not do what is asked. */
export interface CloudFormation {
  /** Undefined: there is no such stack, and none that was deleted counts. */
  stack(name: string): Promise<StackState | undefined>
  resources(name: string): Promise<readonly StackResource[]>
  /** The template the stack was last given. Undefined: none yet. */
  template(name: string): Promise<Template | undefined>
  createChangeSet(request: ChangeSetRequest): Promise<void>
  /** Every page, with before and after values. Read again until `Status` is no longer pending. */
  changeSet(stackName: string, name: string): Promise<readonly ChangeSetPage[]>
  /** Names and times of change sets that nobody executed. */
  changeSets(stackName: string): Promise<readonly { readonly name: string; readonly createdMs: number }[]>
  deleteChangeSet(stackName: string, name: string): Promise<void>
  /** Starts it. What fails stays as far as it came, to be continued. */
  execute(stackName: string, name: string, token: string): Promise<void>
  /** Events since the one with id `after`, oldest first; without it, none but the newest. */
  events(stackName: string, after: string | undefined): Promise<readonly StackEvent[]>
  policy(stackName: string): Promise<string | undefined>
  setPolicy(stackName: string, policy: string): Promise<void>
  protect(stackName: string): Promise<void>
  detectDrift(stackName: string): Promise<string>
  driftDetection(id: string): Promise<{ readonly status: string; readonly reason: string }>
  drifts(stackName: string): Promise<readonly StackResourceDrift[]>
}

const PAGES_AT_MOST = 200

export function createCloudFormation(settings: AwsSettings): CloudFormation {
  const client = failingPlainly('cloudformation', new CloudFormationClient(clientOptions(settings)))
  return {
    async stack(name) {
      try {
        const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }))
        const [found] = Stacks
        if (found?.StackStatus === undefined || found.StackStatus === 'DELETE_COMPLETE') return undefined
        return {
          stackId: found.StackId ?? name,
          status: found.StackStatus,
          reason: found.StackStatusReason ?? '',
          outputs: Object.fromEntries(
            (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
          ),
          isProtected: found.EnableTerminationProtection === true,
        }
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    },
    async resources(name) {
      const all = await everyPage(async (NextToken) => {
        const { StackResourceSummaries = [], NextToken: next } = await client.send(
          new ListStackResourcesCommand({ StackName: name, NextToken }),
        )
        return { items: StackResourceSummaries, next }
      })
      return all.map(({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '', ResourceStatus = '' }) => ({
        logicalId: LogicalResourceId,
        type: ResourceType,
        physicalId: PhysicalResourceId,
        status: ResourceStatus,
      }))
    },
    async template(name) {
      try {
        const { TemplateBody } = await client.send(
          new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
        )
        return TemplateBody === undefined || TemplateBody === '' ? undefined : (JSON.parse(TemplateBody) as Template)
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    },
    async createChangeSet({ stackName, name, type, templateUrl, tags, resourcesToImport }) {
      try {
        await client.send(
          new CreateChangeSetCommand({
            StackName: stackName,
            ChangeSetName: name,
            ClientToken: name,
            ChangeSetType: type,
            TemplateURL: templateUrl,
            Capabilities: ['CAPABILITY_NAMED_IAM'],
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            ...(type === 'IMPORT'
              ? { ResourcesToImport: [...(resourcesToImport ?? [])] }
              : { ImportExistingResources: true }),
          }),
        )
      } catch (error) {
        // The name is this run's own: it can only exist because an earlier try arrived and its answer did not.
        if (!isRefusedAs(error, 'AlreadyExistsException')) throw error
      }
    },
    async changeSet(stackName, name) {
      const pages: DescribeChangeSetCommandOutput[] = []
      let token: string | undefined
      do {
        const page = await client.send(
          new DescribeChangeSetCommand({
            StackName: stackName,
            ChangeSetName: name,
            NextToken: token,
            IncludePropertyValues: true,
          }),
        )
        pages.push(page)
        token = page.NextToken === '' ? undefined : page.NextToken
      } while (token !== undefined && pages.length < PAGES_AT_MOST)
      return pages
    },
    async changeSets(stackName) {
      const all = await everyPage(async (NextToken) => {
        const { Summaries = [], NextToken: next } = await client.send(
          new ListChangeSetsCommand({ StackName: stackName, NextToken }),
        )
        return { items: Summaries, next }
      })
      return all.map(({ ChangeSetName = '', CreationTime }) => ({
        name: ChangeSetName,
        createdMs: CreationTime?.getTime() ?? 0,
      }))
    },
    async deleteChangeSet(stackName, name) {
      try {
        await client.send(new DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: name }))
      } catch (error) {
        if (!isRefusedAs(error, 'ChangeSetNotFound', 'ChangeSetNotFoundException')) throw error
      }
    },
    async execute(stackName, name, token) {
      await client.send(
        new ExecuteChangeSetCommand({
          StackName: stackName,
          ChangeSetName: name,
          ClientRequestToken: token,
          DisableRollback: true,
        }),
      )
    },
    async events(stackName, after) {
      const found: StackEvent[] = []
      let token: string | undefined
      do {
        const { StackEvents = [], NextToken } = await client.send(
          new DescribeStackEventsCommand({ StackName: stackName, NextToken: token }),
        )
        const known = StackEvents.findIndex(({ EventId }) => EventId === after)
        found.push(...(known === -1 ? StackEvents : StackEvents.slice(0, known)))
        if (known !== -1 || after === undefined) break
        token = NextToken
      } while (token !== undefined)
      return after === undefined ? found.slice(0, 1) : found.toReversed()
    },
    async policy(stackName) {
      const { StackPolicyBody } = await client.send(new GetStackPolicyCommand({ StackName: stackName }))
      return StackPolicyBody === '' ? undefined : StackPolicyBody
    },
    async setPolicy(stackName, policy) {
      await client.send(new SetStackPolicyCommand({ StackName: stackName, StackPolicyBody: policy }))
    },
    async protect(stackName) {
      await client.send(
        new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: true }),
      )
    },
    async detectDrift(stackName) {
      const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stackName }))
      return StackDriftDetectionId ?? ''
    },
    async driftDetection(id) {
      const { DetectionStatus, DetectionStatusReason } = await client.send(
        new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }),
      )
      return { status: DetectionStatus ?? '', reason: DetectionStatusReason ?? '' }
    },
    async drifts(stackName) {
      return everyPage(async (NextToken) => {
        const { StackResourceDrifts = [], NextToken: next } = await client.send(
          new DescribeStackResourceDriftsCommand({ StackName: stackName, NextToken }),
        )
        return { items: StackResourceDrifts, next }
      })
    },
  }
}

/** @source AWS CloudFormation API Reference, "DescribeStacks": a stack that does not exist is a ValidationError */
function isAbsent(error: unknown): boolean {
  return isRefusedAs(error, 'ValidationError') && error.message.includes('does not exist')
}
