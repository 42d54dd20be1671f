import { type PlainDoor, startPlainDoor } from '../plain-door.ts'
import { OUTER } from './cases.ts'
import { converse } from './conversation.ts'
import { type AnswersRead, readAnswers } from './read-answers.ts'
import { type RecordingOrigin, startRecordingOrigin } from './recording-origin.ts'
import type { StrictRequest } from './strict-reader.ts'

/** What came of some bytes that were sent to the front door. */
export interface RawOutcome extends AnswersRead {
  /** Nobody had to wait longer than was allowed: answers came, and the connection ended. */
  readonly isPrompt: boolean
  /** Complete requests that reached the origin. */
  readonly reached: readonly StrictRequest[]
  /** What somebody else got meanwhile over the same connections to the origin, when it was not theirs. */
  readonly mixedUp: readonly string[]
}

export interface RawSite {
  readonly door: PlainDoor
  readonly origin: RecordingOrigin
  /**
   * Sends `parts` one after the other, waits for `answers` answers, and says that no more will come. `methods` are those
   * of the requests that are answered.
   */
  send(parts: readonly string[], answers: number, methods?: readonly string[]): Promise<RawOutcome>
  close(): Promise<void>
}

/** A front door before an origin that records. */
export async function startRawSite(functions: 'site' | 'none' = 'none'): Promise<RawSite> {
  const origin = await startRecordingOrigin()
  const door = await startPlainDoor(origin.url, { functions })
  let others = 0

  const askAsAnother = async (): Promise<readonly string[]> => {
    others += 1
    const target = `${OUTER}/other-${others}`
    const other = await converse(door.port)
    other.send(`GET ${target} HTTP/1.1\r\nHost: ${door.host}\r\nConnection: close\r\n\r\n`)
    await other.until(() => false)
    const got = readAnswers(other.received(), ['GET'], true).answers.map(({ body }) => body)
    return got.length === 1 && got[0] === `GET ${target}` ? [] : [other.received()]
  }

  const send: RawSite['send'] = async (parts, answers, methods = []) => {
    origin.requests.splice(0)
    const viewer = await converse(door.port)
    const read = () => readAnswers(viewer.received(), methods, viewer.isClosed())
    for (const part of parts) {
      viewer.send(part)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const isAnswered = await viewer.until(() => read().answers.length >= answers)
    viewer.finish()
    const hasEnded = await viewer.until(() => false)
    viewer.destroy()
    const mixedUp = await askAsAnother()
    const reached = origin.requests.filter(({ target }) => target !== `${OUTER}/other-${others}`)
    return { ...read(), isPrompt: isAnswered && hasEnded, reached, mixedUp }
  }

  return {
    door,
    origin,
    send,
    close: async () => {
      await door.close()
      await origin.close()
    },
  }
}
