import { type AwsAccess, askAws } from '@sax/stored-secrets'
import * as z from 'zod'
import type { Mood, MoodReader } from './mood.ts'
import { moodByWords } from './word-list-reader.ts'

/** Longest text it takes, as UTF-8; it goes by the first 500 characters. @source Amazon Comprehend API Reference, "DetectSentiment" (Text: 5 KB) */
const MOST_BYTES = 5_000

/** @source Amazon Comprehend Developer Guide, "Languages supported in Amazon Comprehend" (sentiment) */
const LANGUAGES = ['de', 'en', 'es', 'it', 'pt', 'fr', 'ja', 'ko', 'hi', 'ar', 'zh-TW', 'zh'] as const

const SENTIMENTS: Readonly<Record<string, Mood['sentiment']>> = {
  POSITIVE: 'positive',
  NEGATIVE: 'negative',
  NEUTRAL: 'neutral',
  // Good and bad at once: nothing that one mark could say.
  MIXED: 'neutral',
}

/** @source Amazon Comprehend API Reference, "DetectSentiment" (response syntax) */
const answer = z.object({ Sentiment: z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']) })
/** @source as above (errors that the same text would meet again) */
const refusal = z.object({ __type: z.string() })
const NEVER: ReadonlySet<string> = new Set([
  'TextSizeLimitExceededException',
  'UnsupportedLanguageException',
  'InvalidRequestException',
])

/**
 * Sentiment by Amazon Comprehend. Urgency it does not know; that is read by lists of words as on a laptop. The text
 * leaves for AWS, in the stage's own region, and with it nothing of whose it is.
 */
export function comprehendReader(access: AwsAccess): MoodReader {
  return {
    read: async ({ body, language }) => {
      const { status, text } = await askAws(access, {
        service: 'comprehend',
        target: 'Comprehend_20171127.DetectSentiment',
        version: '1.1',
        input: { Text: clipped(body), LanguageCode: codeOf(language) },
      })
      const said = jsonOf(text)
      if (status !== 200) {
        const name = refusal.safeParse(said).data?.__type.split('#').at(-1) ?? ''
        if (NEVER.has(name)) return undefined
        throw new Error(`comprehend answered ${status}`)
      }
      return { sentiment: SENTIMENTS[answer.parse(said).Sentiment] ?? 'neutral', urgent: moodByWords(body).urgent }
    },
  }
}

/** Its code for a language, English for one that it does not know. */
function codeOf(language: string | undefined): string {
  const known =
    LANGUAGES.find((code) => code === language) ?? LANGUAGES.find((code) => code === language?.split('-')[0])
  return known ?? 'en'
}

/** As many whole characters as it takes. */
function clipped(text: string): string {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= MOST_BYTES) return text
  return new TextDecoder().decode(bytes.subarray(0, MOST_BYTES)).replace(/\uFFFD+$/, '')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
