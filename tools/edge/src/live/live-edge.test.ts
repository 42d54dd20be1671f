import type { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Logger } from '@sax/logging'
import { beforeEach, expect, test } from 'vitest'
import { createLiveEdge, type LiveEdge } from './live-edge.ts'

const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6'
const nothing = () => undefined
const warned: string[] = []
const log: Logger = { debug: nothing, info: nothing, warn: (message) => void warned.push(message), error: nothing }

/** An account of two distributions, as the API tells of it. */
const account = {
  enabled: true,
  etag: 'E1',
  origin: 'server.example',
  invalidations: [] as { id: string; paths: string[] }[],
  isDown: false,
  calls: [] as string[],
}
const configOf = (id: string) => ({
  ...{ CallerReference: id, Comment: '', Enabled: account.enabled },
  Aliases: { Quantity: 1, Items: [`${id.toLowerCase()}.example`] },
  Origins: { Quantity: 1, Items: [{ Id: 'server', DomainName: account.origin, CustomOriginConfig: {} }] },
  DefaultCacheBehavior: { TargetOriginId: 'server', ViewerProtocolPolicy: 'allow-all', CachePolicyId: OPTIMIZED },
})
const send = async (command: { constructor: { name: string }; input: Record<string, string> }): Promise<unknown> => {
  if (account.isDown) throw new Error('down')
  const name = command.constructor.name.replace('Command', '')
  account.calls.push(name)
  const { Id = '', DistributionId } = command.input
  switch (name) {
    case 'ListDistributions':
      return {
        DistributionList: {
          Items: ['A', 'B'].map((one) => ({
            Id: one,
            ETag: account.etag,
            DomainName: `d${one.toLowerCase()}.cloudfront.net`,
          })),
        },
      }
    case 'GetDistributionConfig':
      return { ETag: account.etag, DistributionConfig: configOf(Id) }
    case 'ListInvalidations':
      return {
        InvalidationList: { Items: DistributionId === 'A' ? account.invalidations.map(({ id }) => ({ Id: id })) : [] },
      }
    case 'GetInvalidation': {
      const found = account.invalidations.find(({ id }) => id === Id)
      return { Invalidation: { InvalidationBatch: { Paths: { Items: found?.paths } } } }
    }
    default:
      throw new Error(`${name} is not expected`)
  }
}

let changes = 0
let nowMs = 0
let answers = 0
let edge: LiveEdge
beforeEach(() => {
  Object.assign(account, {
    enabled: true,
    etag: 'E1',
    origin: 'server.example',
    invalidations: [],
    isDown: false,
    calls: [],
  })
  ;[changes, nowMs, answers] = [0, 0, 0]
  edge = createLiveEdge({
    clients: { cloudFront: { send } as unknown as CloudFrontClient, s3: {} as S3Client },
    originOf: (origin) => async () => {
      answers += 1
      return new Response(`${origin.domainName} ${answers}`, { headers: { 'cache-control': 'max-age=600' } })
    },
    ...{ changes: () => changes, maxAgeMs: 1000, cacheBytes: 1_000_000, log, newId: () => 'id', nowMs: () => nowMs },
  })
})

async function ask(host: string, target = '/a') {
  const request = new Request('http://viewer.invalid/', { headers: { host } })
  const info = { target, ip: '192.0.2.7', requestBytes: 100, hasBody: false, signal: new AbortController().signal }
  const response = await edge.handle(request, info)
  return [response.status, await response.text()]
}

test('each distribution answers under its own names from a cache of its own', async () => {
  expect(await ask('a.example')).toEqual([200, 'server.example 1'])
  expect(await ask('b.example')).toEqual([200, 'server.example 2'])
  expect(await ask('da.cloudfront.net')).toEqual([200, 'server.example 1'])
  expect((await ask('c.example'))[0]).toBe(403)
})

test('a change is followed at once where somebody says so, else within the age; what is cached stays', async () => {
  await ask('a.example')
  Object.assign(account, { etag: 'E2', origin: 'other.example' })
  expect(await ask('a.example', '/b')).toEqual([200, 'server.example 2'])
  changes += 1
  expect(await ask('a.example', '/c')).toEqual([200, 'other.example 3'])
  expect(await ask('a.example')).toEqual([200, 'server.example 1'])
  Object.assign(account, { etag: 'E3', enabled: false })
  nowMs = 1000
  expect((await ask('a.example'))[0]).toBe(403)
})

test('a distribution that has the same ETag is not read again', async () => {
  await ask('a.example')
  changes += 1
  await ask('a.example')
  expect(account.calls.filter((name) => name === 'GetDistributionConfig')).toHaveLength(2)
})

test('D16: an invalidation takes effect before the next answer, once, at its own distribution alone', async () => {
  await ask('a.example')
  await ask('b.example')
  account.invalidations.push({ id: 'I1', paths: ['/a'] })
  changes += 1
  expect(await ask('a.example')).toEqual([200, 'server.example 3'])
  expect(await ask('b.example')).toEqual([200, 'server.example 2'])
  changes += 1
  expect(await ask('a.example')).toEqual([200, 'server.example 3'])
})

test('while the account cannot be read, everything goes on as it was; before it ever was, nothing is answered', async () => {
  account.isDown = true
  await expect(ask('a.example')).rejects.toThrow('down')
  account.isDown = false
  await ask('a.example')
  account.isDown = true
  changes += 1
  expect(await ask('a.example')).toEqual([200, 'server.example 1'])
  expect(warned).toContain('the account cannot be read')
})

test('many that come at once wait for one look', async () => {
  await Promise.all(Array.from({ length: 10 }, () => ask('a.example')))
  expect(account.calls.filter((name) => name === 'ListDistributions')).toHaveLength(1)
})
