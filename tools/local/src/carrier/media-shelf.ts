export interface MediaFile {
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** Pictures in memory, by their sid. When they are too much together, the oldest go. */
export class MediaShelf {
  readonly #files = new Map<string, MediaFile>()
  readonly #capacityBytes: number
  #heldBytes = 0

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes
  }

  put(sid: string, file: MediaFile): void {
    this.#files.set(sid, file)
    this.#heldBytes += file.bytes.byteLength
    for (const [oldSid, old] of this.#files) {
      if (this.#heldBytes <= this.#capacityBytes) return
      this.#files.delete(oldSid)
      this.#heldBytes -= old.bytes.byteLength
    }
  }

  get(sid: string): MediaFile | undefined {
    return this.#files.get(sid)
  }

  clear(): void {
    this.#files.clear()
    this.#heldBytes = 0
  }
}
