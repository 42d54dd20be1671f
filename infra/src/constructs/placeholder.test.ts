import { expect, test } from 'vitest'
import { placeholderOf } from './placeholder.ts'

interface Head {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
}

/** Runs a placeholder as Lambda would where answers are streamed, and gives back what was streamed. */
async function streamedBy(code: string) {
  const written: string[] = []
  const heads: Head[] = []
  const awslambda = {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: {
      from: (_stream: object, head: Head) => {
        heads.push(head)
        return { write: (text: string) => written.push(text), end: () => written.push('END') }
      },
    },
  }
  const exported = {} as { handler: (event: unknown, stream: object) => Promise<unknown> }
  new Function('exports', 'awslambda', code)(exported, awslambda)
  expect(await exported.handler({}, {})).toBeUndefined()
  return { heads, written }
}

test.each(['host-pages', 'zone-pages', 'zone-api-routes'] as const)(
  'D11, C5: until the first release %s streams the status 503, and no 200 with a 503 in it',
  async (kind) => {
    expect(await streamedBy(placeholderOf(kind))).toEqual({
      heads: [{ statusCode: 503, headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' } }],
      written: ['Nothing has been released here yet.', 'END'],
    })
  },
)
