export type BrowserStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The browser's storage; on a server, and where it is switched off, one that keeps nothing and says so when asked to. */
export function browserStorage(): BrowserStorage {
  try {
    return window.localStorage
  } catch {
    return {
      length: 0,
      key: () => null,
      getItem: () => null,
      setItem: () => {
        throw new DOMException('storage is switched off', 'QuotaExceededError')
      },
      removeItem: () => undefined,
    }
  }
}
