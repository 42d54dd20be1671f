import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFrontClient, CreateInvalidationCommand, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import {
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { removePostgresData } from '@sax/local/postgres'
import { assetBucketName, type FunctionRole, functionName, stages } from '@sax/topology'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rehearsal, startRehearsal } from './index.ts'
import { wantRouting } from './play/change-routing.ts'
import { runZones } from './zones-command.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'sax-rehearsal-'))
const lines: string[] = []
let rehearsal: Rehearsal
let agent: Agent
let aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } }
beforeAll(async () => {
  rehearsal = await startRehearsal({ stage: 'develop', dataFolder, say: (line) => void lines.push(line) })
  const { env, connectTo, trustCa } = rehearsal
  const [host = '', port = ''] = connectTo.split(':')
  agent = new Agent({ host, port: Number(port), ca: readFileSync(trustCa, 'utf8') })
  aws = {
    ...{ endpoint: env.AWS_ENDPOINT_URL ?? '', region: 'us-east-1' },
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'laptop' },
  }
}, 180_000)
afterAll(async () => {
  agent.destroy()
  await rehearsal.close()
  removePostgresData(join(dataFolder, 'postgres'))
  rmSync(dataFolder, { recursive: true })
}, 60_000)

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname } = new URL(url)
    const asked = request(url, { agent, servername: hostname, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const PLACEHOLDER = 'Nothing has been released here yet.'
const { sleepconnect, outreach } = stages.develop.domains
const bucket = assetBucketName('develop', 'outreach')
const [host, zone] = [`https://${sleepconnect.name}`, `https://${outreach.name}`]

describe('a stage of placeholders', () => {
  test('answers under its own name: TLS, front door, function URL, sandbox', async () => {
    const answer = await ask(`${host}/`)
    expect(answer.body).toContain(PLACEHOLDER)
    expect(answer.headers).toMatchObject({
      'x-cache': expect.stringContaining('from cloudfront'),
      via: expect.stringContaining('.cloudfront.net'),
    })
    const last = () => rehearsal.cloud.functions?.invocations().at(-1)?.functionName
    await expect.poll(last, { timeout: 8000 }).toBe(functionName('develop', 'sleep-connect-server'))
  })

  test('the zone’s own name, its alias and a distribution’s own name lead there as well', async () => {
    const { DistributionList } = await using(new CloudFrontClient(aws), (client) =>
      client.send(new ListDistributionsCommand({})),
    )
    const names = [outreach.name, ...outreach.aliases, DistributionList?.Items?.[0]?.DomainName ?? '']
    for (const name of names) expect((await ask(`https://${name}/outreach`)).body).toContain(PLACEHOLDER)
  })

  test.each(['nobody.mydreamconnect.com', 'dreamconnect.health', 'example.com', 'd0.cloudfront.net'])(
    'D11: %s is refused',
    async (name) => {
      await expect(ask(`https://${name}/`)).rejects.toThrow(/handshake failure/i)
    },
  )

  test('D11: a name whose record is gone is gone, and comes back with it', async () => {
    await using(new Route53Client(aws), async (client) => {
      const { HostedZones = [] } = await client.send(new ListHostedZonesCommand({}))
      const HostedZoneId = HostedZones.find(({ Name }) => Name === 'mydreamconnect.com.')?.Id
      const { ResourceRecordSets = [] } = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }))
      const records = ResourceRecordSets.filter(({ Name }) => Name === `${outreach.name}.`)
      const change = (Action: 'DELETE' | 'CREATE') =>
        client.send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId,
            ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) },
          }),
        )
      await change('DELETE')
      agent.destroy()
      await expect(ask(`${zone}/outreach`)).rejects.toThrow(/handshake failure/i)
      await change('CREATE')
      expect((await ask(`${zone}/outreach`)).body).toContain(PLACEHOLDER)
    })
  })

  test('S12: a function URL called around the front door is 403', async () => {
    const url = await using(new LambdaClient(aws), (client) =>
      client.send(
        new GetFunctionUrlConfigCommand({
          FunctionName: functionName('develop', 'outreach-server'),
          Qualifier: 'live',
        }),
      ),
    )
    expect(await ask(`${url.FunctionUrl}outreach`)).toMatchObject({ status: 403 })
  })

  test('a write whose body the viewer did not hash is 403, with the hash it gets through', async () => {
    const body = '{"a":1}'
    const write = (headers: Record<string, string>) =>
      ask(`${zone}/outreach/api/outreach/templates`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    expect((await write({})).status).toBe(403)
    const hash = createHash('sha256').update(body).digest('hex')
    expect((await write({ 'x-amz-content-sha256': hash })).body).toContain(PLACEHOLDER)
  })

  test('the API answers under the name that AWS gave it', async () => {
    const api = await using(new ApiGatewayV2Client(aws), (client) => client.send(new GetApisCommand({})))
    const { ApiEndpoint } = api.Items?.[0] ?? {}
    const { pathname } = new URL(stages.develop.apiBaseUrl)
    expect(await ask(`${ApiEndpoint}${pathname}/outreach/templates`)).toMatchObject({ status: 503, body: PLACEHOLDER })
  })
})

describe('static files', () => {
  const key = 'outreach-static/_next/static/chunks/one.js'
  const put = (Body: string) =>
    using(new S3Client({ ...aws, forcePathStyle: true }), (client) =>
      client.send(
        new PutObjectCommand({
          ...{ Bucket: bucket, Key: key, Body, ContentType: 'text/javascript' },
          CacheControl: 'public,max-age=31536000,immutable',
        }),
      ),
    )

  test('D16: are kept by each distribution by itself, until it invalidates them', async () => {
    await put('first')
    const seen = async (origin: string) => {
      const { status, body, headers } = await ask(`${origin}/${key}`)
      return [status, body, headers['x-cache']]
    }
    for (const origin of [zone, host]) {
      expect(await seen(origin)).toEqual([200, 'first', 'Miss from cloudfront'])
      expect(await seen(origin)).toEqual([200, 'first', 'Hit from cloudfront'])
    }
    await put('second')
    expect(await seen(zone)).toEqual([200, 'first', 'Hit from cloudfront'])
    await using(new CloudFrontClient(aws), async (client) => {
      const { DistributionList } = await client.send(new ListDistributionsCommand({}))
      const own = DistributionList?.Items?.find(({ Aliases }) => Aliases?.Items?.includes(outreach.name))
      const Paths = { Quantity: 1, Items: ['/outreach-static/*'] }
      await client.send(
        new CreateInvalidationCommand({
          DistributionId: own?.Id,
          InvalidationBatch: { CallerReference: 'one', Paths },
        }),
      )
    })
    expect(await seen(zone)).toEqual([200, 'second', 'Miss from cloudfront'])
    expect(await seen(host)).toEqual([200, 'first', 'Hit from cloudfront'])
  })

  test('C6: are refused as soon as the bucket’s policy no longer names the distribution', async () => {
    await using(new S3Client({ ...aws, forcePathStyle: true }), async (client) => {
      const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }))
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }))
      expect((await ask(`${zone}/outreach-static/_next/static/never-asked.js`)).status).toBe(403)
      await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
      expect((await ask(`${zone}/outreach-static/_next/static/never-asked-either.js`)).status).toBe(404)
    })
  })
})

describe('around the site', () => {
  test('the identity provider speaks HTTPS under the tenant’s name', async () => {
    const { body } = await ask(`${rehearsal.urls.identityProvider}/.well-known/openid-configuration`)
    const { issuer, authorization_endpoint } = JSON.parse(body) as Record<string, string>
    const name = rehearsal.facts.auth0.domain
    expect([issuer, authorization_endpoint]).toEqual([`https://${name}/`, `https://${name}/auth`])
  })

  test('functions sign in at the database: the administrator with what RDS keeps, the application with its role', async () => {
    const zip = zipSync({ 'index.js': readFileSync(new URL('../test/ask-database.cjs', import.meta.url)) })
    await using(new LambdaClient(aws), async (lambda) => {
      const variables = async (role: FunctionRole) => {
        const FunctionName = functionName('develop', role)
        await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip }))
        const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
        return Environment?.Variables ?? {}
      }
      const run = async (role: FunctionRole, event: object) => {
        const asked = { FunctionName: functionName('develop', role), Payload: JSON.stringify(event) }
        const { Payload, FunctionError } = await lambda.send(new InvokeCommand(asked))
        const text = Payload?.transformToString() ?? ''
        return FunctionError === undefined ? (JSON.parse(text) as string) : `${FunctionError} ${text}`
      }
      const cluster = await variables('outreach-migrations')
      const proxy = await variables('outreach-api')
      const { SecretString = '' } = await using(new SecretsManagerClient(aws), (secrets) =>
        secrets.send(new GetSecretValueCommand({ SecretId: cluster.DATABASE_ADMIN_SECRET_ID ?? '' })),
      )
      const { username: user, password } = JSON.parse(SecretString) as Record<string, string>
      const [database, host] = [cluster.DATABASE_NAME, cluster.DATABASE_HOST]
      const statement = 'create role app_user login; grant rds_iam to app_user'
      expect(await run('outreach-migrations', { host, user, database, password, statement })).toContain('GRANT ROLE')
      const asked = {
        host: proxy.DATABASE_HOST,
        user: 'app_user',
        database,
        statement: "select 'I am ' || session_user",
      }
      expect(await run('outreach-api', asked)).toContain('I am app_user')
      expect(await run('outreach-api', { ...asked, password: 'guessed' })).toContain(
        'The IAM authentication failed for the role app_user.',
      )
    })
  })

  test('the routing of the living stage is changed by its facts: then requests for the zone go past the host', async () => {
    const answering = async () => {
      const before = rehearsal.cloud.functions?.invocations().length ?? 0
      expect((await ask(`${host}/outreach`)).body).toContain(PLACEHOLDER)
      const all = () => rehearsal.cloud.functions?.invocations() ?? []
      await expect.poll(() => all().length, { timeout: 8000 }).toBeGreaterThan(before)
      return all().at(-1)?.functionName
    }
    const { env } = rehearsal
    const apply = () => runZones({ arguments: ['infra', 'apply', 'develop', '--yes'], env })
    const change = { rehearsal, say: (line: string) => void lines.push(line), signal: new AbortController().signal }
    expect(await answering()).toBe(functionName('develop', 'sleep-connect-server'))
    await wantRouting({ ...change, to: 'edge' })
    // What is written down is not yet applied.
    expect(await answering()).toBe(functionName('develop', 'sleep-connect-server'))
    await apply()
    expect(await answering()).toBe(functionName('develop', 'outreach-server'))
    await wantRouting({ ...change, to: 'host' })
    await apply()
    expect(await answering()).toBe(functionName('develop', 'sleep-connect-server'))
  }, 60_000)

  test('what takes long is told', () => {
    expect(lines.join('\n')).toContain('sleepconnect-develop: CREATE_COMPLETE')
  })

  test('a second rehearsal does not start in the same data', async () => {
    await expect(startRehearsal({ stage: 'develop', dataFolder })).rejects.toThrow('already runs in')
  })
})

/** Ends a client that was made for one purpose. */
async function using<C extends { destroy(): void }, R>(client: C, use: (client: C) => Promise<R>): Promise<R> {
  try {
    return await use(client)
  } finally {
    client.destroy()
  }
}
