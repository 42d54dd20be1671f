import { expect, test } from 'vitest'
import { createSessionRenewal, type RenewalAnswer } from './session-renewal.ts'

/** A host that answers what the test says, one answer after the other, and counts the questions. */
function hostAnswering(...answers: readonly (RenewalAnswer | Error)[]) {
  let asked = 0
  const renewal = createSessionRenewal(async () => {
    const answer = answers[asked] ?? 'unreachable'
    asked += 1
    if (answer instanceof Error) throw answer
    return answer
  })
  return { renewal, asked: () => asked }
}

/** Lets everything run that waits for nothing outside. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a live session is renewed and the call goes on', async () => {
  const { renewal } = hostAnswering('renewed')
  expect(await renewal.renew()).toBe(true)
  expect(renewal.state()).toEqual({ ended: false, asking: false })
})

test('calls that ask at the same time share one renewal', async () => {
  const { renewal, asked } = hostAnswering('renewed')
  expect(await Promise.all([renewal.renew(), renewal.renew(), renewal.renew()])).toEqual([true, true, true])
  expect(asked()).toBe(1)
})

test('a later call asks anew', async () => {
  const { renewal, asked } = hostAnswering('renewed', 'renewed')
  await renewal.renew()
  await renewal.renew()
  expect(asked()).toBe(2)
})

test.each<[string, RenewalAnswer | Error]>([
  ['says it is broken', 'unreachable'],
  ['does not answer', new Error('network')],
])('a host that %s does not end the session', async (_why, answer) => {
  const { renewal } = hostAnswering(answer)
  expect(await renewal.renew()).toBe(false)
  expect(renewal.state()).toEqual({ ended: false, asking: false })
})

test('S5: an ended session asks the person, keeps the calls waiting, and they go on after the sign-in', async () => {
  const { renewal } = hostAnswering('no-session', 'renewed')
  const calls = Promise.all([renewal.renew(), renewal.renew()])
  await settled()
  expect(renewal.state()).toEqual({ ended: true, asking: true })
  await renewal.recheck()
  expect(await calls).toEqual([true, true])
  expect(renewal.state()).toEqual({ ended: false, asking: false })
})

test('a call made while the dialog is open waits without asking the host again', async () => {
  const { renewal, asked } = hostAnswering('no-session', 'renewed')
  const first = renewal.renew()
  await settled()
  const second = renewal.renew()
  await settled()
  expect(asked()).toBe(1)
  await renewal.recheck()
  expect(await Promise.all([first, second])).toEqual([true, true])
})

test('a sign-in that the host does not confirm leaves the dialog open', async () => {
  const { renewal } = hostAnswering('no-session', 'no-session', 'unreachable', 'renewed')
  const call = renewal.renew()
  await settled()
  await renewal.recheck()
  await renewal.recheck()
  expect(renewal.state()).toEqual({ ended: true, asking: true })
  await renewal.recheck()
  expect(await call).toBe(true)
})

test('"Not now" answers the waiting calls false and remembers that the session ended', async () => {
  const { renewal } = hostAnswering('no-session')
  const call = renewal.renew()
  await settled()
  renewal.dismiss()
  expect(await call).toBe(false)
  expect(renewal.state()).toEqual({ ended: true, asking: false })
})

test('after "Not now" the next refused call asks the person again', async () => {
  const { renewal } = hostAnswering('no-session', 'no-session')
  const first = renewal.renew()
  await settled()
  renewal.dismiss()
  await first
  void renewal.renew()
  await settled()
  expect(renewal.state()).toEqual({ ended: true, asking: true })
})

test('after "Not now" a sign-in elsewhere brings the session back', async () => {
  const { renewal } = hostAnswering('no-session', 'renewed')
  const call = renewal.renew()
  await settled()
  renewal.dismiss()
  await call
  await renewal.recheck()
  expect(renewal.state()).toEqual({ ended: false, asking: false })
})

test('a token refused although it was just renewed asks the person', async () => {
  const { renewal } = hostAnswering('renewed', 'renewed')
  expect(await renewal.renew()).toBe(true)
  const call = renewal.expire()
  expect(renewal.state()).toEqual({ ended: true, asking: true })
  await renewal.recheck()
  expect(await call).toBe(true)
})

test('a sign-in while the session is live asks nothing', async () => {
  const { renewal, asked } = hostAnswering()
  await renewal.recheck()
  expect(asked()).toBe(0)
})

test.each<['someone-else' | 'other-practice']>([['someone-else'], ['other-practice']])(
  'S5: a sign-in as %s lets nothing of this page go on',
  async (replaced) => {
    const { renewal } = hostAnswering('no-session', replaced)
    let wentOn = false
    const call = renewal.renew().finally(() => {
      wentOn = true
    })
    await settled()
    await renewal.recheck()
    await settled()
    expect(renewal.state()).toEqual({ ended: true, asking: false, replaced })
    expect(wentOn).toBe(false)
    // Putting it off is no way round it either.
    renewal.dismiss()
    await settled()
    expect(wentOn).toBe(false)
    void call
  },
)

test('S5: a session that was replaced unnoticed stops the first call that hears of it, and all after it', async () => {
  const { renewal, asked } = hostAnswering('someone-else')
  const answers: boolean[] = []
  for (const call of [renewal.renew(), renewal.renew()]) void call.then((goOn) => answers.push(goOn))
  await settled()
  void renewal.renew().then((goOn) => answers.push(goOn))
  void renewal.expire().then((goOn) => answers.push(goOn))
  await settled()
  expect(answers).toEqual([])
  expect(asked()).toBe(1)
  expect(renewal.state()).toEqual({ ended: true, asking: false, replaced: 'someone-else' })
})

test('when the first person signs in once more, everything of theirs goes on', async () => {
  const { renewal } = hostAnswering('someone-else', 'no-session', 'renewed')
  const call = renewal.renew()
  await settled()
  await renewal.recheck()
  expect(renewal.state()).toEqual({ ended: true, asking: false, replaced: 'someone-else' })
  await renewal.recheck()
  expect(await call).toBe(true)
  expect(renewal.state()).toEqual({ ended: false, asking: false })
})

test('listeners hear each change once and stop when they leave', async () => {
  const { renewal } = hostAnswering('no-session', 'renewed')
  const heard: boolean[] = []
  const leave = renewal.subscribe(() => heard.push(renewal.state().asking))
  const calls = [renewal.renew(), renewal.renew()]
  await settled()
  renewal.dismiss()
  await Promise.all(calls)
  leave()
  await renewal.recheck()
  expect(heard).toEqual([true, false])
})
