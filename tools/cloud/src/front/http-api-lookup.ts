import {
  type ApiGatewayV2Client,
  GetApiCommand,
  GetApiMappingsCommand,
  GetApisCommand,
  GetDomainNameCommand,
  GetIntegrationCommand,
  GetRoutesCommand,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2'

/** An API as requests meet it. */
export interface FoundApi {
  readonly apiId: string
  readonly isEndpointDisabled: boolean
  readonly stages: readonly string[]
  readonly routes: readonly FoundRoute[]
}

interface FoundRoute {
  readonly key: string
  /** ARN of what it leads to. */
  readonly target: string
  readonly timeoutMs: number
}

interface FoundMapping {
  readonly apiId: string
  readonly stage: string
  readonly key: string
}

/** Asks API Gateway what there is. Undefined: nothing of that name. */
export interface HttpApiLookup {
  readonly api: (apiId: string) => Promise<FoundApi | undefined>
  readonly mappings: (domainName: string) => Promise<readonly FoundMapping[] | undefined>
}

/** Changes of an API are seen after so long: reading all of it for each request would be measured with the request. */
const KEPT_MS = 1000

/** @param named ids that lead to the API of a name, whatever id it was given */
export function httpApiLookup(
  client: () => ApiGatewayV2Client,
  named: Readonly<Record<string, string>> = {},
): HttpApiLookup {
  const kept = new Map<string, { readonly until: number; readonly found: Promise<unknown> }>()
  const once = <Found>(name: string, find: () => Promise<Found>): Promise<Found> => {
    const known = kept.get(name)
    if (known !== undefined && known.until > performance.now()) return known.found as Promise<Found>
    const found = find()
    kept.set(name, { until: performance.now() + KEPT_MS, found })
    // What failed is asked again.
    found.catch(() => kept.delete(name))
    return found
  }
  return {
    api: (apiId) =>
      once(`api ${apiId}`, async () => {
        const name = named[apiId]
        const id = name === undefined ? apiId : await idOf(client(), name)
        return id === undefined ? undefined : orAbsent(readApi(client(), id))
      }),
    mappings: (domainName) => once(`domain ${domainName}`, () => orAbsent(readMappings(client(), domainName))),
  }
}

async function idOf(client: ApiGatewayV2Client, name: string): Promise<string | undefined> {
  const { Items = [] } = await client.send(new GetApisCommand({}))
  return Items.find(({ Name }) => Name === name)?.ApiId
}

async function readApi(client: ApiGatewayV2Client, ApiId: string): Promise<FoundApi> {
  const api = await client.send(new GetApiCommand({ ApiId }))
  const { Items: stages = [] } = await client.send(new GetStagesCommand({ ApiId }))
  const { Items: routes = [] } = await client.send(new GetRoutesCommand({ ApiId }))
  return {
    ...{ apiId: ApiId, isEndpointDisabled: api.DisableExecuteApiEndpoint ?? false },
    stages: stages.map(({ StageName = '' }) => StageName),
    routes: await Promise.all(
      routes.map(async ({ RouteKey = '', Target = '' }) => {
        const IntegrationId = Target.replace('integrations/', '')
        const { IntegrationUri = '', TimeoutInMillis } = await client.send(
          new GetIntegrationCommand({ ApiId, IntegrationId }),
        )
        return { key: RouteKey, target: IntegrationUri, timeoutMs: TimeoutInMillis ?? 30_000 }
      }),
    ),
  }
}

async function readMappings(client: ApiGatewayV2Client, DomainName: string): Promise<readonly FoundMapping[]> {
  await client.send(new GetDomainNameCommand({ DomainName }))
  const { Items = [] } = await client.send(new GetApiMappingsCommand({ DomainName }))
  return Items.map(({ ApiId = '', Stage = '', ApiMappingKey = '' }) => ({
    apiId: ApiId,
    stage: Stage,
    key: ApiMappingKey,
  }))
}

async function orAbsent<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') {
      return undefined
    }
    throw error
  }
}
