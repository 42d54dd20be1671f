import { expect, test } from 'vitest'
import { createClosing } from './closing.ts'

test('the last is ended first, each once, and a failure keeps none from being ended', async () => {
  const ended: string[] = []
  const closing = createClosing()
  for (const name of ['database', 'world', 'cloud']) {
    closing.add(async () => {
      ended.push(name)
      if (name === 'world') throw new Error('world')
    })
  }
  await expect(closing.close()).rejects.toThrow('world')
  await closing.close()
  expect(ended).toEqual(['cloud', 'world', 'database'])
})
