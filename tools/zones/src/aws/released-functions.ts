import {
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { LIVE_ALIAS } from '@sax/topology'
import type { FunctionState, PublishedVersion, ReleasedFunctions } from '../release/released-functions.ts'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

/** Lambda, as far as releases and their pruning go. */
export interface PrunableFunctions extends ReleasedFunctions {
  /** Every published version. */
  readonly versions: (functionName: string) => Promise<readonly PublishedVersion[]>
  /** Takes a version away for good. One that an alias names is refused by Lambda. */
  readonly removeVersion: (functionName: string, version: string) => Promise<void>
}

/** @source AWS Lambda API Reference; AWS Lambda Developer Guide, "Lambda function states" and "Implement Lambda canary deployments using a weighted alias" */
export function createReleasedFunctions(settings: AwsSettings): PrunableFunctions {
  const client = failingPlainly('lambda', new LambdaClient(clientOptions(settings)))
  return {
    async alias(FunctionName) {
      const answer = await orNothing(client.send(new GetAliasCommand({ FunctionName, Name: LIVE_ALIAS })))
      if (answer === undefined) return undefined
      const { FunctionVersion = '', RevisionId = '', RoutingConfig } = answer
      const weighted = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})
      return { version: FunctionVersion, revisionId: RevisionId, weighted }
    },

    async state(FunctionName, version) {
      const asked = { FunctionName, ...(version === undefined ? {} : { Qualifier: version }) }
      const answer = await orNothing(client.send(new GetFunctionConfigurationCommand(asked)))
      if (answer === undefined) return undefined
      const { State, LastUpdateStatus, LastUpdateStatusReasonCode, StateReasonCode } = answer
      const hasFailed = State === 'Failed' || LastUpdateStatus === 'Failed'
      const state: FunctionState = {
        version: answer.Version ?? '',
        codeSha256: answer.CodeSha256 ?? '',
        revisionId: answer.RevisionId ?? '',
        runtime: answer.Runtime ?? '',
        architecture: answer.Architectures?.[0] ?? '',
        handler: answer.Handler ?? '',
        // A function that nobody called for long is inactive, and can be published.
        isSettled: State !== 'Pending' && LastUpdateStatus !== 'InProgress' && !hasFailed,
        failure: hasFailed ? (LastUpdateStatusReasonCode ?? StateReasonCode ?? 'no reason was given') : undefined,
        variables: answer.Environment?.Variables ?? {},
      }
      return state
    },

    async url(FunctionName) {
      const asked = new GetFunctionUrlConfigCommand({ FunctionName, Qualifier: LIVE_ALIAS })
      const answer = await orNothing(client.send(asked))
      if (answer === undefined) return undefined
      return {
        invokeMode: answer.InvokeMode === 'RESPONSE_STREAM' ? 'RESPONSE_STREAM' : 'BUFFERED',
        authType: answer.AuthType ?? '',
      }
    },

    async upload(FunctionName, ZipFile, RevisionId) {
      await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, RevisionId, Architectures: ['arm64'] }))
    },

    async publish(FunctionName, { codeSha256, revisionId, description }) {
      const { Version = '' } = await client.send(
        new PublishVersionCommand({
          FunctionName,
          CodeSha256: codeSha256,
          RevisionId: revisionId,
          Description: description,
        }),
      )
      return Version
    },

    async shareAlias(FunctionName, { version: FunctionVersion, other, weight }, RevisionId) {
      const AdditionalVersionWeights = { [other]: weight }
      await client.send(
        new UpdateAliasCommand({
          ...{ FunctionName, Name: LIVE_ALIAS, FunctionVersion, RevisionId },
          RoutingConfig: { AdditionalVersionWeights },
        }),
      )
    },

    async moveAlias(FunctionName, FunctionVersion, RevisionId) {
      await client.send(
        new UpdateAliasCommand({
          FunctionName,
          Name: LIVE_ALIAS,
          FunctionVersion,
          RevisionId,
          RoutingConfig: { AdditionalVersionWeights: {} },
        }),
      )
    },

    async versions(FunctionName) {
      const all = await everyPage(async (Marker) => {
        const { Versions = [], NextMarker } = await client.send(
          new ListVersionsByFunctionCommand({ FunctionName, Marker }),
        )
        return { items: Versions, next: NextMarker }
      })
      return all.flatMap(({ Version, Description = '' }) =>
        Version === undefined || Version === '$LATEST' ? [] : [{ version: Version, description: Description }],
      )
    },

    async removeVersion(FunctionName, Qualifier) {
      await orNothing(client.send(new DeleteFunctionCommand({ FunctionName, Qualifier })))
    },
  }
}

async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}
