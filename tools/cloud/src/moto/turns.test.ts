import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { forwarder } from './forward.ts'
import { motoClients } from './moto-clients.ts'
import { turnsAtMoto } from './turns.ts'

const ROLES =
  '<ListRolesResponse><ListRolesResult><Roles/><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>'

let server: Server
let port: number
let under = 0
let most = 0
beforeAll(async () => {
  server = createServer(async (request, response) => {
    under += 1
    most = Math.max(most, under)
    await sleep(20)
    under -= 1
    response.end(request.headers['x-amz-target'] === undefined ? ROLES : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
})
afterAll(() => server.close())
beforeEach(() => {
  most = 0
})

const account = '111122223333'
const request = { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.from('') }
const five = (ask: () => Promise<unknown>) => Promise.all(Array.from({ length: 5 }, ask))

test('IAM is asked one thing at a time, by the layer and by whom it passes on; other services are not kept waiting', async () => {
  const turns = turnsAtMoto()
  const { clients, close } = motoClients(port, turns)
  const passing = forwarder(port, turns)
  const { iam, sqs } = clients(account, 'us-east-1')
  await Promise.all([
    five(() => iam.send(new ListRolesCommand({}))),
    five(() => clients('444455556666', 'us-east-1').iam.send(new ListRolesCommand({}))),
    five(() => passing.forward('iam', request, account)),
  ])
  expect(most).toBe(1)
  await Promise.all([
    five(() => sqs.send(new ListQueuesCommand({}))),
    five(() => passing.forward('sqs', request, account)),
  ])
  expect(most).toBeGreaterThan(1)
  passing.close()
  close()
})
