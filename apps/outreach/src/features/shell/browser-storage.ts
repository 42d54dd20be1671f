/** The browser's storage; on a server, and where it is switched off, one that keeps nothing and says so when asked to. */
export function browserStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window.localStorage
  } catch {
    return {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('storage is switched off', 'QuotaExceededError')
      },
      removeItem: () => undefined,
    }
  }
}
