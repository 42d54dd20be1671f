import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Promoted, promotionBetween, stageBefore } from './promotion.ts'

const root = mkdtempSync(join(tmpdir(), 'sax-promotion-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function stage(name: 'staging' | 'production', port: number): Promoted {
  const folder = join(root, name)
  const accounts = join(folder, 'packages', 'topology', 'accounts')
  mkdirSync(accounts, { recursive: true })
  writeFileSync(join(accounts, `${name}.json`), `{"facts of":"${name}"}`)
  const endpoint = `http://127.0.0.1:${port}`
  const keys = { AWS_ACCESS_KEY_ID: `id of ${name}`, AWS_SECRET_ACCESS_KEY: `secret of ${name}` }
  return { stage: name, env: { SAX_ACCOUNTS_ROOT: folder, AWS_ENDPOINT_URL: endpoint, ...keys }, cloud: { endpoint } }
}

test('only production has a stage before it, as its gates have it', () => {
  expect([stageBefore('develop'), stageBefore('staging'), stageBefore('production')]).toEqual([
    ...[undefined, undefined],
    'staging',
  ])
})

test('a promotion works in its own account, and reads the other one under a profile, with that one’s facts', () => {
  const { from, profile, env } = promotionBetween(stage('staging', 1), stage('production', 2), root)
  expect({ from, profile }).toEqual({ from: 'staging', profile: 'from' })
  expect(env).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:2',
    AWS_ACCESS_KEY_ID: 'id of production',
    SAX_FROM_ENDPOINT_URL: 'http://127.0.0.1:1',
  })
  const config = env.AWS_CONFIG_FILE ?? ''
  expect(readFileSync(config, 'utf8')).toBe(
    '[profile from]\naws_access_key_id = id of staging\naws_secret_access_key = secret of staging\n',
  )
  expect(statSync(config).mode & 0o777).toBe(0o600)
  const accounts = join(env.SAX_ACCOUNTS_ROOT ?? '', 'packages', 'topology', 'accounts')
  expect(readFileSync(join(accounts, 'staging.json'), 'utf8')).toBe('{"facts of":"staging"}')
})
