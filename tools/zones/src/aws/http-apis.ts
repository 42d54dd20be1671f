import {
  ApiGatewayV2Client,
  GetApiMappingsCommand,
  GetApisCommand,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

export interface HttpApi {
  readonly id: string
  readonly name: string
  /** `https://<id>.execute-api.<region>.amazonaws.com`. */
  readonly endpoint: string
  /** Whether that address answers nobody. */
  readonly isEndpointClosed: boolean
}

/** Every method throws `AwsFailure` when AWS does not do what is asked. */
export interface HttpApis {
  named(name: string): Promise<readonly HttpApi[]>
  stageNames(apiId: string): Promise<readonly string[]>
  /** Mappings of a custom domain name; empty when there is no such name. */
  mappings(
    domainName: string,
  ): Promise<readonly { readonly apiId: string; readonly stage: string; readonly path: string }[]>
}

export function createHttpApis(settings: AwsSettings): HttpApis {
  const client = failingPlainly('apigateway', new ApiGatewayV2Client(clientOptions(settings)))
  return {
    async named(name) {
      const all = await everyPage(async (NextToken) => {
        const { Items = [], NextToken: next } = await client.send(new GetApisCommand({ NextToken }))
        return { items: Items, next }
      })
      return all
        .filter(({ Name }) => Name === name)
        .map(({ ApiId = '', Name = '', ApiEndpoint = '', DisableExecuteApiEndpoint }) => ({
          id: ApiId,
          name: Name,
          endpoint: ApiEndpoint,
          isEndpointClosed: DisableExecuteApiEndpoint === true,
        }))
    },
    async stageNames(apiId) {
      const { Items = [] } = await client.send(new GetStagesCommand({ ApiId: apiId }))
      return Items.map(({ StageName = '' }) => StageName)
    },
    async mappings(domainName) {
      try {
        const { Items = [] } = await client.send(new GetApiMappingsCommand({ DomainName: domainName }))
        return Items.map(({ ApiId = '', Stage = '', ApiMappingKey = '' }) => ({
          apiId: ApiId,
          stage: Stage,
          path: ApiMappingKey,
        }))
      } catch (error) {
        if (isRefusedAs(error, 'NotFoundException')) return []
        throw error
      }
    },
  }
}
