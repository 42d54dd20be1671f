import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { asSomebody } from '../test/clients.ts'

const node = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const start = (...args: readonly string[]) => spawn(node, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Everything a process wrote until a line shows that it is ready, or until it ended. */
async function said(child: ChildProcess, until: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes(until)) resolve(text)
    })
  }
  child.once('exit', () => resolve(text))
  return promise
}

test('the command prints what to export, answers, and ends with everything it started', async () => {
  const child = start('111122223333', 'example.com')
  const text = await said(child, 'Running until Ctrl-C.')
  const env = Object.fromEntries(
    [...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
  )
  expect(env).toMatchObject({
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    SAX_DNS_SERVER: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  })
  expect(text).toMatch(/^example\.com is hosted zone Z[0-9A-F]{20}$/m)
  expect((await new STSClient(asSomebody(env)).send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  await expect(fetch(env.AWS_ENDPOINT_URL ?? '')).rejects.toThrow('fetch failed')
})

test('an account that has no twelve digits is refused', async () => {
  const child = start('12345')
  expect(await said(child, '\n')).toContain(
    '12345 is no account number; give twelve digits, and then the domains of hosted zones.',
  )
  expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(2)
})
