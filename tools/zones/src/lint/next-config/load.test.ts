import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { UnreadableInput } from '../input/unreadable-input.ts'
import { evaluateNextConfig } from './load.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function config(name: string, text: string, others: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'))
  folders.push(folder)
  for (const [other, content] of Object.entries({ ...others, [name]: text }))
    writeFileSync(join(folder, other), content)
  return join(folder, name)
}

const REWRITE = "{ source: '/a', destination: 'https://a.example.com/a' }"
const READ = { source: '/a', destination: 'https://a.example.com/a' }

test.each<[string, string, string]>([
  ['an object', 'next.config.mjs', `export default { rewrites: async () => [${REWRITE}] }`],
  ['CommonJS', 'next.config.js', `module.exports = { async rewrites() { return [${REWRITE}] } }`],
  [
    'a function of the phase',
    'next.config.mjs',
    `export default (phase, { defaultConfig }) => ({ ...defaultConfig, rewrites: () => [${REWRITE}] })`,
  ],
  [
    'an async function',
    'next.config.mjs',
    `export default async () => ({ rewrites: () => ({ afterFiles: [${REWRITE}] }) })`,
  ],
  [
    'TypeScript with types of Next',
    'next.config.ts',
    `import { NextConfig } from 'next'\nconst c: NextConfig = { rewrites: async () => [${REWRITE}] }\nexport default c`,
  ],
  [
    'a module beside it, ending left out',
    'next.config.ts',
    "import { list } from './list'\nexport default { rewrites: () => list }",
  ],
  [
    'what it prints is not its answer',
    'next.config.mjs',
    `console.log('{}'); export default { rewrites: () => [${REWRITE}] }`,
  ],
  [
    'a timer left behind',
    'next.config.mjs',
    `setInterval(() => {}, 1000); export default { rewrites: () => [${REWRITE}] }`,
  ],
])('%s', async (_why, name, text) => {
  const path = config(name, text, { 'list.ts': `export const list: object[] = [${REWRITE}]` })
  const { filled } = await evaluateNextConfig(path, name)
  expect(filled.rewrites).toEqual({ beforeFiles: [], afterFiles: [READ], fallback: [] })
})

test('a variable is seen, by name, with and without its default', async () => {
  const text =
    "const a = process.env.APP_URL || 'http://localhost:3001'\nexport default { rewrites: () => [{ source: '/a', destination: a + '/a' }] }"
  const { filled, unset } = await evaluateNextConfig(config('next.config.mjs', text), 'next.config.mjs')
  expect(filled.variables).toEqual(['APP_URL'])
  expect(filled.rewrites.afterFiles[0]?.destination).toBe('https://0.env.zones-lint.invalid/a')
  expect(unset?.rewrites.afterFiles[0]?.destination).toBe('http://localhost:3001/a')
})

test('a configuration that refuses to be read without a variable has no default', async () => {
  const text = "if (!process.env.APP_URL) throw new Error('APP_URL')\nexport default {}"
  const { unset } = await evaluateNextConfig(config('next.config.mjs', text), 'next.config.mjs')
  expect(unset).toBeUndefined()
})

test('one that wants a number is read without any value', async () => {
  const text = 'const n = JSON.parse(process.env.N ?? "1")\nexport default { basePath: "/v" + n }'
  const { filled } = await evaluateNextConfig(config('next.config.mjs', text), 'next.config.mjs')
  expect(filled.config.basePath).toBe('/v1')
})

test('nothing of this machine’s environment is seen', async () => {
  const text = "export default { env: { home: process.env.HOME ?? 'none', path: process.env.PATH ?? 'none' } }"
  const { filled } = await evaluateNextConfig(config('next.config.mjs', text), 'next.config.mjs')
  expect(filled.config.env).toEqual({ home: 'none', path: 'none' })
})

test.each([
  ['works for ever', 'while (true) {}'],
  ['waits for ever', 'export default { rewrites: () => new Promise(() => {}) }\nsetInterval(() => {}, 1000)'],
])('one that %s is ended', async (_why, text) => {
  const evaluated = evaluateNextConfig(config('next.config.mjs', text), 'next.config.mjs', 1500)
  await expect(evaluated).rejects.toThrow(
    new UnreadableInput('next.config.mjs did not finish within 1.5 s; it has to return without waiting.'),
  )
})
