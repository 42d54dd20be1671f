import { createHmac, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { sampleApi } from '../test/sample-api.ts'
import { HARBOR, newPhone } from '../test/sending/letters.ts'
import { createApiFunction } from './api-function.ts'

const ACCOUNT = `AC${'a'.repeat(32)}`
const OLD = '0'.repeat(32)
const NEW = '1'.repeat(32)
const BASE = 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev'
const PATH = '/outreach/webhooks/twilio/inbound'
const site = sampleApi()

/** A sandbox whose carrier's tokens are stored as given. */
function sandbox(stored: object) {
  const { handler } = createApiFunction(
    {
      release: '0.1.0-0123456789ab',
      region: 'us-east-1',
      secretsEndpoint: undefined,
      queuesEndpoint: undefined,
      storageEndpoint: undefined,
      readMoods: false,
      credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
      userContextSecretId: 'sleepconnect/develop/user-context',
      carrier: { accountSid: ACCOUNT, secretId: 'sleepconnect/develop/twilio', publicBaseUrl: BASE },
    },
    {
      database: site.api.database,
      logger: createLogger({ service: 'outreach-api', level: 'error', destination: { write: () => undefined } }),
      newId: randomUUID,
      nowMs: () => 0,
      fetch: async () => Response.json({ SecretString: JSON.stringify(stored) }),
      epochMs: Date.now,
    },
  )
  return async (fields: Readonly<Record<string, string>>, token: string) => {
    const text = Object.keys(fields)
      .sort()
      .reduce((all, name) => all + name + fields[name], BASE + PATH)
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: `/dev${PATH}`,
      rawQueryString: '',
      headers: {
        host: '0qz7d63vw2.execute-api.us-east-1.amazonaws.com',
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': createHmac('sha1', token).update(text).digest('base64'),
      },
      requestContext: {
        domainName: '0qz7d63vw2.execute-api.us-east-1.amazonaws.com',
        http: {
          method: 'POST',
          path: `/dev${PATH}`,
          protocol: 'HTTP/1.1',
          sourceIp: '192.0.2.1',
          userAgent: 'TwilioProxy/1.1',
        },
        stage: 'dev',
      },
      // An HTTP API hands a form over encoded. @source API Gateway Developer Guide, payload format 2.0
      body: Buffer.from(new URLSearchParams(fields).toString()).toString('base64'),
      isBase64Encoded: true,
    }
    const answer = await handler(event as unknown as Parameters<typeof handler>[0], {} as Parameters<typeof handler>[1])
    return answer.statusCode
  }
}

test('A15: behind the HTTP API the public address is what the signature is checked with, for both tokens of a rotation', async () => {
  const [sender] = await site.db.query('select phone from app.senders where practice_id = $1', [HARBOR])
  const fields = () => ({
    MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
    AccountSid: ACCOUNT,
    From: newPhone(),
    To: String(sender?.phone),
    Body: 'It is José',
  })
  const during = sandbox({ authToken: NEW, previousAuthToken: OLD, apiKeySid: 'SK1' })
  expect([await during(fields(), NEW), await during(fields(), OLD), await during(fields(), '2'.repeat(32))]).toEqual([
    200, 200, 403,
  ])
  const after = sandbox({ authToken: NEW })
  expect([await after(fields(), NEW), await after(fields(), OLD)]).toEqual([200, 403])
})
