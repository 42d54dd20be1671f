import { ApiError } from '@sax/api-contract/client'
import type { Outgoing, OutgoingRefusal, OutgoingStore } from './outgoing-store.ts'

export interface SendingPorts {
  readonly store: OutgoingStore
  /** Sends until a server answers; rejects with its refusal, or when `signal` is aborted. */
  readonly send: (message: Outgoing, signal: AbortSignal) => Promise<void>
  /** Words for a refusal. */
  readonly words: (error: unknown) => string
}

/**
 * Sends what is on its way: the messages of one conversation one after the other, in the order they were written. One
 * that is refused stays, with the reason, and keeps no other from going.
 */
export function createSending({ store, send, words }: SendingPorts) {
  const controller = new AbortController()
  const busy = new Set<string>()

  const run = async (conversationId: string) => {
    if (busy.has(conversationId)) return
    busy.add(conversationId)
    try {
      for (;;) {
        const message = store.all().find((one) => one.conversationId === conversationId && one.refusal === undefined)
        if (message === undefined || controller.signal.aborted) return
        try {
          await send(message, controller.signal)
          store.drop(message.clientId)
        } catch (error) {
          if (controller.signal.aborted) return
          store.refuse(message.clientId, refusalOf(error, words(error)))
        }
      }
    } finally {
      busy.delete(conversationId)
    }
  }

  return {
    /** Sends everything that is not being sent yet. */
    pump() {
      for (const conversationId of new Set(store.all().map((one) => one.conversationId))) void run(conversationId)
    },
    stop: () => controller.abort(),
  }
}

function refusalOf(error: unknown, words: string): OutgoingRefusal {
  if (!(error instanceof ApiError)) return { code: 'INTERNAL_ERROR', words }
  const { code, details } = error.body
  return { code, words, ...(details?.missing === 'picture' ? { pictureGone: true } : {}) }
}
