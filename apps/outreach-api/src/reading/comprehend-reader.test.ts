import { expect, test } from 'vitest'
import { comprehendReader } from './comprehend-reader.ts'

interface Asked {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly input: { readonly Text: string; readonly LanguageCode: string }
}

function readerOf(status: number, body: unknown) {
  const asked: Asked[] = []
  const reader = comprehendReader({
    region: 'us-east-1',
    credentials: () => ({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' }),
    fetch: async (url, { headers, body: sent }) => {
      asked.push({ url, headers, input: JSON.parse(sent) })
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
    },
    nowMs: () => Date.parse('2026-11-02T12:00:00Z'),
    timeoutMs: 1_000,
  })
  return { asked, reader }
}
/** @source Amazon Comprehend API Reference, "DetectSentiment", example of an answer */
const answering = (Sentiment: string) =>
  readerOf(200, { Sentiment, SentimentScore: { Mixed: 0.01, Negative: 0.9, Neutral: 0.05, Positive: 0.04 } })

test('it is asked in its own words, signed, for the text and nothing else', async () => {
  const { asked, reader } = answering('NEGATIVE')
  expect(await reader.read({ body: 'Call me ASAP', language: 'en' })).toEqual({ sentiment: 'negative', urgent: true })
  expect(asked[0]?.url).toBe('https://comprehend.us-east-1.amazonaws.com/')
  expect(asked[0]?.headers['x-amz-target']).toBe('Comprehend_20171127.DetectSentiment')
  expect(asked[0]?.headers['content-type']).toBe('application/x-amz-json-1.1')
  expect(asked[0]?.headers.authorization).toContain('/us-east-1/comprehend/aws4_request')
  expect(asked[0]?.input).toEqual({ Text: 'Call me ASAP', LanguageCode: 'en' })
})

test.each([
  ['POSITIVE', 'positive'],
  ['NEUTRAL', 'neutral'],
  ['MIXED', 'neutral'],
  ['NEGATIVE', 'negative'],
])('%s is %s', async (said, sentiment) => {
  expect(await answering(said).reader.read({ body: 'Hello', language: undefined })).toEqual({
    sentiment,
    urgent: false,
  })
})

test.each([
  ['es', 'es'],
  ['es-MX', 'es'],
  ['zh-TW', 'zh-TW'],
  ['zh-CN', 'zh'],
  ['vi', 'en'],
  [undefined, 'en'],
])('a patient who prefers %s is read as %s', async (language, code) => {
  const { asked, reader } = answering('NEUTRAL')
  await reader.read({ body: 'Hola', language })
  expect(asked[0]?.input.LanguageCode).toBe(code)
})

test('a text that is longer than it takes is cut between two characters', async () => {
  const { asked, reader } = answering('NEUTRAL')
  await reader.read({ body: '李'.repeat(1_600), language: 'zh' })
  expect(asked[0]?.input.Text).toBe('李'.repeat(1_600))
  await reader.read({ body: '👍'.repeat(1_600), language: 'en' })
  expect(asked[1]?.input.Text).toBe('👍'.repeat(1_250))
})

test.each(['TextSizeLimitExceededException', 'UnsupportedLanguageException', 'InvalidRequestException'])(
  'what it refuses for good (%s) has no mood',
  async (__type) => {
    const { reader } = readerOf(400, { __type, message: 'x' })
    expect(await reader.read({ body: 'Hello', language: 'en' })).toBeUndefined()
    const qualified = readerOf(400, { __type: `com.amazonaws.comprehend#${__type}` })
    expect(await qualified.reader.read({ body: 'Hello', language: 'en' })).toBeUndefined()
  },
)

test.each<[what: string, status: number, body: unknown]>([
  ['is throttled', 400, { __type: 'ThrottlingException' }],
  ['is not allowed', 400, { __type: 'AccessDeniedException' }],
  ['fails', 500, { __type: 'InternalServerException' }],
  ['answers something else', 200, '<html>'],
  ['answers an unheard-of mood', 200, { Sentiment: 'FURIOUS' }],
])('one that %s is tried again later, and the error quotes nothing', async (_what, status, body) => {
  const failed = readerOf(status, body).reader.read({ body: 'Canary text', language: 'en' })
  await expect(failed).rejects.not.toThrow('Canary')
  await expect(readerOf(status, body).reader.read({ body: 'x', language: 'en' })).rejects.toThrow()
})
