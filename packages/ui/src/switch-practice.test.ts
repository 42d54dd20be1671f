import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { switchPractice } from './switch-practice.ts'

test('the switch is asked for with the hash of its body, without which a function behind its distribution refuses it', async () => {
  const asked: Request[] = []
  await switchPractice('http://site.test/api/practice', 'p-1', async (input, init) => {
    asked.push(new Request(input as string, init))
    return new Response(null, { status: 200 })
  })
  const [request] = asked
  const body = (await request?.text()) ?? ''
  expect(JSON.parse(body)).toEqual({ practiceId: 'p-1' })
  expect(request?.headers.get('x-amz-content-sha256')).toBe(createHash('sha256').update(body).digest('hex'))
})

test('a switch that the host does not make is an error', async () => {
  const refused = async () => new Response(null, { status: 403 })
  await expect(switchPractice('http://site.test/api/practice', 'p-1', refused)).rejects.toThrow('403')
})
