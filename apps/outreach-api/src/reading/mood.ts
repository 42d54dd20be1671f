/** What a message sounds like. A mark for the eye: nothing is decided by it. */
export interface Mood {
  readonly sentiment: 'positive' | 'neutral' | 'negative'
  /** It holds words that people use when something cannot wait. */
  readonly urgent: boolean
}

export interface MessageToRead {
  readonly tenantId: string
  readonly messageId: string
  readonly body: string
  /** BCP 47, of the patient whom the conversation is about; undefined where there is none. */
  readonly language: string | undefined
  /** Attempts, this one included. */
  readonly attempts: number
}

/** Reads messages. @throws Error when it cannot now; later it may */
export interface MoodReader {
  /** Undefined: it has no opinion, and will not have one. */
  read(message: Pick<MessageToRead, 'body' | 'language'>): Promise<Mood | undefined>
}

export interface MoodStore {
  /** Messages that are due, taken for a while so that nobody else reads them meanwhile. */
  take(query: { readonly limit: number; readonly nowMs: number }): Promise<readonly MessageToRead[]>
  /** Marks the message, unless `mood` is undefined, and never hands it out again. */
  settle(message: MessageToRead, mood: Mood | undefined): Promise<void>
}
