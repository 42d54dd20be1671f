import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import {
  beginConversation,
  DELIVERED,
  messagesOf,
  NEWS,
  newPhone,
  picturesReceivedBy,
  receivedBy,
  textAs,
  threadOf,
} from '../site/conversations.ts'
import { listOf } from '../site/list.ts'
import { dana, siobhan } from '../site/people.ts'
import { blueBytes, bluePicture } from '../site/pictures.ts'
import { pick } from '../site/sign-in.ts'
import { choose } from '../site/templates.ts'

// The network goes and a session ends, both on purpose.
test.use({ browserErrors: 'expected' })

/** A number of the carrier's to which nothing is delivered, with the error number 30003. */
const SWITCHED_OFF = '+13035550103'
/** A little more than the seven minutes after which a wait is at risk. */
const AT_RISK_MS = 8 * 60_000

test('A1, A2, A14: a day of two coordinators and three patients: each sees what the other does, and each text arrives once', async ({
  deskOf,
  site,
}) => {
  // A day of two people. Two minutes were seen where two such days ran at once on two cores of a slow computer.
  test.setTimeout(480_000)
  const [mine, hers] = [await deskOf(dana), await deskOf(siobhan)]
  const [my, her] = [
    { ...mine, ...threadOf(mine.page), ...listOf(mine.page) },
    { ...hers, ...threadOf(hers.page), ...listOf(hers.page) },
  ]
  const patient = async (name: string, phone = newPhone()) => {
    const friendlyName = uniqueName(name)
    const { id } = await beginConversation(my.page, site.urls.host, { phone, friendlyName })
    return { id, phone, friendlyName, sent: [] as string[] }
  }
  const maeve = await patient("Maeve O'Brien")
  const jose = await patient('José Núñez')
  const li = await patient('李 小龙 <b>x</b>')
  type Patient = typeof maeve
  const text = ({ sent }: Patient, words: string) => {
    sent.push(uniqueName(words))
    return sent.at(-1) ?? ''
  }
  const open = async (who: typeof my, { id, friendlyName }: Patient) => {
    await who.row(id).click()
    await expect(who.page.getByRole('heading', { level: 2, name: friendlyName })).toBeVisible()
  }

  await test.step('both see the three by their names, as they are written', async () => {
    // Her clock is moved later on: the wait of a patient is told by it.
    await her.page.clock.install()
    for (const { page, row } of [my, her]) {
      await page.goto(site.urls.host + outreachPath('conversations'))
      for (const { id, friendlyName } of [maeve, jose, li]) await expect(row(id)).toContainText(friendlyName)
      await expect(page.locator('main b')).toHaveCount(0)
    }
  })

  await test.step('I send, it is delivered, and she reads it', async () => {
    await open(my, maeve)
    const words = text(maeve, "It's ready, Mrs O'Brien & <b>José</b> 李")
    await my.message.fill(words)
    await my.sendAtOnce()
    await expect(my.message).toHaveValue('')
    await expect(my.log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(my.log.getByText(words)).toHaveCount(1)
    await expect(her.row(maeve.id)).toContainText(words, NEWS)
    await open(her, maeve)
    await expect(her.log.getByText(words)).toHaveCount(1)
    await expect(her.log.getByText('Delivered')).toBeVisible()
    expect(await receivedBy(site, maeve.phone)).toEqual(maeve.sent)
  })

  await test.step('the patient replies, and both read it', async () => {
    const words = uniqueName('Is it <b>loud</b>?')
    await textAs(site, maeve.phone, words)
    for (const { log } of [my, her]) await expect(log.getByText(words)).toBeVisible(NEWS)
  })

  await test.step('a patient who has waited for long is at risk', async () => {
    const words = uniqueName('¿Cuándo?')
    await textAs(site, jose.phone, words)
    for (const { row } of [my, her]) await expect(row(jose.id)).toContainText(words, NEWS)
    await expect(her.row(jose.id)).toContainText('unread')
    // News would tell her clock what time it is at the server. The one that fails is the only one that is under way.
    const news = '**/changes?**'
    const failed = her.page.waitForEvent('requestfailed', (request) => request.url().includes('/changes?'))
    await her.page.route(news, (route) => route.abort())
    await failed
    await her.page.clock.fastForward(AT_RISK_MS)
    await expect(her.row(jose.id)).toContainText('At risk')
    await her.page.unroute(news)
    await expect(my.row(jose.id)).not.toContainText('At risk')
  })

  await test.step('she answers him while I see it, and nobody waits any more', async () => {
    await open(my, jose)
    await open(her, jose)
    await her.message.pressSequentially('Hola')
    await expect(my.page.getByText(`${siobhan.name} is writing an answer`).first()).toBeAttached(NEWS)
    const words = text(jose, 'Mañana, señor Núñez')
    await her.message.fill(words)
    await her.sendAtOnce()
    await expect(her.log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(my.log.getByText(words)).toHaveCount(1, NEWS)
    await expect(my.log.getByText('Delivered')).toBeVisible(NEWS)
    for (const { row } of [my, her]) await expect(row(jose.id)).not.toContainText(/At risk|Waiting|unread/, NEWS)
    expect(await receivedBy(site, jose.phone)).toEqual(jose.sent)
  })

  await test.step('he says STOP, and nobody can text him; he says START, and both can', async () => {
    await textAs(site, jose.phone, 'STOP')
    for (const { page, message, row } of [my, her]) {
      await expect(page.getByText('This patient has opted out.')).toBeVisible(NEWS)
      await expect(message).not.toBeEditable()
      await expect(row(jose.id)).toContainText('Opted out', NEWS)
    }
    await textAs(site, jose.phone, 'START')
    for (const { message } of [my, her]) await expect(message).toBeEditable(NEWS)
    const words = text(jose, 'Welcome back')
    await my.message.fill(words)
    await my.sendAtOnce()
    await expect(my.log.getByText('Delivered')).toHaveCount(2, DELIVERED)
    await expect(her.log.getByText(words)).toHaveCount(1, NEWS)
    const answers = (await receivedBy(site, jose.phone)).filter((one) => jose.sent.includes(one))
    expect(answers).toEqual(jose.sent)
  })

  await test.step('I hand over to her with a word', async () => {
    await open(my, maeve)
    await my.page.getByRole('button', { name: 'Unassigned' }).click()
    await my.page.getByRole('menuitem', { name: 'Hand over with a word' }).click()
    await choose(my.page, my.page.getByRole('combobox', { name: 'To' }), siobhan.name)
    const word = uniqueName('Wants a call in the evening')
    await my.page.getByRole('textbox', { name: /^Note/ }).fill(word)
    await my.page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click()
    await open(her, maeve)
    await expect(her.page.getByRole('button', { name: 'Assigned to You' })).toBeVisible(NEWS)
    await expect(her.log.getByText(word)).toBeVisible()
    expect(await receivedBy(site, maeve.phone), 'a note is for staff').toEqual(maeve.sent)
  })

  await test.step('a picture comes, and one goes back', async () => {
    await textAs(site, li.phone, '', [bluePicture])
    for (const { row } of [my, her]) await expect(row(li.id)).toContainText('Picture', NEWS)
    await open(my, li)
    await open(her, li)
    for (const { log } of [my, her]) {
      const picture = log.getByRole('img', { name: /^Picture from/ })
      await expect(picture).toBeVisible(NEWS)
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64)
    }
    const file = { name: 'mask.png', mimeType: 'image/png', buffer: blueBytes }
    await her.page.getByLabel('Picture', { exact: true }).setInputFiles(file)
    await expect(her.page.getByRole('img', { name: 'Goes with this message' })).toBeVisible(NEWS)
    await her.message.fill(text(li, 'Put it on like this'))
    await her.sendAtOnce()
    await expect(my.log.getByRole('img', { name: `Picture from ${siobhan.name}` })).toBeVisible(NEWS)
    await expect(her.log.getByText('Delivered')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, li.phone)).toEqual(li.sent)
    expect((await picturesReceivedBy(site, li.phone)).map((bytes) => bytes.equals(blueBytes))).toEqual([true])
  })

  await test.step('the network goes in mid-send and comes back: it is sent once', async () => {
    await open(my, maeve)
    await open(her, maeve)
    // The server gets it, and its answer is lost with the network.
    await my.page.route(
      `**/conversations/${maeve.id}/messages`,
      async (route) => {
        await route.fetch()
        await my.context.setOffline(true)
        await route.abort('internetdisconnected')
      },
      { times: 1 },
    )
    const words = text(maeve, 'Into a tunnel')
    await my.message.fill(words)
    await my.sendAtOnce()
    await expect(my.log.getByText('Kept here, sent when the connection is back')).toBeVisible({ timeout: 40_000 })
    await my.context.setOffline(false)
    await expect(my.log.getByText('Delivered')).toHaveCount(2, DELIVERED)
    await expect(her.log.getByText('Delivered')).toHaveCount(2, DELIVERED)
    for (const { log } of [my, her]) await expect(log.getByText(words)).toHaveCount(1)
    expect(await receivedBy(site, maeve.phone)).toEqual(maeve.sent)
  })

  await test.step('her session ends in mid-draft: the draft is there after sign-in, and goes once', async () => {
    const words = text(maeve, 'Half a thought')
    await her.message.fill(words)
    // It is her sending that hears of it first, and not her page's next question for news.
    const news = '**/changes?**'
    await her.page.route(news, (route) => route.fulfill({ status: 204 }))
    await her.context.clearCookies()
    await her.sendAtOnce()
    const dialog = her.page.getByRole('dialog', { name: 'Your session ended' })
    await expect(dialog).toBeVisible()
    await her.page.unroute(news)
    const popup = her.page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    await pick(await popup, siobhan)
    await expect(dialog).toHaveCount(0)
    await expect(her.log.getByText('Delivered')).toHaveCount(3, DELIVERED)
    await expect(my.log.getByText('Delivered')).toHaveCount(3, NEWS)
    for (const { log } of [my, her]) await expect(log.getByText(words)).toHaveCount(1)
    expect(await receivedBy(site, maeve.phone)).toEqual(maeve.sent)
  })

  await test.step('a telephone that is switched off: both read why', async () => {
    const off = await patient('Switched off', SWITCHED_OFF)
    const words = text(off, 'Into the void')
    for (const { page } of [my, her]) await page.goto(site.urls.host + outreachPath('conversations', off.id))
    await my.message.fill(words)
    await my.sendAtOnce()
    for (const { log } of [my, her]) await expect(log.getByText(/^The (phone|telephone|number)/)).toBeVisible(DELIVERED)
  })

  await test.step('I archive a conversation, and she finds it among the archived ones', async () => {
    await open(my, maeve)
    await my.more.click()
    await my.page.getByRole('menuitem', { name: /^Archive/ }).click()
    await expect(my.row(maeve.id)).toHaveCount(0)
    await her.page.goto(`${site.urls.host}${outreachPath('conversations')}?filter=archived`)
    await expect(her.row(maeve.id)).toBeVisible()
  })

  for (const { id, sent } of [maeve, jose, li]) {
    const stored = await messagesOf(her.page, site.urls.host, id)
    const outbound = stored.filter(({ direction }) => direction === 'outbound').map(({ body }) => body)
    expect(outbound).toEqual(sent)
  }
})
